/* read_due.c - when an assignment is due: dates, days from a day, a word, a phrase
 *
 * Owns:    the words of `due` in `call: assignment`, and of the terms of co-executors.
 * In:      read_assignment.c.
 * Out:     nothing: the step keeps them as a value, engine/core/term.c reads them when it runs.
 * Always:  what is written out is checked now; `${ … }` is left for the moment when the step runs.
 * See:     docs/language.md §3.4; docs/time.md §3, §4
 */
#include "language/read_due.h"

#include "base/arena.h"
#include "base/limits.h"
#include "calendar/due.h"

#include <string.h>

#define DAYS_MAX 3660 /* as the engine has it: ten years */

/* --- fields that may be expressions -------------------------------------------------------------
 */

static bool is_written(const struct node *map, const char *key)
{
    const struct node *node = node_find(map, key);

    return node != NULL && !node_is_template(node);
}

static bool check_day(const struct reader *reader, const struct node *map, const char *key)
{
    civil_day day;

    return !is_written(map, key) || node_day(reader, node_find(map, key), &day);
}

static bool check_number(const struct reader *reader, const struct node *map, const char *key,
                         int64_t min, int64_t max)
{
    int64_t number;

    return !is_written(map, key) || fields_integer(reader, map, key, REQUIRED, min, max, &number);
}

static bool check_flag(const struct reader *reader, const struct node *map, const char *key)
{
    bool flag;

    return !is_written(map, key) || fields_flag(reader, map, key, REQUIRED, &flag);
}

/* --- forms --------------------------------------------------------------------------------------
 */

static bool check_window(const struct reader *reader, const struct node *due)
{
    static const char *const known[] = {"from", "to", NULL};
    static const struct words words = {N_("a window of dates"), known, NULL};
    const struct node *from = due->kind == NODE_MAP ? node_find(due, "from") : NULL;
    const struct node *to = due->kind == NODE_MAP ? node_find(due, "to") : NULL;
    struct window window;

    if (from == NULL || to == NULL || (!node_is_template(from) && !node_is_template(to))) {
        return node_window(reader, due, &window);
    }
    bool good = fields_check(reader, due, &words);
    good &= check_day(reader, due, "from");
    good &= check_day(reader, due, "to");
    return good;
}

static bool check_days(const struct reader *reader, const struct node *due)
{
    static const char *const known[] = {"days", "working", "since", "from", NULL};
    static const struct words words = {N_("a term in days"), known, NULL};
    bool good = fields_check(reader, due, &words);

    good &= check_number(reader, due, "days", 0, DAYS_MAX);
    good &= check_flag(reader, due, "working");
    good &= check_day(reader, due, "since");
    good &= check_day(reader, due, "from");
    return good;
}

/* Does the policy, where it is known, give a term for the word? */
static bool check_word_known(const struct reader *reader, const struct node *with,
                             const struct node *word)
{
    const struct node *named = node_find(with, "policy");
    bool known = named == NULL || (named->kind == NODE_TEXT && !node_is_template(named));
    const char *name = named != NULL && known ? named->text : "default";
    const struct definition *policy = known && looks_up(reader, DEFINITION_POLICY)
                                          ? catalog_find(reader->catalog, DEFINITION_POLICY, name)
                                          : NULL;

    for (uint32_t i = 0; policy != NULL && i < policy->policy.urgency_count; i++) {
        if (strcmp(policy->policy.urgencies[i].word, word->text) == 0) {
            return true;
        }
    }
    return policy == NULL ||
           refuse(reader, word, ERROR_INVALID, "the policy \"%s\" has no term for the word \"%s\"",
                  show(name).text, show(word->text).text);
}

static bool check_word(const struct reader *reader, const struct node *with, const struct node *due)
{
    static const char *const known[] = {"word", "since", "from", NULL};
    static const struct words words = {N_("a term by a word"), known, NULL};
    bool good = fields_check(reader, due, &words);
    const struct node *word;

    good &= check_day(reader, due, "since");
    good &= check_day(reader, due, "from");
    if (!fields_node(reader, due, "word", REQUIRED, NODE_TEXT, &word)) {
        return false;
    }
    return (node_is_template(word) || check_word_known(reader, with, word)) && good;
}

