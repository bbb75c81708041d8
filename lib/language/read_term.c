/* read_term.c - when an item of a plan is due: the document's words, and what they mean
 *
 * Owns:    the words under `due`, and how the windows of an item come from its phrase.
 * In:      read_term() from read_roadmap.c.
 * Out:     phrase, kind, windows and openings of an item.
 * Always:  windows that the author has written win over those of the phrase; both days of every
 *          window are known; nothing opens after its first day.
 * See:     term.h; docs/language.md §4; docs/time.md §3
 */
#include "language/term.h"

#include "base/limits.h"
#include "base/must.h"
#include "language/lists.h"
#include "language/roadmap_due.h"

#include <stdlib.h>
#include <string.h>

/* Earlier nobody begins to work for one day: the letter would be forgotten. */
#define OPENS_DAYS_MAX 365

struct term {
    const struct reader *reader;
    const struct roadmap *roadmap;
    struct roadmap_item *item;
    const struct node *phrase; /* where its words stand */
    struct arena arena;        /* of what due_parse() says */
};

/* --- windows ---------------------------------------------------------------------------------- */

/* opens: CIVIL_DAY_NONE where it is for fill_openings() to say. */
static void add_window(struct roadmap_item *item, struct window window, civil_day opens)
{
    uint32_t count = item->window_count + 1;
    uint32_t at = item->window_count;

    item->windows = xrealloc(item->windows, count * sizeof *item->windows);
    item->opens = xrealloc(item->opens, count * sizeof *item->opens);
    item->windows[at] = window;
    item->opens[at] = opens;
    item->window_count = count;
}

/* A day by which or on which something is due is given out before it: after the day before it in
 * the list, when the plan is in force. */
static void fill_openings(const struct roadmap *roadmap, struct roadmap_item *item)
{
    civil_day start = roadmap->period.from;

    if (roadmap->signed_day != CIVIL_DAY_NONE && roadmap->signed_day > start) {
        start = roadmap->signed_day;
    }
    for (uint32_t i = 0; i < item->window_count; i++) {
        const struct window *w = &item->windows[i];
        civil_day opens = w->to - OPENS_DAYS_MAX > start ? w->to - OPENS_DAYS_MAX : start;
        if (i > 0 && item->windows[i - 1].to + 1 > opens) {
            opens = item->windows[i - 1].to + 1;
        }
        if (item->opens[i] == CIVIL_DAY_NONE) {
            item->opens[i] = opens < w->from ? opens : w->from;
        }
    }
}

/* --- what the phrase means -------------------------------------------------------------------- */

/* The byte at which a character of the phrase begins; columns count from 1. */
static size_t offset_of(const char *text, int column)
{
    size_t at = 0;

    for (int i = 1; i < column && text[at] != '\0'; i++) {
        at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80) {
            at++;
        }
    }
    return at;
}

static bool parse_phrase(struct term *t, struct due *ret_due)
{
    struct error err = ERROR_INIT;

    if (!roadmap_due(t->roadmap, t->item->due_phrase, &t->arena, ret_due, &err)) {
        return refuse_in(t->reader, t->phrase, offset_of(t->item->due_phrase, err.column), err.code,
                         "%s", err.text);
    }
    return true;
}

static char *text_or_null(struct bytes text)
{
    return text.size > 0 ? bytes_strdup(text) : NULL;
}

static void add_reading(struct roadmap_item *item, const struct due_reading *reading)
{
    for (uint32_t i = 0; i < reading->window_count; i++) {
        struct window w = reading->windows[i];
        w.from = w.from == CIVIL_DAY_NONE ? w.to : w.from;
        add_window(item, w, w.from == w.to ? CIVIL_DAY_NONE : w.from);
    }
}

