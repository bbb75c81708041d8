/* storetoken.h - a store has a name of its own: random, and the same for ever
 *
 * Ids of instances begin at 1 in every store. Where what two engines tell comes together (entries
 * in one person's calendar), the token keeps them apart. A backup has it too: it is the same store.
 */
#ifndef ENGINE_STORETOKEN_H
#define ENGINE_STORETOKEN_H

#include "store/store.h"

/* 16 hexadecimal digits: of a million stores no two are the same */
#define STORE_TOKEN_MAX 17

/* Made when there is none yet. ERROR_FORMAT: damaged. */
bool storetoken_get(struct store *store, char ret_token[STORE_TOKEN_MAX], struct error *err);

#endif
