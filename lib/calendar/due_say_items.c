/* due_say_items.c - items of a term in words: «до 15 августа», «с 1 по 5 мая», «1, 2 квартал»
 *
 * Owns:    prepositions and their cases; lists under one head.
 * In:      due_print.c.
 * Out:     text.
 * Always:  the plain form is read back to the same items.
 * See:     due_say.h
 */
#include "calendar/due_say.h"

#include <stdio.h>

/* --- ranges ----------------------------------------------------------------------------------- */

/* «последние 10 дней мая» */
static bool say_last_days(struct buffer *out, const struct item *item)
{
    if (item->from->number >= -1 || item->to->number != -1 ||
        !due_same_head(item->from, item->to)) {
        return false;
    }
    buffer_text(out, "последние ");
    due_say_length(out, -item->from->number, item->from->unit, ACCUSATIVE);
    if (item->from->of != NULL) {
        buffer_text(out, " ");
        due_say_point(out, item->from->of, GENITIVE);
    }
    return true;
}

/* «до мая» is decided to be before it begins. */
static bool until_start(const struct due_voice *voice, const struct item *item)
{
    const struct point *last = item->to != NULL ? item->to : item->from;
    bool open = item->bound == BOUND_BY || item->bound == BOUND_TOWARDS || item->until;
    bool edge = last->unit == UNIT_PIECE && last->number <= PIECE_END;

    return voice->rule && open && !item->included && last->unit > UNIT_WEEKDAY && !edge &&
           voice->variant != DOUBT_UNTIL;
}

#define CHAIN_MAX 8

/* The same without its year, where that is the year of `other` too, which says it. chain: room for
 * the copy. «с сентября по декабрь 2023 года», «с мая по июнь каждого года». */
static const struct point *without_year(const struct point *point, const struct point *other,
                                        struct point chain[CHAIN_MAX])
{
    const struct point *year = due_year_of(point);
    const struct point *same = due_year_of(other);
    const struct point *p = point;
    int count = 0;

    bool bare = (p->unit == UNIT_PIECE || p->unit <= UNIT_DECADE) && p->of == year; /* конца года */
    if (bare || year == NULL || same == NULL || p == year ||
        (year->number == 0 && year->which != WHICH_EACH) || !due_same_chain(year, same)) {
        return point;
    }
    for (; p != year && count < CHAIN_MAX; p = p->of, count++) {
        chain[count] = *p;
        chain[count].of = NULL;
        if (count > 0) {
            chain[count - 1].of = &chain[count];
        }
    }
    return p == year ? chain : point;
}

/* «2021-2024 годы» */
static bool say_years(const struct due_voice *voice, const struct item *item, bool lasting)
{
    bool plain = item->from->unit == UNIT_YEAR && item->to->unit == UNIT_YEAR && !item->until &&
                 item->from->number > 0 && item->to->number > item->from->number &&
                 item->from->last == 0 && item->to->last == 0;
    char text[32];

    if (!plain) {
        return false;
    }
    snprintf(text, sizeof text, "%d-%d ", item->from->number, item->to->number);
    buffer_text(voice->out, voice->rule && !lasting ? "в " : "");
    buffer_text(voice->out, text);
    buffer_text(voice->out, lasting ? "годов" : voice->rule ? "годах" : "годы");
    return true;
}

static void say_range(const struct due_voice *voice, const struct item *item, bool lasting)
{
    struct buffer *out = voice->out;
    char text[24];

    if (say_last_days(out, item) || say_years(voice, item, lasting)) {
        return;
    }
    struct point chain[CHAIN_MAX];
    const struct point *from = without_year(item->from, item->to, chain);
    if (lasting && !item->until) {
        due_say_point(out, from, GENITIVE);
        buffer_text(out, " – ");
        due_say_point(out, item->to, GENITIVE);
        return;
    }
    buffer_text(out, due_says_second(item->from) ? "со " : "с ");
    bool joined =
        due_same_head(item->from, item->to) && due_by_number(item->from) && due_by_number(item->to);
    if (joined && item->from->unit == UNIT_DAY) {
        snprintf(text, sizeof text, "%d", item->from->number);
        buffer_text(out, text);
    } else if (joined && item->from->number <= 5) {
        due_say_number(out, item->from, GENITIVE);
    } else {
        due_say_point(out, from, GENITIVE);
    }
    buffer_text(out, item->until ? " до " : " по ");
    if (until_start(voice, item)) {
        buffer_text(out, "начала ");
    }
    due_say_point(out, item->to, item->until ? GENITIVE : ACCUSATIVE);
}

/* --- bounds ----------------------------------------------------------------------------------- */

