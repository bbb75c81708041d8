/* due_text.h - a phrase as people typed it -> letters in one form, each with its place
 *
 * Private to the parser of due phrases. Lower case; ё is е; any dash is '-'; blanks of all kinds
 * and quotes are ' '; soft hyphens, zero-width characters, accents, stars and superscript digits of
 * footnotes are gone. Latin letters stay: only a word as a whole says what they are (due_lex.h).
 */
#ifndef CALENDAR_DUE_TEXT_H
#define CALENDAR_DUE_TEXT_H

#include "base/arena.h"
#include "base/error.h"

#include <stdint.h>

struct due_text {
    struct bytes original;
    char *data; /* UTF-8, zero-terminated */
    uint32_t size;
    uint16_t
        *columns; /* of each byte of data, and of its end: characters of the original, from 1 */
    uint16_t *offsets; /* likewise: bytes of the original before it */
};

/* ERROR_TOO_LARGE beyond LIMIT_PHRASE_BYTES, ERROR_SYNTAX for bytes that are no UTF-8: with the
 * column. All memory is of the arena. */
bool due_text_read(struct bytes phrase, struct arena *arena, struct due_text *ret_text,
                   struct error *err);

#endif
