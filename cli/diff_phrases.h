/* diff_phrases.h - the table of what can be said of a field, a line for each. Private to diff_*.c
 */
#ifndef CLI_DIFF_PHRASES_H
#define CLI_DIFF_PHRASES_H

#include "cli/diff_values.h"
#include "language/diff.h"

/* Untranslated; NULL: nothing of its own is said when it comes or goes. */
struct phrase {
    enum part_kind part;
    const char *what; /* "due.windows"; "computed" is also for "computed.done.where" */
    enum value_form form;
    const char *changed;
    const char *added;
    const char *removed;
};

/* NULL: the words of the language are shown. */
const struct phrase *phrase_find(enum part_kind part, const char *what);

/* "an item is added" … for every kind of part but the document. */
const char *phrase_added(enum part_kind part);
const char *phrase_removed(enum part_kind part);

#endif
