/* diff_phrases.c - what can be said of a part or a field, in a table
 *
 * Owns:    the phrases, and in which form the values beside them are shown.
 * In:      diff_words.c.
 * Out:     rows of tables; nothing is printed here.
 * Always:  a field without a row is shown by its words in the language: authors know them.
 * See:     diff_phrases.h; docs/language.md
 */
#include "cli/diff_phrases.h"

#include "cli/language.h"

#include <stddef.h>
#include <string.h>

static const struct phrase phrases[] = {
    {PART_DOCUMENT, "name", FORM_PLAIN, N_("the name is changed"), NULL, NULL},
    {PART_DOCUMENT, "namespace", FORM_PLAIN, N_("the namespace is changed"), NULL, NULL},
    {PART_DOCUMENT, "title", FORM_TEXT, N_("the title is changed"), NULL, NULL},
    {PART_DOCUMENT, "act.number", FORM_TEXT, N_("the number of the act is changed"),
     N_("the number of the act is given"), N_("the number of the act is dropped")},
    {PART_DOCUMENT, "act.date", FORM_DAY, N_("the day of the act is changed"),
     N_("the day of the act is given"), N_("the day of the act is dropped")},
    {PART_DOCUMENT, "period", FORM_WINDOWS, N_("the period is changed"), NULL, NULL},
    {PART_DOCUMENT, "open_ended", FORM_NONE, NULL, N_("the plan has no last day from now on"),
     N_("the plan has a last day from now on")},
    {PART_DOCUMENT, "controller", FORM_BODY, N_("another body controls"), NULL, NULL},
    {PART_DOCUMENT, "policy", FORM_PLAIN, N_("the policy is changed"), NULL, NULL},
    {PART_DOCUMENT, "at", FORM_PLAIN, N_("letters are made at another time"), NULL, NULL},
    {PART_DOCUMENT, "soon", FORM_PLAIN, N_("\"due soon\" begins another number of days before"),
     NULL, NULL},
    {PART_DOCUMENT, "letters", FORM_NONE, NULL, N_("letters are made on days off, too"),
     N_("letters are made on working days only")},
    {PART_DOCUMENT, "digest", FORM_NONE, NULL, N_("each reminder is a letter of its own"),
     N_("the reminders of a day are one letter")},
    {PART_DOCUMENT, "shift.to", FORM_PLAIN, N_("terms that end on a day off go elsewhere"), NULL,
     NULL},
    {PART_DOCUMENT, "shift.source", FORM_TEXT, N_("the source is changed"), N_("a source is given"),
     N_("the source is dropped")},
    {PART_DOCUMENT, "shift", FORM_PLAIN, NULL, N_("terms that end on a day off are moved"),
     N_("terms that end on a day off stay")},
    {PART_DOCUMENT, "urgent", FORM_PLAIN, N_("a word means another term"),
     N_("a word means a term"), N_("a word does not mean a term any more")},
    {PART_DOCUMENT, "chains", FORM_PLAIN, N_("lateness goes to somebody else"),
     N_("lateness goes by chains of its own"), N_("lateness goes to the body above again")},
    {PART_DOCUMENT, "extension", FORM_PLAIN, N_("the rule of extensions is changed"),
     N_("a rule of extensions is set"), N_("the rule of extensions is dropped")},
    {PART_DOCUMENT, "report", FORM_PLAIN, N_("the term to decide about a report is changed"),
     N_("there is a term to decide about a report"),
     N_("there is no term to decide about a report any more")},
    {PART_DOCUMENT, "week", FORM_PLAIN, N_("the week is changed"), NULL, NULL},
    {PART_DOCUMENT, "school", FORM_PLAIN, N_("the school year is changed"),
     N_("a school year is given"), N_("the school year is dropped")},
    {PART_DOCUMENT, "extends", FORM_PLAIN, N_("another calendar is extended"), NULL, NULL},
    {PART_DOCUMENT, "source", FORM_TEXT, N_("the source is changed"), N_("a source is given"),
     N_("the source is dropped")},

    {PART_SECTION, "title", FORM_TEXT, N_("the title is changed"), NULL, NULL},

    {PART_ITEM, "section", FORM_PLAIN, N_("it stands in another section"), NULL, NULL},
    {PART_ITEM, "title", FORM_TEXT, N_("the title is changed"), NULL, NULL},
    {PART_ITEM, "bullets", FORM_TEXTS, N_("the list of works is changed"), NULL, NULL},
    {PART_ITEM, "due.windows", FORM_WINDOWS, N_("the due date is moved"), N_("a due date is added"),
     N_("a due date is dropped")},
    {PART_ITEM, "due.phrase", FORM_TEXT, N_("the due date is worded otherwise"), NULL, NULL},
    {PART_ITEM, "due.kind", FORM_DUE_KIND, N_("the due date is of another kind"), NULL, NULL},
    {PART_ITEM, "due.why", FORM_TEXT, N_("its due date is explained otherwise"),
     N_("its due date is explained"), N_("its due date is not explained any more")},
    {PART_ITEM, "audience", FORM_TEXT, N_("it is meant for others"),
     N_("it is said whom it is for"), N_("it is not said any more whom it is for")},
    {PART_ITEM, "after", FORM_TEXTS, N_("the items it comes after are changed"), NULL, NULL},
    {PART_ITEM, "responsible", FORM_BODY, N_("another body is responsible"), NULL, NULL},
    {PART_ITEM, "co_executors", FORM_BODIES, NULL, NULL, NULL},
    {PART_ITEM, "parts", FORM_PLAIN, N_("a part is due on another day"),
     N_("a part is due before the whole"), N_("a part is due with the whole again")},
    {PART_ITEM, "result", FORM_TEXT, N_("another document is expected"),
     N_("an expected document is added"), N_("the expected document is dropped")},
    {PART_ITEM, "note", FORM_TEXT, N_("the note is changed"), N_("a note is added"),
     N_("the note is dropped")},
    {PART_ITEM, "workflow", FORM_PLAIN, N_("another workflow carries it out"), NULL, NULL},
    {PART_ITEM, "computed", FORM_PLAIN, N_("its progress is counted otherwise"),
     N_("its progress is counted from now on"), N_("its progress is not counted any more")},

    {PART_BODY, "name", FORM_TEXT, N_("the full name is changed"), NULL, NULL},
    {PART_BODY, "short", FORM_TEXT, N_("the short name is changed"), N_("a short name is added"),
     N_("the short name is dropped")},
    {PART_BODY, "parent", FORM_BODY, N_("the body above is changed"), N_("a body above is given"),
     N_("there is no body above any more")},
    {PART_BODY, "email", FORM_PLAIN, N_("the e-mail address is changed"),
     N_("an e-mail address is added"), N_("the e-mail address is dropped")},
    {PART_BODY, "deputy", FORM_BODY, N_("somebody else is the deputy"), N_("a deputy is given"),
     N_("there is no deputy any more")},
    {PART_BODY, "absences", FORM_PLAIN, N_("the absences are changed"), N_("absences are entered"),
     N_("the absences are dropped")},
    {PART_BODY, "timezone", FORM_PLAIN, N_("the time zone is changed"), NULL, NULL},
    {PART_BODY, "calendar", FORM_PLAIN, N_("the calendar is changed"), N_("a calendar is given"),
     N_("the calendar is dropped")},

    {PART_RUNG, "every", FORM_PLAIN, N_("it is repeated at another pace"),
     N_("it is repeated from now on"), N_("it is not repeated any more")},
    {PART_RUNG, "until", FORM_PLAIN, N_("it is repeated until another day"), NULL, NULL},
    {PART_RUNG, "critical", FORM_NONE, NULL, N_("assignments are long overdue from here on"),
     N_("assignments are not long overdue from here on any more")},

    {PART_HOLIDAY, "title", FORM_TEXT, N_("the title is changed"), NULL, NULL},
    {PART_HOLIDAY, "since", FORM_PLAIN, N_("the first year is changed"), NULL, NULL},
    {PART_HOLIDAY, "until", FORM_PLAIN, N_("the last year is changed"), NULL, NULL},
    {PART_YEAR, "source", FORM_TEXT, N_("the source is changed"), NULL, NULL},
    {PART_DAY_OFF, "title", FORM_TEXT, N_("the title is changed"), NULL, NULL},
    {PART_TRANSFER, "from", FORM_DAY, N_("another day is moved here"), NULL, NULL},
    {PART_TRANSFER, "source", FORM_TEXT, N_("the source is changed"), N_("a source is given"),
     N_("the source is dropped")},

    {PART_INDICATOR, "title", FORM_TEXT, N_("the title is changed"), NULL, NULL},
    {PART_INDICATOR, "unit", FORM_PLAIN, N_("the unit is changed"), NULL, NULL},
    {PART_INDICATOR, "formula", FORM_TEXT, N_("the formula is changed"), NULL, NULL},
    {PART_INDICATOR, "period", FORM_PLAIN, N_("the period is changed"), NULL, NULL},
    {PART_INDICATOR, "note", FORM_TEXT, N_("the note is changed"), N_("a note is added"),
     N_("the note is dropped")},
    {PART_INDICATOR, "value", FORM_PLAIN, N_("it is counted otherwise"), NULL, NULL},
    {PART_INDICATOR, "target", FORM_PLAIN, N_("the target is changed"), N_("a target is set"),
     N_("the target is dropped")},

    {PART_STEP, "kind", FORM_PLAIN, N_("the step does something else"), NULL, NULL},
    {PART_STEP, "title", FORM_TEXT, N_("the title is changed"), N_("a title is given"),
     N_("the title is dropped")},
    {PART_STEP, "if", FORM_PLAIN, N_("the condition is changed"), N_("a condition is added"),
     N_("the condition is dropped")},
    {PART_STEP, "then", FORM_PLAIN, N_("it goes on elsewhere"), NULL, NULL},
    {PART_STEP, "timeout", FORM_PLAIN, N_("the time limit is changed"), N_("a time limit is set"),
     N_("the time limit is dropped")},
    {PART_CASE, "when", FORM_PLAIN, N_("the condition is changed"), N_("a condition is added"),
     N_("the condition is dropped")},
    {PART_CASE, "then", FORM_PLAIN, N_("it goes on elsewhere"), NULL, NULL},
};

