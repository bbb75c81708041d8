/* extract.h - the assignment as the plan has it: the part that all its letters share */
#ifndef NOTIFY_EXTRACT_H
#define NOTIFY_EXTRACT_H

#include "workers/notify/news.h"

#define EXTRACT_NAME_CHARS  400 /* full names of bodies reach 250 characters */
#define EXTRACT_SHORT_CHARS 60  /* numbers of items, and titles in their place */
#define EXTRACT_BULLETS_MAX 50  /* the longest list known has 9 */
#define EXTRACT_RESULTS_MAX 10  /* expected, or reported */

/* Append the lines, and a blank one after them. */
void extract_write(const struct news *news, struct buffer *out);
/* Append why the last day is another than the one that was named; nothing when it is the same. */
void extract_shift(const struct news *news, const char *before, struct buffer *out);
/* Append what was reported, a line each, begun with the end of the line before. NULL: nothing. */
void extract_report(const json_t *report, struct buffer *out);

#endif
