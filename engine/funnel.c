/* funnel.c - how many are at each stage of a cycle, how long, and where they are stuck
 *
 * Owns:    the walk over the rows of a cycle; counts, the median and the oldest of each stage.
 * In:      queries.c, the gateway's page of teachers.
 * Always:  only people who are shown are read; a row of an older version counts at the stage of the
 *          newest one whose step has its name, else between two.
 * See:     docs/protocol.md §3.6
 */
#include "engine/funnel_part.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/entries.h"
#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

#define ROWS_MAX 2000000u /* of one walk */

const struct definition *funnel_find(const struct view *v, const json_t *request, struct error *err)
{
    const char *name = json_string_value(json_object_get(request, "definition"));
    const struct definition *d =
        name != NULL ? catalog_find(v->catalog, DEFINITION_WORKFLOW, name) : NULL;

    if (name == NULL) {
        error_set(err, ERROR_INVALID, "\"definition\" must be the name of a cycle");
    } else if (d == NULL || d->workflow.cycle == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no cycle \"%.100s\"", name);
    } else {
        return d;
    }
    return NULL;
}

unsigned funnel_stage(const struct view *v, const struct definition *newest,
                      const struct stage_row *row)
{
    const struct definition *d = catalog_find_number(v->catalog, row->definition);

    if (d == newest || row->stage == STAGE_OVER || row->stage == STAGE_NONE) {
        return row->stage;
    }
    if (d == NULL || d->workflow.cycle == NULL || row->stage >= d->workflow.cycle->stage_count) {
        return STAGE_NONE;
    }
    const char *step = d->workflow.cycle->stages[row->stage].step;
    for (uint32_t i = 0; i < newest->workflow.cycle->stage_count; i++) {
        if (strcmp(newest->workflow.cycle->stages[i].step, step) == 0) {
            return i;
        }
    }
    return STAGE_NONE;
}

static bool text_fits(const json_t *request, const char *field, struct bytes text)
{
    const char *wanted = json_string_value(json_object_get(request, field));

    return wanted == NULL || bytes_equal(text, bytes_of(wanted));
}

bool funnel_fits(const json_t *request, const struct stage_row *row)
{
    return text_fits(request, "municipality", row->municipality) &&
           text_fits(request, "school", row->school);
}

/* --- counting ------------------------------------------------------------------------------ */

struct stage_count {
    int64_t *since; /* of each who stands there, in the order of the table: the oldest first */
    size_t count;
    size_t room;
    uint64_t oldest; /* instance */
    int64_t oldest_ms;
};

#define STAGES (LIMIT_STAGES + 1) /* the last: between two */

struct funnel {
    const struct view *v;
    const struct definition *d;
    struct stage_count stages[STAGES];
    struct groups places;   /* municipality, school -> count of each stage, and of those over */
    struct groups outcomes; /* outcome -> count */
    uint64_t over;
    bool more;
};

static void stand(struct stage_count *s, const struct stage_row *row)
{
    if (s->count == s->room) {
        s->room = s->room ? s->room * 2 : 256;
        s->since = xrealloc(s->since, s->room * sizeof *s->since);
    }
    s->since[s->count++] = row->since_ms;
    if (s->oldest == 0 || row->since_ms < s->oldest_ms) {
        s->oldest = row->instance;
        s->oldest_ms = row->since_ms;
    }
}

static void count_row(struct funnel *f, const struct stage_row *row)
{
    unsigned stage = funnel_stage(f->v, f->d, row);
    static const struct bytes none = {NULL, 0};
    struct bytes outcome =
        row->outcome.size > 0 ? row->outcome : bytes_of(instance_state_name(row->state));
    struct group *place = groups_get(&f->places, row->municipality, row->school);

    if (stage == STAGE_OVER) {
        f->over++;
        groups_get(&f->outcomes, outcome, none)->counts[0]++;
        place->counts[STAGES]++;
        return;
    }
    unsigned at = stage < LIMIT_STAGES ? stage : LIMIT_STAGES;
    stand(&f->stages[at], row);
    place->counts[at]++;
}

struct buffer funnel_prefix(const struct definition *d)
{
    struct buffer prefix = BUFFER_INIT;

    pack_u8(&prefix, TENANT);
    buffer_append(&prefix, d->name, strlen(d->name) + 1);
    return prefix;
}

static void walk(struct funnel *f, const json_t *request)
{
    struct store_cursor *c = store_cursor_open(f->v->txn, TABLE_STAGE);
    struct buffer prefix = funnel_prefix(f->d);
    struct stage_row row;
    struct bytes key;
    struct bytes value;
    uint32_t left = ROWS_MAX;

    bool found = store_seek(c, buffer_bytes(&prefix), &key, &value);
    while (found && left > 0 && key.size > prefix.size &&
           memcmp(key.data, prefix.data, prefix.size) == 0) {
        if (stage_read(key, value, &row) && funnel_fits(request, &row)) {
            count_row(f, &row);
        }
        left--;
        found = store_next(c, &key, &value);
    }
    f->more = left == 0;
    store_cursor_close(&c);
    buffer_fini(&prefix);
}

