/* due_readings.c - the chosen reading, the others, and why they part
 *
 * Owns:    the sentences of doubt, and which of them lead to other windows.
 * In:      due.c.
 * Out:     struct due.
 * Always:  an alternative differs from the chosen reading and from the other alternatives.
 * See:     due_calendar.h; docs/time.md §3
 */
#include "calendar/due_say.h"

#include "base/limits.h"

#include <string.h>

#define ALTERNATIVES_MAX 8

/* In the order in which they are told. other: it is counted the other way too. */
static const struct {
    enum doubt doubt;
    bool other;
    const char *text;
} doubts[] = {
    {DOUBT_SECOND, true, "«каждый второй» может значить второй по счёту в месяце или через один"},
    {DOUBT_SECOND_MORE, true, NULL},
    {DOUBT_UNTIL, true, "не сказано, входит ли названный после «до» («к») день или период в срок"},
    {DOUBT_SERIES, true, "дни повторения не названы"},
    {DOUBT_SERIES_MORE, true, NULL},
    {DOUBT_FIRST, true, "не сказано, отчитываются ли за период до начала срока документа"},
    {DOUBT_PASSED, true, "не сказано, в какой день после окончания"},
    {DOUBT_YEAR, true, "год не назван, а документ действует несколько лет"},
    {DOUBT_SCHOOL_YEAR, true, "не сказано, календарный это год или учебный"},
    {DOUBT_SCHOOL_HALF, true, "полугодие может быть календарным или учебного года"},
    {DOUBT_WEEK, true, "недели месяца можно считать по семь дней от 1-го числа или с понедельника"},
    {DOUBT_WINTER, true,
     "срок переходит из года в год, и не сказано, какой из двух имеется в виду"},
    {DOUBT_LATE, true, "такое число есть не в каждом месяце"},
    {DOUBT_OUTSIDE, true, "срок выходит за период документа"},
    {DOUBT_PIECE, false, "границы начала, середины и конца нигде не заданы"},
    {DOUBT_SCHOOL, false, "даты четвертей, триместров и каникул устанавливает школа"},
    {DOUBT_START, false, "не сказано, с какого времени вести счёт: взято начало срока документа"},
    {DOUBT_SIGNED, false, "не сказано, какого документа: взят день подписания этого"},
    {DOUBT_HOUR, false, "час назван, а день нет"},
    {DOUBT_ANCHOR, false, "не сказано, от какого события считать"},
    {DOUBT_TIMES, false, "сколько раз и сколько сроков названо — не одно и то же"},
    {DOUBT_ENDLESS, false, "конец повторения не назван"},
    {DOUBT_DAY, false, "не сказано, в этот день или не позднее него"},
    {DOUBT_ABOUT, false, "срок назван ориентировочно"},
    {DOUBT_OR, false, "названы два срока на выбор, а кто выбирает, не сказано"},
    {DOUBT_LEAST, false, "по необходимости или с названной частотой: назван нижний предел"},
};

#define DOUBT_KINDS (sizeof doubts / sizeof *doubts)

static struct bytes text_of(struct buffer *out, struct arena *arena)
{
    struct bytes text = arena_copy(arena, buffer_bytes(out));

    buffer_fini(out);
    return text;
}

static struct due_reading reading_of(const struct term *term, const struct due_answer *answer,
                                     enum doubt variant, struct arena *arena)
{
    uint32_t count = answer->windows.count;

    return (struct due_reading){
        .kind = answer->kind,
        .windows = answer->windows.items,
        .window_count = count < LIMIT_WINDOWS ? count : LIMIT_WINDOWS,
        .rule = due_rule(term, answer->kind, variant, arena),
    };
}

static bool same(const struct due_reading *a, const struct due_reading *b)
{
    if (a->kind != b->kind || a->window_count != b->window_count) {
        return false;
    }
    for (uint32_t i = 0; i < a->window_count; i++) {
        if (a->windows[i].from != b->windows[i].from || a->windows[i].to != b->windows[i].to) {
            return false;
        }
    }
    return true;
}

static void add_alternative(struct due *due, const struct due_reading *reading, struct arena *arena)
{
    if (due->alternatives == NULL) {
        due->alternatives = arena_alloc(arena, ALTERNATIVES_MAX * sizeof *due->alternatives);
    }
    bool nothing = reading->window_count == 0 && reading->kind == due->reading.kind;
    if (nothing || same(reading, &due->reading) || due->alternative_count == ALTERNATIVES_MAX) {
        return;
    }
    for (uint32_t i = 0; i < due->alternative_count; i++) {
        if (same(reading, &due->alternatives[i])) {
            return;
        }
    }
    due->alternatives[due->alternative_count++] = *reading;
}

/* --- doubts that only the term shows ---------------------------------------------------------- */

