/* filter.c - reading filters of assignments, and deciding by them
 *
 * Owns:    the fields of the request and what they mean for a row.
 * In:      listing_assignments.c, overview.c, discipline.c.
 * Always:  deciding reads nothing but the row and the catalog.
 */
#include "engine/filter.h"

#include "calendar/zone.h"
#include "engine/overview.h"
#include "engine/search.h"

#include <stdlib.h>
#include <string.h>

#define NOTHING "-" /* of no plan, in no section: no name of any */

/* --- reading ------------------------------------------------------------------------------- */

bool filter_text(const json_t *request, const char *field, const char **ret_text, struct error *err)
{
    const json_t *value = json_object_get(request, field);

    *ret_text = json_string_value(value);
    return value == NULL || json_is_null(value) || json_is_string(value) ||
           error_set(err, ERROR_INVALID, "\"%s\" must be text", field);
}

bool filter_day(const json_t *request, const char *field, civil_day *ret_day, struct error *err)
{
    const char *text;

    if (!filter_text(request, field, &text, err)) {
        return false;
    }
    return text == NULL || civil_parse(bytes_of(text), ret_day) ||
           error_set(err, ERROR_INVALID, "\"%s\" must be a day as 2023-01-31", field);
}

/* Where a word has a number among names; 0 = not asked for. */
static bool get_word(const json_t *request, const char *field, int count, const char *(*name)(int),
                     int *ret_number, struct error *err)
{
    const char *text;

    if (!filter_text(request, field, &text, err)) {
        return false;
    }
    *ret_number = 0;
    for (int i = 1; text != NULL && i < count; i++) {
        if (strcmp(name(i), text) == 0) {
            *ret_number = i;
        }
    }
    return text == NULL || *ret_number != 0 ||
           error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", field, text);
}

static const char *state_word(int i)
{
    return assignment_state_name((enum assignment_state)i);
}

static const char *phase_word(int i)
{
    return phase_name((enum phase)i);
}

static const char *group_word(int i)
{
    return overview_group_name((enum overview_group)i);
}

static const char *original_word(int i)
{
    return original_name((enum original)i);
}

/* Only open ones are in any group, and time goes on for them alone. */
static bool get_group(const json_t *request, struct filter *f, struct error *err)
{
    bool good = get_word(request, "group", GROUP_COUNT, group_word, &f->group, err) &&
                get_word(request, "phase", PHASE_COUNT, phase_word, &f->phase, err);

    f->closed = f->closed && f->group == 0 && f->phase == 0;
    return good;
}

static bool get_outcome(const json_t *request, struct filter *f, struct error *err)
{
    const char *text;

    if (!filter_text(request, "outcome", &text, err)) {
        return false;
    }
    f->outcome = text == NULL ? -1 : (int)outcome_parse(text);
    return f->outcome < OUTCOME_COUNT ||
           error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", "outcome", text);
}

static bool get_body(const json_t *request, struct filter *f, struct error *err)
{
    const char *body;
    const char *role;

    if (!filter_text(request, "body", &body, err) || !filter_text(request, "role", &role, err)) {
        return false;
    }
    f->body = bytes_of(body);
    if (role != NULL) {
        f->roles = role_parse(role);
    }
    if (role != NULL && (body == NULL || f->roles == ROLE_NONE)) {
        return f->roles == ROLE_NONE
                   ? error_set(err, ERROR_INVALID, "\"%s\" can't be \"%.100s\"", "role", role)
                   : error_set(err, ERROR_INVALID, "\"role\" is that of a \"body\"");
    }
    return body == NULL || catalog_find_body(f->view->catalog, body) != NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no body \"%.100s\"", body);
}

static bool get_flag(const json_t *request, const char *field, const json_t **ret_value,
                     struct error *err)
{
    *ret_value = json_object_get(request, field);
    return *ret_value == NULL || json_is_null(*ret_value) || json_is_boolean(*ret_value) ||
           error_set(err, ERROR_INVALID, "\"%s\" must be true or false", field);
}

static bool get_open(const json_t *request, struct filter *f, struct error *err)
{
    const json_t *open;
    const json_t *overdue;
    const json_t *decide;

    if (!get_flag(request, "open", &open, err) || !get_flag(request, "overdue", &overdue, err) ||
        !get_flag(request, "decide", &decide, err)) {
        return false;
    }
    f->overdue = json_is_true(overdue);
    f->punctual = json_is_false(overdue);
    f->decide = json_is_true(decide);
    f->open = !json_is_false(open);
    f->closed = !json_is_true(open) && !f->overdue && !f->decide;
    return true;
}

static bool get_texts(const json_t *request, struct filter *f, struct error *err)
{
    const char *plan;
    const char *no;

    if (!filter_text(request, "plan", &plan, err) || !filter_text(request, "no", &no, err) ||
        !filter_text(request, "section", &f->section, err)) {
        return false;
    }
    f->plan = bytes_of(plan != NULL && strcmp(plan, NOTHING) == 0 ? "" : plan);
    f->no = bytes_of(no);
    return true;
}

