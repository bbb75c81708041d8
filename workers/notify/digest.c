/* digest.c - the words of the letter of the day
 *
 * Owns:    its sections in the order of urgency, and what is told of each assignment in a list.
 * In:      letter.c.
 * Always:  each item says its day, what to do, and why it stands there; items are numbered through.
 * See:     docs/letters.md §2.1
 */
#include "workers/notify/digest.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"
#include "workers/notify/wording.h"

#include <stdio.h>
#include <string.h>

#define TITLE_CHARS 300
#define PLAN_CHARS  80 /* of one that stands above as a whole */

static const char *const headings[SECTION_COUNT] = {[SECTION_CRITICAL] = "ПРОСРОЧЕНО ДАВНО",
                                                    [SECTION_OVERDUE] = "ПРОСРОЧЕНО",
                                                    [SECTION_TODAY] = "СРОК СЕГОДНЯ",
                                                    [SECTION_SOON] = "СРОК БЛИЗКО",
                                                    [SECTION_DECIDE] = "ЖДУТ ВАШЕГО РЕШЕНИЯ",
                                                    [SECTION_NEW] = "НОВЫЕ ПОРУЧЕНИЯ",
                                                    [SECTION_DEPUTY] =
                                                        "ПЕРЕДАНО ВАМ НА ВРЕМЯ ЗАМЕЩЕНИЯ",
                                                    [SECTION_BACK] = "ВОЗВРАЩЕНО ПОСЛЕ ЗАМЕЩЕНИЯ"};

static const char *const counts[SECTION_COUNT] = {[SECTION_CRITICAL] = "в том числе давно",
                                                  [SECTION_OVERDUE] = "просрочено",
                                                  [SECTION_TODAY] = "срок сегодня",
                                                  [SECTION_SOON] = "срок близко",
                                                  [SECTION_DECIDE] = "ждут решения",
                                                  [SECTION_NEW] = "новых",
                                                  [SECTION_DEPUTY] = "передано на время замещения",
                                                  [SECTION_BACK] = "возвращено после замещения"};

static size_t count_of(const struct notice *n, enum section section)
{
    size_t count = 0;

    for (size_t i = 0; i < n->news_count; i++) {
        count += n->news[i].section == section;
    }
    return count;
}

static void say_number(struct buffer *out, const char *before, size_t number, const char *after)
{
    char text[24];

    snprintf(text, sizeof text, "%zu", number);
    say(out, before, text, after, NULL);
}

/* --- subject and reason -------------------------------------------------------------------- */

/* All that is overdue, and then what is long overdue of it. */
void digest_subject(const struct notice *n, struct buffer *out)
{
    static const enum section order[SECTION_COUNT] = {
        SECTION_OVERDUE, SECTION_CRITICAL, SECTION_TODAY,  SECTION_SOON,
        SECTION_DECIDE,  SECTION_NEW,      SECTION_DEPUTY, SECTION_BACK};
    const char *before = ": ";

    buffer_text(out, "Поручения на ");
    say_day(out, n->day);
    for (size_t i = 0; i < SECTION_COUNT; i++) {
        size_t count = count_of(n, order[i]);
        count += order[i] == SECTION_OVERDUE ? count_of(n, SECTION_CRITICAL) : 0;
        if (count > 0) {
            say(out, before, counts[order[i]], NULL);
            say_number(out, " ", count, "");
            before = ", ";
        }
    }
}

void digest_why(const struct notice *n, struct buffer *out)
{
    (void)n;
    buffer_text(out, "регламентом предусмотрено одно письмо в день со всеми сведениями о "
                     "поручениях; основание указано при каждом поручении");
}

/* --- one assignment ------------------------------------------------------------------------ */

static void say_line(struct buffer *out, const char *label)
{
    say(out, "\n   ", label, NULL);
}

/* Two without a plan are of the same. */
static bool is_same_plan(const struct news *a, const struct news *b)
{
    return a->plan == NULL || b->plan == NULL ? a->plan == b->plan : strcmp(a->plan, b->plan) == 0;
}

/* The plan that all of them are from, NULL when there are several. */
static const char *common_plan(const struct notice *n)
{
    for (size_t i = 1; i < n->news_count; i++) {
        if (!is_same_plan(&n->news[0], &n->news[i])) {
            return NULL;
        }
    }
    return n->news[0].plan;
}

