/* graph_instance.c - what the picture of an instance needs: its definition, and how far it is
 *
 * Owns:    the questions to the engine.
 * In:      an instance; the verbs DEFINITIONS, HISTORY and SHOW, of a plan ROADMAP (docs/protocol.md §3.6).
 * Out:     the definition in the version that it runs, states of its steps or items.
 * Always:  SHOW is asked last: what ended between two answers is shown as it was a moment before.
 */
#include "cli/graph_instance.h"

#include "base/limits.h"
#include "cli/fields.h"
#include "cli/graph_items.h"
#include "cli/language.h"
#include "language/document.h"

#include <string.h>

/* A document that was in force once is not looked up again: bodies it names may be gone. */
static enum exit_code parse(const struct session *session, const json_t *answer,
                            struct definition **ret_definition)
{
    size_t count;
    const json_t *row = json_array_get(field_rows(answer, &count), 0);
    const char *text = field_text(row, "text");
    struct error err;

    if (text == NULL ||
        !document_parse(field_text(row, "name"), bytes_of(text), NULL, ret_definition, &err)) {
        fprintf(session->err.file, "marshrut: %s\n",
                text != NULL ? err.text : _("the engine does not give the text of a definition"));
        return EXIT_CODE_REFUSED;
    }
    return EXIT_CODE_DONE;
}

static enum exit_code read_history(struct session *session, uint64_t instance,
                                   struct graph_states *states)
{
    json_t *before = NULL;
    enum exit_code code = EXIT_CODE_DONE;

    do {
        json_t *request = json_pack("{sI si sO*}", "instance", (json_int_t)instance, "limit",
                                    (int)LIMIT_PAGE, "before", before);
        json_t *page;
        size_t count;
        code = session_ask(session, "HISTORY", request, &page);
        graph_states_add_page(states, field_rows(page, &count));
        json_decref(before);
        before = json_incref(json_object_get(page, "next"));
        json_decref(page);
    } while (before != NULL && !json_is_null(before));
    json_decref(before);
    return code;
}

static enum exit_code read_steps(struct session *session, uint64_t instance,
                                 struct graph_states *states)
{
    json_t *answer = NULL;
    enum exit_code code = read_history(session, instance, states);

    if (code == EXIT_CODE_DONE) {
        code = session_ask(session, "SHOW", json_pack("{sI}", "instance", (json_int_t)instance),
                           &answer);
        graph_states_add_open(states, json_object_get(answer, "tasks"));
    }
    json_decref(answer);
    return code;
}

enum exit_code graph_instance_ask(struct session *session, uint64_t instance,
                                  struct graph_instance *ret_graph)
{
    struct graph_instance *g = ret_graph;
    json_t *answer;

    *g = (struct graph_instance){0};
    graph_states_init(&g->states);
    enum exit_code code = session_ask(session, "DEFINITIONS",
                                      json_pack("{sI}", "instance", (json_int_t)instance), &answer);
    if (code == EXIT_CODE_DONE) {
        code = parse(session, answer, &g->definition);
    }
    json_decref(answer);
    if (code != EXIT_CODE_DONE) {
        return code;
    }
    return g->definition->kind == DEFINITION_ROADMAP
               ? session_ask(session, "ROADMAP",
                             json_pack("{sI}", "instance", (json_int_t)instance), &g->plan)
               : read_steps(session, instance, &g->states);
}

struct picture_course graph_instance_course(struct graph_instance *graph)
{
    return graph->plan != NULL ? (struct picture_course){NULL, graph_items_of, graph->plan}
                               : (struct picture_course){graph_states_of, NULL, &graph->states};
}

void graph_instance_fini(struct graph_instance *graph)
{
    definition_destroy(graph->definition);
    graph_states_fini(&graph->states);
    json_decref(graph->plan);
}
