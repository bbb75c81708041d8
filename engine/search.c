/* search.c - one box that finds everything
 *
 * Owns:    the groups of the answer, and how many of each are looked at.
 * In:      queries.c; the gateway.
 * Always:  bounded: of instances so many are read, and "more" says that there were others. What has
 *          the words as they are comes before what has only words that begin so; in each of the
 *          two, what has them in its title comes before what they were said of.
 * See:     docs/protocol.md §3.6
 */
#include "engine/search_part.h"

#include "base/limits.h"
#include "engine/core/peek.h"
#include "engine/funnel.h"
#include "engine/listing.h"
#include "engine/rows.h"
#include "engine/snapshot.h"

#include <stdlib.h>
#include <string.h>

#define LIMIT_NORMAL 10
#define LIMIT_MOST   50
#define READS_MAX    300u /* instances read for one answer: 30 us each */
#define NOTICES_EACH 3    /* of one body, of one assignment: the newest; NOTICES has all */

static bool has_room(const struct search *s, const json_t *group)
{
    return json_array_size(group) < s->limit;
}

static bool has_all(const struct search *s, const struct search_query *q, const struct subject *x)
{
    uint32_t seen = 0;

    for (size_t i = 0; i < sizeof x->texts / sizeof x->texts[0]; i++) {
        if (search_text_has(q, x->texts[i], &seen)) {
            return true;
        }
    }
    return x->said != NULL && search_said_has(s->v, q, x->said, x->task, &seen);
}

/* In the second pass what had the very words is not. */
static bool is_new(const struct search *s, const struct subject *x)
{
    struct search_query exact = s->query;

    exact.exact = true;
    return s->query.exact || !has_all(s, &exact, x);
}

bool search_fits(const struct search *s, const struct subject *x)
{
    return has_all(s, &s->query, x) && is_new(s, x);
}

/* Rows are not made for nothing. */
static bool takes_more(struct search *s, const json_t *group)
{
    bool room = has_room(s, group);

    s->more = s->more || !room;
    return room;
}

void search_add(struct search *s, json_t *group, json_t *row)
{
    if (takes_more(s, group)) {
        json_array_append_new(group, row);
    } else {
        json_decref(row);
    }
}

static bool has_row(const json_t *group, const char *field, uint64_t number)
{
    const json_t *row;
    size_t n;

    json_array_foreach(group, n, row)
    {
        if ((uint64_t)json_integer_value(json_object_get(row, field)) == number) {
            return true;
        }
    }
    return false;
}

/* --- instances ----------------------------------------------------------------------------- */

static json_t *person_row(const struct search *s, const struct definition *d,
                          const struct instance *i)
{
    const struct definition *newest = catalog_find(s->v->catalog, DEFINITION_WORKFLOW, d->name);
    bool goes_on = newest != NULL && newest->workflow.cycle != NULL;
    json_t *row = funnel_person(s->v, goes_on ? newest : d, i);

    json_object_set_new(row, "definition", json_string(d->name));
    json_object_set_new(row, "definition_title", json_string(d->title));
    return row;
}

static void add_instance(struct search *s, const struct instance *i)
{
    const struct definition *cycle = catalog_find_cycle(s->v->catalog, i->definition);
    json_t *group = cycle != NULL ? s->people : s->instances;

    if (!has_row(group, "instance", i->id) && takes_more(s, group)) {
        json_array_append_new(group, cycle != NULL ? person_row(s, cycle, i)
                                                   : rows_instance(s->v->catalog, i));
    }
}

/* Has it all words? What is new in this pass is added: at once by its title, else when all titles
 * were looked at. */
static bool look_at_assignment(struct search *s, const struct candidates *c,
                               const struct instance *i, const struct task *t)
{
    struct bytes input = task_input(i, t);
    struct subject x = {
        .texts = {peek_text(s->v->arena, input, "title"), peek_text(s->v->arena, input, "no")},
        .said = c,
        .task = {i->id, t->seq}};

    bool has = has_all(s, &s->query, &x);
    bool fits = has && is_new(s, &x);

    x.said = NULL;
    bool titled = fits && has_all(s, &s->query, &x);
    json_t *group = titled ? s->assignments : s->said;
    if (fits && s->number) {
        group = search_number_list(s, x.texts[1], t->assignment, s->assignments);
    }
    if (fits && takes_more(s, group)) {
        json_t *row = rows_assignment(s->v->catalog, i, t);
        if (!titled) {
            json_object_set_new(row, "said", json_true());
        }
        json_array_append_new(group, row);
    }
    return has;
}

