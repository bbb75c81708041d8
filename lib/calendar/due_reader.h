/* due_reader.h - tokens -> tree: who reads what
 *
 * Private to the parser of due phrases. A function that does not find what it reads leaves the
 * cursor where it was and returns false (or NULL); so the first token that nobody could take is
 * where the phrase is not understood.
 */
#ifndef CALENDAR_DUE_READER_H
#define CALENDAR_DUE_READER_H

#include "calendar/due_cursor.h"

#define NUMBERS_MAX 31 /* in one list: the days of a month */

/* --- due_read_number.c ------------------------------------------------------------------------ */

struct due_numeral {
    int value;
    int digits; /* 0: in words */
    bool ordinal;
    uint32_t at;
};

struct due_pair {
    struct due_numeral from;
    struct due_numeral to; /* the same when it is no range */
    bool until;            /* «с 1 до 5» */
    bool slash;            /* 2022/2023 */
};

bool due_read_numeral(struct due_reader *r, struct due_numeral *ret_numeral);
/* A list of numbers and ranges; since: after «с», so «по» and «до» join too. */
uint32_t due_read_numbers(struct due_reader *r, bool since, struct due_pair pairs[NUMBERS_MAX]);

/* --- due_read_point.c, due_read_outer.c ------------------------------------------------------- */

struct point *due_point(struct due_reader *r, enum unit unit, int number, const struct point *of);
/* «полугодие», «рабочий день», «учебный год»: the unit, its adjectives before it taken. */
bool due_read_unit(struct due_reader *r, enum unit *ret_unit);
/* «рабочего дня», «месяцев» was just read: a number before it says which one, or how many. */
bool due_one_workday(const struct due_reader *r);
bool due_genitive_plural(const struct due_reader *r);
/* What a unit is in: «сентября 2023 года», «каждого месяца»; NULL: nothing is said. */
const struct point *due_read_outer(struct due_reader *r, enum unit inner);
const struct point *due_read_year(struct due_reader *r, enum unit inner);
/* A point, or several under one head; items are added to the term. */
bool due_read_points(struct due_reader *r, bool since, struct term *term);
bool due_read_counted(struct due_reader *r, struct term *term); /* due_read_counted.c */

/* --- due_read_when.c ---------------------------------------------------------------------------*/

bool due_read_when(struct due_reader *r, struct term *term);
/* «до», «не позднее», «начиная с», also «в»; *ret_bound is left alone when there is none. */
bool due_take_bound(struct due_reader *r, enum bound *ret_bound);
struct item *due_add_item(struct due_reader *r, struct term *term);

/* --- due_read_event.c ---------------------------------------------------------------------------
 */

/* Something that happens stands here: «утверждения плана». */
bool due_names_event(const struct due_reader *r);
bool due_read_event(struct due_reader *r, struct anchor *anchor);
bool due_follows_day(const struct due_reader *r); /* «, следующего за днем» */
bool due_take_following_day(struct due_reader *r);
bool due_read_since_event(struct due_reader *r, struct anchor *anchor);  /* со дня … */
bool due_read_before_event(struct due_reader *r, struct anchor *anchor); /* до … */

bool due_read_moment(struct due_reader *r, struct anchor *anchor); /* due_read_moment.c */
/* «реализации [настоящей программы, дорожной карты, мероприятий]»: the work of the document. */
bool due_names_document(const struct due_reader *r);

/* --- due_read_repeat.c, due_read_anchor.c, due_read_other.c: true when the term has more now ----
 */

bool due_read_repeat(struct due_reader *r, struct term *term, struct repeat *repeat);
bool due_read_anchor(struct due_reader *r, struct term *term);
bool due_read_lasting(struct due_reader *r, struct term *term);
/* «в течение», «на протяжении», «в ходе»: also without the preposition. */
bool due_take_course(struct due_reader *r);
bool due_read_demand(struct due_reader *r, struct term *term);
bool due_read_plan(struct due_reader *r, struct term *term);
bool due_read_hour(struct due_reader *r, struct term *term); /* due_read_hour.c */

/* --- due_read.c ------------------------------------------------------------------------------- */

/* The whole phrase. */
bool due_read(struct due_reader *r, struct tree *ret_tree, struct error *err);

/* --- due_merge.c ------------------------------------------------------------------------------ */

bool due_has_year(const struct point *point);
bool due_year_numbered(const struct point *point);
bool due_lacks_year(const struct point *point);
/* The same point of that year, or of one so many years later. */
const struct point *due_attach(struct due_reader *r, const struct point *point,
                               const struct point *year, int shift);
void due_merge(struct due_reader *r, struct term *term);

/* --- due_starts.c ----------------------------------------------------------------------------- */

/* Below the year: «5 числа», «каждую пятницу», not «в мае каждого года». */
bool due_comes_again(const struct point *point);
/* Is `from` where a series starts, and `to` the day in each of its units? */
bool due_starts_series(const struct term *term, const struct point *from, const struct point *to);
/* «ежемесячно 5 числа»: a day of each unit, of no month or year that is named. */
bool due_day_of_each(const struct term *term, const struct point *point);
void due_split_starts(struct due_reader *r, struct term *term);
void due_merge_reports(struct due_reader *r, struct term *term);
bool due_check_starts(const struct due_reader *r, const struct term *term, struct error *err);

/* --- due_complete.c --------------------------------------------------------------------------- */

/* Years that stand once for several, and whether there are such days: changes the tree. */
bool due_complete(struct due_reader *r, struct tree *tree, struct error *err);

#endif
