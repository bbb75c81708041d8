/* computed.c - counting instances and assignments for items of roadmaps
 *
 * Owns:    what a count counts; how done, of and target become a number.
 * In:      queries.c, the gateway's pages of roadmaps.
 * Always:  a step ends when the page's time is over. Conditions are answered in place: one that
 *          needs jq is not counted, and said to be unsure.
 * See:     docs/language.md §9
 */
#include "engine/computed.h"

#include "base/must.h"
#include "engine/core/entry.h"
#include "engine/listing_part.h"
#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

#define LOOKS_MAX 2000000u /* time ends a step, not this */

/* One count while it is walked. */
struct counter {
    const struct count *count;
    const struct program *program;
    uint64_t counted;
    uint64_t unsure;
    bool shows; /* rows are wanted, not a number */
};

static bool state_fits(const struct count *c, const char *state)
{
    bool fits = c->state_count == 0;

    for (uint32_t i = 0; i < c->state_count && !fits; i++) {
        fits = strcmp(c->states[i], state) == 0;
    }
    return fits;
}

/* 1: it is true. 0: it is not. -1: not known here. */
static int condition(struct counter *n, json_t *input)
{
    json_t *value = program_run_plain(n->program, n->count->where, input, NULL, NULL);
    int answer = value == NULL ? -1 : json_is_true(value);

    json_decref(value);
    json_decref(input);
    n->unsure += answer < 0;
    return answer;
}

static json_t *instance_json(const struct instance *i)
{
    bool over = i->state != INSTANCE_RUNNING && i->state != INSTANCE_SUSPENDED;

    return json_pack("{so ss so so so}", "key",
                     i->key.size > 0 ? json_stringn(i->key.data, i->key.size) : json_null(),
                     "state", instance_state_name(i->state), "input",
                     rows_parsed(i->input.size > 0 ? i->input : i->data), "context",
                     i->context.size > 0 ? rows_parsed(i->context) : json_object(), "output",
                     over ? rows_parsed(i->data) : json_null());
}

static bool needs_reading(const struct counter *n)
{
    return n->shows || n->count->where != EXPRESSION_NONE;
}

static void look_at_instance(struct page *page, struct bytes key, struct bytes value)
{
    struct counter *n = page->context;
    struct cursor tail =
        cursor_of((struct bytes){(const unsigned char *)key.data + key.size - 8, 8});
    uint64_t id = unpack_key64(&tail);
    struct instance *i;

    (void)value;
    if (n->count->state_count > 0 &&
        !state_fits(n->count, instance_state_name(snapshot_state(page->v->txn, id)))) {
        return;
    }
    if (needs_reading(n)) {
        if (!snapshot_instance(page->v->txn, page->v->catalog, page->v->arena, id, &i, NULL) ||
            (n->count->where != EXPRESSION_NONE && condition(n, instance_json(i)) != 1)) {
            return;
        }
        if (n->shows) {
            json_array_append_new(page->rows, rows_instance(page->v->catalog, i));
        }
    }
    n->counted++;
}

static void look_at_assignment(struct page *page, struct bytes key, struct bytes value)
{
    struct counter *n = page->context;
    struct assignment_entry e;
    struct instance *i;

    if (!filter_entry(page->filter, key, value, &e) || e.plan.size == 0 ||
        !filter_fits(page->filter, &e) || !state_fits(n->count, assignment_state_name(e.state))) {
        return;
    }
    if (needs_reading(n)) {
        const struct task *t = listing_find_task(page, key, &i);
        if (t == NULL || t->assignment == NULL ||
            (n->count->where != EXPRESSION_NONE &&
             condition(n, rows_assignment(page->v->catalog, i, t)) != 1)) {
            return;
        }
        if (n->shows) {
            json_array_append_new(page->rows, rows_assignment(page->v->catalog, i, t));
        }
    }
    n->counted++;
}

/* All that may count, from the request's "after" on. */
static json_t *walk(const struct view *v, struct counter *n, const json_t *request,
                    struct error *err)
{
    struct page page = {.v = v, .request = request, .context = n};

    if (!page_begin(&page, err)) {
        return NULL;
    }
    page.looks_max = LOOKS_MAX;
    if (n->count->kind == COUNT_ASSIGNMENTS) {
        struct filter filter = filter_of_all(v);
        filter.plan = bytes_of(n->count->name);
        page_add_assignments(&page, &filter);
        return page_walk(&page, filter_table(&filter), look_at_assignment, err);
    }
    page_add_versions(&page, n->count->name);
    return page_walk(&page, TABLE_OF, look_at_instance, err);
}

/* --- counting in steps --------------------------------------------------------------------- */

static const struct definition *find_item(const struct catalog *catalog, const char *plan,
                                          const char *no, const struct roadmap_item **ret_item,
                                          struct error *err)
{
    const struct definition *d =
        plan != NULL ? catalog_find(catalog, DEFINITION_ROADMAP, plan) : NULL;

