/* read_schedule.c - when a workflow starts by itself
 *
 * Owns:    the words of `schedule`.
 * In:      read_workflow().
 * Out:     struct schedule, and the step of kind SCHEDULE that listens for its events.
 * Always:  what is let pass starts at most once a second, and some day.
 * See:     docs/language.md §3.9; DSL 1.0.3 "Schedule"; calendar/cron.h
 */
#include "base/must.h"
#include "calendar/cron.h"
#include "language/draft.h"

#include <string.h>

#define PAUSE_MS_MIN 1000 /* shorter than a second is a loop, not a schedule */

static bool read_cron(const struct draft *d, const struct node *map, struct schedule *schedule)
{
    const struct node *node;
    struct error err = ERROR_INIT;
    size_t offset = 0;

    if (!fields_node(d->reader, map, "cron", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    if (!cron_check(node->text, &offset, &err)) {
        return refuse_in(d->reader, node, offset, ERROR_INVALID, "%s", err.text);
    }
    if (cron_next_ms(node->text, NULL, 0) == 0) {
        return refuse(d->reader, node, ERROR_INVALID, "\"%s\" is a day that never comes",
                      show(node->text).text);
    }
    schedule->cron = xstrdup(node->text);
    return true;
}

/* --- schedule -------------------------------------------------------------------------------- */

static bool read_pause(const struct draft *d, const struct node *map, const char *key,
                       int64_t *ret_ms)
{
    const struct node *node = node_find(map, key);

    if (node == NULL) {
        return true;
    }
    if (!fields_duration(d->reader, map, key, OPTIONAL, ret_ms)) {
        return false;
    }
    return *ret_ms >= PAUSE_MS_MIN ||
           refuse(d->reader, node, ERROR_INVALID, "\"%s\" must be at least a second", key);
}

static bool read_events(struct draft *d, const struct node *on, struct step *step)
{
    struct scope scope = {.depth = 1};

    if (on == NULL) {
        return true;
    }
    d->workflow->schedule.on = true;
    if (!read_consumption(d, &scope, STAGE_SCHEDULE, on, &step->listen)) {
        return false;
    }
    return step->listen.until == UNTIL_FIRST ||
           refuse(d->reader, on, ERROR_UNSUPPORTED, "\"%s\" in %s is not supported", "until",
                  "schedule.on");
}

/* At least one, and one clock at most; `on` may stand beside it. */
static bool check_words(const struct draft *d, const struct node *map)
{
    static const char *const clocks[] = {"every", "cron", "after", NULL};
    const struct node *first = NULL;

    if (map->count == 0) {
        return refuse(d->reader, map, ERROR_INVALID, "a schedule needs every, cron, after or on");
    }
    for (uint32_t i = 0; i < map->count; i++) {
        const struct node *key = map->items[2 * (size_t)i];
        for (int j = 0; clocks[j] != NULL; j++) {
            if (strcmp(key->text, clocks[j]) != 0) {
                continue;
            }
            if (first != NULL) {
                return refuse(d->reader, key, ERROR_UNSUPPORTED,
                              "\"%s\" beside \"%s\" in a schedule is not supported", key->text,
                              first->text);
            }
            first = key;
        }
    }
    return true;
}

bool read_schedule(struct draft *d, const struct node *root)
{
    static const char *const known[] = {"every", "cron", "after", "on", NULL};
    static const struct words words = {N_("a schedule"), known, NULL};
    struct schedule *schedule = &d->workflow->schedule;
    const struct node *map;
    const struct node *on;

    if (!fields_node(d->reader, root, "schedule", OPTIONAL, NODE_MAP, &map)) {
        return false;
    }
    if (map == NULL) {
        return true;
    }
    bool good = fields_check(d->reader, map, &words);
    good &= check_words(d, map);
    struct step *step = add_own_step(d, "schedule", "/schedule", map);
    step->kind = STEP_SCHEDULE;
    d->workflow->schedule_step = step_number(d, step);
    good &= read_pause(d, map, "every", &schedule->every_ms);
    good &= read_pause(d, map, "after", &schedule->after_ms);
    good &= read_cron(d, map, schedule);
    good &= fields_node(d->reader, map, "on", OPTIONAL, NODE_MAP, &on) && read_events(d, on, step);
    return good;
}