/* «два раза в год (май)» */
static bool times_differ(const struct term *term)
{
    const struct repeat *repeat = &term->repeat;
    int wanted = repeat->unit == UNIT_YEAR      ? repeat->count
                 : repeat->unit == UNIT_HALF    ? 2
                 : repeat->unit == UNIT_QUARTER ? 4
                                                : 0;

    for (uint32_t i = 0; i < term->item_count; i++) {
        if (term->items[i].from->unit != UNIT_NAMED_MONTH || term->items[i].to != NULL) {
            return false;
        }
    }
    return term->item_count > 0 && wanted > 1 && repeat->interval == 1 &&
           (int)term->item_count != wanted;
}

static uint32_t doubts_of_term(const struct term *term, enum due_kind kind)
{
    uint32_t found = 0;
    const struct item *item = term->items;
    bool day = term->item_count > 0 && item->bound == BOUND_IN && item->to == NULL &&
               item->from->unit == UNIT_DAY;

    found |= term->about ? DOUBT_ABOUT : 0;
    found |= term->either ? DOUBT_OR : 0;
    found |= times_differ(term) ? DOUBT_TIMES : 0;
    found |= kind == DUE_DATE && day && term->from_minute < 0 ? DOUBT_DAY : 0;
    bool hour = term->by_minute >= 0 || term->from_minute >= 0;
    found |= kind == DUE_DATE && term->item_count == 0 && hour ? DOUBT_HOUR : 0;
    found |= term->on_demand && kind == DUE_RECURRING ? DOUBT_LEAST : 0;
    found |= term->anchor.form != ANCHOR_NONE && term->anchor.event.size == 0 ? DOUBT_ANCHOR : 0;
    return found;
}

static bool yearly(const struct term *term)
{
    bool repeat = term->repeat.unit == UNIT_YEAR || term->repeat.unit == UNIT_SCHOOL_YEAR ||
                  term->follow.unit == UNIT_YEAR;

    for (uint32_t i = 0; i < term->item_count && !repeat; i++) {
        const struct point *year = due_year_of(term->items[i].from);
        repeat = year != NULL && (year->which == WHICH_EACH || year->which == WHICH_AFTER);
    }
    return repeat;
}

/* «ежегодно с 2022 по 2024 год», «ежегодно до 2025 года»: not «до 1 марта 2022 года, далее …». */
static bool end_named(const struct term *term)
{
    for (uint32_t i = 0; i < term->item_count && term->follow.unit == UNIT_NONE; i++) {
        const struct item *item = &term->items[i];
        const struct point *year = due_year_of(item->to != NULL ? item->to : item->from);
        bool begins = item->bound == BOUND_SINCE || item->bound == BOUND_NOT_BEFORE ||
                      item->bound == BOUND_AFTER;
        if (year != NULL && year->number > 0 && !begins) {
            return true;
        }
    }
    return false;
}

static bool open_ended(const struct term *term, const struct due_frame *frame, enum due_kind kind)
{
    bool since = term->item_count > 0 && term->items[term->item_count - 1].bound == BOUND_SINCE;
    bool series = kind == DUE_RECURRING && (yearly(term) || term->follow.unit != UNIT_NONE);

    if (series && end_named(term)) {
        return false;
    }
    return term->lasting == LASTING_ALWAYS || since || series || frame->open;
}

static bool deadline(const struct term *term, enum due_kind kind)
{
    for (uint32_t i = 0; i < term->item_count; i++) {
        enum bound bound = term->items[i].bound;
        if (bound == BOUND_BY || bound == BOUND_NOT_LATER || bound == BOUND_TOWARDS ||
            bound == BOUND_THROUGH) {
            return true;
        }
    }
    return kind == DUE_RELATIVE && term->anchor.form != ANCHOR_DURING;
}

static struct bytes say_doubts(uint32_t found, const struct due_frame *frame,
                               const struct windows *windows, struct arena *arena)
{
    struct buffer out = BUFFER_INIT;
    struct buffer calendar = BUFFER_INIT;

    for (size_t i = 0; i < DOUBT_KINDS; i++) {
        if ((found & doubts[i].doubt) != 0 && doubts[i].text != NULL) {
            buffer_text(&out, out.size > 0 ? "; " : "");
            buffer_text(&out, doubts[i].text);
        }
    }
    if ((found & DOUBT_WORKDAY) != 0) {
        due_say_workdays(frame->workdays, windows, &calendar);
        buffer_text(&out, out.size > 0 && calendar.size > 0 ? "; " : "");
        buffer_append(&out, calendar.data, calendar.size);
        buffer_fini(&calendar);
    }
    return text_of(&out, arena);
}

/* --- anchors ---------------------------------------------------------------------------------- */

