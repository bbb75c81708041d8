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

static bool same_chain(const struct point *a, const struct point *b)
{
    for (; a != NULL && b != NULL; a = a->of, b = b->of) {
        if (a->unit != b->unit || a->number != b->number || a->which != b->which ||
            a->last != b->last || a->weekday != b->weekday) {
            return false;
        }
    }
    return a == NULL && b == NULL;
}

/* Of the same unit in the same whole: only their numbers differ. */
static bool same_head(const struct point *a, const struct point *b)
{
    return a->unit == b->unit && a->weekday == b->weekday && a->which == b->which &&
           same_chain(a->of, b->of);
}

static bool by_number(const struct point *p)
{
    return p->number > 0 && p->unit != UNIT_NAMED_MONTH && p->unit != UNIT_SEASON &&
           p->unit != UNIT_BREAK && p->unit != UNIT_PIECE && p->unit != UNIT_SCHOOL_YEAR &&
           p->which == WHICH_SAID && p->last == 0;
}

/* --- ranges ----------------------------------------------------------------------------------- */

/* «последние 10 дней мая» */
static bool say_last_days(struct buffer *out, const struct item *item)
{
    if (item->from->number >= -1 || item->to->number != -1 || !same_head(item->from, item->to)) {
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

/* «второй», «вторник»: with «со» and «во» before it. */
static bool says_second(const struct point *p)
{
    bool ordinal = p->unit != UNIT_NAMED_MONTH && p->unit != UNIT_SEASON && p->unit != UNIT_BREAK &&
                   p->unit != UNIT_PIECE && p->unit != UNIT_DAY;

    return (ordinal && p->number == 2) ||
           (p->unit == UNIT_PIECE && p->number == PIECE_SECOND_HALF) ||
           (p->unit == UNIT_WEEKDAY && p->number == 0 && p->weekday == 2);
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

/* «с сентября по декабрь 2023 года»: the year of both is said once. chain: room for the copy. */
static const struct point *without_year(const struct item *item, struct point chain[CHAIN_MAX])
{
    const struct point *year = due_year_of(item->from);
    const struct point *other = due_year_of(item->to);
    const struct point *p = item->from;
    int count = 0;

    bool bare = (p->unit == UNIT_PIECE || p->unit <= UNIT_DECADE) && p->of == year; /* конца года */
    if (bare || year == NULL || other == NULL || p == year || year->number == 0 ||
        !same_chain(year, other)) {
        return item->from;
    }
    for (; p != year && count < CHAIN_MAX; p = p->of, count++) {
        chain[count] = *p;
        chain[count].of = NULL;
        if (count > 0) {
            chain[count - 1].of = &chain[count];
        }
    }
    return p == year ? chain : item->from;
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
    const struct point *from = without_year(item, chain);
    if (lasting && !item->until) {
        due_say_point(out, from, GENITIVE);
        buffer_text(out, " - ");
        due_say_point(out, item->to, GENITIVE);
        return;
    }
    buffer_text(out, says_second(item->from) ? "со " : "с ");
    bool joined = same_head(item->from, item->to) && by_number(item->from) && by_number(item->to);
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

/* --- lists under one head --------------------------------------------------------------------- */

static bool in_list(const struct item *item)
{
    return item->listed && !item->every && item->bound == BOUND_IN && !item->included &&
           !item->until && by_number(item->from) &&
           (item->to == NULL || (same_head(item->from, item->to) && by_number(item->to)));
}

/* How many items from this one on are one list. */
static uint32_t list_length(const struct term *term, uint32_t at)
{
    uint32_t count = 0;

    while (at + count < term->item_count && in_list(&term->items[at + count]) &&
           same_head(term->items[at].from, term->items[at + count].from)) {
        count++;
    }
    return count;
}

/* What is counted, without a number: «квартал 2023 года», « августа», « числа каждого месяца». */
static void say_head(struct buffer *out, const struct point *counted, enum grammatical_case how)
{
    struct point head = *counted;
    struct buffer words = BUFFER_INIT;

    head.number = 0;
    if (head.unit == UNIT_DAY) { /* by the number: 15 августа, 15 число */
        head.number = 1;
        due_say_point(&words, &head, how);
        buffer_append(out, words.data + 1, words.size - 1);
    } else {
        due_say_point(&words, &head, how);
        buffer_text(out, " ");
        buffer_append(out, words.data, words.size);
    }
    buffer_fini(&words);
}

/* «1, 2-4 квартал 2023 года»: the last one says what they are. */
static void say_list(struct buffer *out, const struct item *items, uint32_t count)
{
    char text[32];

    for (uint32_t i = 0; i < count; i++) {
        const struct item *item = &items[i];
        buffer_text(out, i > 0 ? ", " : "");
        snprintf(text, sizeof text, "%d", item->from->number);
        buffer_text(out, text);
        if (item->to != NULL) {
            snprintf(text, sizeof text, "-%d", item->to->number);
            buffer_text(out, text);
        }
    }
    say_head(out, items[0].from, NOMINATIVE);
}

/* For people: «в первом и третьем квартале», «10 и 25 числа», «во вторую и четвертую среду». */
static bool say_list_rule(struct buffer *out, const struct item *items, uint32_t count)
{
    enum unit unit = items[0].from->unit;
    bool days = unit == UNIT_DAY || unit == UNIT_YEAR;
    bool accusative = unit == UNIT_WEEKDAY || unit == UNIT_WEEK || unit == UNIT_WORKDAY;
    enum grammatical_case how = unit == UNIT_DAY ? GENITIVE
                                : accusative     ? ACCUSATIVE
                                                 : PREPOSITIONAL;
    char text[16];

    for (uint32_t i = 0; i < count; i++) {
        if (items[i].to != NULL) {
            return false;
        }
    }
    buffer_text(out, unit == UNIT_DAY ? "" : says_second(items[0].from) ? "во " : "в ");
    for (uint32_t i = 0; i < count; i++) {
        buffer_text(out, i == 0 ? "" : i + 1 == count ? " и " : ", ");
        if (days) {
            snprintf(text, sizeof text, "%d", items[i].from->number);
            buffer_text(out, text);
        } else {
            due_say_number(out, items[i].from, how);
        }
    }
    if (unit == UNIT_YEAR) {
        buffer_text(out, " годах");
    } else {
        say_head(out, items[0].from, how);
    }
    return true;
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
        buffer_text(out, says_second(item->from) ? "во " : "в ");
        due_say_point(out, item->from, ACCUSATIVE);
    } else if (unit == UNIT_SEASON) {
        static const char *const words[] = {"", "зимой", "весной", "летом", "осенью"};
        buffer_text(out, words[item->from->number]);
        due_say_outer(out, item->from);
    } else {
        buffer_text(out, says_second(item->from) ? "во " : "в ");
        due_say_point(out, item->from, PREPOSITIONAL);
    }
}

/* «каждый второй вторник», or how that was understood. */
static void say_every(const struct due_voice *voice, const struct term *term,
                      const struct item *item)
{
    struct buffer *out = voice->out;
    struct point weekday = *item->from;
    enum second second = due_second(term, item, voice->variant);

    if (!voice->rule || weekday.number != 2) {
        weekday.which = WHICH_EACH;
        due_say_point(out, &weekday, ACCUSATIVE);
        return;
    }
    if (second == SECOND_RUNNING) {
        weekday.number = 0;
        weekday.of = NULL;
        buffer_text(out, weekday.weekday == 2 ? "раз в две недели во " : "раз в две недели в ");
        due_say_point(out, &weekday, ACCUSATIVE);
        return;
    }
    buffer_text(out, "во ");
    weekday.of = NULL;
    due_say_number(out, &weekday, ACCUSATIVE);
    if (second == SECOND_BOTH) {
        weekday.number = 4;
        buffer_text(out, " и ");
        due_say_number(out, &weekday, ACCUSATIVE);
    }
    weekday.number = 0;
    buffer_text(out, " ");
    due_say_point(out, &weekday, ACCUSATIVE);
    buffer_text(out, " каждого месяца");
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
        bool second = bounds[item->bound].how == GENITIVE && says_second(item->from);
        buffer_text(out, item->bound == BOUND_SINCE && second ? "со "
                         : item->bound == BOUND_TOWARDS && says_second(item->from)
                             ? "ко "
                             : bounds[item->bound].words);
        due_say_point(out, item->from, bounds[item->bound].how);
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

/* What was decided about the last day. */
static void say_until(const struct due_voice *voice, const struct item *item)
{
    bool open = item->bound == BOUND_BY || item->bound == BOUND_TOWARDS || item->until;
    const struct point *last = item->to != NULL ? item->to : item->from;
    bool edge = last->unit == UNIT_PIECE && last->number <= PIECE_END;
    bool excluded = last->unit <= UNIT_WEEKDAY && voice->variant == DOUBT_UNTIL;

    if (item->included) {
        buffer_text(voice->out, " включительно");
    } else if (voice->rule && open && !edge && !until_start(voice, item)) {
        buffer_text(voice->out, excluded          ? ", не включая этот день"
                                : has_comma(last) ? ", включительно"
                                                  : " включительно");
    }
}

void due_say_items(const struct due_voice *voice, const struct term *term)
{
    bool lasting = term->lasting == LASTING_WITHIN;
    const char *join = term->either ? " или " : ", ";

    for (uint32_t i = 0; i < term->item_count; i++) {
        const struct item *item = &term->items[i];
        uint32_t list = lasting ? 0 : list_length(term, i);
        enum bound before = i > 0 ? term->items[i - 1].bound : BOUND_IN;
        bool inherits = before != BOUND_IN && before != BOUND_SINCE && before != BOUND_NOT_BEFORE &&
                        before != BOUND_AFTER;
        bool last = i + 1 == term->item_count && voice->rule && !term->either;
        buffer_text(voice->out, i == 0 ? "" : last ? " и " : join);
        if (list > 1) {
            if (!voice->rule || !say_list_rule(voice->out, item, list)) {
                buffer_text(voice->out, inherits ? "на " : "");
                say_list(voice->out, item, list);
            }
            i += list - 1;
            continue;
        }
        if (item->to != NULL) {
            say_range(voice, item, lasting);
        } else {
            say_single(voice, term, item, inherits);
        }
        say_until(voice, item);
    }
}