static const struct {
    const char *words;
    enum grammatical_case how;
} bounds[] = {
    [BOUND_IN] = {"", NOMINATIVE},
    [BOUND_BY] = {"до ", GENITIVE},
    [BOUND_NOT_LATER] = {"не позднее ", GENITIVE},
    [BOUND_TOWARDS] = {"к ", DATIVE},
    [BOUND_THROUGH] = {"по ", ACCUSATIVE},
    [BOUND_SINCE] = {"с ", GENITIVE},
    [BOUND_NOT_BEFORE] = {"не ранее ", GENITIVE},
    [BOUND_AFTER] = {"после ", GENITIVE},
};

/* «во втором квартале», «в мае», «15 мая», «пятница месяца» in the rule. */
static void say_place(const struct due_voice *voice, const struct item *item)
{
    struct buffer *out = voice->out;
    enum unit unit = item->from->unit;
    bool date = unit == UNIT_DAY && item->from->number > 0;

    if (date && (item->from->of == NULL || item->from->of->unit == UNIT_MONTH)) {
        due_say_point(out, item->from, GENITIVE); /* 15 числа каждого месяца */
    } else if (date) {
        due_say_point(out, item->from, NOMINATIVE);
    } else if (unit == UNIT_WEEKDAY || unit == UNIT_WEEK || unit == UNIT_WORKDAY ||
               unit == UNIT_DAY || unit == UNIT_BREAK) {
        buffer_text(out, due_says_second(item->from) ? "во " : "в ");
        due_say_point(out, item->from, ACCUSATIVE);
    } else if (unit == UNIT_SEASON) {
        static const char *const words[] = {"", "зимой", "весной", "летом", "осенью"};
        buffer_text(out, words[item->from->number]);
        due_say_outer(out, item->from);
    } else {
        buffer_text(out, due_says_second(item->from) ? "во " : "в ");
        due_say_point(out, item->from, PREPOSITIONAL);
    }
}

/* «раз в две недели во вторник», «каждый понедельник» */
static void say_running(struct buffer *out, struct point weekday)
{
    char text[48];

    if (weekday.number == 1) {
        weekday.which = WHICH_EACH;
    } else if (weekday.number == 2) {
        buffer_text(out, "раз в две недели ");
    } else {
        snprintf(text, sizeof text, "раз в %d ", weekday.number);
        buffer_text(out, text);
        buffer_text(out, weekday.number < 5 ? "недели " : "недель ");
    }
    buffer_text(out, weekday.number == 1 ? "" : weekday.weekday == 2 ? "во " : "в ");
    weekday.number = 0;
    weekday.of = NULL;
    due_say_point(out, &weekday, ACCUSATIVE);
}

/* «каждый второй вторник», or how that was understood. */
static void say_every(const struct due_voice *voice, const struct term *term,
                      const struct item *item)
{
    struct buffer *out = voice->out;
    struct point weekday = *item->from;
    enum second second = due_second(term, item, voice->variant);

    if (!voice->rule) {
        weekday.which = WHICH_EACH;
        due_say_point(out, &weekday, ACCUSATIVE);
        return;
    }
    if (second == SECOND_RUNNING) {
        say_running(out, weekday);
        return;
    }
    buffer_text(out, weekday.number == 2 ? "во " : "в ");
    due_say_number(out, &weekday, ACCUSATIVE);
    if (second == SECOND_BOTH && weekday.number == 2) {
        weekday.number = 4;
        buffer_text(out, " и ");
        due_say_number(out, &weekday, ACCUSATIVE);
    }
    weekday.number = 0;
    weekday.of = NULL;
    buffer_text(out, " ");
    due_say_point(out, &weekday, ACCUSATIVE);
    buffer_text(out, " каждого месяца");
}

/* «к 1 сентября» is by that day; «к началу года» on its first day, or before it. */
static const char *words_of(const struct due_voice *voice, const struct item *item,
                            enum grammatical_case *ret_how)
{
    bool other = voice->variant == DOUBT_UNTIL;
    bool start = item->from->unit == UNIT_PIECE && item->from->number == PIECE_START;

    *ret_how = bounds[item->bound].how;
    if (voice->rule && item->bound == BOUND_TOWARDS && !item->included &&
        (start ? other : !other && item->from->unit <= UNIT_WEEKDAY)) {
        *ret_how = GENITIVE;
        return start ? "до " : "не позднее ";
    }
    if (due_says_second(item->from)) {
        return item->bound == BOUND_SINCE     ? "со "
               : item->bound == BOUND_TOWARDS ? "ко "
                                              : bounds[item->bound].words;
    }
    return bounds[item->bound].words;
}

