/* rehearse_words.h - a rehearsal in the words of its reader. What returns char * is yours to free.
 */
#ifndef CLI_REHEARSE_WORDS_H
#define CLI_REHEARSE_WORDS_H

#include "cli/rehearsal.h"

/* "Январь 2023 г.", "пн" of ISO weekday 1, "понедельник". */
char *rehearse_month(int year, int month);
const char *rehearse_weekday(int weekday);
const char *rehearse_weekday_long(int weekday);

/* "31 декабря 2023 г.", "с 1 по 31 декабря 2023 г." */
char *rehearse_span(civil_day from, civil_day to);

/* "1.4 (2 из 4)"; with the plan's name when there are several plans. */
char *rehearse_item(const struct rehearsal *rehearsal, const struct rehearsed_term *term);

/* What a notice tells, without its item: "напоминание за 10 дней". */
char *rehearse_notice(const struct rehearsed_notice *notice);
/* What the notices of a group (rehearse_notices.h) tell: "поручение дано: 1.1, 1.2; напоминание
 * за 10 дней: 1.4"; the same said several times is said once, with "×3". */
char *rehearse_about(const struct rehearsal *rehearsal, const struct rehearsed_notice *notices,
                     uint32_t count);
/* To whom such a group goes: "КОПО ЛО", "КОПО ЛО (3 письма)". */
char *rehearse_recipient(const struct rehearsal *rehearsal, const struct rehearsed_notice *notices,
                         uint32_t count);

/* Which days are told of, when some only were asked for, and how much is not: "Показан период: 1
 * марта 2023 г. – 31 марта 2023 г.; вне периода: 12 сроков, 40 писем, 3 замечания" */
char *rehearse_outside_sentence(const struct rehearsal *rehearsal);

/* What simulated people do: one sentence. */
char *rehearse_people_sentence(const struct rehearsal *rehearsal);

/* --- findings -------------------------------------------------------------------------------- */

/* The heading of findings of this kind, NULL when the kind is not known. */
char *rehearse_finding_heading(const struct rehearsal *rehearsal, const char *kind);
/* One finding, harmless: a sentence without the full stop at its end. */
char *rehearse_finding_sentence(const struct rehearsal *rehearsal, const json_t *finding);

#endif