static void say_title(const struct news *w, struct buffer *out)
{
    if (w->no != NULL) {
        buffer_text(out, "Пункт ");
        text_append_line(out, w->no, EXTRACT_SHORT_CHARS);
        buffer_text(out, w->title != NULL ? ". " : "");
    }
    if (w->title != NULL) {
        text_append_line(out, w->title, TITLE_CHARS);
    } else if (w->no == NULL) {
        say(out, "Поручение ", w->assignment, NULL);
    }
}

static void say_term(const struct facts *f, struct buffer *out)
{
    say_line(out, f->part ? "Срок представления ваших сведений: " : "Срок: ");
    if (f->part_of_other) {
        say_day(out, f->w->to_day);
        say_line(out, "Срок представления сведений соисполнителем: ");
    }
    say(out, f->due,
        f->days > 0    ? ", просрочка — "
        : f->days == 0 ? " (сегодня)"
                       : ", остаётся ",
        f->days != 0 ? f->distance : "", NULL);
    extract_shift(f->w, "\n   ", out);
}

static void say_people(const struct facts *f, struct buffer *out)
{
    if (!party_is(&f->w->responsible, &f->n->to)) {
        say_line(out, "Ответственный исполнитель: ");
        say_name(out, &f->w->responsible);
    }
    if (f->part_of_other) {
        say_line(out, "Соисполнитель: ");
        say_name(out, &f->w->part);
    }
    if (f->w->reported != CIVIL_DAY_NONE && f->kind == NOTICE_UNDECIDED) {
        say_line(out, "Отчёт представлен: ");
        say_day(out, f->w->reported);
    }
}

static void say_item(const struct notice *n, const struct news *w, size_t number,
                     struct buffer *out)
{
    struct facts f;

    facts_find(n, w, &f);
    say_number(out, "", number, ". ");
    say_title(w, out);
    say_term(&f, out);
    say_people(&f, out);
    say_line(out, "Что сделать: ");
    word_duty(&f, out);
    say_line(out, "Почему указано: ");
    word_why(&f, out);
    say(out, ".", "\n\n", NULL);
}

/* --- a section ----------------------------------------------------------------------------- */

/* Is there one of the same plan before it in its section? */
static bool is_said_before(const struct notice *n, size_t place)
{
    for (size_t i = 0; i < place; i++) {
        if (n->news[i].section == n->news[place].section &&
            is_same_plan(&n->news[i], &n->news[place])) {
            return true;
        }
    }
    return false;
}

/* Has another section named the plan already? The whole title stands once. */
static bool is_named_above(const struct notice *n, const struct news *of)
{
    for (size_t i = 0; i < n->news_count; i++) {
        if (n->news[i].section < of->section && is_same_plan(&n->news[i], of)) {
            return true;
        }
    }
    return false;
}

/* Those of one plan in their order, under its title where the letter has several. */
static void say_plan(const struct notice *n, size_t first, size_t *number, struct buffer *out)
{
    const struct news *of = &n->news[first];

    if (common_plan(n) == NULL && of->plan != NULL) {
        buffer_text(out, "План: ");
        text_append_line(out, of->plan, is_named_above(n, of) ? PLAN_CHARS : EXTRACT_NAME_CHARS);
        buffer_text(out, "\n\n");
    }
    for (size_t i = first; i < n->news_count; i++) {
        if (n->news[i].section == of->section && is_same_plan(&n->news[i], of)) {
            say_item(n, &n->news[i], ++*number, out);
        }
    }
}

/* --- body ---------------------------------------------------------------------------------- */

void digest_body(const struct notice *n, struct buffer *out)
{
    size_t number = 0;

    buffer_text(out, "Сведения о поручениях на ");
    say_day(out, n->day);
    if (common_plan(n) != NULL) {
        buffer_text(out, "\nПлан: ");
        text_append_line(out, common_plan(n), EXTRACT_NAME_CHARS);
    }
    buffer_text(out, "\n\n");
    for (int s = 0; s < SECTION_COUNT; s++) {
        size_t count = count_of(n, (enum section)s);
        if (count == 0) {
            continue;
        }
        buffer_text(out, headings[s]);
        say_number(out, ": ", count, "\n\n");
        for (size_t i = 0; i < n->news_count; i++) {
            if (n->news[i].section == (enum section)s && !is_said_before(n, i)) {
                say_plan(n, i, &number, out);
            }
        }
    }
    if (n->more > 0) {
        say_number(out,
                   "Кроме того, поручений, о которых предусмотрено сообщить сегодня: ", n->more,
                   ". Их перечень — в системе «Маршрут».\n\n");
    }
}
