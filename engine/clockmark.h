/* clockmark.h - a store remembers on which kind of clock it was made
 *
 * Demonstration time runs through a year in minutes: its store must never be taken for the real
 * one, nor the other way round.
 */
#ifndef ENGINE_CLOCKMARK_H
#define ENGINE_CLOCKMARK_H

#include "store/store.h"

/* Mark a new store; ERROR_REFUSED when it is marked with the other kind. */
bool clockmark_check(struct store *store, bool demo, struct error *err);

#endif
