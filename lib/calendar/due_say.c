/* due_say.c - the words of terms in their cases
 *
 * Owns:    declension of months, weekdays, seasons, units and the adjectives beside them.
 * In:      due_print.c, due_rule.c.
 * Out:     text.
 * See:     due_say.h
 */
#include "calendar/due_say.h"

#include <stdio.h>

#define CASES 5

enum gender { MASCULINE, FEMININE, NEUTER, PLURAL };

/* In the order of enum grammatical_case. */
static const char *const months[13][CASES] = {
    {0},
    {"январь", "января", "январю", "январе", "январь"},
    {"февраль", "февраля", "февралю", "феврале", "февраль"},
    {"март", "марта", "марту", "марте", "март"},
    {"апрель", "апреля", "апрелю", "апреле", "апрель"},
    {"май", "мая", "маю", "мае", "май"},
    {"июнь", "июня", "июню", "июне", "июнь"},
    {"июль", "июля", "июлю", "июле", "июль"},
    {"август", "августа", "августу", "августе", "август"},
    {"сентябрь", "сентября", "сентябрю", "сентябре", "сентябрь"},
    {"октябрь", "октября", "октябрю", "октябре", "октябрь"},
    {"ноябрь", "ноября", "ноябрю", "ноябре", "ноябрь"},
    {"декабрь", "декабря", "декабрю", "декабре", "декабрь"},
};

struct noun {
    const char *cases[CASES];
    const char *many; /* genitive of the plural */
    enum gender gender;
};

static const struct noun weekdays[8] = {
    {{0}, NULL, MASCULINE},
    {{"понедельник", "понедельника", "понедельнику", "понедельнике", "понедельник"},
     "понедельников",
     MASCULINE},
    {{"вторник", "вторника", "вторнику", "вторнике", "вторник"}, "вторников", MASCULINE},
    {{"среда", "среды", "среде", "среде", "среду"}, "сред", FEMININE},
    {{"четверг", "четверга", "четвергу", "четверге", "четверг"}, "четвергов", MASCULINE},
    {{"пятница", "пятницы", "пятнице", "пятнице", "пятницу"}, "пятниц", FEMININE},
    {{"суббота", "субботы", "субботе", "субботе", "субботу"}, "суббот", FEMININE},
    {{"воскресенье", "воскресенья", "воскресенью", "воскресенье", "воскресенье"},
     "воскресений",
     NEUTER},
};

static const char *const seasons[5][CASES] = {
    {0},
    {"зима", "зимы", "зиме", "зиме", "зиму"},
    {"весна", "весны", "весне", "весне", "весну"},
    {"лето", "лета", "лету", "лете", "лето"},
    {"осень", "осени", "осени", "осени", "осень"},
};

static const char *const breaks[5] = {"школьн", "зимн", "весенн", "летн", "осенн"};

static const struct noun units[UNIT_COUNT] = {
    [UNIT_HOUR] = {{"час", "часа", "часу", "часе", "час"}, "часов", MASCULINE},
    [UNIT_DAY] = {{"день", "дня", "дню", "дне", "день"}, "дней", MASCULINE},
    [UNIT_WORKDAY] = {{"рабочий день", "рабочего дня", "рабочему дню", "рабочем дне",
                       "рабочий день"},
                      "рабочих дней",
                      MASCULINE},
    [UNIT_WEEK] = {{"неделя", "недели", "неделе", "неделе", "неделю"}, "недель", FEMININE},
    [UNIT_DECADE] = {{"декада", "декады", "декаде", "декаде", "декаду"}, "декад", FEMININE},
    [UNIT_MONTH] = {{"месяц", "месяца", "месяцу", "месяце", "месяц"}, "месяцев", MASCULINE},
    [UNIT_BREAK] = {{"каникулы", "каникул", "каникулам", "каникулах", "каникулы"},
                    "каникул",
                    PLURAL},
    [UNIT_QUARTER] = {{"квартал", "квартала", "кварталу", "квартале", "квартал"},
                      "кварталов",
                      MASCULINE},
    [UNIT_HALF] = {{"полугодие", "полугодия", "полугодию", "полугодии", "полугодие"},
                   "полугодий",
                   NEUTER},
    [UNIT_TERM] = {{"четверть", "четверти", "четверти", "четверти", "четверть"},
                   "четвертей",
                   FEMININE},
    [UNIT_TRIMESTER] = {{"триместр", "триместра", "триместру", "триместре", "триместр"},
                        "триместров",
                        MASCULINE},
    [UNIT_SEMESTER] = {{"семестр", "семестра", "семестру", "семестре", "семестр"},
                       "семестров",
                       MASCULINE},
    [UNIT_YEAR] = {{"год", "года", "году", "году", "год"}, "лет", MASCULINE},
    [UNIT_SCHOOL_YEAR] = {{"учебный год", "учебного года", "учебному году", "учебном году",
                           "учебный год"},
                          "учебных лет",
                          MASCULINE},
    [UNIT_PERIOD] = {{"период", "периода", "периоду", "периоде", "период"}, "периодов", MASCULINE},
};

