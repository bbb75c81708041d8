/* told_letter.h - what became of a notice: told, still to be told, or untrue before its letter left
 */
#ifndef ENGINE_TOLD_LETTER_H
#define ENGINE_TOLD_LETTER_H

#include "engine/view.h"

/* Set "state" of a row of `assignment.noticed`: `sent`, `waits` or `dropped`; "at": when its letter
 * left, or will; and of what is told of the term "left" and "left_working", days from then to its
 * end. alone: the text of the letter, when it left at once; the instance is that of the record. */
void told_letter_set(json_t *row, const struct view *view, const struct instance *instance,
                     const struct record *noticed, struct bytes alone);

#endif