/* Undated: on demand, by another plan, counted from something. The span it can fall in. */
static bool add_bounds(struct term *t, const struct due *due)
{
    struct window span = t->roadmap->period;
    enum due_kind kind = t->item->due_kind;

    if (kind != DUE_ON_DEMAND && kind != DUE_PER_OTHER_PLAN && kind != DUE_RELATIVE &&
        kind != DUE_CONTINUOUS) {
        return refuse(t->reader, t->phrase, ERROR_INVALID,
                      "no day of this term lies in the period of the roadmap");
    }
    if (due->bounds.from != CIVIL_DAY_NONE && due->bounds.from > span.from) {
        span.from = due->bounds.from;
    }
    if (due->bounds.to != CIVIL_DAY_NONE && due->bounds.to < span.to) {
        span.to = due->bounds.to;
    }
    t->item->bounded = true;
    add_window(t->item, span.from <= span.to ? span : t->roadmap->period, span.from);
    return true;
}

/* By last day, and by first where that is the same: parts of a phrase may cross each other. */
static void sort_windows(struct roadmap_item *item)
{
    for (uint32_t i = 1; i < item->window_count; i++) {
        struct window moved = item->windows[i];
        civil_day opens = item->opens[i];
        uint32_t to = i;
        for (; to > 0 &&
               (item->windows[to - 1].to > moved.to ||
                (item->windows[to - 1].to == moved.to && item->windows[to - 1].from > moved.from));
             to--) {
            item->windows[to] = item->windows[to - 1];
            item->opens[to] = item->opens[to - 1];
        }
        item->windows[to] = moved;
        item->opens[to] = opens;
    }
}

/* number: 1 = the reading chosen by due_parse(), 2… = its alternatives. */
static bool take_reading(struct term *t, const struct due *due, uint32_t number)
{
    const struct due_reading *reading =
        number == 1 ? &due->reading : &due->alternatives[number - 2];

    t->item->due_kind = reading->kind;
    t->item->due_rule = text_or_null(reading->rule);
    add_reading(t->item, reading);
    for (uint32_t i = 1; number == 1 && i < due->part_count; i++) {
        add_reading(t->item, &due->parts[i].reading);
    }
    if (due->more || t->item->window_count > LIMIT_WINDOWS) {
        return refuse(t->reader, t->phrase, ERROR_TOO_LARGE,
                      "an item has at most %u windows, and these words give more: shorten the "
                      "period, or write \"windows\"",
                      LIMIT_WINDOWS);
    }
    if (t->item->window_count == 0) {
        return add_bounds(t, due);
    }
    sort_windows(t->item);
    return true;
}

/* --- what the author has decided -------------------------------------------------------------- */

static bool find_kind(const struct reader *reader, const struct node *node, enum due_kind *ret_kind)
{
    for (int i = 0; i < DUE_KIND_COUNT; i++) {
        if (strcmp(node->text, due_kind_name((enum due_kind)i)) == 0) {
            *ret_kind = (enum due_kind)i;
            return true;
        }
    }
    return refuse(reader, node, ERROR_INVALID,
                  "\"%s\" is no kind of due date: date, window, recurring, continuous, on_demand, "
                  "per_other_plan or relative is expected",
                  show(node->text).text);
}

/* The kind of windows that are written: it may be left to the phrase. */
static bool read_kind(struct term *t, const struct node *due, bool dated)
{
    const struct node *node;
    struct due meant;

    if (!fields_node(t->reader, due, "kind", OPTIONAL, NODE_TEXT, &node)) {
        return false;
    }
    if (node != NULL) {
        return find_kind(t->reader, node, &t->item->due_kind);
    }
    if (!dated || t->item->due_phrase == NULL) {
        return true;
    }
    if (!parse_phrase(t, &meant)) {
        return false;
    }
    t->item->due_kind = meant.reading.kind;
    return true;
}

