/* papers.c - documents and values of a request, as files of one run of the program
 *
 * Owns:    how a request names a document, and the words of the program when it can't use one.
 * In:      handlers that check, compare and try.
 * Out:     paths for its arguments; what it printed, as the answer.
 * Always:  whatever happens, the folder is gone in the end.
 * See:     papers.h
 */
#include "engine/web/papers.h"

#include "base/must.h"
#include "engine/web/answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES 32
#define TOLD_BYTES 400 /* of what the program says: a sentence holds no more */

/* --- documents of a request ---------------------------------------------------------------- */

static uint32_t number_of(const json_t *value)
{
    json_int_t number = json_integer_value(value);

    return number >= 1 && number <= UINT32_MAX ? (uint32_t)number : 0;
}

static const char *text_of(const json_t *value)
{
    const json_t *text = json_object_get(value, "text");
    bool good = json_is_string(text) && json_object_size(value) == 1 &&
                json_string_length(text) <= LIMIT_DOCUMENT_BYTES;

    return good ? json_string_value(text) : NULL;
}

bool paper_is(const json_t *value)
{
    return number_of(value) != 0 || text_of(value) != NULL;
}

const char *paper_text(const struct catalog *catalog, const json_t *document, struct error *err)
{
    uint32_t number = number_of(document);
    const struct definition *d = number != 0 ? catalog_find_number(catalog, number) : NULL;

    if (number != 0 && d == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no definition %u", number);
        return NULL;
    }
    return d != NULL ? d->source : text_of(document);
}

/* --- files of a run ------------------------------------------------------------------------ */

const char *papers_put(struct papers *p, const char *name, const char *text)
{
    char path[TOOL_FOLDER_MAX + NAME_BYTES];

    if (p->err.code == ERROR_NONE &&
        (p->folder[0] != '\0' || tool_folder_make(p->folder, &p->err))) {
        tool_folder_put(p->folder, name, bytes_of(text), &p->err);
    }
    p->count++;
    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    return arena_text(p->view->arena, bytes_of(path));
}

void papers_put_beside(struct papers *p, const char *text)
{
    char name[NAME_BYTES];

    snprintf(name, sizeof name, TOOL_BESIDE "/%05u.yaml", p->count);
    papers_put(p, name, text);
}

/* Is a version of it among what the request gives? Then that one counts. */
static bool is_given(struct definition *const *given, size_t count, const struct definition *d)
{
    for (size_t i = 0; i < count; i++) {
        if (given[i] != NULL && given[i]->kind == d->kind && strcmp(given[i]->name, d->name) == 0) {
            return true;
        }
    }
    return false;
}

bool papers_put_next(struct papers *p, unsigned kinds, struct definition *const *given,
                     size_t count, uint32_t *at)
{
    const struct definition *d = catalog_next_in_force(p->view->catalog, at);

    if (d != NULL && (kinds & 1u << d->kind) != 0 && !is_given(given, count, d)) {
        papers_put_beside(p, d->source);
    }
    return d != NULL;
}

void papers_put_in_force(struct papers *p, unsigned kinds, unsigned most)
{
    for (uint32_t at = 0; p->count < most && papers_put_next(p, kinds, NULL, 0, &at);) {
    }
}

const char *papers_put_value(struct papers *p, const json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    char name[NAME_BYTES];

    must(text != NULL);
    snprintf(name, sizeof name, "%05u.json", p->count);
    const char *path = papers_put(p, name, text);
    free(text);
    return path;
}

const char *papers_path(const struct papers *p, const char *name)
{
    char path[TOOL_FOLDER_MAX + NAME_BYTES];

    snprintf(path, sizeof path, "%s/%s", p->folder, name);
    return arena_text(p->view->arena, bytes_of(path));
}

/* --- what the program says ----------------------------------------------------------------- */

/* "given/00002.yaml" and what follows: how much of it is the name of a paper; 0: none. */
static size_t paper_size(const char *words)
{
    size_t size = strspn(words, "abcdefghijklmnopqrstuvwxyz0123456789/");

    return strncmp(words + size, ".yaml", 5) == 0 && size + 5 < NAME_BYTES ? size + 5 : 0;
}

bool paper_number(const char *paper, unsigned *ret_number)
{
    const char *name = strrchr(paper, '/');

    if (name == NULL || name[1] < '0' || name[1] > '9') {
        return false;
    }
    *ret_number = (unsigned)strtoul(name + 1, NULL, 10);
    return true;
}

/* The words of the program without its folder, of which nobody knows, and with the papers called
 * as the request has them. */
static void say(struct exchange *x, const struct tool_end *how, const char *words,
                paper_name_fn *name_paper, struct buffer *out)
{
    size_t folder = strlen(how->folder);
    const char *at;

    while (folder > 0 && (at = strstr(words, how->folder)) != NULL) {
        char paper[NAME_BYTES];
        buffer_append(out, words, (size_t)(at - words));
        words = at + folder + (at[folder] == '/');
        size_t size = paper_size(words);
        snprintf(paper, sizeof paper, "%.*s", (int)size, words);
        words += size > 0 && name_paper(x, paper, out) ? size : 0;
    }
    buffer_text(out, words);
}