/* The byte at which a character of a text begins; columns count from 1. */
static size_t offset_of(const char *text, int column)
{
    size_t at = 0;

    for (int i = 1; i < column && text[at] != '\0'; i++) {
        do {
            at++;
        } while (((unsigned char)text[at] & 0xC0) == 0x80);
    }
    return at;
}

/* Do the words give a day? A year that is not known yet is no fault of theirs. */
static bool check_words(const struct reader *reader, const struct node *phrase, int year)
{
    struct due_context context = {
        .period = {CIVIL_DAY_NONE, CIVIL_DAY_NONE}, .year = year, .signed_day = CIVIL_DAY_NONE};
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct due due;
    bool good = due_parse(bytes_of(phrase->text), &context, &arena, &due, &err);

    if (!good) {
        refuse_in(reader, phrase, offset_of(phrase->text, err.column), err.code, "%s", err.text);
    } else if (due.reading.kind == DUE_ON_DEMAND || due.reading.kind == DUE_PER_OTHER_PLAN) {
        good = refuse(reader, phrase, ERROR_INVALID,
                      "these words give an assignment no last day: write {from, to} or {days}");
    }
    arena_fini(&arena);
    return good;
}

static bool check_phrase(const struct reader *reader, const struct node *due)
{
    static const char *const known[] = {"phrase", "year", "signed", "since", "from", NULL};
    static const struct words words = {N_("a term in words"), known, NULL};
    bool good = fields_check(reader, due, &words);
    const struct node *phrase;
    int64_t year = 0;

    good &= !is_written(due, "year") ||
            fields_integer(reader, due, "year", REQUIRED, CIVIL_YEAR_FIRST, CIVIL_YEAR_LAST, &year);
    good &= check_day(reader, due, "signed");
    good &= check_day(reader, due, "since");
    good &= check_day(reader, due, "from");
    if (!fields_node(reader, due, "phrase", REQUIRED, NODE_TEXT, &phrase)) {
        return false;
    }
    return (node_is_template(phrase) || check_words(reader, phrase, (int)year)) && good;
}

bool check_due(const struct reader *reader, const struct node *with)
{
    const struct node *due = node_find(with, "due");

    if (due == NULL) {
        return refuse_missing(reader, with, "due");
    }
    if (node_is_template(due)) {
        return true;
    }
    if (due->kind == NODE_MAP && node_find(due, "days") != NULL) {
        return check_days(reader, due);
    }
    if (due->kind == NODE_MAP && node_find(due, "word") != NULL) {
        return check_word(reader, with, due);
    }
    if (due->kind == NODE_MAP && node_find(due, "phrase") != NULL) {
        return check_phrase(reader, due);
    }
    return check_window(reader, due);
}

/* --- parts --------------------------------------------------------------------------------------
 */

/* Both written out: a part can't be due after the whole. */
static bool check_part_day(const struct reader *reader, const struct node *with,
                           const struct node *to)
{
    struct reader quiet = {.file = reader->file};
    const struct node *due = node_find(with, "due");
    const struct node *end = due != NULL && due->kind == NODE_MAP ? node_find(due, "to") : NULL;
    civil_day last;
    civil_day day;

    if (!node_day(reader, to, &day)) {
        return false;
    }
    return end == NULL || node_is_template(end) || !node_day(&quiet, end, &last) || day <= last ||
           refuse(reader, to, ERROR_INVALID, "this is after the term of the assignment itself");
}

bool check_part(const struct reader *reader, const struct node *with, const struct node *entry)
{
    static const char *const known[] = {"body", "to", "days_before", "working", NULL};
    static const struct words words = {N_("a co-executor"), known, NULL};
    const struct node *to = node_find(entry, "to");
    bool good = fields_check(reader, entry, &words);

    if (to != NULL && node_find(entry, "days_before") != NULL) {
        return refuse(reader, to, ERROR_INVALID,
                      "one of \"to\" and \"days_before\" is enough: they may not agree");
    }
    good &= to == NULL || node_is_template(to) || check_part_day(reader, with, to);
    good &= check_number(reader, entry, "days_before", 0, DAYS_MAX);
    good &= check_flag(reader, entry, "working");
    return good;
}
