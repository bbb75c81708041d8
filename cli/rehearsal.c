/* rehearsal.c - terms and instances of a rehearsal, from the rows of the journal
 *
 * Owns:    which instance belongs to which item of which plan, and how each assignment stands.
 * In:      rows of JOURNAL (docs/protocol.md §3.6) in their order.
 * Out:     the lists of rehearsal.h.
 * Always:  what a row does not say is not guessed: a term without a plan is told of without one.
 */
#include "cli/rehearsal.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/rehearse_notices.h"
#include "cli/rehearse_term.h"

#include <stdlib.h>
#include <string.h>

void rehearsal_init(struct rehearsal *r, const struct rehearse_options *options)
{
    *r = (struct rehearsal){.options = *options, .first = CIVIL_DAY_NONE, .last = CIVIL_DAY_NONE};
    r->refusals = json_array();
    r->stuck = json_array();
    r->findings = json_array();
}

void rehearsal_fini(struct rehearsal *r)
{
    for (uint32_t i = 0; i < r->plan_count; i++) {
        definition_destroy(r->plans[i].definition);
    }
    for (uint32_t i = 0; i < r->term_count; i++) {
        json_decref(r->terms[i].given);
        json_decref(r->terms[i].row);
    }
    for (uint32_t i = 0; i < r->notice_count; i++) {
        rehearsed_notice_fini(&r->notices[i]);
    }
    free(r->plans);
    free(r->instances);
    free(r->terms);
    free(r->notices);
    free(r->by_day);
    json_decref(r->refusals);
    json_decref(r->stuck);
    json_decref(r->findings);
}

/* --- instances ----------------------------------------------------------------------------- */

static struct rehearsed_instance *instance_at(struct rehearsal *r, uint64_t number)
{
    static const struct rehearsed_instance nothing = {.plan = PLAN_NONE, .terms = TERM_NONE};

    if (number >= r->instance_room) {
        uint64_t room = number < 512 ? 1024 : number * 2;
        r->instances = xrealloc(r->instances, room * sizeof *r->instances);
        for (uint64_t i = r->instance_room; i < room; i++) {
            r->instances[i] = nothing;
        }
        r->instance_room = room;
    }
    return &r->instances[number];
}

static uint32_t find_plan(const struct rehearsal *r, const char *name)
{
    for (uint32_t i = 0; name != NULL && i < r->plan_count; i++) {
        if (strcmp(r->plans[i].definition->name, name) == 0) {
            return i;
        }
    }
    return PLAN_NONE;
}

static const struct roadmap_item *find_item(const struct rehearsal *r, uint32_t plan,
                                            const char *no)
{
    const struct roadmap *roadmap;

    if (plan == PLAN_NONE || no == NULL) {
        return NULL;
    }
    roadmap = &r->plans[plan].definition->roadmap;
    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        if (strcmp(roadmap->items[i].no, no) == 0) {
            return &roadmap->items[i];
        }
    }
    return NULL;
}

/* What a plan started has its place in the input; what that ran belongs to the same item. */
static void add_instance(struct rehearsal *r, const json_t *row)
{
    const json_t *input = json_object_get(row, "input");
    uint64_t parent = (uint64_t)field_number(row, "parent");
    struct rehearsed_instance *i = instance_at(r, (uint64_t)field_number(row, "instance"));
    uint32_t plan = find_plan(r, field_text(input, "plan"));
    const struct roadmap_item *item = find_item(r, plan, field_text(input, "no"));

    i->parent = parent;
    if (item != NULL) {
        i->plan = plan;
        i->item = item;
        i->occurrence = (uint32_t)field_number(input, "occurrence");
    } else if (parent != 0 && parent < r->instance_room) {
        i->plan = r->instances[parent].plan;
        i->item = r->instances[parent].item;
        i->occurrence = r->instances[parent].occurrence;
    }
}

/* --- terms --------------------------------------------------------------------------------- */