static bool look_at_incident(struct search *s, const struct instance *i, const struct task *t)
{
    struct subject x = {.texts = {peek_text(s->v->arena, t->problem, "title"),
                                  peek_text(s->v->arena, t->problem, "detail")}};

    bool has = has_all(s, &s->query, &x);

    if (has && is_new(s, &x) && takes_more(s, s->incidents)) {
        json_array_append_new(s->incidents, listing_incident(s->v, i, t));
    }
    return has;
}

/* Has the name of whom it follows all words? What is new in this pass is added. */
static bool look_at_person(struct search *s, const struct instance *i)
{
    const struct definition *d = catalog_find_cycle(s->v->catalog, i->definition);

    if (d == NULL) {
        return false;
    }
    struct subject x = {.texts = {peek_text(s->v->arena, i->data, d->workflow.cycle->person)}};
    bool has = has_all(s, &s->query, &x);
    if (has && is_new(s, &x)) {
        add_instance(s, i);
    }
    return has;
}

/* What it is of this instance that has the words: a person stands for all assignments, whose titles
 * carry the name. If it was said of what is not there any more, or of the whole, the instance. */
static void look_at(struct search *s, const struct candidates *c, const struct instance *i)
{
    bool person = look_at_person(s, i);
    bool found = person;

    for (uint32_t n = i->task_count; n-- > 0;) {
        const struct task *t = &i->tasks[n];
        found = (!person && t->assignment != NULL && look_at_assignment(s, c, i, t)) || found;
        found = (t->state == TASK_INCIDENT && look_at_incident(s, i, t)) || found;
    }
    if (!found && search_said_of(s->v, c, i->id)) {
        add_instance(s, i);
    }
}

static struct instance *read_instance(const struct search *s, uint64_t id)
{
    struct instance *i;

    return snapshot_instance(s->v->txn, s->v->catalog, s->v->arena, id, &i, NULL) ? i : NULL;
}

/* Behind those that were found by their titles. */
static void add_said(struct search *s)
{
    json_t *row;
    size_t n;

    json_array_foreach(s->said, n, row)
    {
        search_add(s, s->assignments, json_incref(row));
    }
    json_array_clear(s->said);
}

static void find_by_words(struct search *s)
{
    struct candidates c;
    unsigned most = s->query.exact ? READS_MAX / 2 : READS_MAX; /* some are left to beginnings */

    search_candidates(s->v, &s->query, &c);
    s->more = s->more || c.more;
    for (size_t n = c.count; n-- > 0;) { /* the newest first */
        bool full = !has_room(s, s->assignments) && !has_room(s, s->people) &&
                    !has_room(s, s->instances) && !has_room(s, s->incidents);
        if (s->reads == most || (full && s->more)) {
            s->more = true;
            break;
        }
        s->reads++;
        const struct instance *i = read_instance(s, c.ids[n]);
        if (i != NULL) {
            look_at(s, &c, i);
        }
        arena_reset(s->v->arena);
    }
    search_candidates_fini(&c);
    add_said(s);
}

/* Under this name, the key that was asked for; in the second pass, those that begin with it. */
void search_keys(struct search *s, const char *name)
{
    struct buffer from = BUFFER_INIT;
    struct store_cursor *c = store_cursor_open(s->v->txn, TABLE_KEY);
    struct bytes key;
    struct bytes value;

    pack_u8(&from, TENANT);
    buffer_append(&from, name, strlen(name) + 1);
    buffer_append(&from, s->text.data, s->text.size);
    bool found = store_seek(c, buffer_bytes(&from), &key, &value);
    while (found && has_room(s, s->instances) &&
           (s->query.exact ? key.size == from.size : key.size >= from.size) &&
           memcmp(key.data, from.data, from.size) == 0) {
        struct cursor id = cursor_of(value);
        const struct instance *i = read_instance(s, unpack_key64(&id));
        if (i != NULL) {
            add_instance(s, i);
        }
        arena_reset(s->v->arena);
        found = store_next(c, &key, &value);
    }
    store_cursor_close(&c);
    buffer_fini(&from);
}