static bool get_query(const json_t *request, struct filter *f, struct error *err)
{
    const char *q;

    if (!filter_text(request, "q", &q, err)) {
        return false;
    }
    f->found = q != NULL ? search_find(f->view, q, err) : NULL;
    return q == NULL || f->found != NULL;
}

struct filter filter_of_all(const struct view *view)
{
    struct filter f = {.view = view,
                       .open = true,
                       .closed = true,
                       .from = INT32_MIN,
                       .to = INT32_MAX,
                       .outcome = -1,
                       .roles = ROLE_ANY};
    int minute;

    zone_civil(view->world->zone, view->world->now_ms, &f.today, &minute);
    return f;
}

bool filter_read(const struct view *view, const json_t *request, struct filter *ret,
                 struct error *err)
{
    struct filter f = filter_of_all(view);
    bool good =
        get_open(request, &f, err) && get_group(request, &f, err) &&
        get_word(request, "state", ASSIGNMENT_STATE_COUNT, state_word, &f.state, err) &&
        get_outcome(request, &f, err) &&
        get_word(request, "outcome_original", ORIGINAL_COUNT, original_word, &f.original, err) &&
        get_body(request, &f, err) && get_texts(request, &f, err) &&
        filter_day(request, "from", &f.from, err) && filter_day(request, "to", &f.to, err) &&
        get_query(request, &f, err);
    if (good) {
        *ret = f;
    }
    return good;
}

void filter_fini(struct filter *f)
{
    search_free(&f->found);
}

/* --- where the rows stand ------------------------------------------------------------------ */

#define PLACE_BYTES 17u /* closed?, day, instance, task: the end of keys in both tables */

enum table filter_table(const struct filter *f)
{
    return f->body.data != NULL || f->plan.size > 0 ? TABLE_CONCERN : TABLE_ASSIGNMENT;
}

struct buffer filter_key(const struct filter *f, bool closed, civil_day day)
{
    struct buffer key = BUFFER_INIT;
    struct bytes name = f->body.data != NULL ? f->body : f->plan;

    pack_u8(&key, TENANT);
    if (filter_table(f) == TABLE_CONCERN) {
        pack_u8(&key, f->body.data != NULL ? CONCERN_BODY : CONCERN_PLAN);
        buffer_append(&key, name.data, name.size);
        pack_u8(&key, 0);
    }
    pack_u8(&key, closed);
    pack_key32(&key, table_day(day));
    return key;
}

bool filter_entry(const struct filter *f, struct bytes key, struct bytes value,
                  struct assignment_entry *ret)
{
    unsigned char own[1 + PLACE_BYTES] = {TENANT};

    if (filter_table(f) == TABLE_ASSIGNMENT) {
        return entry_read(key, value, ret);
    }
    if (key.size < sizeof own) {
        return false;
    }
    memcpy(own + 1, (const unsigned char *)key.data + key.size - PLACE_BYTES, PLACE_BYTES);
    key = (struct bytes){own, sizeof own};
    return store_get(f->view->txn, TABLE_ASSIGNMENT, key, &value) && entry_read(key, value, ret);
}

/* --- deciding ------------------------------------------------------------------------------ */

const struct roadmap_section *filter_section(const struct catalog *catalog, struct bytes plan,
                                             struct bytes no)
{
    const struct definition *d =
        no.size > 0 ? catalog_find_named(catalog, DEFINITION_ROADMAP, plan) : NULL;

    for (uint32_t i = 0; d != NULL && i < d->roadmap.item_count; i++) {
        const struct roadmap_item *item = &d->roadmap.items[i];
        if (bytes_equal(bytes_of(item->no), no)) {
            return item->section != SECTION_NONE ? &d->roadmap.sections[item->section] : NULL;
        }
    }
    return NULL;
}

bool filter_section_fits(const struct roadmap_section *section, const char *wanted)
{
    if (strcmp(wanted, NOTHING) == 0) {
        return section == NULL;
    }
    return section != NULL &&
           (strcmp(section->no, wanted) == 0 || strcmp(section->title, wanted) == 0);
}

static bool section_fits(const struct filter *f, const struct assignment_entry *e)
{
    return filter_section_fits(filter_section(f->view->catalog, e->plan, e->no), f->section);
}

bool filter_fits(const struct filter *f, const struct assignment_entry *e)
{
    return (f->state == 0 || (int)e->state == f->state) &&
           (f->phase == 0 || (int)e->phase == f->phase) &&
           (f->outcome < 0 || (int)e->outcome == f->outcome) &&
           (f->original == 0 || (int)entry_original(e, f->today) == f->original) &&
           ((!f->overdue && !f->punctual) || entry_is_overdue(e, f->today) == f->overdue) &&
           (!f->decide || overview_has(GROUP_DECISIONS, e)) &&
           (f->group == 0 || overview_has((enum overview_group)f->group, e)) &&
           (f->plan.data == NULL || bytes_equal(e->plan, f->plan)) &&
           (f->no.data == NULL || bytes_equal(e->no, f->no)) &&
           (f->found == NULL || search_has_instance(f->found, e->instance)) &&
           (f->body.data == NULL || (entry_roles(e, f->body) & f->roles) != 0) &&
           (f->section == NULL || section_fits(f, e));
}
