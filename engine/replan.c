/* replan.c - open assignments that calendars, absences and policies of today would change
 *
 * Owns:    the walk over open assignments, and its cursor: the key of the last one looked at.
 * In:      commands.c, in an open turn.
 * Out:     decide_replan() for each that changes, or only the check; a row for each of them.
 * Always:  a page takes no longer than a turn collects, so many as there may be: the client goes on
 *          with the cursor. What was changed is looked at again, and changes no more.
 * See:     docs/time.md §6
 */
#include "engine/replan.h"

#include "engine/core/decide.h"
#include "engine/rows.h"
#include "engine/snapshot.h"
#include "language/near_body.h"

#include <string.h>

#define KEY_BYTES 18   /* tenant, open, day, instance, task */
#define LOOK_MAX  2000 /* assignments of one page: each is read whole, at 10 to 100 us */

/* One that was open when the page began. */
struct look {
    unsigned char key[KEY_BYTES];
    uint64_t instance;
    uint32_t task;
};

struct page {
    struct engine *e;
    bool apply;
    struct bytes by; /* a body; a person's name is only kept with the records (world.h) */
    struct bytes reason;
    size_t limit;
    json_t *rows;
    uint32_t moved;
    uint32_t changed;
};

/* --- fields -------------------------------------------------------------------------------- */

static bool get_text(const json_t *request, const char *field, size_t most, struct bytes *ret_text,
                     struct error *err)
{
    const json_t *value = json_object_get(request, field);

    if (value != NULL && !json_is_null(value) && !json_is_string(value)) {
        return error_set(err, ERROR_INVALID, "\"%s\" must be text", field);
    }
    *ret_text = (struct bytes){json_string_value(value), json_string_length(value)};
    return ret_text->size <= most ||
           error_set(err, ERROR_TOO_LARGE, "\"%s\" has more than %zu bytes", field, most);
}

static bool read_fields(struct page *page, const json_t *request, struct error *err)
{
    const json_t *apply = json_object_get(request, "apply");
    const json_t *limit = json_object_get(request, "limit");
    json_int_t n = limit != NULL ? json_integer_value(limit) : LIMIT_PAGE;

    if (apply != NULL && !json_is_boolean(apply)) {
        return error_set(err, ERROR_INVALID, "\"apply\" must be true or false");
    }
    if (n < 1) {
        return error_set(err, ERROR_INVALID, "\"limit\" must be a number from 1");
    }
    page->apply = json_is_true(apply);
    page->limit = n > (json_int_t)LIMIT_PAGE ? LIMIT_PAGE : (size_t)n;
    if (!get_text(request, "by", LIMIT_BY_BYTES, &page->by, err) ||
        !get_text(request, "reason", LIMIT_TEXT_BYTES, &page->reason, err)) {
        return false;
    }
    return !page->apply || page->reason.size > 0 ||
           error_set(err, ERROR_INVALID,
                     "to apply it, \"reason\" must say why: it stays with the "
                     "terms that move");
}

/* Whoever is no body decides as an operator of this engine, by name: so a slip in an id must not
 * pass for a name. */
static bool check_by(struct page *page, struct error *err)
{
    struct world *world = turn_world(&page->e->turn);

    if (world_body(world, page->by) != NULL) {
        return true;
    }
    const char *by = arena_text(world->arena, page->by);
    const struct body *near = page->by.size > 0 ? near_body(page->e->catalog, by) : NULL;
    page->by = (struct bytes){NULL, 0};
    return near == NULL ||
           error_set(err, ERROR_NOT_FOUND, "there is no body \"%.100s\": did you mean \"%s\"?", by,
                     near->id);
}

/* --- the cursor ---------------------------------------------------------------------------- */

static json_t *cursor_print(const unsigned char key[KEY_BYTES])
{
    static const char digits[] = "0123456789abcdef";
    char text[2 * KEY_BYTES];

    for (size_t i = 0; i < KEY_BYTES; i++) {
        text[2 * i] = digits[key[i] >> 4];
        text[2 * i + 1] = digits[key[i] & 15];
    }
    return json_stringn(text, sizeof text);
}

static bool cursor_parse(const json_t *after, struct buffer *ret_key, struct error *err)
{
    const char *text = json_string_value(after);
    size_t size = text != NULL ? strlen(text) : 0;
    bool good = size == 2 * KEY_BYTES && strspn(text, "0123456789abcdef") == size;

    for (size_t i = 0; good && i < size; i += 2) {
        const char *at = text + i;
        unsigned high = (unsigned)(at[0] > '9' ? at[0] - 'a' + 10 : at[0] - '0');
        unsigned low = (unsigned)(at[1] > '9' ? at[1] - 'a' + 10 : at[1] - '0');
        pack_u8(ret_key, high * 16 + low);
    }
    good = good && ret_key->data[0] == TENANT && ret_key->data[1] == 0;
    pack_u8(ret_key, 0); /* the key just after it */
    return good || error_set(err, ERROR_INVALID, "\"after\" must be the \"next\" of a page before");
}