static bool is_for(const struct phrase *phrase, const char *what)
{
    size_t size = strlen(phrase->what);

    return strncmp(what, phrase->what, size) == 0 && (what[size] == '\0' || what[size] == '.');
}

const struct phrase *phrase_find(enum part_kind part, const char *what)
{
    for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
        if (phrases[i].part == part && is_for(&phrases[i], what)) {
            return &phrases[i];
        }
    }
    return NULL;
}

const char *phrase_added(enum part_kind part)
{
    static const char *const words[PART_KIND_COUNT] = {[PART_SECTION] = N_("section|added"),
                                                       [PART_ITEM] = N_("item|added"),
                                                       [PART_BODY] = N_("body|added"),
                                                       [PART_RUNG] = N_("rung|added"),
                                                       [PART_HOLIDAY] = N_("holiday|added"),
                                                       [PART_YEAR] = N_("year|added"),
                                                       [PART_DAY_OFF] = N_("day off|added"),
                                                       [PART_TRANSFER] = N_("transfer|added"),
                                                       [PART_WORKING_DAY] = N_("working day|added"),
                                                       [PART_SHORT_DAY] = N_("short day|added"),
                                                       [PART_ROUTE] = N_("rule|added"),
                                                       [PART_INDICATOR] = N_("indicator|added"),
                                                       [PART_STEP] = N_("step|added"),
                                                       [PART_CASE] = N_("case|added")};

    return words[part];
}

const char *phrase_removed(enum part_kind part)
{
    static const char *const words[PART_KIND_COUNT] = {[PART_SECTION] = N_("section|removed"),
                                                       [PART_ITEM] = N_("item|removed"),
                                                       [PART_BODY] = N_("body|removed"),
                                                       [PART_RUNG] = N_("rung|removed"),
                                                       [PART_HOLIDAY] = N_("holiday|removed"),
                                                       [PART_YEAR] = N_("year|removed"),
                                                       [PART_DAY_OFF] = N_("day off|removed"),
                                                       [PART_TRANSFER] = N_("transfer|removed"),
                                                       [PART_WORKING_DAY] =
                                                           N_("working day|removed"),
                                                       [PART_SHORT_DAY] = N_("short day|removed"),
                                                       [PART_ROUTE] = N_("rule|removed"),
                                                       [PART_INDICATOR] = N_("indicator|removed"),
                                                       [PART_STEP] = N_("step|removed"),
                                                       [PART_CASE] = N_("case|removed")};

    return words[part];
}