static void say_single(const struct due_voice *voice, const struct term *term,
                       const struct item *item, bool after_bound)
{
    bool lasting = term->lasting == LASTING_WITHIN;
    struct buffer *out = voice->out;

    if (item->bound == BOUND_IN && lasting) {
        due_say_point(out, item->from, GENITIVE);
    } else if (item->bound == BOUND_IN && item->every) {
        say_every(voice, term, item);
    } else if (item->bound == BOUND_IN && item->from->unit == UNIT_WEEKDAY &&
               item->from->which == WHICH_EACH) {
        due_say_point(out, item->from, ACCUSATIVE); /* каждую пятницу */
    } else if (item->bound == BOUND_IN && voice->rule) {
        say_place(voice, item);
    } else if (item->bound == BOUND_IN && after_bound) {
        buffer_text(out, "на ");
        due_say_point(out, item->from, ACCUSATIVE);
    } else if (until_start(voice, item)) {
        buffer_text(out, item->bound == BOUND_BY ? "до начала " : "к началу ");
        due_say_point(out, item->from, GENITIVE);
    } else {
        enum grammatical_case how;
        buffer_text(out, words_of(voice, item, &how));
        due_say_point(out, item->from, how);
    }
}

/* «следующего за отчетным» stands between commas. */
static bool has_comma(const struct point *p)
{
    for (; p != NULL; p = p->of) {
        if (p->which == WHICH_AFTER) {
            return true;
        }
    }
    return false;
}

/* What was decided about the last day. several: of more than one item. */
static void say_until(const struct due_voice *voice, const struct item *item, bool several)
{
    bool excluded = voice->variant == DOUBT_UNTIL;
    bool open =
        item->bound == BOUND_BY || (item->bound == BOUND_TOWARDS && excluded) || item->until;
    const struct point *last = item->to != NULL ? item->to : item->from;
    bool edge = last->unit == UNIT_PIECE && last->number <= PIECE_END;

    if (item->included) {
        buffer_text(voice->out, " включительно");
    } else if (voice->rule && open && !edge && !until_start(voice, item)) {
        buffer_text(voice->out, excluded && last->unit <= UNIT_WEEKDAY
                                    ? several ? ", не включая эти дни" : ", не включая этот день"
                                : has_comma(last) ? ", включительно"
                                                  : " включительно");
    }
}

/* --- items that follow one another ------------------------------------------------------------ */

/* Do the next two say the same about years and last days, so that it is said once, at the end? */
static bool alike_next(const struct due_voice *voice, const struct term *term, uint32_t i)
{
    const struct item *a = &term->items[i];
    const struct item *b = a + 1;

    if (!voice->rule || i + 1 >= term->item_count || term->lasting == LASTING_WITHIN ||
        a->to != NULL || b->to != NULL || a->every || b->every || a->bound != b->bound ||
        a->included != b->included || a->from->unit != b->from->unit || has_comma(a->from) ||
        due_list_length(term, i + 1) > 1 || until_start(voice, a) != until_start(voice, b)) {
        return false;
    }
    const struct point *year = due_year_of(a->from);
    const struct point *other = due_year_of(b->from);
    return year != NULL && other != NULL ? due_same_chain(year, other) : year == other;
}

/* One item, or a list of them; how many it were. */
static uint32_t say_next(const struct due_voice *voice, const struct term *term, uint32_t i)
{
    bool lasting = term->lasting == LASTING_WITHIN;
    const struct item *item = &term->items[i];
    uint32_t list = lasting ? 0 : due_list_length(term, i);
    enum bound before = i > 0 ? term->items[i - 1].bound : BOUND_IN;
    bool inherits = before != BOUND_IN && before != BOUND_SINCE && before != BOUND_NOT_BEFORE &&
                    before != BOUND_AFTER;
    bool after = i > 0 && alike_next(voice, term, i - 1);
    bool goes_on = alike_next(voice, term, i);
    struct point chain[CHAIN_MAX];
    struct item shown = *item;

    if (list > 1) {
        buffer_text(voice->out, inherits && !voice->rule ? "на " : "");
        due_say_list(voice, item, list);
        return list;
    }
    if (item->to != NULL) {
        say_range(voice, item, lasting);
        say_until(voice, item, false);
        return 1;
    }
    shown.from = goes_on ? without_year(item->from, (item + 1)->from, chain) : item->from;
    if (after && item->from->unit == UNIT_NAMED_MONTH && item->bound == BOUND_IN) {
        due_say_point(voice->out, shown.from, PREPOSITIONAL); /* в марте и сентябре */
    } else {
        say_single(voice, term, &shown, inherits);
    }
    if (!goes_on) {
        say_until(voice, item, after);
    }
    return 1;
}

void due_say_items(const struct due_voice *voice, const struct term *term)
{
    const char *join = term->either ? " или " : ", ";

    for (uint32_t i = 0; i < term->item_count;) {
        bool last = i + 1 == term->item_count && voice->rule && !term->either;
        buffer_text(voice->out, i == 0 ? "" : last ? " и " : join);
        i += say_next(voice, term, i);
    }
}
