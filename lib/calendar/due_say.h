/* due_say.h - a tree in Russian words
 *
 * Private to the parser of due phrases. The plain form is read back to the same tree; the rule is
 * the same for people, with what was decided: «до 15 августа включительно».
 */
#ifndef CALENDAR_DUE_SAY_H
#define CALENDAR_DUE_SAY_H

#include "calendar/due_count.h"

enum grammatical_case { NOMINATIVE, GENITIVE, DATIVE, PREPOSITIONAL, ACCUSATIVE };

/* «сентябрь 2023 года», «второй недели августа», without a preposition. */
void due_say_point(struct buffer *out, const struct point *point, enum grammatical_case how);
/* What it lies in, after a blank; nothing where that goes without saying. */
void due_say_outer(struct buffer *out, const struct point *point);
/* «третий», as its unit wants it; number -2 to 5, or in figures. */
void due_say_number(struct buffer *out, const struct point *point, enum grammatical_case how);
/* «квартал», «кварталов», «каждый квартал». */
void due_say_unit(struct buffer *out, enum unit unit, enum grammatical_case how);
void due_say_units(struct buffer *out, enum unit unit);
void due_say_each(struct buffer *out, enum unit unit, enum grammatical_case how);
/* «кварталы», «кварталах»: nominative, prepositional; false: one noun stands for all of a list,
 * «вторая и четвёртая среда». */
bool due_say_plural(struct buffer *out, enum unit unit, enum grammatical_case how);

/* --- due_say_repeat.c ------------------------------------------------------------------------- */

/* «10 рабочих дней» in the genitive. */
void due_say_length(struct buffer *out, int count, enum unit unit, enum grammatical_case how);
/* The same with an event after it: «месяц», «полгода», where it is one. */
void due_say_short_length(struct buffer *out, int count, enum unit unit, enum grammatical_case how);
/* «каждый год», «2 раза в месяц». */
void due_say_repeat(struct buffer *out, const struct repeat *repeat);

/* A term; rule: for people, as it was decided in this variant. */
struct due_voice {
    struct buffer *out;
    bool rule;
    enum doubt variant;
};
void due_say_term(const struct due_voice *voice, const struct term *term);
void due_say_items(const struct due_voice *voice, const struct term *term);

/* --- due_say_list.c --------------------------------------------------------------------------- */

bool due_same_chain(const struct point *a, const struct point *b);
/* Of the same unit in the same whole: only their numbers differ. */
bool due_same_head(const struct point *a, const struct point *b);
/* Is it said by its number, so that it can stand in a list or a range? */
bool due_by_number(const struct point *p);
/* «второй», «вторник»: with «со» and «во» before it. */
bool due_says_second(const struct point *p);
/* How many items from this one on are one list. */
uint32_t due_list_length(const struct term *term, uint32_t at);
void due_say_list(const struct due_voice *voice, const struct item *items, uint32_t count);

struct bytes due_print(const struct tree *tree, struct arena *arena);
struct bytes due_rule(const struct term *term, enum due_kind kind, enum doubt variant,
                      struct arena *arena);

#endif