static void say_member(struct exchange *x, const struct tool_end *how, json_t *object,
                       const char *member, paper_name_fn *name_paper)
{
    const char *words = json_string_value(json_object_get(object, member));
    struct buffer said = BUFFER_INIT;

    if (words != NULL) {
        say(x, how, words, name_paper, &said);
        buffer_append(&said, "", 1);
        json_object_set_new(object, member, json_string((const char *)said.data));
    }
    buffer_fini(&said);
}

void papers_name(struct exchange *x, const struct tool_end *how, json_t *file,
                 paper_name_fn *name_paper)
{
    size_t index;
    json_t *problem;

    say_member(x, how, file, "file", name_paper);
    json_array_foreach(json_object_get(file, "problems"), index, problem)
    {
        say_member(x, how, problem, "text", name_paper);
    }
}

/* Where it stands in the request, as a JSON pointer: "/files/2", "/old". Papers of documents in
 * force are numbered on from those of the request. */
static bool name_place(struct exchange *x, const char *paper, struct buffer *ret_name)
{
    size_t files = json_array_size(json_object_get(request_json(x), "files"));
    const char *name = strrchr(paper, '/');
    char place[NAME_BYTES];
    unsigned number;

    if (name == NULL || (paper_number(paper, &number) && number >= files)) {
        return false;
    }
    if (paper_number(paper, &number)) {
        snprintf(place, sizeof place, "/files/%u", number);
    } else {
        snprintf(place, sizeof place, "/%.*s", (int)strcspn(name + 1, "."), name + 1);
    }
    buffer_text(ret_name, place);
    return true;
}

static const json_t *first_error(const json_t *problems)
{
    const json_t *problem;
    size_t index;

    json_array_foreach(problems, index, problem)
    {
        const char *severity = json_string_value(json_object_get(problem, "severity"));
        if (severity != NULL && strcmp(severity, "error") == 0) {
            return problem;
        }
    }
    return NULL;
}

/* The first error that a document has, and beside it all that the program has told of it. */
static void refuse_document(struct exchange *x, const struct tool_end *how, json_t *file)
{
    papers_name(x, how, file, name_place);
    const json_t *problems = json_object_get(file, "problems");
    const json_t *first = first_error(problems);
    const char *code = json_string_value(json_object_get(first, "code"));
    const char *text = json_string_value(json_object_get(first, "text"));
    const char *place = json_string_value(json_object_get(file, "file"));
    bool placed = place != NULL && place[0] == '/'; /* else it is none of the request */
    struct error err;

    error_set_at(&err, code != NULL ? error_code_find(code) : ERROR_INVALID, place,
                 placed ? (int)json_integer_value(json_object_get(first, "line")) : 0,
                 (int)json_integer_value(json_object_get(first, "column")), "%s",
                 text != NULL ? text : "?");
    err.format = NULL; /* it is said in the language of the request already */
    answer_problem(
        x, answer_status(err.code), &err,
        json_pack("{sO sO*}", "problems", problems, "left_out", json_object_get(file, "left_out")));
}

static void say_errors(struct exchange *x, const struct tool_end *how, struct buffer *out)
{
    char *words = bytes_strdup(how->errors);

    say(x, how, words, name_place, out);
    free(words);
    if (out->size > TOLD_BYTES) {
        for (out->size = TOLD_BYTES; (out->data[out->size] & 0xC0) == 0x80;) {
            out->size--;
        }
    }
    while (out->size > 0 && out->data[out->size - 1] == '\n') {
        out->size--;
    }
}

json_t *papers_printed(struct exchange *x, const struct tool_end *how)
{
    json_t *printed = json_loadb(how->out.data ? how->out.data : "", how->out.size, 0, NULL);
    struct buffer words = BUFFER_INIT;
    struct error err;

    if (printed == NULL) {
        say_errors(x, how, &words);
        error_set(&err, ERROR_INVALID, "the documents can't be used: %.*s", (int)words.size,
                  words.size > 0 ? (const char *)words.data : "");
        answer_refusal(x, &err);
        buffer_fini(&words);
    }
    return printed;
}

static void answer_printed(struct exchange *x, const struct tool_end *how)
{
    json_t *printed = papers_printed(x, how);
    json_t *refused = json_array_get(json_object_get(printed, "files"), 0);

    if (refused != NULL) {
        refuse_document(x, how, refused);
        json_decref(printed);
    } else if (printed != NULL) {
        answer_json(x, 200, printed);
    }
}

void papers_run_for(struct exchange *x, struct papers *p, struct tool_run *run,
                    tool_answer_fn *answer)
{
    if (p->err.code != ERROR_NONE) {
        answer_refusal(x, &p->err);
        tool_folder_remove(p->folder);
        return;
    }
    run->folder = p->folder;
    run->language = request_language(x);
    tool_answer(x, run, answer);
}

void papers_run(struct exchange *x, struct papers *p, struct tool_run *run)
{
    papers_run_for(x, p, run, answer_printed);
}
