/* watch_group.h - letters of one occasion to several bodies: collected, then one line
 *
 * Only watch_lines.c collects; the wording is here.
 */
#ifndef CLI_WATCH_GROUP_H
#define CLI_WATCH_GROUP_H

#include "base/buffer.h"
#include "cli/dates.h"
#include "cli/watch_line.h"
#include "cli/watch_names.h"

struct watch_group {
    bool open;
    enum watch_word word;
    json_t *assignment; /* of the letter or of the row */
    json_t *recipients; /* names */
    json_int_t days;
    bool working; /* days are working days */
    char day[DATES_TEXT_MAX];
};

void watch_group_clear(struct watch_group *group);

/* Is this the assignment the group is about? */
bool watch_group_holds(const struct watch_group *group, const json_t *assignment);

/* «осталось 10 дней»: what the occasion says of the term. Yours to free. */
char *watch_group_fact(const struct watch_group *group);
/* «КОПО ЛО, ЛОИРО и ещё 3». Yours to free. */
char *watch_group_who(const struct watch_group *group, const struct watch_names *names);

#endif
