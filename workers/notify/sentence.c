/* sentence.c - what happened: the first sentences of a letter about one assignment
 *
 * Owns:    what time brought; answer.c has what people did.
 * In:      letter.c and digest.c.
 * Always:  a reason stands on a line of its own, so that it can't be taken for our words.
 * See:     docs/letters.md §2
 */
#include "workers/notify/answer.h"
#include "workers/notify/wording.h"

/* "срок исполнения поручения", of a part "срок представления ваших сведений по поручению" */
static const char *term_of(const struct facts *f)
{
    return f->part ? "срока представления ваших сведений по поручению"
                   : "срока исполнения поручения";
}

static void say_today(const struct facts *f, const char *opening, struct buffer *out)
{
    say(out, opening, f->due, ", — последний день ", term_of(f), ".", NULL);
}

static void news_of_reminder(const struct facts *f, struct buffer *out)
{
    if (f->days < 0) {
        say(out, "Напоминаем: до окончания ", term_of(f), " остаётся ", f->distance, ".", NULL);
    } else {
        say_today(f, "Напоминаем: сегодня, ", out);
    }
}

static void news_of_overdue(const struct facts *f, struct buffer *out)
{
    if (f->part_of_other) {
        buffer_text(out, "Соисполнитель не представил сведения в установленный ему срок: ");
        say_name(out, &f->w->part);
        say(out, ". Срок истёк ", f->due, ", просрочка — ", f->distance, ".", NULL);
        return;
    }
    say(out,
        f->part ? "Срок представления ваших сведений по поручению истёк "
                : "Срок исполнения поручения истёк ",
        f->due, ", просрочка — ", f->distance,
        f->part ? "." : ". Принятого отчёта об исполнении нет.", NULL);
}

static void news_of_opening(const struct facts *f, struct buffer *out)
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

static void news_of_escalation(const struct facts *f, struct buffer *out)
{
    if (f->days > 0) {
        buffer_text(out, "Поручение не исполнено в срок ответственным исполнителем: ");
        say_name(out, &f->w->responsible);
        say(out, ". Срок истёк ", f->due, ", просрочка — ", f->distance,
            ". Принятого отчёта об исполнении нет.", NULL);
    } else {
        say(out, "Срок исполнения поручения истекает ", f->due,
            ". Принятого отчёта об исполнении нет. Ответственный исполнитель: ", NULL);
        say_name(out, &f->w->responsible);
        buffer_text(out, ".");
    }
}

static void news_of_undecided(const struct facts *f, struct buffer *out)
{
    buffer_text(out, "Отчёт об исполнении поручения ");
    if (f->w->reported != CIVIL_DAY_NONE) {
        buffer_text(out, "представлен ");
        say_day(out, f->w->reported);
        buffer_text(out, " и ");
    }
    buffer_text(out, "ожидает вашего решения. Ответственный исполнитель: ");
    say_name(out, &f->w->responsible);
    buffer_text(out, ".");
}

/* Who is absent, and what that means for the deputy: of a controller the control. */
static void say_whose(const struct facts *f, struct buffer *out)
{
    const struct party *whose = f->w->body.id != NULL ? &f->w->body : &f->w->responsible;

    buffer_text(out, "На вас возложено исполнение обязанностей отсутствующего ");
    buffer_text(out, f->role == ROLE_RESPONSIBLE ? "ответственного исполнителя: "
                     : f->role == ROLE_CONTROLLER ? "должностного лица, контролирующего исполнение "
                                                    "поручения: "
                                                  : "соисполнителя: ");
    say_name(out, whose);
    buffer_text(out, f->role == ROLE_CONTROLLER
                         ? ". Отчёт об исполнении и просьбы о продлении срока поступят на ваше "
                           "решение"
                         : ". Поручение передано вам");
}

static void news_of_handing(const struct facts *f, struct buffer *out)
{
    if (f->kind == NOTICE_HANDED_BACK) {
        buffer_text(out,
                    f->role == ROLE_CONTROLLER
                        ? "Срок замещения окончен: контроль за исполнением поручения возвращён "
                          "вам."
                        : "Срок замещения окончен: поручение возвращено вам.");
    } else {
        say_whose(f, out);
        if (f->w->until != CIVIL_DAY_NONE) {
            buffer_text(out, ". Срок замещения — по ");
            say_day(out, f->w->until);
            buffer_text(out, " включительно");
        }
        buffer_text(out, ".");
    }
    say(out, f->days > 0 ? " Срок исполнения истёк " : " Срок исполнения — ", f->due, ".", NULL);
}

void word_news(const struct facts *f, struct buffer *out)
{
    switch (f->kind) {
    case NOTICE_OPENED:
        news_of_opening(f, out);
        break;
    case NOTICE_REMINDER:
        news_of_reminder(f, out);
        break;
    case NOTICE_TODAY:
        say_today(f, "Сегодня, ", out);
        break;
    case NOTICE_OVERDUE:
        news_of_overdue(f, out);
        break;
    case NOTICE_ESCALATED:
        news_of_escalation(f, out);
        break;
    case NOTICE_UNDECIDED:
        news_of_undecided(f, out);
        break;
    case NOTICE_HANDED_OVER:
    case NOTICE_HANDED_BACK:
        news_of_handing(f, out);
        break;
    default:
        word_answer(f, out);
    }
}
