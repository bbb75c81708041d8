/* words.h - the words of a header frame: reading them strictly, writing them
 *
 * Shared by worker.c and client.c only. Reading is one pass without allocation and marks the reader
 * bad at the first trouble: later reads give zeros, and one check at the end is enough.
 * See docs/protocol.md §1.3.
 */
#ifndef WIRE_WORDS_H
#define WIRE_WORDS_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

struct words {
    const char *start;
    const char *at; /* the next word, or past the end */
    const char *end;
    const char *word; /* the last word taken: where errors point */
    struct error *err;
    bool bad;
    bool more; /* another word must follow: not the end */
};

/* Begin to read, and check the first word against "MW1" or "MC1". */
void words_begin(struct words *w, struct bytes header, const char *protocol, struct error *err);

/* The next word; no bytes when the reader is or becomes bad. */
struct bytes words_take(struct words *w);

/* A number min..max without sign and leading zeros. what names it in the error. */
uint64_t words_number(struct words *w, const char *what, uint64_t min, uint64_t max);

/* A name (wire_name_valid) into buf, zero-terminated; buf has LIMIT_NAME_BYTES + 1. */
void words_name(struct words *w, char *buf);

/* The name of an error code, as error_name() gives it. */
enum error_code words_error_code(struct words *w);

/* Mark bad: err gets the code and the sentence, with the column of the last word taken. */
void words_fail(struct words *w, enum error_code code, const char *sentence);

/* True when everything was good and nothing is left. */
bool words_end(struct words *w);

/* Digits only, no leading zero, no overflow. */
bool number_parse(const char *text, size_t size, uint64_t *ret_number);

/* Write at `at`, return the place after. put_word() writes a blank before the word. */
char *put_text(char *at, const char *text);
char *put_word(char *at, const char *text);
char *put_number(char *at, uint64_t number);
char *put_number_word(char *at, uint64_t number);

#endif