/* --- adjectives ------------------------------------------------------------------------------- */

enum class { HARD, SECOND, SOFT, HUSHING, THIRD };

static const char *const endings[][4][CASES] = {
    [HARD] = {{"ый", "ого", "ому", "ом", "ый"},
              {"ая", "ой", "ой", "ой", "ую"},
              {"ое", "ого", "ому", "ом", "ое"},
              {"ые", "ых", "ым", "ых", "ые"}},
    [SECOND] = {{"ой", "ого", "ому", "ом", "ой"},
                {"ая", "ой", "ой", "ой", "ую"},
                {"ое", "ого", "ому", "ом", "ое"},
                {"ые", "ых", "ым", "ых", "ые"}},
    [SOFT] = {{"ий", "его", "ему", "ем", "ий"},
              {"яя", "ей", "ей", "ей", "юю"},
              {"ее", "его", "ему", "ем", "ее"},
              {"ие", "их", "им", "их", "ие"}},
    [HUSHING] = {{"ий", "его", "ему", "ем", "ий"},
                 {"ая", "ей", "ей", "ей", "ую"},
                 {"ее", "его", "ему", "ем", "ее"},
                 {"ие", "их", "им", "их", "ие"}},
    [THIRD] = {{"ий", "ьего", "ьему", "ьем", "ий"},
               {"ья", "ьей", "ьей", "ьей", "ью"},
               {"ье", "ьего", "ьему", "ьем", "ье"},
               {"ьи", "ьих", "ьим", "ьих", "ьи"}},
};

static void adjective(struct buffer *out, const char *stem, enum class how, enum gender gender,
                      enum grammatical_case which)
{
    buffer_text(out, stem);
    buffer_text(out, endings[how][gender][which]);
    buffer_text(out, " ");
}

static void number_word(struct buffer *out, int number, enum gender gender,
                        enum grammatical_case which)
{
    static const struct {
        const char *stem;
        enum class how;
    } words[] = {{"предпоследн", SOFT}, {"последн", SOFT}, {NULL, HARD},      {"перв", HARD},
                 {"втор", SECOND},      {"трет", THIRD},   {"четверт", HARD}, {"пят", HARD}};
    char text[16];

    if (number >= -2 && number <= 5) {
        adjective(out, words[number + 2].stem, words[number + 2].how, gender, which);
        return;
    }
    snprintf(text, sizeof text, "%d-%s ", number > 0 ? number : -number,
             gender == FEMININE ? "я"
             : gender == NEUTER ? "е"
                                : "й");
    buffer_text(out, text);
    if (number < 0) {
        buffer_text(out, "с конца ");
    }
}

static void say_which(struct buffer *out, enum which which, enum gender gender,
                      enum grammatical_case how)
{
    switch (which) {
    case WHICH_EACH:
        adjective(out, "кажд", HARD, gender, how);
        return;
    case WHICH_CURRENT:
        adjective(out, "текущ", HUSHING, gender, how);
        return;
    case WHICH_NEXT:
        adjective(out, "следующ", HUSHING, gender, how);
        return;
    default:
        return;
    }
}

