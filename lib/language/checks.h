/* checks.h - does a workflow mean something: checks over what was read. Private to lib/language.
 *
 * Each tells its problems to the reader and goes on. Nothing is changed.
 */
#ifndef LANGUAGE_CHECKS_H
#define LANGUAGE_CHECKS_H

#include "language/readers.h"

/* The order of steps: unreachable ones, circles without a wait (check_flow.c). */
void check_flow(const struct reader *reader, const struct node *root,
                const struct workflow *workflow);

/* Steps by themselves: events nobody can send, errors nobody can catch, retries without end
 * (check_steps.c). */
void check_steps(const struct reader *reader, const struct node *root,
                 const struct workflow *workflow);

/* Services that no worker is known to offer, when the reader knows some. Warnings. */
void check_services(const struct reader *reader, const struct node *root,
                    const struct workflow *workflow);

#endif