/* "17", or "17.2". */
static void find_by_number(struct search *s)
{
    uint64_t id = 0;
    size_t n = 0;
    const char *text = s->text.data;

    while (n < s->text.size && n < 18 && text[n] >= '0' && text[n] <= '9') {
        id = id * 10 + (uint64_t)(text[n++] - '0');
    }
    if (n > 0 && (n == s->text.size || text[n] == '.')) {
        const struct instance *i = read_instance(s, id);
        if (i != NULL) {
            add_instance(s, i);
        }
        arena_reset(s->v->arena);
    }
}

/* --- who was told -------------------------------------------------------------------------- */

/* One letter may be to a body and about an assignment that were both found. */
static void add_notices(const struct search *s, json_t *notices, const char *field,
                        const json_t *value)
{
    if (!has_room(s, notices)) {
        return; /* each page may take its time */
    }
    json_t *request = json_pack("{sO si}", field, value, "limit", NOTICES_EACH);
    json_t *page = listing_notices(s->v, request, NULL);
    json_t *row;
    size_t n;

    json_array_foreach(json_object_get(page, "rows"), n, row)
    {
        uint64_t seq = (uint64_t)json_integer_value(json_object_get(row, "seq"));
        if (has_room(s, notices) && !has_row(notices, "seq", seq)) {
            json_array_append(notices, row);
        }
    }
    json_decref(page);
    json_decref(request);
}

static void add_notices_of(const struct search *s, json_t *notices, const char *field,
                           const json_t *rows, const char *member)
{
    const json_t *row;
    size_t n;

    json_array_foreach(rows, n, row)
    {
        add_notices(s, notices, field, json_object_get(row, member));
    }
}

/* The newest to each body that was found, and about each person and assignment: these are what a
 * letter says. */
static json_t *find_notices(const struct search *s)
{
    json_t *notices = json_array();

    add_notices_of(s, notices, "body", s->bodies, "id");
    add_notices_of(s, notices, "instance", s->people, "instance");
    add_notices_of(s, notices, "instance", s->assignments, "instance");
    add_notices_of(s, notices, "instance", s->documents, "instance");
    return notices;
}

/* --- the answer ---------------------------------------------------------------------------- */

static bool read_request(struct search *s, const json_t *request, struct error *err)
{
    const char *q = json_string_value(json_object_get(request, "q"));
    const json_t *limit = json_object_get(request, "limit");
    json_int_t n = limit != NULL ? json_integer_value(limit) : LIMIT_NORMAL;

    if (q == NULL) {
        return error_set(err, ERROR_INVALID, "\"q\" must be text");
    }
    if (n < 1) {
        return error_set(err, ERROR_INVALID, "\"limit\" must be a number from 1");
    }
    s->limit = n > LIMIT_MOST ? LIMIT_MOST : (size_t)n;
    s->text = bytes_of(q);
    if (!search_read(q, &s->query, err)) {
        return false;
    }
    s->number = search_take_number(&s->query);
    return true;
}

static void begin(struct search *s)
{
    json_t **const groups[] = {&s->people,    &s->places,      &s->assignments, &s->said,
                               &s->documents, &s->mentions,    &s->incidents,   &s->instances,
                               &s->bodies,    &s->definitions, &s->items};

    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        *groups[i] = json_array();
    }
    s->workers = s->v->dispatch != NULL ? json_array() : NULL;
}

/* What its words find; first the very words, then what only begins so. */
static void find(struct search *s, bool exact)
{
    s->query.exact = exact;
    search_catalog(s);
    search_places(s);
    find_by_words(s);
    search_workers(s);
}

json_t *search_answer(const struct view *v, const json_t *request, struct error *err)
{
    struct search s = {.v = v};

    if (!read_request(&s, request, err)) {
        return NULL;
    }
    begin(&s);
    find_by_number(&s);
    find(&s, true);
    find(&s, false);
    json_t *notices = find_notices(&s);
    json_decref(s.said);
    json_t *number = s.number ? json_stringn(s.query.words[0].text, s.query.words[0].size) : NULL;
    return json_pack("{so* so so so so so so so so so so so so* sb}", "number", number, "people",
                     s.people, "places", s.places, "assignments", s.assignments, "documents",
                     s.documents, "incidents", s.incidents, "instances", s.instances, "bodies",
                     s.bodies, "definitions", s.definitions, "items", s.items, "mentions",
                     s.mentions, "notices", notices, "workers", s.workers, "more", s.more);
}