static civil_day day_of(const json_t *row, const char *field)
{
    const char *text = field_text(row, field);
    civil_day day;

    return text != NULL && civil_parse(bytes_of(text), &day) ? day : CIVIL_DAY_NONE;
}

/* As the document says it: by the row, else the window that the plan has; both may be missing. */
static civil_day literal_of(const struct rehearsed_term *t, const json_t *row)
{
    civil_day day = day_of(row, "literal_to");
    bool known = t->item != NULL && t->occurrence >= 1 && t->occurrence <= t->item->window_count;

    if (day == CIVIL_DAY_NONE && known && strcmp(t->item->workflow, "roadmap-item") == 0) {
        day = t->item->windows[t->occurrence - 1].to;
    }
    return day != CIVIL_DAY_NONE ? day : t->to;
}

static void add_term(struct rehearsal *r, json_t *assignment, int64_t time_ms)
{
    uint64_t number = (uint64_t)field_number(assignment, "instance");
    struct rehearsed_instance *i = instance_at(r, number);

    if (r->term_count == r->term_room) {
        r->term_room = r->term_room ? r->term_room * 2 : 256;
        r->terms = xrealloc(r->terms, r->term_room * sizeof *r->terms);
    }
    struct rehearsed_term *t = &r->terms[r->term_count++];
    *t = (struct rehearsed_term){.plan = i->plan,
                                 .item = i->item,
                                 .occurrence = i->occurrence,
                                 .instance = number,
                                 .next = i->terms,
                                 .given_ms = time_ms,
                                 .from = day_of(assignment, "from"),
                                 .to = day_of(assignment, "to")};
    t->given = json_incref(assignment);
    t->row = json_incref(assignment);
    t->literal = literal_of(t, assignment);
    i->terms = r->term_count - 1;
}

/* A task is INSTANCE.NUMBER. */
struct rehearsed_term *rehearsal_find_term(const struct rehearsal *r, const char *task)
{
    uint64_t instance = task != NULL ? strtoull(task, NULL, 10) : 0;
    uint32_t i = instance < r->instance_room ? r->instances[instance].terms : TERM_NONE;

    while (i != TERM_NONE && strcmp(term_task(&r->terms[i]), task) != 0) {
        i = r->terms[i].next;
    }
    return i != TERM_NONE ? &r->terms[i] : NULL;
}

static void add_assignment(struct rehearsal *r, json_t *assignment, int64_t time_ms)
{
    struct rehearsed_term *t = rehearsal_find_term(r, field_text(assignment, "task"));

    if (t == NULL) {
        add_term(r, assignment, time_ms);
    } else {
        json_decref(t->row);
        t->row = json_incref(assignment);
        t->acts_ms = 0;
    }
}

void rehearsal_add(struct rehearsal *r, const json_t *row)
{
    const char *kind = field_text(row, "kind");
    json_t *assignment = json_object_get(row, "assignment");
    int64_t time_ms = 0;

    if (kind != NULL && strcmp(kind, "instance.started") == 0) {
        add_instance(r, row);
    }
    if (json_is_object(assignment) && field_text(assignment, "task") != NULL) {
        dates_parse_moment(field_text(row, "time"), &time_ms);
        add_assignment(r, assignment, time_ms);
    }
    rehearse_notices_add(r, row);
}

/* --- the end ------------------------------------------------------------------------------- */

/* By day, plan, and as the plan has them. qsort() has no argument for the rehearsal. */
struct order {
    civil_day to;
    uint32_t plan;
    uint32_t index;
};

static int compare(const void *a, const void *b)
{
    const struct order *x = a;
    const struct order *y = b;

    if (x->to != y->to) {
        return x->to < y->to ? -1 : 1;
    }
    if (x->plan != y->plan) {
        return x->plan < y->plan ? -1 : 1;
    }
    return (x->index > y->index) - (x->index < y->index);
}

