/* letter.c - the words of a letter: from a notice to subject, reason and body
 *
 * Owns:    every Russian sentence that leaves by mail.
 * In:      post.c, with a checked notice.
 * Out:     struct letter; message.c makes a message of it.
 * Always:  the same notice gives the same letter; text from outside passes text_append_line().
 * See:     docs/letters.md §2
 */
#include "workers/notify/letter.h"

#include "workers/notify/extract.h"
#include "workers/notify/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS       86400000
#define REASON_CHARS 4096

enum role { ROLE_RESPONSIBLE, ROLE_CO_EXECUTOR, ROLE_CONTROLLER, ROLE_ABOVE };

void letter_days(int days, char buf[LETTER_DAYS_MAX])
{
    int n = abs(days);
    const char *word = n % 10 == 1 && n % 100 != 11                                   ? "день"
                       : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? "дня"
                                                                                      : "дней";
    snprintf(buf, LETTER_DAYS_MAX, "%d %s", n, word);
}

civil_day letter_day(int64_t utc_ms)
{
    return (civil_day)((utc_ms + LETTER_OFFSET_MS) / DAY_MS);
}

/* Append the parts, up to a NULL. The full stop of «2023 г.» ends its sentence too. */
static void say(struct buffer *out, ...)
{
    va_list parts;

    va_start(parts, out);
    for (const char *part = va_arg(parts, const char *); part != NULL;
         part = va_arg(parts, const char *)) {
        bool stopped = part[0] == '.' && out->size > 0 && out->data[out->size - 1] == '.';
        buffer_text(out, stopped ? part + 1 : part);
    }
    va_end(parts);
}

/* What sentences need, found once. */
struct facts {
    const struct notice *n;
    enum role role;
    enum notice_kind kind; /* what is true on the day of the letter */
    int days;              /* from the due day to the letter: < 0 before, > 0 after */
    char due[CIVIL_TEXT_MAX];
    char distance[LETTER_DAYS_MAX]; /* "10 дней" */
    struct buffer point;            /* "п. 1.1", «поручение „…“» */
};

/* A letter that was delayed (the engine was down, the plan was started late) must not say what is
 * true no more. Where the body's day may be Moscow's next one already, the engine is believed. */
static int true_days(const struct notice *n)
{
    int days = letter_day(n->made_ms) - n->to_day;
    bool timed = n->kind != NOTICE_OPENED && n->kind != NOTICE_RETURNED;

    if (n->kind == NOTICE_OVERDUE && days == 0) {
        return 1;
    }
    return timed && n->days == days + 1 ? n->days : days;
}

/* What the rule meant to say is said only while it is true. */
static enum notice_kind true_kind(const struct notice *n, int days)
{
    bool about_time = n->kind == NOTICE_TODAY || n->kind == NOTICE_OVERDUE;

    if (n->kind == NOTICE_REMINDER || about_time) {
        return days > 0 ? NOTICE_OVERDUE
                        : (days < 0 ? NOTICE_REMINDER : (about_time ? NOTICE_TODAY : n->kind));
    }
    return n->kind;
}

static bool same(const struct party *a, const struct party *b)
{
    return strcmp(a->id, b->id) == 0;
}

static enum role role_of(const struct notice *n)
{
    if (same(&n->to, &n->responsible)) {
        return ROLE_RESPONSIBLE;
    }
    if (n->kind != NOTICE_ESCALATED) {
        return ROLE_CO_EXECUTOR;
    }
    bool controller = n->controller.id != NULL && same(&n->to, &n->controller);
    return controller || n->levels == 0 ? ROLE_CONTROLLER : ROLE_ABOVE;
}

/* The assignment in a few words; they are the same in the cases that sentences need. noun: what
 * stands before its title, or "". */
static void word_point(const struct notice *n, const char *noun, struct buffer *out)
{
    if (n->no != NULL) {
        buffer_text(out, "п. ");
        text_append_line(out, n->no, EXTRACT_SHORT_CHARS);
        return;
    }
    say(out, noun, noun[0] != '\0' ? " " : "", NULL);
    if (n->title != NULL) {
        buffer_text(out, "«");
        text_append_line(out, n->title, EXTRACT_SHORT_CHARS);
        buffer_text(out, "»");
    } else {
        buffer_text(out, n->assignment);
    }
}

