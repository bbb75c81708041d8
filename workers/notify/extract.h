/* extract.h - the assignment as the plan has it: the part that all its letters share */
#ifndef NOTIFY_EXTRACT_H
#define NOTIFY_EXTRACT_H

#include "workers/notify/notice.h"

#define EXTRACT_NAME_CHARS  400 /* full names of bodies reach 250 characters */
#define EXTRACT_SHORT_CHARS 60  /* numbers of items, and titles in their place */
#define EXTRACT_BULLETS_MAX 50  /* the longest list known has 9 */

/* Append the lines, and a blank one after them. */
void extract_write(const struct notice *notice, struct buffer *out);

#endif