static void sort_terms(struct rehearsal *r)
{
    struct order *order = xcalloc(r->term_count + 1, sizeof *order);

    for (uint32_t i = 0; i < r->term_count; i++) {
        order[i] = (struct order){r->terms[i].to, r->terms[i].plan, i};
    }
    qsort(order, r->term_count, sizeof *order, compare);
    r->by_day = xcalloc(r->term_count + 1, sizeof *r->by_day);
    for (uint32_t i = 0; i < r->term_count; i++) {
        r->by_day[i] = order[i].index;
    }
    free(order);
}

static void widen(struct rehearsal *r, civil_day day)
{
    if (rehearsal_tells(r, day)) {
        r->first = r->first == CIVIL_DAY_NONE || day < r->first ? day : r->first;
        r->last = r->last == CIVIL_DAY_NONE || day > r->last ? day : r->last;
    }
}

void rehearsal_finish(struct rehearsal *r)
{
    sort_terms(r);
    rehearse_notices_sort(r);
    for (uint32_t i = 0; i < r->plan_count; i++) {
        widen(r, r->plans[i].definition->roadmap.period.from);
        widen(r, r->plans[i].definition->roadmap.period.to);
    }
    for (uint32_t i = 0; i < r->term_count; i++) {
        widen(r, r->terms[i].to);
    }
    for (uint32_t i = 0; i < r->notice_count; i++) {
        widen(r, r->notices[i].day);
    }
    r->first = r->options.from != CIVIL_DAY_NONE ? r->options.from : r->first;
    r->last = r->options.to != CIVIL_DAY_NONE ? r->options.to : r->last;
}

/* --- looking ------------------------------------------------------------------------------- */

bool rehearsal_tells(const struct rehearsal *r, civil_day day)
{
    return (r->options.from == CIVIL_DAY_NONE || day >= r->options.from) &&
           (r->options.to == CIVIL_DAY_NONE || day <= r->options.to);
}

bool rehearsal_has(const struct rehearsal *r, civil_day first, civil_day last)
{
    for (uint32_t i = 0; i < r->term_count; i++) {
        if (r->terms[i].to >= first && r->terms[i].to <= last &&
            rehearsal_tells(r, r->terms[i].to)) {
            return true;
        }
    }
    for (uint32_t i = 0; i < r->notice_count; i++) {
        civil_day day = r->notices[i].day;
        if (day >= first && day <= last && rehearsal_tells(r, day)) {
            return true;
        }
    }
    return false;
}

bool rehearsal_tells_span(const struct rehearsal *r, struct window span)
{
    civil_day from = span.from != CIVIL_DAY_NONE ? span.from : span.to; /* a bare «до …» */

    return (r->options.from == CIVIL_DAY_NONE || span.to >= r->options.from) &&
           (r->options.to == CIVIL_DAY_NONE || from <= r->options.to);
}

bool rehearsal_is_limited(const struct rehearsal *r)
{
    return r->options.from != CIVIL_DAY_NONE || r->options.to != CIVIL_DAY_NONE;
}

static struct rehearsal_totals count(const struct rehearsal *r, bool told)
{
    struct rehearsal_totals totals = {0};
    uint32_t size;

    for (uint32_t i = 0; i < r->term_count; i++) {
        totals.terms += rehearsal_tells(r, r->terms[i].to) == told ? 1 : 0;
    }
    for (uint32_t i = 0; i < r->notice_count; i += size) {
        size = rehearse_notices_group(r, i);
        if (rehearsal_tells(r, r->notices[i].day) == told) {
            totals.notices += size;
            totals.letters += rehearse_notices_letters(&r->notices[i], size);
        }
    }
    return totals;
}

struct rehearsal_totals rehearsal_count(const struct rehearsal *r)
{
    return count(r, true);
}

struct rehearsal_totals rehearsal_count_outside(const struct rehearsal *r)
{
    return count(r, false);
}
