/* duty.c - what the recipient should do now
 *
 * Owns:    the line «Что сделать».
 * In:      letter.c and digest.c.
 * See:     docs/letters.md §2
 */
#include "workers/notify/wording.h"

#include <string.h>

/* "не позднее 28 февраля 2023 г.", "сегодня, не позднее конца рабочего дня," or "незамедлительно"
 */
static void say_until(const struct facts *f, struct buffer *out)
{
    if (f->days == 0) {
        buffer_text(out, "сегодня, не позднее конца рабочего дня,");
    } else {
        say(out, f->days > 0 ? "незамедлительно" : "не позднее ", f->days > 0 ? "" : f->due, NULL);
    }
}

static void duty_of_responsible(const struct facts *f, struct buffer *out)
{
    bool late = f->days > 0;
    bool again = f->kind == NOTICE_RETURNED;

    buffer_text(out, again ? "устранить замечание и " : "исполнить поручение и ");
    say_until(f, out);
    buffer_text(out, again ? " представить отчёт повторно." : " представить отчёт");
    if (!again) {
        buffer_text(out, " с подтверждающим документом (вид, номер, дата).");
    }
    if (f->w->co_executor_count > 0) {
        buffer_text(out, " Обобщение сведений соисполнителей возлагается на вас.");
    }
    if (late && f->w->controller.id != NULL && !party_is(&f->w->controller, &f->n->to)) {
        buffer_text(out, " Если исполнить поручение невозможно, сообщите причину тому, кто "
                         "контролирует исполнение: ");
        say_name(out, &f->w->controller);
        buffer_text(out, ".");
    }
}

static void duty_of_co_executor(const struct facts *f, struct buffer *out)
{
    buffer_text(out, f->kind == NOTICE_RETURNED ? "уточнить свою часть и "
                                                : "подготовить свою часть и ");
    if (f->part || f->days >= 0) { /* it has a day of its own, or none is left */
        say_until(f, out);
    } else {
        say(out, "заблаговременно, но не позднее ", f->due, ",", NULL);
    }
    buffer_text(out, " передать её ответственному исполнителю: ");
    say_name(out, &f->w->responsible);
    buffer_text(out, ".");
}

/* Of a part that the responsible body waits for. */
static void duty_about_part(const struct facts *f, struct buffer *out)
{
    char day[CIVIL_TEXT_MAX];

    if (f->kind == NOTICE_PART && f->w->awaited_count == 0) {
        buffer_text(out, "обобщить сведения соисполнителей и представить отчёт об исполнении.");
        return;
    }
    civil_print_ru(f->w->to_day, day);
    say(out,
        f->kind == NOTICE_PART
            ? "учесть сведения соисполнителя при подготовке отчёта об исполнении; срок — "
            : "запросить сведения у соисполнителя; срок исполнения поручения в целом — ",
        day, ".", NULL);
}

static void duty_by_role(const struct facts *f, struct buffer *out)
{
    switch (f->role) {
    case ROLE_RESPONSIBLE:
        duty_of_responsible(f, out);
        break;
    case ROLE_CO_EXECUTOR:
        duty_of_co_executor(f, out);
        break;
    case ROLE_CONTROLLER:
        buffer_text(out, f->days > 0 || f->kind != NOTICE_ESCALATED
                             ? "запросить у ответственного исполнителя объяснение и новый срок "
                               "представления отчёта, принять меры к исполнению поручения."
                             : "принять меры к исполнению поручения в срок.");
        break;
    default:
        buffer_text(out, "принять меры к исполнению поручения ответственным исполнителем.");
    }
}

static void duty_of_deputy(const struct facts *f, struct buffer *out)
{
    if (f->role == ROLE_CONTROLLER) {
        buffer_text(out, "контролировать исполнение поручения: принимать решения по отчёту и по "
                         "просьбам о продлении срока.");
    } else if (f->w->done != NULL) {
        buffer_text(out, strcmp(f->w->done, "answered") == 0
                             ? "принять к сведению: сведения уже представлены, дальнейших действий "
                               "не требуется."
                             : "принять к сведению: отчёт уже представлен и ожидает решения, "
                               "дальнейших действий до него не требуется.");
    } else {
        duty_by_role(f, out);
    }
}

/* Nothing any more; who owed a part may stop. */
static void duty_of_accepted(const struct facts *f, struct buffer *out)
{
    const struct party *who = f->w->on_behalf.id != NULL ? &f->w->on_behalf : &f->n->to;
    bool owed = false;

    for (size_t i = 0; i < f->w->awaited_count; i++) {
        owed |= party_is(&f->w->awaited[i], who);
    }
    buffer_text(out, owed ? "принять к сведению: представлять сведения по поручению больше не "
                            "требуется."
                          : "принять к сведению: дальнейших действий по поручению не требуется.");
}

void word_duty(const struct facts *f, struct buffer *out)
{
    switch (f->kind) {
    case NOTICE_UNDECIDED:
    case NOTICE_REPORTED:
        buffer_text(out, "рассмотреть отчёт и принять его либо возвратить на доработку с указанием "
                         "причины.");
        break;
    case NOTICE_ASKED:
        say(out, "продлить срок либо отказать в продлении с указанием причины; действующий срок — ",
            f->due, ".", NULL);
        break;
    case NOTICE_ACCEPTED:
        duty_of_accepted(f, out);
        break;
    case NOTICE_WITHDRAWN:
        buffer_text(out, "исполнять поручение не требуется, отчёт не представляется.");
        break;
    case NOTICE_PAUSED:
        buffer_text(out, "ожидать возобновления: о нём и о новом сроке будет сообщено письмом.");
        break;
    case NOTICE_DELEGATED:
        buffer_text(out, "принять к сведению.");
        break;
    case NOTICE_HANDED_OVER:
    case NOTICE_HANDED_BACK:
        duty_of_deputy(f, out);
        break;
    default:
        if (f->part_of_other) {
            duty_about_part(f, out);
        } else if (f->role == ROLE_FORMER) {
            buffer_text(out, "передать новому ответственному исполнителю подготовленные материалы; "
                             "отчёт представляет он.");
        } else {
            duty_by_role(f, out);
        }
    }
}
