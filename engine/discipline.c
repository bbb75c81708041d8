/* discipline.c - how terms are kept: of all that fell due in a period, what became of it
 *
 * Owns:    the numbers, their formula, and what they are grouped by.
 * In:      queries.c, the gateway's page of discipline.
 * Always:  an assignment counts where the last day of its current term falls, once; against the
 *          first term the same assignments are asked again. What is withdrawn is in no share.
 * See:     docs/protocol.md §3.6, docs/time.md §6
 */
#include "engine/overview.h"

#include "engine/entries.h"
#include "engine/rows.h"

#include <stdlib.h>
#include <string.h>

enum number {
    NUMBER_TOTAL,
    NUMBER_MET,
    NUMBER_LATE,
    NUMBER_EXTENDED, /* met, after an extension */
    NUMBER_IN_PART,
    NUMBER_OPEN, /* not closed, nothing is late */
    NUMBER_OPEN_OVERDUE,
    NUMBER_WITHDRAWN,
    NUMBER_FIRST_MET,  /* against the first term: met */
    NUMBER_FIRST_LATE, /* not met, or open though it is over */
    NUMBERS
};

static const char *const names[NUMBERS] = {
    "total", "met",          "met_late",  "met_after_extension", "in_part",
    "open",  "open_overdue", "withdrawn", "original_met",        "original_late"};

enum by { BY_BODY, BY_PLAN, BY_SECTION, BY_MONTH, BY_COUNT };

struct report {
    const struct view *v;
    struct filter filter;
    enum by by;
    struct groups groups;
    uint64_t all[NUMBERS];
};

/* --- counting ------------------------------------------------------------------------------ */

static enum number number_of(const struct assignment_entry *e, civil_day today)
{
    switch (e->outcome) {
    case OUTCOME_MET:
        return NUMBER_MET;
    case OUTCOME_MET_LATE:
        return NUMBER_LATE;
    case OUTCOME_MET_AFTER_EXTENSION:
        return NUMBER_EXTENDED;
    case OUTCOME_IN_PART:
        return NUMBER_IN_PART;
    case OUTCOME_WITHDRAWN:
        return NUMBER_WITHDRAWN;
    default:
        return entry_is_overdue(e, today) ? NUMBER_OPEN_OVERDUE : NUMBER_OPEN;
    }
}

static void add(uint64_t counts[NUMBERS], const struct assignment_entry *e, civil_day today)
{
    enum original original = entry_original(e, today);

    counts[NUMBER_TOTAL]++;
    counts[number_of(e, today)]++;
    counts[NUMBER_FIRST_MET] += original == ORIGINAL_MET;
    counts[NUMBER_FIRST_LATE] += original == ORIGINAL_LATE;
}

/* 0: it has none. */
static uint32_t number_of_group(const struct report *r, const struct assignment_entry *e)
{
    struct civil day;

    switch (r->by) {
    case BY_BODY:
        return e->responsible_number;
    case BY_PLAN:
        return e->plan_number;
    case BY_SECTION:
        return e->item_number;
    default:
        day = civil_of_day(e->to);
        return (uint32_t)(day.year * 12 + day.month);
    }
}

static struct group *make_group(struct report *r, uint32_t number, const struct assignment_entry *e)
{
    static const struct bytes none = {NULL, 0};
    char month[CIVIL_TEXT_MAX];

    switch (r->by) {
    case BY_BODY:
        return groups_get_numbered(&r->groups, number, e->responsible, none);
    case BY_PLAN:
        return groups_get_numbered(&r->groups, number, e->plan, none);
    case BY_SECTION: /* of the item: put together below */
        return groups_get_numbered(&r->groups, number, e->plan, e->no);
    default:
        civil_print(e->to, month);
        return groups_get_numbered(&r->groups, number, (struct bytes){month, 7}, none);
    }
}

static struct group *group_of(struct report *r, const struct assignment_entry *e)
{
    uint32_t number = number_of_group(r, e);
    struct group *group = groups_find(&r->groups, number);

    return group != NULL ? group : make_group(r, number, e);
}

static void look(void *context, const struct assignment_entry *e)
{
    struct report *r = context;

    add(r->all, e, r->filter.today);
    add(group_of(r, e)->counts, e, r->filter.today);
}

/* Items are counted, then sections: an item is looked up once, not for each assignment. */
static void join_sections(struct report *r)
{
    struct groups items = r->groups;

    groups_init(&r->groups, NUMBERS);
    for (uint32_t i = 0; i < items.count; i++) {
        const struct group *item = items.all[i];
        const struct roadmap_section *s = filter_section(r->v->catalog, item->id, item->more);
        struct group *g = groups_get(&r->groups, item->id, bytes_of(s != NULL ? s->title : ""));
        for (int n = 0; n < NUMBERS; n++) {
            g->counts[n] += item->counts[n];
        }
    }
    groups_fini(&items);
}

