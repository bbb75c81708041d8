/* counted.c - the kept numbers of counted items
 *
 * Owns:    for each item that was asked for: the last whole number, and the count under way.
 * In:      api_roadmaps.c.
 * Always:  nothing is borrowed from a catalog between requests: a count goes on by its cursor, and
 *          begins anew when the plan has got another version.
 * See:     counted.h, docs/language.md §9
 */
#include "engine/web/counted.h"

#include "base/must.h"
#include "engine/computed.h"

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
    struct item items[COUNTED_MAX];
    uint64_t requests;
};

struct counted *counted_create(void)
{
    return xcalloc(1, sizeof(struct counted));
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
    for (size_t i = 0; counted != NULL && i < COUNTED_MAX; i++) {
        forget(&counted->items[i]);
    }
    free(counted);
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
        item->whole = json_incref(number);
        item->entry = item->began;
    }
    return number;
}

json_t *counted_get(struct counted *counted, const struct view *view, uint64_t entry,
                    const char *plan, const char *no)
{
    struct computed c;

    if (!computed_begin(view->catalog, plan, no, &c, NULL)) {
        return NULL;
    }
    struct item *item = place_of(counted, plan, no);
    item->used = ++counted->requests;
    if (item->definition != c.plan->number) {
        stop(item);
        json_decref(item->whole);
        item->whole = NULL;
        item->definition = c.plan->number;
    }
    if (item->whole != NULL && item->entry == entry) {
        return json_incref(item->whole);
    }
    json_t *number = step(item, view, entry, &c);
    if (item->whole != NULL) {
        json_decref(number);
        number = json_incref(item->whole);
    }
    return number;
}
