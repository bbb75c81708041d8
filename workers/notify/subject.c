/* subject.c - the subject line of a letter about one assignment
 *
 * Owns:    its words: what happened first, then which item, then its day.
 * In:      letter.c.
 * See:     docs/letters.md §2
 */
#include "workers/notify/wording.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"

/* "п. 1.1, срок — 28 февраля 2023 г." */
static void say_point_and_day(const struct facts *f, const char *noun, struct buffer *out)
{
    facts_say_point(f, noun, out);
    say(out, f->days > 0 ? ", срок был " : ", срок — ", f->due, NULL);
}

static void subject_of_term(const struct facts *f, const char *opening, struct buffer *out)
{
    say(out, opening, f->part ? "срок представления сведений по " : "срок исполнения ", NULL);
    facts_say_point(f, f->part ? "поручению" : "поручения", out);
    say(out, " — ", f->due, NULL);
}

static void subject_of_overdue(const struct facts *f, struct buffer *out)
{
    if (f->part_of_other) {
        buffer_text(out, "Соисполнитель не представил сведения: ");
        say_point_and_day(f, "поручение", out);
        return;
    }
    say(out, "Просрочено на ", f->distance, ": ", NULL);
    subject_of_term(f, "", out);
}

static void subject_of_opening(const struct facts *f, struct buffer *out)
{
    if (f->days > 0) {
        say(out, "Новое поручение, просрочено на ", f->distance, ": ", NULL);
    } else {
        buffer_text(out, "Новое поручение: ");
    }
    say_point_and_day(f, "", out);
}

static void subject_of_moved(const struct facts *f, struct buffer *out)
{
    bool extended = f->w->term != NULL && f->w->term[0] == 'e';

    buffer_text(out, extended ? "Срок продлён: " : "Срок изменён: ");
    facts_say_point(f, "поручение", out);
    say(out, extended ? ", новый срок — не позднее " : ", новый срок — ", f->due, NULL);
}

static void subject_of_asked(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Запрос о продлении срока: ");
    facts_say_point(f, "поручение", out);
    if (f->w->day != CIVIL_DAY_NONE) {
        buffer_text(out, ", не позднее ");
        say_day(out, f->w->day);
    }
}

static void subject_of_undecided(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Отчёт ожидает решения: ");
    facts_say_point(f, "поручение", out);
    if (f->w->reported != CIVIL_DAY_NONE) {
        buffer_text(out, ", представлен ");
        say_day(out, f->w->reported);
    }
}

static const char *undated_opening(const struct facts *f)
{
    switch (f->kind) {
    case NOTICE_PART:
        return "Соисполнитель представил сведения: ";
    case NOTICE_WITHDRAWN:
        return "Поручение снято с контроля: ";
    case NOTICE_ACCEPTED:
        return f->w->awaited_count > 0 ? "Отчёт принят частично: " : "Отчёт принят: ";
    default:
        return "Исполнение приостановлено: ";
    }
}

/* Those that are said in a few words, with or without the day after them. */
static const char *plain_opening(const struct facts *f, bool *ret_day)
{
    *ret_day = true;
    switch (f->kind) {
    case NOTICE_ESCALATED:
        return f->days > 0 ? "Не исполнено в срок: " : "Срок истекает: ";
    case NOTICE_RETURNED:
        return f->part ? "Сведения возвращены на доработку: " : "Отчёт возвращён на доработку: ";
    case NOTICE_HANDED_OVER:
        return f->role == ROLE_CONTROLLER ? "Контроль передан вам на время замещения: "
                                          : "Передано вам на время замещения: ";
    case NOTICE_HANDED_BACK:
        return f->role == ROLE_CONTROLLER ? "Контроль возвращён вам после замещения: "
                                          : "Возвращено вам после замещения: ";
    case NOTICE_REPORTED:
        return "Представлен отчёт: ";
    case NOTICE_REFUSED:
        return "В продлении срока отказано: ";
    case NOTICE_RESUMED:
        return "Исполнение возобновлено: ";
    case NOTICE_DELEGATED:
        return "Исполнение перепоручено: ";
    case NOTICE_REASSIGNED:
        *ret_day = f->role == ROLE_RESPONSIBLE;
        return *ret_day ? "Поручение передано вам: " : "Поручение передано другому исполнителю: ";
    default:
        *ret_day = false;
        return undated_opening(f);
    }
}

static void subject_of_answer(const struct facts *f, struct buffer *out)
{
    bool day;

    buffer_text(out, plain_opening(f, &day));
    if (day) {
        say_point_and_day(f, "поручение", out);
    } else {
        facts_say_point(f, "поручение", out);
    }
}

static void subject_of_kind(const struct facts *f, struct buffer *out)
{
    switch (f->kind) {
    case NOTICE_OPENED:
        subject_of_opening(f, out);
        break;
    case NOTICE_REMINDER:
        subject_of_term(f, "Напоминание: ", out);
        break;
    case NOTICE_TODAY:
        subject_of_term(f, "Последний день: ", out);
        break;
    case NOTICE_OVERDUE:
        subject_of_overdue(f, out);
        break;
    case NOTICE_MOVED:
        subject_of_moved(f, out);
        break;
    case NOTICE_ASKED:
        subject_of_asked(f, out);
        break;
    case NOTICE_UNDECIDED:
        subject_of_undecided(f, out);
        break;
    default:
        subject_of_answer(f, out);
    }
}

void word_subject(const struct facts *f, struct buffer *out)
{
    subject_of_kind(f, out);
    if (f->w->on_behalf.id != NULL) {
        buffer_text(out, " (замещение: ");
        text_append_line(out, f->w->on_behalf.short_name, EXTRACT_SHORT_CHARS);
        buffer_text(out, ")");
    }
}