/* --- points ----------------------------------------------------------------------------------- */

void due_say_outer(struct buffer *out, const struct point *point)
{
    const struct point *of = point->of;
    bool of_month = point->unit == UNIT_PIECE || (point->unit <= UNIT_DECADE && point->number != 0);
    bool silent = of != NULL && !of_month && of->of == NULL && of->number == 0 &&
                  of->which == WHICH_SAID && of->unit == UNIT_YEAR;

    if (of == NULL || silent) {
        return;
    }
    buffer_text(out, " ");
    if (point->unit == UNIT_SEASON && of->unit == UNIT_SCHOOL_YEAR && of->number > 0 &&
        of->last == 0) { /* зима 2023/2024 года */
        char text[48];
        snprintf(text, sizeof text, "%d/%d года", of->number, of->number + 1);
        buffer_text(out, text);
    } else {
        due_say_point(out, of, GENITIVE);
    }
}

static void say_year(struct buffer *out, const struct point *year, enum grammatical_case how)
{
    static const char *const plural[CASES] = {"годы", "годов", "годам", "годах", "годы"};
    bool school = year->unit == UNIT_SCHOOL_YEAR;
    char text[48];

    if (year->number == 0) {
        say_which(out, year->which, MASCULINE, how);
        buffer_text(out, units[year->unit].cases[how]);
        if (year->which == WHICH_AFTER) {
            buffer_text(out, ", следующего за отчетным");
        }
        return;
    }
    if (year->last > 0) {
        snprintf(text, sizeof text, "%d-%d ", year->number, year->last + (school ? 1 : 0));
        buffer_text(out, text);
        buffer_text(out, school ? how == NOMINATIVE ? "учебные " : "учебных " : "");
        buffer_text(out, plural[how]);
        return;
    }
    snprintf(text, sizeof text, school ? "%d/%d " : "%d ", year->number, year->number + 1);
    buffer_text(out, text);
    buffer_text(out, units[year->unit].cases[how]);
}

/* «15 августа», «15 числа каждого месяца», «последний день месяца». */
static void say_day(struct buffer *out, const struct point *day, enum grammatical_case how)
{
    static const char *const number[CASES] = {"число", "числа", "числу", "числе", "число"};
    char text[16];

    if (day->number <= 0) {
        say_which(out, day->which, MASCULINE, how);
        if (day->number < 0) {
            number_word(out, day->number, MASCULINE, how);
        }
        buffer_text(out, units[UNIT_DAY].cases[how]);
    } else {
        snprintf(text, sizeof text, "%d", day->number);
        buffer_text(out, text);
        if (day->of == NULL || day->of->unit == UNIT_MONTH) {
            buffer_text(out, " ");
            buffer_text(out, number[how]);
        } else if (day->of->unit != UNIT_NAMED_MONTH) {
            buffer_text(out, "-й ");
            buffer_text(out, units[UNIT_DAY].cases[how]);
        }
    }
    due_say_outer(out, day);
}

static void say_piece(struct buffer *out, const struct point *piece, enum grammatical_case how)
{
    static const char *const words[][CASES] = {
        [PIECE_START] = {"начало", "начала", "началу", "начале", "начало"},
        [PIECE_MIDDLE] = {"середина", "середины", "середине", "середине", "середину"},
        [PIECE_END] = {"конец", "конца", "концу", "конце", "конец"},
        [PIECE_FIRST_HALF] = {"половина", "половины", "половине", "половине", "половину"},
    };
    bool half = piece->number >= PIECE_FIRST_HALF;

    if (half) {
        number_word(out, piece->number - PIECE_FIRST_HALF + 1, FEMININE, how);
    }
    buffer_text(out, words[half ? PIECE_FIRST_HALF : piece->number][how]);
    due_say_outer(out, piece);
}