static void word_subject(const struct facts *f, struct buffer *out)
{
    static const char *const openings[NOTICE_KIND_COUNT] = {
        "Новое поручение: ", "Напоминание: срок исполнения ", "Последний день: срок исполнения ",
        "Просрочено на ",    "Не исполнено в срок: ",         "Отчёт возвращён на доработку: "};
    bool opened = f->kind == NOTICE_OPENED;
    bool nominative = opened || f->kind == NOTICE_ESCALATED || f->kind == NOTICE_RETURNED;
    bool late = f->days > 0;

    if (f->kind == NOTICE_ESCALATED && !late) {
        buffer_text(out, "Срок истекает: ");
    } else if (opened && late) {
        say(out, "Новое поручение, просрочено на ", f->distance, ": ", NULL);
    } else {
        buffer_text(out, openings[f->kind]);
    }
    if (f->kind == NOTICE_OVERDUE) {
        say(out, f->distance, ": срок исполнения ", NULL);
    }
    word_point(f->n, opened ? "" : nominative ? "поручение" : "поручения", out);
    if (!nominative) {
        say(out, " — ", f->due, NULL);
    } else {
        say(out, late ? ", срок был " : ", срок — ", f->due, NULL);
    }
}

static void name_of(struct buffer *out, const struct party *party)
{
    text_append_line(out, party->name, EXTRACT_NAME_CHARS);
}

static void word_reminder(const struct facts *f, struct buffer *out)
{
    if (f->days < 0) {
        say(out, "Напоминаем: до окончания срока исполнения поручения остаётся ", f->distance, ".",
            NULL);
    } else {
        say(out, "Напоминаем: сегодня, ", f->due, ", — последний день срока исполнения поручения.",
            NULL);
    }
}

static void word_opening(const struct facts *f, struct buffer *out)
{
    buffer_text(out, f->role == ROLE_RESPONSIBLE
                         ? "Вам дано поручение, указанное ниже. "
                         : "Вы являетесь соисполнителем поручения, указанного ниже. ");
    if (f->days > 0) {
        say(out, "Срок исполнения истёк ", f->due, ", просрочка — ", f->distance, ".", NULL);
    } else {
        say(out, "Срок исполнения — ", f->days == 0 ? "сегодня, " : "", f->due, ".", NULL);
    }
}

static void word_escalation(const struct facts *f, struct buffer *out)
{
    if (f->days > 0) {
        buffer_text(out, "Поручение не исполнено в срок ответственным исполнителем: ");
        name_of(out, &f->n->responsible);
        say(out, ". Срок истёк ", f->due, ", просрочка — ", f->distance,
            ". Принятого отчёта об исполнении нет.", NULL);
    } else {
        say(out, "Срок исполнения поручения истекает ", f->due,
            ". Принятого отчёта об исполнении нет. Ответственный исполнитель: ", NULL);
        name_of(out, &f->n->responsible);
        buffer_text(out, ".");
    }
}

static void word_news(const struct facts *f, struct buffer *out)
{
    switch (f->kind) {
    case NOTICE_OPENED:
        word_opening(f, out);
        break;
    case NOTICE_REMINDER:
        word_reminder(f, out);
        break;
    case NOTICE_TODAY:
        say(out, "Сегодня, ", f->due, ", — последний день срока исполнения поручения.", NULL);
        break;
    case NOTICE_OVERDUE:
        say(out, "Срок исполнения поручения истёк ", f->due, ", просрочка — ", f->distance,
            ". Принятого отчёта об исполнении нет.", NULL);
        break;
    case NOTICE_ESCALATED:
        word_escalation(f, out);
        break;
    default:
        buffer_text(out, "Отчёт об исполнении поручения возвращён на доработку.\nПричина: ");
        text_append_line(out, f->n->reason ? f->n->reason : "не указана", REASON_CHARS);
        break;
    }
    buffer_text(out, "\n\n");
}

static void word_duty_of_responsible(const struct facts *f, struct buffer *out)
{
    bool late = f->days > 0;

    say(out, f->n->kind == NOTICE_RETURNED ? "устранить замечание и " : "исполнить поручение и ",
        late ? "незамедлительно" : "не позднее ", late ? "" : f->due,
        f->n->kind == NOTICE_RETURNED ? " представить отчёт повторно." : " представить отчёт",
        NULL);
    if (f->n->kind != NOTICE_RETURNED) {
        buffer_text(out, " с подтверждающим документом (вид, номер, дата).");
    }
    if (f->n->co_executor_count > 0) {
        buffer_text(out, " Обобщение сведений соисполнителей возлагается на вас.");
    }
    if (late && f->n->controller.id != NULL && !same(&f->n->controller, &f->n->to)) {
        buffer_text(out, " Если исполнить поручение невозможно, сообщите причину тому, кто "
                         "контролирует исполнение: ");
        name_of(out, &f->n->controller);
        buffer_text(out, ".");
    }
}