/* --- the answer ---------------------------------------------------------------------------- */

/* In percent; null: of nothing. */
static json_t *share(uint64_t part, uint64_t of)
{
    return of > 0 ? json_real((double)part * 100.0 / (double)of) : json_null();
}

static void set_numbers(json_t *row, const uint64_t n[NUMBERS])
{
    uint64_t kept = n[NUMBER_MET] + n[NUMBER_EXTENDED];
    uint64_t due = kept + n[NUMBER_LATE] + n[NUMBER_IN_PART] + n[NUMBER_OPEN_OVERDUE];

    for (int i = 0; i < NUMBERS; i++) {
        json_object_set_new(row, names[i], json_integer((json_int_t)n[i]));
    }
    json_object_set_new(row, "share_on_time", share(kept, due));
    json_object_set_new(row, "share_on_time_original",
                        share(n[NUMBER_FIRST_MET], n[NUMBER_FIRST_MET] + n[NUMBER_FIRST_LATE]));
}

static json_t *text(struct bytes b)
{
    return json_stringn(b.size > 0 ? b.data : "", b.size);
}

static const char *plan_title(const struct view *v, struct bytes plan)
{
    const struct definition *d = catalog_find_named(v->catalog, DEFINITION_ROADMAP, plan);

    return d != NULL ? d->title : NULL;
}

static json_t *head(const struct report *r, const struct group *g)
{
    const char *title;

    switch (r->by) {
    case BY_BODY:
        return rows_body(r->v->catalog, g->id);
    case BY_PLAN:
        title = plan_title(r->v, g->id);
        return json_pack("{so so}", "id", text(g->id), "name",
                         title != NULL ? json_string(title) : text(g->id));
    case BY_SECTION:
        return json_pack("{so so so}", "id", text(g->more), "name", text(g->more), "plan",
                         text(g->id));
    default:
        return json_pack("{so so}", "id", text(g->id), "name", text(g->id));
    }
}

static int compare(const void *a, const void *b)
{
    const struct group *x = *(struct group *const *)a;
    const struct group *y = *(struct group *const *)b;
    int order = bytes_compare(x->id, y->id);

    return order ? order : bytes_compare(x->more, y->more);
}

static json_t *groups_json(struct report *r)
{
    json_t *rows = json_array();

    if (r->groups.count > 0) {
        qsort(r->groups.all, r->groups.count, sizeof(struct group *), compare);
    }
    for (uint32_t i = 0; i < r->groups.count; i++) {
        json_t *row = head(r, r->groups.all[i]);
        set_numbers(row, r->groups.all[i]->counts);
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *answer(struct report *r, bool whole)
{
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];
    json_t *all = json_object();

    civil_print(r->filter.from, from);
    civil_print(r->filter.to, to);
    set_numbers(all, r->all);
    return json_pack(
        "{ss ss s{ss ss} so so sb}", "from", from, "to", to, "formula", "share_on_time",
        "(met + met_after_extension) / (met + met_late + met_after_extension + in_part "
        "+ open_overdue)",
        "share_on_time_original", "original_met / (original_met + original_late)", "rows",
        groups_json(r), "all", all, "more", !whole);
}

/* --- the question -------------------------------------------------------------------------- */

static bool read_by(struct report *r, const json_t *request, struct error *err)
{
    static const char *const words[BY_COUNT] = {"body", "plan", "section", "month"};
    const json_t *value = json_object_get(request, "by");
    const char *word = value != NULL ? json_string_value(value) : words[BY_BODY];

    for (int i = 0; word != NULL && i < BY_COUNT; i++) {
        if (strcmp(words[i], word) == 0) {
            r->by = (enum by)i;
            return true;
        }
    }
    return error_set(err, ERROR_INVALID, "\"by\" must be body, plan, section or month");
}

/* The year of today, unless days are named. */
static void default_period(struct filter *f)
{
    int year = civil_of_day(f->today).year;

    if (f->from == INT32_MIN) {
        f->from = civil_to_day((struct civil){year, 1, 1});
    }
    if (f->to == INT32_MAX) {
        f->to = civil_to_day((struct civil){year, 12, 31});
    }
}

json_t *discipline_answer(const struct view *v, const json_t *request, struct error *err)
{
    struct report r = {.v = v};

    if (!read_by(&r, request, err) || !filter_read(v, request, &r.filter, err)) {
        return NULL;
    }
    default_period(&r.filter);
    groups_init(&r.groups, NUMBERS);
    bool whole = entries_walk(&r.filter, look, &r);
    if (r.by == BY_SECTION) {
        join_sections(&r);
    }
    json_t *row = answer(&r, whole);
    groups_fini(&r.groups);
    filter_fini(&r.filter);
    return row;
}
