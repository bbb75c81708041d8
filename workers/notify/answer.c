/* answer.c - what people did with an assignment, as sentences
 *
 * Owns:    returned, reported, withdrawn, asked, moved, refused, paused, resumed, reassigned,
 *          delegated.
 * In:      sentence.c.
 * Always:  who decided, and why, each on a line of its own.
 * See:     docs/letters.md §2
 */
#include "workers/notify/answer.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"

#include <string.h>

#define REASON_CHARS 4096
#define NAMES_MAX    10 /* of who is still waited for */

static void say_reason(const struct facts *f, const char *label, struct buffer *out)
{
    say(out, "\n", label, ": ", NULL);
    text_append_line(out, f->w->reason ? f->w->reason : "не указана", REASON_CHARS);
}

static void say_by(const struct facts *f, const char *label, struct buffer *out)
{
    if (f->w->by.id != NULL) {
        say(out, "\n", label, ": ", NULL);
        say_name(out, &f->w->by);
    }
}

static void answer_returned(const struct facts *f, struct buffer *out)
{
    buffer_text(out, f->part ? "Ваши сведения по поручению возвращены на доработку."
                             : "Отчёт об исполнении поручения возвращён на доработку.");
    say_reason(f, "Причина", out);
    say_by(f, "Возвращено", out);
}

static void answer_reported(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Представлен отчёт об исполнении поручения.");
    say_by(f, "Отчёт представлен", out);
    extract_report(f->w->report, out);
}

static void answer_part(const struct facts *f, struct buffer *out)
{
    const struct party *who = f->w->part.id != NULL ? &f->w->part : &f->w->by;
    size_t count = f->w->awaited_count;

    buffer_text(out, "Соисполнитель представил свои сведения по поручению");
    if (who->id != NULL) {
        buffer_text(out, ": ");
        say_name(out, who);
    }
    if (count == 0) {
        buffer_text(out, ".\nСведения представили все соисполнители.");
        return;
    }
    buffer_text(out, ".\nОжидаются сведения: ");
    for (size_t i = 0; i < count && i < NAMES_MAX; i++) {
        buffer_text(out, i > 0 ? "; " : "");
        say_name(out, &f->w->awaited[i]);
    }
    buffer_text(out, count > NAMES_MAX ? " и другие." : ".");
}

static void answer_asked(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Ответственный исполнитель просит продлить срок исполнения поручения");
    if (f->w->day != CIVIL_DAY_NONE) {
        buffer_text(out, " до ");
        say_day(out, f->w->day);
    }
    say(out, ". Действующий срок — ", f->due, ".", NULL);
    say_reason(f, "Причина", out);
    say_by(f, "Просит", out);
}

static bool is(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

static void answer_moved(const struct facts *f, struct buffer *out)
{
    bool calendar = is(f->w->term, "calendar");

    say(out,
        is(f->w->term, "extended") ? "Срок исполнения поручения продлён до "
        : calendar                 ? "Срок исполнения поручения уточнён по производственному календарю: "
                   : "Срок исполнения поручения изменён: новый срок — ",
        f->due, NULL);
    if (f->w->day != CIVIL_DAY_NONE) {
        buffer_text(out, " (прежний срок — ");
        say_day(out, f->w->day);
        buffer_text(out, ")");
    }
    say(out, ".", NULL);
    if (f->w->reason != NULL) {
        say_reason(f, "Основание", out);
    }
    say_by(f, "Решение принято", out);
}

static void answer_refused(const struct facts *f, struct buffer *out)
{
    say(out, "В продлении срока исполнения поручения отказано. Срок прежний — ", f->due, ".", NULL);
    say_reason(f, "Причина", out);
    say_by(f, "Решение принято", out);
}

static void answer_paused(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Исполнение поручения приостановлено");
    buffer_text(out, is(f->w->pause, "leave") ? " на время отсутствия исполнителя"
                     : is(f->w->pause, "higher_order") ? " по решению вышестоящего органа"
                     : is(f->w->pause, "waits") ? " до выполнения условий, от которых оно зависит"
                                                : "");
    buffer_text(out, ". Течение срока остановлено.");
    say_reason(f, "Причина", out);
    say_by(f, "Решение принято", out);
}

static void answer_resumed(const struct facts *f, struct buffer *out)
{
    say(out, "Исполнение поручения возобновлено. Срок исполнения — ", f->due, NULL);
    if (f->w->day != CIVIL_DAY_NONE && f->w->day != f->last) {
        buffer_text(out, " (до приостановки — ");
        say_day(out, f->w->day);
        buffer_text(out, ")");
    }
    say(out, ".", NULL);
    say_by(f, "Решение принято", out);
}

static void answer_reassigned(const struct facts *f, struct buffer *out)
{
    if (f->role == ROLE_RESPONSIBLE) {
        say(out, "Поручение передано вам: вы назначены ответственным исполнителем. ",
            f->days > 0 ? "Срок исполнения истёк " : "Срок исполнения — ", f->due, ".", NULL);
    } else {
        buffer_text(out, "Поручение передано другому ответственному исполнителю: ");
        say_name(out, f->w->body.id != NULL ? &f->w->body : &f->w->responsible);
        buffer_text(out, ".");
    }
    if (f->w->reason != NULL) {
        say_reason(f, "Причина", out);
    }
    say_by(f, "Решение принято", out);
}

static void answer_delegated(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Ответственный исполнитель перепоручил исполнение");
    if (f->w->body.id != NULL) {
        buffer_text(out, ": ");
        say_name(out, &f->w->body);
    }
    buffer_text(out, ". Ответственность за исполнение в срок и за отчёт остаётся на нём.");
    if (f->w->reason != NULL) {
        say_reason(f, "Причина", out);
    }
}

void word_answer(const struct facts *f, struct buffer *out)
{
    static void (*const answers[NOTICE_KIND_COUNT])(const struct facts *, struct buffer *) = {
        [NOTICE_RETURNED] = answer_returned,
        [NOTICE_REPORTED] = answer_reported,
        [NOTICE_PART] = answer_part,
        [NOTICE_ASKED] = answer_asked,
        [NOTICE_MOVED] = answer_moved,
        [NOTICE_REFUSED] = answer_refused,
        [NOTICE_PAUSED] = answer_paused,
        [NOTICE_RESUMED] = answer_resumed,
        [NOTICE_REASSIGNED] = answer_reassigned,
        [NOTICE_DELEGATED] = answer_delegated};

    if (answers[f->kind] != NULL) {
        answers[f->kind](f, out);
        return;
    }
    buffer_text(out, "Поручение снято с исполнения.");
    say_reason(f, "Причина", out);
    say_by(f, "Решение принято", out);
}
