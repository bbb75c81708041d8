/* facets_index.c - the rows that lists, search and the funnel of a cycle look through
 *
 * Owns:    the tables `of`, `stage`, `word` and `place`: which instance is in them, and with what.
 * In:      facets_of().
 * Always:  of the instance and its own definition alone: a new version of another document changes
 *          no row. See docs/storage.md §2.1.
 */
#include "engine/core/facets_part.h"

#include "base/must.h"
#include "engine/core/peek.h"

#include <string.h>

#define TEXT_BYTES 200u /* of a name, a place, an outcome in a row */

/* --- of a definition ----------------------------------------------------------------------- */

/* Without the state: the row is written once, not at each end of an instance. */
static void of_row(struct facets *set, const struct instance *i)
{
    struct row w = row_begin(set, TABLE_OF, 0);

    row_put32(&w, i->definition);
    row_put64(&w, i->id);
    row_key_end(set, &w);
}

/* --- where a person stands in a cycle ------------------------------------------------------ */

static bool is_over(const struct instance *i)
{
    return i->state != INSTANCE_RUNNING && i->state != INSTANCE_SUSPENDED;
}

/* Is it open at this step, or at one below it? */
static bool stands_at(const struct workflow *w, const struct task *t, uint32_t step)
{
    uint32_t at = t->step;

    if (t->kind == TASK_NOTICE || t->kind == TASK_LETTER || t->state == TASK_CLOSED) {
        return false;
    }
    while (at != step && at != STEP_NONE && at < w->step_count) {
        at = w->steps[at].parent;
    }
    return at == step;
}

/* The last stage that is open, and since when. STAGE_NONE: it is between two of them. */
static unsigned find_stage(const struct instance *i, const struct workflow *w, int64_t *ret_since)
{
    for (uint32_t stage = w->cycle->stage_count; stage-- > 0;) {
        int64_t since = INT64_MAX;
        for (uint32_t n = 0; n < i->task_count; n++) {
            const struct task *t = &i->tasks[n];
            if (stands_at(w, t, w->cycle->stages[stage].number)) {
                int64_t at = t->scope != NULL ? t->scope->opened_ms : t->since_ms;
                since = at < since ? at : since;
            }
        }
        if (since != INT64_MAX) {
            *ret_since = since;
            return stage;
        }
    }
    *ret_since = i->changed_ms;
    return STAGE_NONE;
}

static struct bytes text_at(struct facets *set, const struct instance *i, const char *path)
{
    static const struct bytes none = {NULL, 0};

    return path != NULL ? peek_cut(peek_text(set->arena, i->data, path), TEXT_BYTES) : none;
}

static void put_sized(struct row *w, struct bytes text)
{
    row_put8(w, (unsigned)text.size);
    row_put_bytes(w, text);
}

static void stage_row(struct facets *set, const struct instance *i, const struct definition *d)
{
    const struct cycle *cycle = d->workflow.cycle;
    struct bytes name = bytes_of(d->name);
    struct bytes texts[] = {cycle->key != NULL ? text_at(set, i, cycle->key) : i->key,
                            text_at(set, i, cycle->person), text_at(set, i, cycle->municipality),
                            text_at(set, i, cycle->school),
                            is_over(i) ? text_at(set, i, "outcome") : (struct bytes){NULL, 0}};
    int64_t since = i->changed_ms;
    unsigned stage = is_over(i) ? STAGE_OVER : find_stage(i, &d->workflow, &since);
    struct row w = row_begin(set, TABLE_STAGE, name.size + 6 * (TEXT_BYTES + 1));

    row_put_text(&w, name);
    row_put8(&w, stage);
    row_put64(&w, (uint64_t)since);
    row_put64(&w, i->id);
    row_key_end(set, &w);
    row_put32(&w, i->definition);
    row_put8(&w, i->state);
    for (size_t n = 0; n < sizeof texts / sizeof texts[0]; n++) {
        put_sized(&w, texts[n]);
    }
    row_end(set, &w);
}

/* --- words --------------------------------------------------------------------------------- */

static uint64_t place_of(const struct definition *d, struct bytes municipality, struct bytes school)
{
    struct bytes texts[] = {{d->name, strlen(d->name) + 1}, municipality, {"", 1}, school};
    uint64_t hash = BYTES_HASH_SEED;

    for (size_t n = 0; n < sizeof texts / sizeof texts[0]; n++) {
        hash = bytes_hash(hash, texts[n]);
    }
    return school.size > 0 ? hash | PLACE_SCHOOL : hash & ~PLACE_SCHOOL;
}

/* Where they are: so that a place is found once, however many are there. */
static void words_of_places(struct facets *set, const struct instance *i,
                            const struct definition *d)
{
    static const struct bytes none = {NULL, 0};
    struct bytes municipality = text_at(set, i, d->workflow.cycle->municipality);
    struct bytes school = text_at(set, i, d->workflow.cycle->school);
    struct words words = {.set = set, .table = TABLE_PLACE, .instance = i->id};
    struct words below = words;

    words.place = place_of(d, municipality, none);
    words_put(&words, municipality);
    below.place = place_of(d, municipality, school);
    if (school.size > 0) {
        words_put(&below, municipality);
        words_put(&below, school);
    }
}

/* The newest tasks first: theirs is what is looked for. */
static void words_of_tasks(struct words *words, const struct instance *i)
{
    struct arena *arena = words->set->arena;

    for (uint32_t n = i->task_count; n-- > 0;) {
        const struct task *t = &i->tasks[n];
        if (t->assignment != NULL) {
            struct bytes input = task_input(i, t);
            words_put(words, peek_text(arena, input, "title"));
            words_put(words, peek_text(arena, input, "no"));
        }
        if (t->state == TASK_INCIDENT) {
            words_put(words, peek_text(arena, t->problem, "title"));
            words_put(words, peek_text(arena, t->problem, "detail"));
        }
    }
}

void facets_of_index(struct facets *set, const struct instance *i, const struct catalog *catalog)
{
    const struct definition *d = catalog_find_number(catalog, i->definition);
    struct words words = {.set = set, .table = TABLE_WORD, .instance = i->id};

    must(d != NULL);
    of_row(set, i);
    if (d->kind == DEFINITION_WORKFLOW && d->workflow.cycle != NULL) {
        stage_row(set, i, d);
        words_put(&words, text_at(set, i, d->workflow.cycle->person));
        words_of_places(set, i, d);
    }
    words_of_tasks(&words, i);
}
