/* letter.c - the words of a letter: from a notice to subject, reason and body
 *
 * Owns:    every Russian sentence that leaves by mail.
 * In:      post.c, with a checked notice.
 * Out:     struct letter; message.c makes a message of it.
 * Always:  the same notice gives the same letter; text from outside passes text_append_line().
 * See:     docs/letters.md §2
 */
#include "workers/notify/letter.h"

#include "workers/notify/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DAY_MS       86400000
#define NAME_CHARS   400  /* full names of bodies reach 250 characters */
#define TITLE_CHARS  3000 /* the longest title known has 1,100 */
#define SHORT_TITLE  60   /* in a subject, where it stands for a number */
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
    int days; /* from the due day to the letter: < 0 before, > 0 after */
    char due[CIVIL_TEXT_MAX];
    char distance[LETTER_DAYS_MAX]; /* "10 дней" */
    struct buffer point;            /* "п. 1.1", «поручение „…“» */
};

/* A letter that was delayed (the engine was down) must not say what is true no more. One day of
 * difference is the body's time zone. */
static int true_days(const struct notice *n)
{
    int days = letter_day(n->made_ms) - n->to_day;
    bool timed = n->kind != NOTICE_OPENED && n->kind != NOTICE_RETURNED;

    return timed && abs(days - n->days) <= 1 ? n->days : days;
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

/* The assignment in a few words; they are the same in the cases that sentences need. */
static void word_point(const struct notice *n, const char *noun, struct buffer *out)
{
    if (n->no != NULL) {
        buffer_text(out, "п. ");
        text_append_line(out, n->no, SHORT_TITLE);
        return;
    }
    buffer_text(out, noun);
    if (n->title != NULL) {
        buffer_text(out, " «");
        text_append_line(out, n->title, SHORT_TITLE);
        buffer_text(out, "»");
    } else {
        say(out, " ", n->assignment, NULL);
    }
}

static void word_subject(const struct facts *f, struct buffer *out)
{
    static const char *const openings[NOTICE_KIND_COUNT] = {"Новое поручение: срок исполнения ",
                                                            "Напоминание: срок исполнения ",
                                                            "Последний день: срок исполнения ",
                                                            "Просрочено на ",
                                                            "Не исполнено в срок: ",
                                                            "Отчёт возвращён на доработку: "};
    bool nominative = f->n->kind == NOTICE_ESCALATED || f->n->kind == NOTICE_RETURNED;
    bool late = f->days > 0;

    if (f->n->kind == NOTICE_ESCALATED && !late) {
        buffer_text(out, "Срок истекает: ");
    } else {
        buffer_text(out, openings[f->n->kind]);
    }
    if (f->n->kind == NOTICE_OVERDUE) {
        say(out, f->distance, ": срок исполнения ", NULL);
    }
    word_point(f->n, nominative ? "поручение" : "поручения", out);
    if (!nominative) {
        say(out, " — ", f->due, NULL);
    } else {
        say(out, late ? ", срок был " : ", срок — ", f->due, NULL);
    }
}

static void name_of(struct buffer *out, const struct party *party)
{
    text_append_line(out, party->name, NAME_CHARS);
}

static void word_reminder(const struct facts *f, struct buffer *out)
{
    if (f->days < 0) {
        say(out, "Напоминаем: до окончания срока исполнения поручения остаётся ", f->distance, ".",
            NULL);
    } else if (f->days == 0) {
        say(out, "Напоминаем: сегодня, ", f->due, ", — последний день срока исполнения поручения.",
            NULL);
    } else {
        say(out, "Напоминаем: срок исполнения поручения истёк ", f->due, ", просрочка — ",
            f->distance, ".", NULL);
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
    switch (f->n->kind) {
    case NOTICE_OPENED:
        say(out,
            f->role == ROLE_RESPONSIBLE
                ? "Вам дано поручение, указанное ниже. Срок исполнения — "
                : "Вы назначены соисполнителем поручения, указанного ниже. Срок исполнения — ",
            f->due, ".", NULL);
        break;
    case NOTICE_REMINDER:
        word_reminder(f, out);
        break;
    case NOTICE_TODAY:
        say(out, f->days == 0 ? "Сегодня, " : "", f->due,
            f->days == 0 ? ", — последний день срока исполнения поручения."
                         : " — последний день срока исполнения поручения.",
            NULL);
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

static void line(struct buffer *out, const char *label, const char *text, size_t max_characters)
{
    if (text != NULL) {
        buffer_text(out, label);
        text_append_line(out, text, max_characters);
        buffer_text(out, "\n");
    }
}

static void word_assignment(const struct facts *f, struct buffer *out)
{
    const struct notice *n = f->n;
    char from[CIVIL_TEXT_MAX];

    civil_print_ru(n->from, from);
    buffer_text(out, "ПОРУЧЕНИЕ\n");
    line(out, "Пункт: ", n->no, SHORT_TITLE);
    line(out, "Наименование: ", n->title, TITLE_CHARS);
    line(out, "План: ", n->plan, NAME_CHARS);
    say(out, "Срок: с ", from, " по ", f->due, " включительно", NULL);
    if (n->due_phrase != NULL) {
        buffer_text(out, " (в плане: «");
        text_append_line(out, n->due_phrase, NAME_CHARS);
        buffer_text(out, "»)");
    }
    buffer_text(out, "\n");
    line(out, "Ожидаемый результат: ", n->result, NAME_CHARS);
    line(out, "Ответственный исполнитель: ", n->responsible.name, NAME_CHARS);
    for (size_t i = 0; i < n->co_executor_count; i++) {
        buffer_text(out, i == 0 ? "Соисполнители: " : "; ");
        name_of(out, &n->co_executors[i]);
    }
    buffer_text(out, n->co_executor_count > 0 ? "\n" : "");
    line(out, "Контроль за исполнением: ", n->controller.name, NAME_CHARS);
    buffer_text(out, "\n");
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
        buffer_text(out, " Сведения соисполнителей обобщаете вы.");
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

static void word_occasion(const struct facts *f, struct buffer *out)
{
    char distance[LETTER_DAYS_MAX];

    letter_days(f->n->days, distance); /* what the rule says, not what is left */
    switch (f->n->kind) {
    case NOTICE_OPENED:
        buffer_text(out, "начался срок исполнения поручения");
        break;
    case NOTICE_REMINDER:
        say(out, "по правилам контроля напоминание направляется ",
            f->n->days < 0 ? "за " : (f->n->days > 0 ? "через " : "в день срока"),
            f->n->days ? distance : "",
            f->n->days < 0 ? " до срока" : (f->n->days > 0 ? " после срока" : ""), NULL);
        break;
    case NOTICE_TODAY:
        buffer_text(out, "по правилам контроля письмо направляется в день срока");
        break;
    case NOTICE_OVERDUE:
        say(out, "по правилам контроля письмо направляется через ", distance, " после срока", NULL);
        break;
    case NOTICE_ESCALATED:
        say(out, "по правилам контроля о неисполнении сообщается ",
            f->n->days > 0 ? "через " : (f->n->days < 0 ? "за " : "в день срока"),
            f->n->days ? distance : "",
            f->n->days > 0 ? " после срока" : (f->n->days < 0 ? " до срока" : ""), NULL);
        break;
    default:
        buffer_text(out, "отчёт возвращён на доработку");
        break;
    }
}

static void word_why(const struct facts *f, struct buffer *out)
{
    static const char *const roles[] = {
        [ROLE_RESPONSIBLE] = "вы указаны в поручении ответственным исполнителем; ",
        [ROLE_CO_EXECUTOR] = "вы указаны в поручении соисполнителем; ",
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
    word_assignment(f, out);
    word_duty(f, out);
    buffer_text(out, "Почему вы получили это письмо: ");
    buffer_append(out, letter->why.data, letter->why.size);
    say(out, ".\n\n-- \nСоставлено автоматически ", made, " системой «Маршрут». Поручение ",
        f->n->assignment, ", письмо ", f->n->id, ".\n", NULL);
}

void letter_word(const struct notice *notice, struct letter *letter)
{
    struct facts f = {.n = notice, .role = role_of(notice), .days = true_days(notice)};

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
