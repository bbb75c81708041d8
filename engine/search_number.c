/* search_number.c - a query that is a number: "14", "№ 14", "п. 3.2"
 *
 * Owns:    what is such a query, and in which list what has the number stands: what it is the number
 *          of, what has a document of that number, what only says it.
 * In:      search.c, search_catalog.c.
 * Always:  of reports the last one is looked at: a document of one that was returned is only said.
 */
#include "engine/search_part.h"

#include "engine/core/people_results.h"
#include "engine/rows.h"

#include <string.h>

static bool is_number(const struct word *word)
{
    for (size_t i = 0; i < word->size; i++) {
        if (strchr("0123456789.", word->text[i]) == NULL) {
            return false;
        }
    }
    return true;
}

/* What people write before the number of an item; "№" is no word. */
static bool is_mark(const struct word *word)
{
    static const char *const marks[] = {"п", "пп", "пункт", "пункта", "пункту", "item", "no"};

    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        if (bytes_equal(bytes_of(marks[i]), (struct bytes){word->text, word->size})) {
            return true;
        }
    }
    return false;
}

bool search_take_number(struct search_query *q)
{
    const struct word *last = &q->words[q->count - 1];

    if (!is_number(last) || q->count > 2 || (q->count == 2 && !is_mark(&q->words[0]))) {
        return false;
    }
    q->words[0] = *last;
    q->count = 1;
    return true;
}

static bool has(const struct search *s, struct bytes text)
{
    uint32_t seen = 0;

    return search_text_has(&s->query, text, &seen);
}

static bool report_has(const struct search *s, struct bytes json)
{
    json_t *report = rows_parsed(json);
    const json_t *document;
    bool found = false;

    for (size_t i = 0; !found && (document = results_document(report, i)) != NULL; i++) {
        found = has(s, bytes_of(json_string_value(json_object_get(document, "number"))));
    }
    json_decref(report);
    return found;
}

static bool documents_have(const struct search *s, const struct assignment *a)
{
    bool found = report_has(s, a->report);

    for (uint32_t i = 0; !found && i + 1 < a->people_count; i++) {
        found = report_has(s, a->parts[i].report);
    }
    return found;
}

json_t *search_number_list(const struct search *s, struct bytes no, const struct assignment *a,
                           json_t *own)
{
    if (has(s, no)) {
        return own;
    }
    return a != NULL && documents_have(s, a) ? s->documents : s->mentions;
}
