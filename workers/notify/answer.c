/* answer.c - what people did with an assignment, as sentences
 *
 * Owns:    returned, reported, withdrawn, asked, moved, refused, paused, resumed, reassigned,
 *          delegated, accepted.
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

/* "Кем принято решение: ЦНППМ (за отсутствующего: ЛОИРО)": a label, then names as they are. */
static void say_by(const struct facts *f, const char *label, struct buffer *out)
{
    if (f->w->by.id != NULL) {
        say(out, "\n", label, ": ", NULL);
        say_name(out, &f->w->by);
    }
    if (f->w->by.id != NULL && f->w->by_for.id != NULL) {
        buffer_text(out, "\nВ порядке замещения, вместо: ");
        say_name(out, &f->w->by_for);
    }
}

static void answer_returned(const struct facts *f, struct buffer *out)
{
    buffer_text(out, f->part ? "Ваши сведения по поручению возвращены на доработку."
                             : "Отчёт об исполнении поручения возвращён на доработку.");
    say_reason(f, "Причина", out);
    say_by(f, "Кем возвращено", out);
}

static void answer_reported(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Представлен отчёт об исполнении поручения.");
    say_by(f, "Кем представлен отчёт", out);
    extract_report(f->w->report, out);
}

static void say_awaited(const struct facts *f, struct buffer *out)
{
    size_t count = f->w->awaited_count;

    for (size_t i = 0; i < count && i < NAMES_MAX; i++) {
        buffer_text(out, i > 0 ? "; " : "");
        say_name(out, &f->w->awaited[i]);
    }
    buffer_text(out, count > NAMES_MAX ? " и другие." : ".");
}

static void say_lacks(const struct facts *f, struct buffer *out)
{
    size_t count = json_array_size(f->w->lacks);

    for (size_t i = 0; i < count && i < NAMES_MAX; i++) {
        buffer_text(out, i > 0 ? "; " : "\nНе представлены документы: ");
        text_append_line(out, json_string_value(json_array_get(f->w->lacks, i)),
                         EXTRACT_NAME_CHARS);
    }
    buffer_text(out, count == 0 ? "" : count > NAMES_MAX ? " и другие." : ".");
}

/* When, by whom; in part: without whose answer, and why. */
static void answer_accepted(const struct facts *f, struct buffer *out)
{
    buffer_text(out, f->w->awaited_count > 0 ? "Отчёт об исполнении поручения принят частично "
                                             : "Отчёт об исполнении поручения принят ");
    say_day(out, words_day_at(f->n->made_ms, f->n->utc_offset));
    buffer_text(out, f->w->awaited_count > 0
                         ? ": поручение закрыто без сведений части соисполнителей.\n"
                           "Не представили сведения: "
                         : "; поручение закрыто");
    if (f->w->awaited_count > 0) {
        say_awaited(f, out);
    } else {
        say(out, ".", NULL);
    }
    say_lacks(f, out);
    if (f->w->reason != NULL) {
        say_reason(f, "Основание", out);
    }
    say_by(f, "Кем принято решение", out);
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
    say_awaited(f, out);
}

static void answer_asked(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Ответственный исполнитель просит продлить срок исполнения поручения");
    if (f->w->day != CIVIL_DAY_NONE) {
        buffer_text(out, ": новый срок — не позднее ");
        say_day(out, f->w->day);
    }
    say(out, ". Действующий срок — ", f->due, ".", NULL);
    say_reason(f, "Причина", out);
    say_by(f, "Кто просит", out);
}

static bool is(const char *text, const char *word)
{
    return text != NULL && strcmp(text, word) == 0;
}

static void answer_moved(const struct facts *f, struct buffer *out)
{
    bool calendar = is(f->w->term, "calendar");

    say(out,
        is(f->w->term, "extended") ? "Срок исполнения поручения продлён: новый срок — не позднее "
        : calendar                 ? "Срок исполнения поручения уточнён по производственному календарю: "
                   : "Срок исполнения поручения изменён: новый срок — ",
        f->due, NULL);
    if (f->w->day != CIVIL_DAY_NONE) {
        buffer_text(out, " (прежний срок — ");
        say_day(out, f->w->day);
        buffer_text(out, ")");
    }
    say(out, ".", NULL);
    if (f->w->literal != CIVIL_DAY_NONE) {
        buffer_text(out, " Был назван день, который является нерабочим: ");
        say_day(out, f->w->literal);
        buffer_text(out, " — ");
        say_day_off(out, f->w->literal, f->w->holiday);
        buffer_text(out, ".");
    }
    if (f->w->reason != NULL) {
        say_reason(f, "Основание", out);
    }
    say_by(f, "Кем принято решение", out);
}

static void answer_refused(const struct facts *f, struct buffer *out)
{
    say(out, "В продлении срока исполнения поручения отказано. Срок прежний — ", f->due, ".", NULL);
    say_reason(f, "Причина", out);
    say_by(f, "Кем принято решение", out);
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
    say_by(f, "Кем принято решение", out);
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
    say_by(f, "Кем принято решение", out);
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
    say_by(f, "Кем принято решение", out);
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
    if (f->w->by_for.id != NULL) { /* else it was the responsible body itself */
        say_by(f, "Кем перепоручено", out);
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
        [NOTICE_DELEGATED] = answer_delegated,
        [NOTICE_ACCEPTED] = answer_accepted};

    if (answers[f->kind] != NULL) {
        answers[f->kind](f, out);
        return;
    }
    buffer_text(out, "Поручение снято с контроля.");
    say_reason(f, "Причина", out);
    say_by(f, "Кем принято решение", out);
}
