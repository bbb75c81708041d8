/* read_bodies.c - organisations and roles that can be responsible
 *
 * Owns:    the words of a bodies document.
 * In:      read_bodies() from document.c.
 * Out:     struct bodies, in the order of the document; document.c sorts it after the check.
 * Always:  a time zone is opened once, and the name of a calendar kept once, however many bodies
 *          have it.
 * See:     docs/language.md §5
 */
#include "base/limits.h"
#include "base/must.h"
#include "language/read_absences.h"
#include "language/readers.h"

#include <stdlib.h>
#include <string.h>

#define EMAIL_BYTES_MAX 254u /* RFC 5321 §4.5.3.1.3 */

/* As much as keeps a letter's header whole: the mail server knows what exists. */
static bool read_email(const struct reader *reader, const struct node *node, struct body *body)
{
    if (!fields_text(reader, node, "email", OPTIONAL, EMAIL_BYTES_MAX, &body->email) ||
        body->email == NULL) {
        return body->email != NULL || node_find(node, "email") == NULL;
    }
    const char *at = strchr(body->email, '@');
    if (at == NULL || at == body->email || at[1] == '\0' || strchr(at + 1, '@') != NULL ||
        strpbrk(body->email, " \t<>,;:\"()[]\\") != NULL) {
        return refuse(reader, node_find(node, "email"), ERROR_INVALID,
                      "\"%s\" is not an e-mail address", show(body->email).text);
    }
    return true;
}

/* The zone of this name, opened at its first use. */
static bool find_zone(const struct reader *reader, const struct node *node, struct bodies *bodies,
                      const struct zone **ret_zone)
{
    struct error err = ERROR_INIT;
    struct zone *zone;

    for (uint32_t i = 0; i < bodies->zone_count; i++) {
        if (strcmp(zone_name(bodies->zones[i]), node->text) == 0) {
            *ret_zone = bodies->zones[i];
            return true;
        }
    }
    if (!zone_open(node->text, &zone, &err)) {
        return refuse(reader, node, ERROR_INVALID, "%s", err.text);
    }
    bodies->zones = xrealloc(bodies->zones, (bodies->zone_count + 1) * sizeof(struct zone *));
    bodies->zones[bodies->zone_count++] = zone;
    *ret_zone = zone;
    return true;
}

static bool read_zone(const struct reader *reader, const struct node *map, enum need need,
                      struct bodies *bodies, const struct zone **ret_zone)
{
    const struct node *node;

    return fields_node(reader, map, "timezone", need, NODE_TEXT, &node) &&
           (node == NULL || find_zone(reader, node, bodies, ret_zone));
}

static const char *keep_calendar(struct bodies *bodies, char *name)
{
    for (uint32_t i = 0; i < bodies->calendar_count; i++) {
        if (strcmp(bodies->calendars[i], name) == 0) {
            free(name);
            return bodies->calendars[i];
        }
    }
    bodies->calendars =
        xrealloc(bodies->calendars, (bodies->calendar_count + 1) * sizeof *bodies->calendars);
    return bodies->calendars[bodies->calendar_count++] = name;
}

/* Leaves what is there when the map names none. */
static bool read_calendar_name(const struct reader *reader, const struct node *map,
                               struct bodies *bodies, const char **ret_name)
{
    char *name = NULL;

    if (!fields_name(reader, map, "calendar", OPTIONAL, &name)) {
        return false;
    }
    if (name != NULL) {
        *ret_name = keep_calendar(bodies, name);
    }
    return true;
}

static bool read_body(const struct reader *reader, const struct node *node, struct bodies *bodies,
                      struct body *body)
{
    static const char *const known[] = {"id",       "name",     "short",  "parent",   "email",
                                        "timezone", "calendar", "deputy", "absences", NULL};
    static const struct words words = {N_("a body"), known, NULL};

    if (node->kind != NODE_MAP) {
        return fields_check(reader, node, &words);
    }
    bool good = fields_check(reader, node, &words);
    good &= fields_name(reader, node, "id", REQUIRED, &body->id);
    good &= fields_text(reader, node, "name", REQUIRED, LIMIT_TEXT_BYTES, &body->name);
    good &= fields_text(reader, node, "short", OPTIONAL, LIMIT_TEXT_BYTES, &body->short_name);
    good &= fields_name(reader, node, "parent", OPTIONAL, &body->parent);
    good &= read_email(reader, node, body);
    good &= read_zone(reader, node, OPTIONAL, bodies, &body->zone);
    good &= read_calendar_name(reader, node, bodies, &body->calendar);
    good &= read_absences(reader, node, body);
    if (good && body->short_name == NULL) {
        body->short_name = xstrdup(body->name);
    }
    return good;
}

bool read_bodies(const struct reader *reader, const struct node *root, struct bodies *bodies)
{
    static const char *const known[] = {"document", "timezone", "calendar", "bodies", NULL};
    static const struct words words = {N_("a bodies document"), known, NULL};
    const struct zone *zone = NULL;
    const char *calendar = NULL;
    const struct node *list;

    bool good = fields_check(reader, root, &words);
    good &= read_zone(reader, root, REQUIRED, bodies, &zone);
    good &= read_calendar_name(reader, root, bodies, &calendar);
    if (!fields_node(reader, root, "bodies", REQUIRED, NODE_LIST, &list)) {
        return false;
    }
    if (list->count == 0) {
        return refuse(reader, list, ERROR_INVALID, "a bodies document needs at least one body");
    }
    if (list->count > LIMIT_BODIES) {
        return refuse(reader, list, ERROR_TOO_LARGE, "there are at most %u bodies; this has %u",
                      LIMIT_BODIES, list->count);
    }
    bodies->bodies = xcalloc(list->count, sizeof *bodies->bodies);
    bodies->body_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        bodies->bodies[i].zone = zone;
        bodies->bodies[i].calendar = calendar;
        good &= read_body(reader, list->items[i], bodies, &bodies->bodies[i]);
    }
    return good;
}
