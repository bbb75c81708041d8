/* reason.c - why an element is in a route, or why none is
 *
 * Owns:    the words.
 * In:      route.c, with what decided.
 * Out:     a JSON string. Pure.
 * Always:  a sentence names the facts that decided, so that a methodist can check it by hand.
 * See:     docs/workers.md §6
 */
#include "workers/route-planner/reason.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>

static json_t *taken(struct buffer *text)
{
    json_t *string = json_stringn((const char *)text->data, text->size);

    must(string != NULL); /* made of texts that were JSON or checked */
    buffer_fini(text);
    return string;
}

static void add_title(struct buffer *text, const char *before, const char *title)
{
    buffer_text(text, before);
    buffer_text(text, "«");
    buffer_text(text, title);
    buffer_text(text, "»");
}

/* 42.5 as 42,5. */
static void add_share(struct buffer *text, const char *before, const json_t *share)
{
    char number[40];

    snprintf(number, sizeof number, "%.10g", json_number_value(share));
    char *point = strchr(number, '.');
    if (point != NULL) {
        *point = ',';
    }
    buffer_text(text, before);
    buffer_text(text, number);
    buffer_text(text, " %");
}

static void add_number(struct buffer *text, const char *before, int number, const char *after)
{
    char digits[16];

    snprintf(digits, sizeof digits, "%d", number);
    buffer_text(text, before);
    buffer_text(text, digits);
    buffer_text(text, after);
}

static void add_date(struct buffer *text, const char *before, civil_day day)
{
    char date[CIVIL_TEXT_MAX];

    civil_print_ru(day, date);
    buffer_text(text, before);
    buffer_text(text, date);
}

static void add_deficit(struct buffer *text, const struct need *need)
{
    add_title(text, "По дефициту ", need->title);
    if (need->score != NULL && need->threshold != NULL) {
        add_share(text, " (", need->score);
        add_share(text, " при пороге ", need->threshold);
        buffer_text(text, ")");
    }
}

static void add_offer(struct buffer *text, const struct choice *choice, int hours_left)
{
    static const char *const words[KIND_COUNT] = {[KIND_PROGRAMME] = ": программа",
                                                  [KIND_MENTOR] = ": наставник",
                                                  [KIND_SITE] = ": стажировочная площадка",
                                                  [KIND_MASTERCLASS] = ": мастер-класс"};
    const struct offer *o = choice->offer;

    buffer_text(text, words[o->kind]);
    if (choice->exact_level) {
        add_title(text, " для уровня ", o->level);
    } else if (*o->level == '\0') {
        buffer_text(text, " для любого уровня");
    }
    if (choice->near) {
        buffer_text(text, ", в своём муниципалитете");
    } else if (*o->municipality != '\0') {
        add_title(text, ", муниципалитет ", o->municipality);
    }
    add_number(text, ", ", o->hours, " ч");
    if (hours_left != INQUIRY_HOURS_NO_MAX) {
        add_number(text, " из оставшихся ", hours_left, "");
    }
    add_number(text, ", свободных мест — ", choice->places, "");
    if (o->from != CIVIL_DAY_NONE) {
        add_date(text, ", начало — ", o->from);
    }
}

/* A date in Russian ends with a full stop itself: «2026 г.». */
static void add_stop(struct buffer *text)
{
    if (text->data[text->size - 1] != '.') {
        buffer_text(text, ".");
    }
}

json_t *reason_chosen(const struct need *need, const struct choice *choice, int hours_left,
                      enum mentoring mentoring, const struct past *instead)
{
    static const char *const mentors[] = {
        [MENTORING_NONE] = "",
        [MENTORING_LEVEL] = " Наставник нужен: уровень ниже базового.",
        [MENTORING_YOUNG] = " Наставник нужен: стаж меньше трёх лет.",
        [MENTORING_FAILED] = " Наставник нужен: прежнее обучение не дало результата."};
    struct buffer text = BUFFER_INIT;

    add_deficit(&text, need);
    add_offer(&text, choice, hours_left);
    add_stop(&text);
    buffer_text(&text, mentors[mentoring]);
    if (instead != NULL) {
        add_title(&text, " Вместо ", *instead->title != '\0' ? instead->title : instead->id);
        buffer_text(&text, ": прежнее обучение не дало результата.");
    }
    return taken(&text);
}

json_t *reason_kept(const struct need *need)
{
    struct buffer text = BUFFER_INIT;

    add_deficit(&text, need);
    buffer_text(&text, ": сохранено из прежнего маршрута, обучение по нему не признано неудачным.");
    return taken(&text);
}

json_t *reason_unmet(const struct need *need, const struct inquiry *inquiry, enum obstacle obstacle,
                     int hours_left)
{
    struct buffer text = BUFFER_INIT;

    add_deficit(&text, need);
    buffer_text(&text, " программа не подобрана: ");
    switch (obstacle) {
    case OBSTACLE_NO_OFFER:
    case OBSTACLE_NONE:
        buffer_text(&text, "в реестре её нет, нужен запрос на разработку.");
        break;
    case OBSTACLE_LEVEL:
        add_title(&text, "все рассчитаны на другой уровень, не ", need->level);
        buffer_text(&text, ".");
        break;
    case OBSTACLE_BEGUN:
        add_date(&text, "все начинаются раньше, чем маршрут — ", inquiry->start);
        break;
    case OBSTACLE_TRIED:
        buffer_text(&text, "все подходящие уже были в прежнем маршруте и не дали результата.");
        break;
    case OBSTACLE_PLACES:
        buffer_text(&text, "в подходящих нет свободных мест.");
        break;
    case OBSTACLE_HOURS:
        add_number(&text, "подходящие длиннее, чем оставшиеся ", hours_left, " ч.");
        break;
    }
    return taken(&text);
}
