/* read_absences.c - when a body is absent, and who acts for it then
 *
 * Owns:    the words `deputy` and `absences` of a body.
 * In:      read_absences() from read_bodies.c.
 * Out:     deputy and absences of a body.
 * Always:  every absence has its deputy: its own, or that of the body; absences stand in the order
 *          of their days, none within another; nobody is the own deputy.
 * See:     docs/language.md §5; docs/time.md §6
 */
#include "language/read_absences.h"

#include "base/limits.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define ABSENCES_MAX 100u /* of a body: years of leave and journeys */

static bool check_deputy(const struct reader *reader, const struct node *map,
                         const struct body *body)
{
    const struct node *deputy = node_find(map, "deputy");

    return deputy == NULL || deputy->kind != NODE_TEXT || body->id == NULL ||
           strcmp(deputy->text, body->id) != 0 ||
           refuse(reader, deputy, ERROR_INVALID, "nobody is the own deputy");
}

static bool read_deputy(const struct reader *reader, const struct node *map,
                        const struct body *body, struct absence *absence)
{
    if (!fields_name(reader, map, "deputy", OPTIONAL, &absence->deputy) ||
        !check_deputy(reader, map, body)) {
        return false;
    }
    if (absence->deputy == NULL && body->deputy == NULL) {
        return refuse_missing(reader, map, "deputy");
    }
    if (absence->deputy == NULL) {
        absence->deputy = xstrdup(body->deputy);
    }
    return true;
}

static bool read_days(const struct reader *reader, const struct node *map, struct window *days)
{
    const struct node *from = node_find(map, "from");
    const struct node *to = node_find(map, "to");

    if (from == NULL || to == NULL) {
        return refuse_missing(reader, map, from == NULL ? "from" : "to");
    }
    bool good = node_day(reader, from, &days->from);
    good &= node_day(reader, to, &days->to);
    return good && (days->from <= days->to ||
                    refuse(reader, to, ERROR_INVALID, "the absence ends before it starts"));
}

static bool read_absence(const struct reader *reader, const struct node *map,
                         const struct body *body, struct absence *absence)
{
    static const char *const known[] = {"from", "to", "deputy", "reason", NULL};
    static const struct words words = {N_("an absence"), known, NULL};

    if (map->kind != NODE_MAP) {
        return fields_check(reader, map, &words);
    }
    bool good = fields_check(reader, map, &words);
    good &= read_days(reader, map, &absence->days);
    good &= read_deputy(reader, map, body, absence);
    good &= fields_text(reader, map, "reason", OPTIONAL, LIMIT_TEXT_BYTES, &absence->reason);
    return good;
}

bool read_absences(const struct reader *reader, const struct node *map, struct body *body)
{
    const struct node *list;
    bool good = fields_name(reader, map, "deputy", OPTIONAL, &body->deputy) &&
                check_deputy(reader, map, body);

    if (!fields_node(reader, map, "absences", OPTIONAL, NODE_LIST, &list) || list == NULL) {
        return good && node_find(map, "absences") == NULL;
    }
    if (list->count > ABSENCES_MAX) {
        return refuse(reader, list, ERROR_TOO_LARGE, "\"%s\" has %u entries; the limit is %u",
                      "absences", list->count, ABSENCES_MAX);
    }
    body->absences = xcalloc(list->count, sizeof *body->absences);
    body->absence_count = list->count;
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_absence(reader, list->items[i], body, &body->absences[i]);
        if (good && i > 0 && body->absences[i].days.from <= body->absences[i - 1].days.to) {
            good = refuse(reader, list->items[i], ERROR_INVALID,
                          "this absence begins before the one above it ends: put them in order");
        }
    }
    return good;
}