    if (d == NULL) {
        error_set(err, ERROR_NOT_FOUND, "there is no plan \"%.100s\"", plan != NULL ? plan : "");
        return NULL;
    }
    for (uint32_t i = 0; no != NULL && i < d->roadmap.item_count; i++) {
        if (strcmp(d->roadmap.items[i].no, no) == 0 && d->roadmap.items[i].computed != NULL) {
            *ret_item = &d->roadmap.items[i];
            return d;
        }
    }
    error_set(err, ERROR_NOT_FOUND, "there is no item \"%.100s\" that is counted",
              no != NULL ? no : "");
    return NULL;
}

static struct counting counting_of(const struct count *count)
{
    bool known = count->kind == COUNT_NUMBER;

    return (struct counting){.count = known ? (uint64_t)count->number : 0,
                             .done = known || count->kind == COUNT_NONE};
}

bool computed_begin(const struct catalog *catalog, const char *plan, const char *no,
                    struct computed *ret, struct error *err)
{
    const struct roadmap_item *item;
    const struct definition *d = find_item(catalog, plan, no, &item, err);

    if (d == NULL) {
        return false;
    }
    *ret = (struct computed){.plan = d,
                             .item = item,
                             .numerator = counting_of(&item->computed->done),
                             .denominator = counting_of(&item->computed->of)};
    return true;
}

static bool step(const struct view *v, const struct computed *c, const struct count *count,
                 struct counting *counting)
{
    struct counter n = {.count = count, .program = c->plan->roadmap.program};

    if (counting->done) {
        return true;
    }
    json_t *request = json_pack("{ss*}", "after", counting->after);
    json_t *answer = walk(v, &n, request, NULL);
    must(answer != NULL); /* the cursor is ours */
    const char *next = json_string_value(json_object_get(answer, "next"));
    counting->count += n.counted;
    counting->unsure += n.unsure;
    free(counting->after);
    counting->after = next != NULL ? xstrdup(next) : NULL;
    counting->done = next == NULL;
    json_decref(answer);
    json_decref(request);
    return counting->done;
}

bool computed_step(const struct view *v, struct computed *c)
{
    return step(v, c, &c->item->computed->of, &c->denominator) &&
           step(v, c, &c->item->computed->done, &c->numerator);
}

void computed_fini(struct computed *c)
{
    free(c->numerator.after);
    free(c->denominator.after);
}

/* --- the number ---------------------------------------------------------------------------- */

static json_t *target_json(const struct target *t)
{
    return json_pack("{ss sf ss*}", "kind", t->kind == TARGET_AT_MOST ? "at_most" : "at_least",
                     "value", t->value, "wording", t->wording);
}

json_t *computed_json(const struct computed *c)
{
    const struct measure *m = c->item->computed;
    bool share = m->of.kind != COUNT_NONE;
    double done = (double)c->numerator.count;
    double of = (double)c->denominator.count;
    double value = share ? (of > 0 ? done * 100.0 / of : 0) : done;
    bool most = m->target.kind == TARGET_AT_MOST;
    json_t *row =
        json_pack("{ss ss ss sI so sf ss so sb sI sb}", "plan", c->plan->name, "no", c->item->no,
                  "title", c->item->title, "done", (json_int_t)c->numerator.count, "of",
                  share ? json_integer((json_int_t)c->denominator.count) : json_null(), "value",
                  value, "unit", share ? "%" : "", "target", target_json(&m->target), "reached",
                  most ? value <= m->target.value : value >= m->target.value, "unsure",
                  (json_int_t)(c->numerator.unsure + c->denominator.unsure), "more",
                  !(c->numerator.done && c->denominator.done));

    must(row != NULL);
    return row;
}

static json_t *counted_rows(const struct view *v, const struct computed *c, const json_t *request,
                            struct error *err)
{
    const char *which = json_string_value(json_object_get(request, "rows"));
    bool of = which != NULL && strcmp(which, "of") == 0;
    struct counter n = {.count = of ? &c->item->computed->of : &c->item->computed->done,
                        .program = c->plan->roadmap.program,
                        .shows = true};

    if (which == NULL || (!of && strcmp(which, "done") != 0)) {
        error_set(err, ERROR_INVALID, "\"rows\" must be done or of");
        return NULL;
    }
    if (n.count->kind == COUNT_NONE || n.count->kind == COUNT_NUMBER) {
        return json_pack("{s[] sn}", "rows", "next");
    }
    return walk(v, &n, request, err);
}

json_t *computed_answer(const struct view *v, const json_t *request, struct error *err)
{
    struct computed c;
    json_t *answer;

    if (!computed_begin(v->catalog, json_string_value(json_object_get(request, "plan")),
                        json_string_value(json_object_get(request, "no")), &c, err)) {
        return NULL;
    }
    if (json_object_get(request, "rows") != NULL) {
        answer = counted_rows(v, &c, request, err);
    } else {
        computed_step(v, &c);
        answer = computed_json(&c);
    }
    computed_fini(&c);
    return answer;
}