/* The keys are read first and decided about then: deciding may write to the store. */
static size_t collect(const struct page *page, struct bytes from, struct look *looks)
{
    static const unsigned char open[] = {TENANT, 0};
    struct store_cursor *c = store_cursor_open(page->e->turn.txn, TABLE_ASSIGNMENT);
    struct bytes key;
    size_t count = 0;

    bool found = store_seek(c, from, &key, NULL);
    while (found && count < LOOK_MAX && key.size == KEY_BYTES && memcmp(key.data, open, 2) == 0) {
        struct look *look = &looks[count++];
        struct cursor k = cursor_of((struct bytes){(const unsigned char *)key.data + 6, 12});
        memcpy(look->key, key.data, KEY_BYTES);
        look->instance = unpack_key64(&k);
        look->task = unpack_key32(&k);
        found = store_next(c, &key, NULL);
    }
    store_cursor_close(&c);
    return count;
}

/* --- one assignment ------------------------------------------------------------------------ */

static json_t *row_of(const struct page *page, const struct look *look, const struct replan *replan)
{
    struct world *world = turn_world(&page->e->turn);
    const struct instance *i = world->get(world, look->instance);
    const struct task *t = instance_find_task(i, look->task);
    json_t *facts = rows_assignment(page->e->catalog, i, t);
    static const char *const told[] = {"task",        "title", "no",        "plan",
                                       "responsible", "state", "literal_to"};
    json_t *row = json_object();

    for (size_t n = 0; n < sizeof told / sizeof told[0]; n++) {
        if (json_object_get(facts, told[n]) != NULL) {
            json_object_set(row, told[n], json_object_get(facts, told[n]));
        }
    }
    rows_set_day(row, "from_day", replan->from_day);
    rows_set_day(row, "to_day", replan->to_day);
    json_object_set_new(row, "why", json_string(replan->moves ? "term" : "notices"));
    json_decref(facts);
    return row;
}

static void look_at(struct page *page, const struct look *look)
{
    struct world *world = turn_world(&page->e->turn);
    struct replan replan;
    struct error err = ERROR_INIT;

    if (!decide_replan_check(world, look->instance, look->task, &replan) ||
        (!replan.moves && !replan.ladder)) {
        return;
    }
    json_t *row = row_of(page, look, &replan); /* as it is before */
    json_array_append_new(page->rows, row);
    if (page->apply &&
        !decide_replan(world, look->instance, look->task, page->by, page->reason, &err)) {
        json_object_set_new(row, "refused", json_string(err.text));
        return;
    }
    page->moved += replan.moves;
    page->changed++;
}

/* Returns how many of them were looked at. */
static size_t look_at_all(struct page *page, const struct look *looks, size_t count)
{
    int64_t end_ms = monotonic_ms() + page->e->config->turn_ms;
    size_t done = 0;

    while (done < count && json_array_size(page->rows) < page->limit &&
           !turn_is_full(&page->e->turn) && ((done & 15) != 15 || monotonic_ms() < end_ms)) {
        look_at(page, &looks[done++]);
    }
    return done;
}

bool engine_replan(struct engine *e, const json_t *request, json_t **ret_answer, struct error *err)
{
    static struct look looks[LOOK_MAX];
    struct page page = {.e = e};
    const json_t *after = json_object_get(request, "after");
    bool goes_on = after != NULL && !json_is_null(after);
    struct buffer from = BUFFER_INIT;

    if (!goes_on) {
        pack_u8(&from, TENANT);
        pack_u8(&from, 0); /* the first that is open */
    }
    if (!read_fields(&page, request, err) || !check_by(&page, err) ||
        (goes_on && !cursor_parse(after, &from, err))) {
        buffer_fini(&from);
        return false;
    }
    page.rows = json_array();
    size_t count = collect(&page, buffer_bytes(&from), looks);
    size_t done = look_at_all(&page, looks, count);
    bool more = done < count || count == LOOK_MAX;
    *ret_answer = json_pack("{sb si si so so}", "apply", page.apply, "moved", (int)page.moved,
                            "changed", (int)page.changed, "rows", page.rows, "next",
                            more && done > 0 ? cursor_print(looks[done - 1].key) : json_null());
    buffer_fini(&from);
    return true;
}