/* {from, to}, or a day alone. */
static bool read_window(const struct term *t, const struct node *node)
{
    struct window window;

    if (node->kind != NODE_TEXT) {
        return node_window(t->reader, node, &window) &&
               (add_window(t->item, window, window.from), true);
    }
    if (!node_day(t->reader, node, &window.to)) {
        return false;
    }
    window.from = window.to;
    add_window(t->item, window, CIVIL_DAY_NONE);
    return true;
}

static bool read_windows(struct term *t, const struct node *due, const struct node *list)
{
    const struct node *reading = node_find(due, "reading");
    bool good = true;

    if (list->count == 0) {
        return refuse(t->reader, list, ERROR_INVALID, "the list \"windows\" is empty");
    }
    if (list->count > LIMIT_WINDOWS) {
        return refuse(t->reader, list, ERROR_TOO_LARGE,
                      "an item has at most %u windows; this has %u", LIMIT_WINDOWS, list->count);
    }
    if (reading != NULL) {
        good = refuse(t->reader, reading, ERROR_INVALID,
                      "\"reading\" chooses among the meanings of the phrase: beside \"windows\" it "
                      "says nothing");
    }
    for (uint32_t i = 0; i < list->count; i++) {
        good &= read_window(t, list->items[i]);
    }
    return good;
}

/* The phrase counts, and may be read in one of its other ways. */
static bool read_choice(struct term *t, const struct node *due, bool dated)
{
    const struct node *kind = node_find(due, "kind");
    int64_t number = 0;
    struct due meant;

    if (kind != NULL) {
        refuse(t->reader, kind, ERROR_INVALID,
               "\"kind\" goes with \"windows\": without them the phrase says it");
    }
    if (!dated || kind != NULL || t->item->due_phrase == NULL) {
        return kind == NULL;
    }
    if (!parse_phrase(t, &meant) ||
        !fields_integer(t->reader, due, "reading", OPTIONAL, 1,
                        1 + (int64_t)meant.alternative_count, &number)) {
        return false;
    }
    if (number == 0) {
        t->item->due_ambiguity = text_or_null(meant.ambiguity);
    }
    return take_reading(t, &meant, number == 0 ? 1 : (uint32_t)number);
}

static bool read_map(struct term *t, const struct node *due, bool dated)
{
    static const char *const known[] = {"phrase", "kind", "windows", "reading", "why", NULL};
    static const struct words words = {N_("a due date"), known, NULL};
    struct roadmap_item *item = t->item;
    const struct node *windows;

    bool good = fields_check(t->reader, due, &words);
    t->phrase = node_find(due, "phrase");
    good &= fields_text(t->reader, due, "phrase", REQUIRED, LIMIT_TEXT_BYTES, &item->due_phrase);
    good &= fields_text(t->reader, due, "why", OPTIONAL, LIMIT_TEXT_BYTES, &item->due_why);
    if (!fields_node(t->reader, due, "windows", OPTIONAL, NODE_LIST, &windows)) {
        return false;
    }
    if (windows == NULL) {
        return read_choice(t, due, dated) && good;
    }
    good &= read_kind(t, due, dated);
    return read_windows(t, due, windows) && good;
}

bool read_term(const struct reader *reader, const struct node *item_node,
               const struct roadmap *roadmap, bool dated, struct roadmap_item *item)
{
    const struct node *due = node_find(item_node, "due");
    struct term t = {.reader = reader, .roadmap = roadmap, .item = item, .phrase = due};

    if (due == NULL) {
        return refuse_missing(reader, item_node, "due");
    }
    if (due->kind == NODE_LIST) {
        return refuse(reader, due, ERROR_INVALID,
                      "a due date is the document's words, or a map that has them as \"phrase\"");
    }
    bool good = due->kind == NODE_MAP
                    ? read_map(&t, due, dated)
                    : node_text(reader, due, LIMIT_TEXT_BYTES, &item->due_phrase) &&
                          read_choice(&t, due, dated);
    arena_fini(&t.arena);
    if (good && dated) {
        fill_openings(roadmap, item);
    }
    return good;
}
