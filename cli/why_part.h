/* why_part.h - the parts of the sentence of `why`: what they share
 *
 * Only why_*.c include this.
 */
#ifndef CLI_WHY_PART_H
#define CLI_WHY_PART_H

#include "base/buffer.h"
#include "calendar/zone.h"

#include <jansson.h>

#define WHY_TITLE_COLUMNS                                                                          \
    80 /* titles of items may have 600 characters; the beginning names them                        \
        */

struct why {
    const json_t *answer; /* of WHY */
    const json_t *wait;   /* the one that is put into words */
    const struct zone *zone;
    struct buffer *out;
};

const char *why_or_dash(const char *text);
/* «Поручение по п. 1.4 плана lo-2023», or the report under it, as exactly as it is known. */
void why_put_subject(const struct why *w, bool report);

/* «КОПО ЛО (Комитет общего и профессионального образования …)». The text is yours. */
char *why_body_text(const json_t *row, const char *field);
void why_put_body(struct buffer *out, const json_t *row, const char *field);

/* «, следующее событие: напоминание 20 июня 2023 г. в 09:00», when there is one. */
void why_put_next(const struct why *w);

/* Waits on people: an assignment, the decision on its report, the end of a pause. */
void why_put_assignment(const struct why *w);
void why_put_decision(const struct why *w);
/* «; ждёт ответа просьба продлить срок до …; не ответили: …; замещает …» */
void why_put_facts(const struct why *w);
void why_put_stand(const struct why *w);
void why_put_delegated(const struct why *w);
/* «Отчёт по п. 1.4 принят частично 1 марта 2023 г.: КОПО ЛО; не ответили: …; » for each assignment
 * that is over. */
void why_put_closed(const struct why *w);

/* Waits on programs, time, events, operators. */
void why_put_call(const struct why *w);
void why_put_notice(const struct why *w);
void why_put_letter(const struct why *w);
void why_put_pause(const struct why *w);
void why_put_listen(const struct why *w);
void why_put_incident(const struct why *w);
void why_put_backoff(const struct why *w);
void why_put_children(const struct why *w);
void why_put_suspended(const struct why *w);

/* Waits on what runs in a step, beside it, or later. */
void why_put_fork(const struct why *w);
void why_put_for(const struct why *w);
void why_put_run(const struct why *w);
void why_put_schedule(const struct why *w);
void why_put_emit(const struct why *w);

#endif