static struct due_anchor anchor_of(const struct anchor *anchor)
{
    static const enum due_unit units[UNIT_COUNT] = {
        [UNIT_HOUR] = DUE_HOURS,        [UNIT_DAY] = DUE_DAYS,    [UNIT_WORKDAY] = DUE_WORKING_DAYS,
        [UNIT_WEEK] = DUE_WEEKS,        [UNIT_DECADE] = DUE_DAYS, [UNIT_MONTH] = DUE_MONTHS,
        [UNIT_QUARTER] = DUE_QUARTERS,  [UNIT_HALF] = DUE_MONTHS, [UNIT_YEAR] = DUE_YEARS,
        [UNIT_SCHOOL_YEAR] = DUE_YEARS,
    };
    bool back = anchor->form == ANCHOR_BEFORE || anchor->form == ANCHOR_NOT_LATER_BEFORE;
    int times = anchor->unit == UNIT_DECADE ? 10 : anchor->unit == UNIT_HALF ? 6 : 1;

    return (struct due_anchor){
        .event = anchor->event,
        .unit = units[anchor->unit],
        .count = anchor->count * times,
        .at_latest = anchor->form == ANCHOR_WITHIN || anchor->form == ANCHOR_NOT_LATER_BEFORE ||
                     anchor->form == ANCHOR_UNTIL || anchor->form == ANCHOR_TOWARDS,
        .direction = back || anchor->form == ANCHOR_UNTIL || anchor->form == ANCHOR_TOWARDS
                         ? DUE_BEFORE
                     : anchor->form == ANCHOR_ON                                     ? DUE_ON
                     : anchor->form == ANCHOR_DURING || anchor->form == ANCHOR_FIRST ? DUE_DURING
                                                                                     : DUE_AFTER,
    };
}

/* --- one clause ------------------------------------------------------------------------------- */

static uint32_t try_others(const struct term *term, const struct due_frame *frame, uint32_t found,
                           struct arena *arena, struct due *due)
{
    uint32_t idle = 0;

    for (size_t i = 0; i < DOUBT_KINDS; i++) {
        if (!doubts[i].other || (found & doubts[i].doubt) == 0) {
            continue;
        }
        struct due_answer answer;
        due_count(term, frame, doubts[i].doubt, arena, &answer);
        struct due_reading reading = reading_of(term, &answer, doubts[i].doubt, arena);
        if (same(&reading, &due->reading)) {
            idle |= doubts[i].doubt; /* it makes no difference here */
        }
        add_alternative(due, &reading, arena);
    }
    return idle;
}

static void read_term(const struct term *term, const struct due_context *context,
                      struct arena *arena, struct due *due)
{
    struct due_frame frame = due_frame_make(context, term, yearly(term));
    struct due_answer answer;

    due_count(term, &frame, DOUBT_NONE, arena, &answer);
    due->reading = reading_of(term, &answer, DOUBT_NONE, arena);
    due->more = answer.windows.count > LIMIT_WINDOWS;
    due->year_missing = !frame.known;
    due->bounds = answer.bounds;
    due->by_minute = term->by_minute;
    due->anchored = term->anchor.form != ANCHOR_NONE;
    due->anchor = anchor_of(&term->anchor);
    due->deadline = deadline(term, answer.kind);
    due->open_ended = open_ended(term, &frame, answer.kind);
    uint32_t found = answer.doubts | doubts_of_term(term, answer.kind);
    found |= due->open_ended && answer.kind == DUE_RECURRING && (frame.open || !frame.clip)
                 ? DOUBT_ENDLESS
                 : 0;
    uint32_t idle = try_others(term, &frame, found, arena, due);
    if (term->on_demand && answer.kind == DUE_RECURRING) {
        struct due_reading demand = {.kind = DUE_ON_DEMAND,
                                     .rule = due_rule(term, DUE_ON_DEMAND, DOUBT_NONE, arena)};
        add_alternative(due, &demand, arena);
    }
    due->ambiguity = say_doubts(found & ~idle, &frame, &answer.windows, arena);
}

/* The context of «далее»: what follows begins when the first part is over. */
static struct due_context after(const struct due_context *context, const struct due *first)
{
    struct due_context later = *context;
    uint32_t count = first->reading.window_count;

    if (count > 0 && context->period.to != CIVIL_DAY_NONE &&
        first->reading.windows[count - 1].to < context->period.to) {
        later.period.from = first->reading.windows[count - 1].to + 1;
    }
    return later;
}

void due_read_out(const struct tree *tree, const struct due_context *context, struct arena *arena,
                  struct due *ret_due)
{
    struct due due = {.by_minute = -1};

    read_term(&tree->clauses[0].term, context, arena, &due);
    if (tree->count > 1 || tree->clauses[0].purpose.size > 0) {
        due.parts = arena_alloc(arena, tree->count * sizeof *due.parts);
        due.part_count = tree->count;
    }
    for (uint32_t i = 0; i < due.part_count; i++) {
        const struct clause *clause = &tree->clauses[i];
        struct due_context own =
            i > 0 && (clause->then || clause->term.on_demand) ? after(context, &due) : *context;
        struct due part = {.by_minute = -1};
        read_term(&clause->term, &own, arena, &part);
        due.parts[i] =
            (struct due_part){clause->purpose, part.reading, part.bounds, part.ambiguity};
    }
    *ret_due = due;
}
