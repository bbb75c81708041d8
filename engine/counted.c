/* counted.c - the kept numbers of counted items
 *
 * Owns:    for each item that was asked for: the last whole number, and the count under way.
 * In:      the gateway's pages of roadmaps.
 * Always:  one thread at a time is at it; nothing it keeps is handed out, only copies. Nothing is
 *          borrowed from a catalog between requests: a count goes on by its cursor, and begins anew
 *          when the plan has got another version. A number is not replaced by an older one.
 * See:     counted.h, docs/language.md §9
 */
#include "engine/counted.h"

#include "base/must.h"
#include "engine/computed.h"
#include "engine/journal.h"
#include "engine/roadmaps.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct item {
    char *question; /* "plan/no"; NULL: free */
    uint32_t definition;
    uint64_t used;  /* when it was asked for, in requests */
    uint64_t entry; /* of the journal when `whole` was begun */
    json_t *whole;  /* NULL: none yet */
    bool running;
    uint64_t began; /* entry of the count under way */
    struct counting numerator;
    struct counting denominator;
};

struct counted {
    pthread_mutex_t lock; /* over all of it */
    struct item items[COUNTED_MAX];
    uint64_t requests;
};

struct counted *counted_create(void)
{
    struct counted *counted = xcalloc(1, sizeof *counted);

    must(pthread_mutex_init(&counted->lock, NULL) == 0);
    return counted;
}

static void stop(struct item *item)
{
    free(item->numerator.after);
    free(item->denominator.after);
    item->numerator = (struct counting){0};
    item->denominator = (struct counting){0};
    item->running = false;
}

static void forget(struct item *item)
{
    stop(item);
    json_decref(item->whole);
    free(item->question);
    *item = (struct item){0};
}

void counted_destroy(struct counted *counted)
{
    if (counted != NULL) {
        for (size_t i = 0; i < COUNTED_MAX; i++) {
            forget(&counted->items[i]);
        }
        pthread_mutex_destroy(&counted->lock);
        free(counted);
    }
}

static char *question_of(const char *plan, const char *no)
{
    size_t size = strlen(plan) + strlen(no) + 2;
    char *text = xmalloc(size);

    snprintf(text, size, "%s/%s", plan, no);
    return text;
}

/* The place of this item: its own, a free one, or that of the one used longest ago. */
static struct item *place_of(struct counted *counted, const char *plan, const char *no)
{
    char *question = question_of(plan, no);
    struct item *place = &counted->items[0];

    for (size_t i = 0; i < COUNTED_MAX; i++) {
        struct item *item = &counted->items[i];
        if (item->question != NULL && strcmp(item->question, question) == 0) {
            free(question);
            return item;
        }
        place = item->used < place->used ? item : place;
    }
    forget(place);
    place->question = question;
    return place;
}

/* Go on with the count under way, or begin one. The number as far as it is. */
static json_t *step(struct item *item, const struct view *view, uint64_t entry, struct computed *c)
{
    if (item->running) {
        c->numerator = item->numerator;
        c->denominator = item->denominator;
    } else {
        item->began = entry;
    }
    item->running = !computed_step(view, c);
    item->numerator = c->numerator;
    item->denominator = c->denominator;
    json_t *number = computed_json(c);
    if (!item->running) {
        stop(item);
        json_decref(item->whole);
        item->whole = json_deep_copy(number);
        item->entry = item->began;
    }
    return number;
}

/* The number as it is kept, after a step at most. It is good while the journal stays the same. */
static json_t *look_up(struct counted *counted, const struct view *view, const char *plan,
                       const char *no, struct computed *c)
{
    struct item *item = place_of(counted, plan, no);
    uint64_t entry = journal_last(view->txn);

    item->used = ++counted->requests;
    if (item->definition != c->plan->number) {
        stop(item);
        json_decref(item->whole);
        item->whole = NULL;
        item->definition = c->plan->number;
    }
    if (item->whole != NULL && item->entry >= entry) {
        return json_deep_copy(item->whole);
    }
    json_t *number = step(item, view, entry, c);
    if (item->whole != NULL) {
        json_decref(number);
        number = json_deep_copy(item->whole);
    }
    return number;
}

/* NULL: it is not one that is counted. Nobody else has what is given. */
static json_t *number_of(const struct view *view, const char *plan, const char *no)
{
    struct counted *counted = view->counted;
    struct computed c;

    if (!computed_begin(view->catalog, plan, no, &c, NULL)) {
        return NULL;
    }
    pthread_mutex_lock(&counted->lock);
    json_t *number = look_up(counted, view, plan, no, &c);
    pthread_mutex_unlock(&counted->lock);
    return number;
}

/* --- answers with numbers ------------------------------------------------------------------ */

json_t *counted_roadmap(const struct view *view, const json_t *request, struct error *err)
{
    json_t *roadmap = roadmap_answer(view, request, err);
    const char *plan = json_string_value(json_object_get(roadmap, "name"));
    size_t index;
    json_t *row;

    json_array_foreach(json_object_get(roadmap, "items"), index, row)
    {
        const char *no = json_string_value(json_object_get(row, "no"));
        json_t *number = json_object_get(row, "computed") != NULL && view->counted != NULL
                             ? number_of(view, plan, no)
                             : NULL;
        if (number != NULL) {
            json_object_set_new(row, "computed", number);
        }
    }
    return roadmap;
}

json_t *counted_answer(const struct view *view, const json_t *request, struct error *err)
{
    const char *plan = json_string_value(json_object_get(request, "plan"));
    const char *no = json_string_value(json_object_get(request, "no"));
    bool kept = view->counted != NULL && json_object_get(request, "rows") == NULL;
    json_t *number = kept ? number_of(view, plan, no) : NULL;

    return number != NULL ? number : computed_answer(view, request, err);
}
