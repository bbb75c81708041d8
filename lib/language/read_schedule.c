/* read_schedule.c - when a workflow starts by itself
 *
 * Owns:    the words of `schedule`, and which texts are a cron expression.
 * In:      read_workflow().
 * Out:     struct schedule, and the step of kind SCHEDULE that listens for its events.
 * Always:  a cron expression that is let pass has five fields in their bounds.
 * See:     docs/language.md §3.9; DSL 1.0.3 "Schedule"; POSIX crontab
 */
#include "base/must.h"
#include "language/draft.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define PAUSE_MS_MIN 1000 /* shorter than a second is a loop, not a schedule */

/* --- cron ------------------------------------------------------------------------------------ */

struct cron_field {
    const char *what;
    int min;
    int max;
    const char *names; /* three letters each, from min on; NULL = none */
};

static const struct cron_field cron_fields[] = {
    {N_("minute"), 0, 59, NULL},
    {N_("hour"), 0, 23, NULL},
    {N_("day of the month"), 1, 31, NULL},
    {N_("month"), 1, 12, "janfebmaraprmayjunjulaugsepoctnovdec"},
    {N_("day of the week"), 0, 7, "sunmontuewedthufrisat"},
};
#define CRON_FIELD_COUNT (sizeof cron_fields / sizeof *cron_fields)

static bool take_number(const char **at, int *ret_value)
{
    size_t digits = strspn(*at, "0123456789");

    if (digits == 0 || digits > 4) {
        return false;
    }
    *ret_value = (int)strtol(*at, NULL, 10);
    *at += digits;
    return true;
}

static bool take_value(const struct cron_field *field, const char **at, int *ret_value)
{
    for (size_t i = 0; field->names != NULL && field->names[i] != '\0'; i += 3) {
        if (strncasecmp(*at, field->names + i, 3) == 0) {
            *ret_value = field->min + (int)(i / 3);
            *at += 3;
            return true;
        }
    }
    return take_number(at, ret_value) && *ret_value >= field->min && *ret_value <= field->max;
}

/* "*", "5", "mon-fri", "*\/15", "0-30/10" */
static bool take_range(const struct cron_field *field, const char **at)
{
    int from = 0;
    int to = 0;
    int step = 0;
    bool single = false;

    if (**at == '*') {
        (*at)++;
    } else {
        if (!take_value(field, at, &from)) {
            return false;
        }
        single = **at != '-';
        if (!single && ((*at)++, !take_value(field, at, &to) || to < from)) {
            return false;
        }
    }
    if (**at != '/') {
        return true;
    }
    (*at)++;
    return !single && take_number(at, &step) && step >= 1 && step <= field->max;
}

/* The field up to the next blank; *at is left where it goes wrong. */
static bool take_field(const struct cron_field *field, const char **at)
{
    bool good = take_range(field, at);

    while (good && **at == ',') {
        (*at)++;
        good = take_range(field, at);
    }
    return good && (**at == ' ' || **at == '\t' || **at == '\0');
}

static bool check_cron(const struct draft *d, const struct node *node)
{
    const char *at = node->text + strspn(node->text, " \t");

    for (size_t i = 0; i < CRON_FIELD_COUNT; i++) {
        const char *start = at;
        if (*at == '\0') {
            return refuse(d->reader, node, ERROR_INVALID,
                          "a cron expression has five fields: minute, hour, day of the month, "
                          "month, day of the week");
        }
        if (!take_field(&cron_fields[i], &at)) {
            return refuse_in(d->reader, node, (size_t)(start - node->text), ERROR_INVALID,
                             "this is no %s of a cron expression (%d to %d, lists, ranges, steps)",
                             error_word(cron_fields[i].what), cron_fields[i].min,
                             cron_fields[i].max);
        }
        at += strspn(at, " \t");
    }
    return *at == '\0' || refuse_in(d->reader, node, (size_t)(at - node->text), ERROR_INVALID,
                                    "a cron expression has five fields, and this is a sixth");
}

static bool read_cron(const struct draft *d, const struct node *map, struct schedule *schedule)
{
    const struct node *node;

    if (!fields_node(d->reader, map, "cron", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node == NULL) {
        return true;
    }
    if (!check_cron(d, node)) {
        return false;
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
    if (map->count == 0) {
        good = refuse(d->reader, map, ERROR_INVALID, "a schedule needs every, cron, after or on");
    }
    struct step *step = add_own_step(d, "schedule", "/schedule", map);
    step->kind = STEP_SCHEDULE;
    d->workflow->schedule_step = step_number(d, step);
    good &= read_pause(d, map, "every", &schedule->every_ms);
    good &= read_pause(d, map, "after", &schedule->after_ms);
    good &= read_cron(d, map, schedule);
    good &= fields_node(d->reader, map, "on", OPTIONAL, NODE_MAP, &on) && read_events(d, on, step);
    return good;
}
