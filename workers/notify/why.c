/* why.c - why the recipient gets the letter: its part in the assignment, and the occasion
 *
 * Owns:    the line «Почему вы получили это письмо» and the header X-Marshrut-Why.
 * In:      letter.c and digest.c.
 * Always:  the rule is named as it is written, also when the letter was made later.
 * See:     docs/letters.md §2
 */
#include "workers/notify/wording.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"

#include <stdlib.h>

/* Was it made after the day that the rule names? */
static bool is_later(const struct facts *f)
{
    int place = f->w->working ? -f->w->left_working : f->days;

    return (f->w->counted || !f->w->working) && place > f->w->days;
}

/* "за 10 дней до истечения срока", "в последний день срока", "через 3 рабочих дня после …" */
static void why_by_rule(const struct facts *f, const char *what, struct buffer *out)
{
    char distance[WORDS_MAX];
    int days = f->w->days;

    if (f->w->working) {
        words_working_days(days, distance);
    } else {
        words_days(days, distance);
    }
    say(out, "в соответствии с регламентом ", what, NULL);
    if (days == 0) {
        buffer_text(out, " в последний день срока");
    } else {
        say(out, days < 0 ? " за " : " через ", distance,
            days < 0 ? " до истечения срока" : " после истечения срока", NULL);
    }
    if (is_later(f)) {
        buffer_text(out, "; письмо составлено позже");
    }
}

static void why_of_term(const struct facts *f, struct buffer *out)
{
    switch (f->w->kind) {
    case NOTICE_OPENED:
        buffer_text(out, f->days > 0 ? "поручение поставлено на контроль после окончания его срока"
                                     : "начался срок исполнения поручения");
        break;
    case NOTICE_REMINDER:
        why_by_rule(f, "напоминание направляется", out);
        break;
    case NOTICE_OVERDUE:
        if (f->w->days > 0) {
            why_by_rule(f, "письмо направляется", out);
        } else { /* what was to be said before the due day came after it */
            buffer_text(out, "срок исполнения поручения истёк");
        }
        break;
    case NOTICE_ESCALATED:
        why_by_rule(f, "о неисполнении сообщается", out);
        break;
    default:
        why_by_rule(f, "письмо направляется", out);
    }
}

static void why_by_kind(const struct facts *f, struct buffer *out)
{
    static const char *const occasions[NOTICE_KIND_COUNT] = {
        [NOTICE_RETURNED] = "отчёт возвращён на доработку",
        [NOTICE_HANDED_OVER] = "на вас возложено исполнение обязанностей отсутствующего",
        [NOTICE_HANDED_BACK] = "срок замещения закончился",
        [NOTICE_UNDECIDED] = "в соответствии с регламентом о нерассмотренном отчёте сообщается",
        [NOTICE_REPORTED] = "представлен отчёт об исполнении",
        [NOTICE_PART] = "соисполнитель представил сведения",
        [NOTICE_WITHDRAWN] = "поручение снято с контроля",
        [NOTICE_ASKED] = "исполнитель просит продлить срок",
        [NOTICE_MOVED] = "изменён срок исполнения",
        [NOTICE_REFUSED] = "в продлении срока отказано",
        [NOTICE_PAUSED] = "исполнение приостановлено",
        [NOTICE_RESUMED] = "исполнение возобновлено",
        [NOTICE_REASSIGNED] = "ответственный исполнитель изменён",
        [NOTICE_DELEGATED] = "исполнение перепоручено",
        [NOTICE_ACCEPTED] = "отчёт об исполнении принят"};

    if (f->w->kind <= NOTICE_ESCALATED) {
        why_of_term(f, out);
    } else if (f->w->kind == NOTICE_ACCEPTED && f->w->awaited_count > 0) {
        buffer_text(out, "отчёт об исполнении принят частично");
    } else if (f->w->kind == NOTICE_RETURNED && f->part) {
        buffer_text(out, "сведения возвращены на доработку");
    } else {
        buffer_text(out, occasions[f->w->kind]);
    }
}

static void say_own_part(const struct facts *f, struct buffer *out)
{
    static const char *const roles[ROLE_COUNT] = {
        [ROLE_RESPONSIBLE] = "вы являетесь ответственным исполнителем поручения; ",
        [ROLE_CO_EXECUTOR] = "вы являетесь соисполнителем поручения; ",
        [ROLE_CONTROLLER] = "вы контролируете исполнение поручения; ",
        [ROLE_ABOVE] = "вы указаны вышестоящим по отношению к ответственному исполнителю; ",
        [ROLE_FORMER] = "вы были ответственным исполнителем поручения; "};

    buffer_text(out, roles[f->role]);
}

static void say_deputy(const struct facts *f, const struct party *whom, struct buffer *out)
{
    static const char *const roles[ROLE_COUNT] = {
        [ROLE_RESPONSIBLE] = "вы замещаете ответственного исполнителя поручения (",
        [ROLE_CO_EXECUTOR] = "вы замещаете соисполнителя поручения (",
        [ROLE_CONTROLLER] = "вы замещаете того, кто контролирует исполнение поручения (",
        [ROLE_ABOVE] = "вы замещаете вышестоящего по отношению к ответственному исполнителю (",
        [ROLE_FORMER] = "вы замещаете прежнего ответственного исполнителя поручения ("};

    buffer_text(out, roles[f->role]);
    text_append_line(out, whom->short_name, EXTRACT_NAME_CHARS);
    if (f->w->until != CIVIL_DAY_NONE) {
        buffer_text(out, ") до ");
        say_day(out, f->w->until);
        buffer_text(out, " включительно; ");
    } else {
        buffer_text(out, "); ");
    }
}

void word_why(const struct facts *f, struct buffer *out)
{
    if (f->w->on_behalf.id != NULL) {
        say_deputy(f, &f->w->on_behalf, out);
    } else if (f->kind == NOTICE_HANDED_OVER && f->w->body.id != NULL) {
        say_deputy(f, &f->w->body, out);
    } else {
        say_own_part(f, out);
    }
    why_by_kind(f, out);
}
