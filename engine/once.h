/* once.h - commands that can be repeated: the same key, the same answer, and nothing is done again
 *
 * In the open turn: a key is there when the turn is committed, with what the command did, and not
 * before. Keys are forgotten after LIMIT_ONCE_MS, or when there are more than LIMIT_ONCE_KEPT.
 */
#ifndef ENGINE_ONCE_H
#define ENGINE_ONCE_H

#include "engine/turn.h"

enum once {
    ONCE_NEW,   /* not seen, or forgotten */
    ONCE_SAME,  /* done already: *ret_answer */
    ONCE_OTHER, /* the key is that of another command */
};

/* What tells one command from another: a hash over one text after another; begin with
 * BYTES_HASH_SEED. */
uint64_t once_fingerprint(uint64_t fingerprint, struct bytes text);

/* ret_answer: JSON in the arena of the turn. */
enum once once_look(struct turn *turn, struct bytes key, uint64_t fingerprint,
                    struct bytes *ret_answer);

/* Keep a new key until the turn after now_ms + LIMIT_ONCE_MS (real time). An answer that is too
 * large is answered later by {"repeated":true}. */
void once_keep(struct turn *turn, struct bytes key, uint64_t fingerprint, struct bytes answer,
               int64_t now_ms);

#endif