static void word_duty(const struct facts *f, struct buffer *out)
{
    bool late = f->days > 0;

    buffer_text(out, "Что сделать: ");
    switch (f->role) {
    case ROLE_RESPONSIBLE:
        word_duty_of_responsible(f, out);
        break;
    case ROLE_CO_EXECUTOR:
        buffer_text(out, f->n->kind == NOTICE_RETURNED ? "уточнить свою часть и "
                                                       : "подготовить свою часть и ");
        say(out, late ? "незамедлительно" : "заблаговременно, до ", late ? "" : f->due,
            late ? " передать её ответственному исполнителю: "
                 : ", передать её ответственному исполнителю: ",
            NULL);
        name_of(out, &f->n->responsible);
        buffer_text(out, ".");
        break;
    case ROLE_CONTROLLER:
        buffer_text(out, "запросить у ответственного исполнителя объяснение и новый срок "
                         "представления отчёта, принять меры к исполнению поручения.");
        break;
    case ROLE_ABOVE:
        buffer_text(out, "принять меры к исполнению поручения ответственным исполнителем.");
        break;
    }
    buffer_text(out, "\n\n");
}

/* "за 10 дней до срока", "в последний день срока", "через 3 дня после срока": the rule's day */
static void word_rule(const struct facts *f, const char *what, struct buffer *out)
{
    char distance[LETTER_DAYS_MAX];
    int days = f->n->days;

    letter_days(days, distance);
    say(out, "в соответствии с регламентом ", what, NULL);
    if (days == 0) {
        buffer_text(out, " в последний день срока");
    } else {
        say(out, days < 0 ? " за " : " через ", distance,
            days < 0 ? " до истечения срока" : " после истечения срока", NULL);
    }
    if (f->days > days) {
        buffer_text(out, "; письмо составлено позже");
    }
}

static void word_occasion(const struct facts *f, struct buffer *out)
{
    switch (f->n->kind) {
    case NOTICE_OPENED:
        buffer_text(out, f->days > 0 ? "поручение поставлено на контроль после окончания его срока"
                                     : "начался срок исполнения поручения");
        break;
    case NOTICE_REMINDER:
        word_rule(f, "напоминание направляется", out);
        break;
    case NOTICE_TODAY:
        word_rule(f, "письмо направляется", out);
        break;
    case NOTICE_OVERDUE:
        if (f->n->days > 0) {
            word_rule(f, "письмо направляется", out);
        } else { /* what was to be said before the due day came after it */
            buffer_text(out, "срок исполнения поручения истёк");
        }
        break;
    case NOTICE_ESCALATED:
        word_rule(f, "о неисполнении сообщается", out);
        break;
    default:
        buffer_text(out, "отчёт возвращён на доработку");
        break;
    }
}

static void word_why(const struct facts *f, struct buffer *out)
{
    static const char *const roles[] = {
        [ROLE_RESPONSIBLE] = "вы являетесь ответственным исполнителем поручения; ",
        [ROLE_CO_EXECUTOR] = "вы являетесь соисполнителем поручения; ",
        [ROLE_CONTROLLER] = "вы контролируете исполнение поручения; ",
        [ROLE_ABOVE] = "вы указаны вышестоящим по отношению к ответственному исполнителю; "};

    buffer_text(out, roles[f->role]);
    word_occasion(f, out);
}

static void word_body(const struct facts *f, const struct letter *letter, struct buffer *out)
{
    char made[CIVIL_TEXT_MAX];

    civil_print_ru(letter_day(f->n->made_ms), made);
    buffer_text(out, "Кому: ");
    name_of(out, &f->n->to);
    buffer_text(out, "\n\nУважаемые коллеги!\n\n");
    word_news(f, out);
    extract_write(f->n, out);
    word_duty(f, out);
    buffer_text(out, "Почему вы получили это письмо: ");
    buffer_append(out, letter->why.data, letter->why.size);
    say(out, ".\n\n-- \nСоставлено автоматически ", made, " системой «Маршрут». Поручение ",
        f->n->assignment, ", письмо ", f->n->id, ".\n", NULL);
}

void letter_word(const struct notice *notice, struct letter *letter)
{
    struct facts f = {.n = notice, .role = role_of(notice), .days = true_days(notice)};

    f.kind = true_kind(notice, f.days);
    civil_print_ru(notice->to_day, f.due);
    letter_days(f.days, f.distance);
    word_subject(&f, &letter->subject);
    word_why(&f, &letter->why);
    word_body(&f, letter, &letter->body);
}

void letter_fini(struct letter *letter)
{
    buffer_fini(&letter->subject);
    buffer_fini(&letter->why);
    buffer_fini(&letter->body);
}