/* A unit with its number: «второй квартал», «каждый месяц», «пятая пятница месяца». */
static void say_unit(struct buffer *out, const struct point *point, enum grammatical_case how)
{
    const struct noun *noun =
        point->unit == UNIT_WEEKDAY ? &weekdays[point->weekday] : &units[point->unit];
    const struct point *of = point->of;

    if (of != NULL && of->which == WHICH_AFTER && of->unit > UNIT_MONTH && of->unit != UNIT_YEAR &&
        point->unit == UNIT_MONTH && point->number >= 1) {
        if (point->number > 1) {
            number_word(out, point->number, noun->gender, how);
        }
        static const char *const by[UNIT_COUNT] = {
            [UNIT_QUARTER] = "кварталом", [UNIT_HALF] = "полугодием"};
        buffer_text(out, noun->cases[how]);
        buffer_text(out, ", следующего за отчетным ");
        buffer_text(out, by[of->unit] != NULL ? by[of->unit] : "периодом");
        return;
    }
    say_which(out, point->which, noun->gender, how);
    if (point->number > 0 && point->unit == UNIT_BREAK) {
        adjective(out, breaks[point->number], SOFT, PLURAL, how);
    } else if (point->number != 0) {
        number_word(out, point->number, noun->gender, how);
    }
    buffer_text(out, noun->cases[how]);
    if (point->which == WHICH_AFTER) {
        buffer_text(out, ", следующего за отчетным");
    }
    due_say_outer(out, point);
}

void due_say_number(struct buffer *out, const struct point *point, enum grammatical_case how)
{
    const struct noun *noun =
        point->unit == UNIT_WEEKDAY ? &weekdays[point->weekday] : &units[point->unit];
    struct buffer word = BUFFER_INIT;

    number_word(&word, point->number, noun->gender, how);
    buffer_append(out, word.data, word.size - 1); /* without the blank */
    buffer_fini(&word);
}

void due_say_point(struct buffer *out, const struct point *point, enum grammatical_case how)
{
    switch (point->unit) {
    case UNIT_DAY:
        say_day(out, point, how);
        return;
    case UNIT_NAMED_MONTH:
        buffer_text(out, months[point->number][how]);
        due_say_outer(out, point);
        return;
    case UNIT_SEASON:
        buffer_text(out, seasons[point->number][how]);
        due_say_outer(out, point);
        return;
    case UNIT_YEAR:
    case UNIT_SCHOOL_YEAR:
        say_year(out, point, how);
        return;
    case UNIT_PIECE:
        say_piece(out, point, how);
        return;
    default:
        say_unit(out, point, how);
    }
}

void due_say_unit(struct buffer *out, enum unit unit, enum grammatical_case how)
{
    buffer_text(out, units[unit].cases[how]);
}

void due_say_units(struct buffer *out, enum unit unit)
{
    buffer_text(out, units[unit].many);
}

bool due_say_plural(struct buffer *out, enum unit unit, enum grammatical_case how)
{
    static const char *const words[UNIT_COUNT][2] = {
        [UNIT_DECADE] = {"декады", "декадах"},       [UNIT_MONTH] = {"месяцы", "месяцах"},
        [UNIT_QUARTER] = {"кварталы", "кварталах"},  [UNIT_HALF] = {"полугодия", "полугодиях"},
        [UNIT_TERM] = {"четверти", "четвертях"},     [UNIT_TRIMESTER] = {"триместры", "триместрах"},
        [UNIT_SEMESTER] = {"семестры", "семестрах"}, [UNIT_YEAR] = {"годы", "годах"},
    };

    if (words[unit][0] == NULL || (how != NOMINATIVE && how != PREPOSITIONAL)) {
        return false;
    }
    buffer_text(out, words[unit][how == PREPOSITIONAL ? 1 : 0]);
    return true;
}

void due_say_each(struct buffer *out, enum unit unit, enum grammatical_case how)
{
    say_which(out, WHICH_EACH, units[unit].gender, how);
    due_say_unit(out, unit, how);
}
