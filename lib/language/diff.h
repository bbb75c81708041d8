/* diff.h - how two documents of one kind differ by meaning
 *
 * Two definitions are compared part by part: items by their numbers, bodies by their ids, steps by
 * their names in their lists. A part that got another number or place is known again by what it is
 * called. Comments, spacing, the order of words and the document's version are no differences;
 * neither is a default that is written out.
 */
#ifndef LANGUAGE_DIFF_H
#define LANGUAGE_DIFF_H

#include "language/definition.h"

enum part_kind {
    PART_DOCUMENT,
    PART_SECTION,
    PART_ITEM,
    PART_BODY,
    PART_RUNG,
    PART_HOLIDAY, /* of every year */
    PART_YEAR,
    PART_DAY_OFF,
    PART_TRANSFER,
    PART_WORKING_DAY,
    PART_SHORT_DAY,
    PART_ROUTE,
    PART_INDICATOR,
    PART_STEP,
    PART_CASE, /* of a switch */
    PART_KIND_COUNT
};

enum change {
    CHANGE_ADDED,   /* after: its fields */
    CHANGE_REMOVED, /* before: its fields */
    CHANGE_RENAMED, /* before, after: its paths: another number or name, or another list */
    CHANGE_MOVED,   /* before, after: names of what it comes behind in its list; null: the first */
    CHANGE_VALUE,   /* before, after: values of `what`; NULL: was not, is not there */
    CHANGE_COUNT
};

struct difference {
    enum part_kind part;
    enum change change;
    char *path;     /* "" for the document; "3.2", "do/assign": as it is after, if it is there */
    char *what;     /* VALUE: words of the language, "due.windows", "with.days"; else NULL */
    json_t *fields; /* all of the part, as it is after, if it is there */
    json_t *before;
    json_t *after;
};

struct differences {
    struct difference *items; /* in the order of the new document; what is gone where it stood */
    uint32_t count;
    uint32_t room;
};

/* Both must be of one kind. *ret_differences is yours to fini. A part that is gone or new as a
 * whole is one difference with all its parts. */
void diff_definitions(const struct definition *before, const struct definition *after,
                      struct differences *ret_differences);
void differences_fini(struct differences *differences);

const char *part_kind_name(enum part_kind kind); /* "item", "step" … */
const char *change_name(enum change change);     /* "added", … "changed" */

#endif