/* --- the answer ---------------------------------------------------------------------------- */

static int compare_ms(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;

    return (x > y) - (x < y);
}

int64_t funnel_days(const struct view *v, int64_t since_ms)
{
    int64_t ms = v->world->now_ms - since_ms;

    return ms > 0 ? ms / 86400000 : 0;
}

/* Of moments in their order: between the two in the middle where their number is even. */
static int64_t median_days(const struct view *v, const int64_t *since, uint64_t count)
{
    int64_t upper = funnel_days(v, since[count / 2]);
    int64_t lower = count % 2 == 0 ? funnel_days(v, since[count / 2 - 1]) : upper;

    return (lower + upper + 1) / 2;
}

static json_t *stage_json(struct funnel *f, unsigned at)
{
    struct stage_count *s = &f->stages[at];
    bool between = at == LIMIT_STAGES;
    const struct cycle_stage *stage = between ? NULL : &f->d->workflow.cycle->stages[at];
    json_t *row = json_pack("{ss* ss* sI}", "step", between ? NULL : stage->step, "title",
                            between ? NULL : stage->title, "count", (json_int_t)s->count);

    if (stage != NULL && f->d->workflow.steps[stage->number].kind == STEP_WAIT) {
        json_object_set_new(row, "pause", json_true());
    }
    if (s->count > 0) {
        qsort(s->since, s->count, sizeof *s->since, compare_ms);
        json_object_set_new(row, "median_days",
                            json_integer((json_int_t)median_days(f->v, s->since, s->count)));
        json_object_set_new(row, "oldest", funnel_person_of(f->v, f->d, s->oldest));
    }
    return row;
}

static json_t *stages_json(struct funnel *f)
{
    json_t *stages = json_array();

    for (unsigned i = 0; i < f->d->workflow.cycle->stage_count; i++) {
        json_array_append_new(stages, stage_json(f, i));
    }
    return stages;
}

static json_t *text(struct bytes b)
{
    return json_stringn(b.size > 0 ? b.data : "", b.size);
}

static json_t *places_json(const struct funnel *f)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < f->places.count; i++) {
        const struct group *g = f->places.all[i];
        json_t *counts = json_array();
        for (unsigned n = 0; n < f->d->workflow.cycle->stage_count; n++) {
            json_array_append_new(counts, json_integer((json_int_t)g->counts[n]));
        }
        json_array_append_new(list, json_pack("{so so so sI sI}", "municipality", text(g->id),
                                              "school", text(g->more), "counts", counts, "between",
                                              (json_int_t)g->counts[LIMIT_STAGES], "ended",
                                              (json_int_t)g->counts[STAGES]));
    }
    return list;
}

static json_t *outcomes_json(const struct funnel *f)
{
    json_t *map = json_object();

    for (uint32_t i = 0; i < f->outcomes.count; i++) {
        const struct group *g = f->outcomes.all[i];
        json_object_setn_new(map, g->id.size > 0 ? g->id.data : "", g->id.size,
                             json_integer((json_int_t)g->counts[0]));
    }
    return map;
}

static json_t *one_cycle(const struct view *v, const struct definition *d, const json_t *request)
{
    struct funnel f = {.v = v, .d = d};

    groups_init(&f.places, STAGES + 1);
    groups_init(&f.outcomes, 1);
    walk(&f, request);
    json_t *row = json_pack("{ss ss so so so so sI sb}", "definition", d->name, "title", d->title,
                            "stages", stages_json(&f), "between", stage_json(&f, LIMIT_STAGES),
                            "groups", places_json(&f), "ended", outcomes_json(&f), "over",
                            (json_int_t)f.over, "more", f.more);
    for (unsigned i = 0; i < STAGES; i++) {
        free(f.stages[i].since);
    }
    groups_fini(&f.places);
    groups_fini(&f.outcomes);
    return row;
}

static json_t *all_cycles(const struct view *v)
{
    json_t *rows = json_array();
    const struct definition *d;

    for (uint32_t at = 0; (d = catalog_next_in_force(v->catalog, &at)) != NULL;) {
        if (d->kind == DEFINITION_WORKFLOW && d->workflow.cycle != NULL) {
            json_array_append_new(rows,
                                  json_pack("{ss ss}", "definition", d->name, "title", d->title));
        }
    }
    return json_pack("{so sn}", "rows", rows, "next");
}

json_t *funnel_answer(const struct view *v, const json_t *request, struct error *err)
{
    if (json_object_get(request, "definition") == NULL) {
        return all_cycles(v);
    }
    const struct definition *d = funnel_find(v, request, err);
    if (d == NULL) {
        return NULL;
    }
    return json_is_true(json_object_get(request, "people")) ? funnel_people(v, d, request, err)
                                                            : one_cycle(v, d, request);
}
