/* error.h - one way to say what went wrong
 *
 * A function that can be refused by the outside world takes `struct error *err` last and returns
 * false (or NULL); then *err holds a code, one clear sentence, and where it is known the place.
 * On failure outputs are untouched and there are no side effects. err may be NULL when the caller
 * only needs to know that it failed. Libraries fill it and do not log.
 *
 * Sentences stand in the code in English, in full, as the format of one of these functions, which
 * outlives every error: po/update finds them there. A program that speaks another language to
 * people says once how to translate; what a program sends has the format and the arguments beside
 * the text.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/compiler.h"
#include "base/sentence.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define ERROR_TEXT_MAX                                                                             \
    512 /* bytes with the final zero; longer sentences are cut at a character                      \
         */
#define ERROR_FILE_MAX 256

/* One word each, as it goes over the wire and into logs: see error_name(). */
enum error_code {
    ERROR_NONE = 0,
    ERROR_SYNTAX,      /* not well-formed: YAML, JSON, a frame, a date */
    ERROR_INVALID,     /* well-formed, but means nothing here: unknown body, wrong type */
    ERROR_UNSUPPORTED, /* known to the standard, not to us */
    ERROR_TOO_LARGE,   /* beyond a named limit */
    ERROR_NOT_FOUND,   /* no such instance, task, definition, file */
    ERROR_CONFLICT,    /* exists already, or the state does not allow it now */
    ERROR_STALE,       /* an attempt that is no longer the open one */
    ERROR_REFUSED,     /* not allowed to you, or not now: foreign task, wrong clock, no role */
    ERROR_BUSY,        /* a limit of the moment; try again */
    ERROR_DISK_FULL,   /* too little free disk for a turn; try again when there is space */
    ERROR_STORE,       /* the store failed */
    ERROR_FORMAT,      /* a record or store of a version that this program does not read */
    ERROR_IO,          /* a file, socket or program outside failed */
    ERROR_TIMEOUT,     /* no answer in time */
    ERROR_CODE_COUNT
};

struct error {
    enum error_code code;
    int line;   /* 1-based, 0 when there is no place */
    int column; /* 1-based, in characters, 0 when unknown */
    char text[ERROR_TEXT_MAX];
    char file[ERROR_FILE_MAX]; /* "" when there is no file */
    /* What the text was made of, for whoever says it in another language (sentence.h). */
    const char *format; /* of the code, in English; NULL: only the text is known */
    size_t arg_count;
    char args[ERROR_TEXT_MAX]; /* one after another, each with its final zero */
};

#define ERROR_INIT ((struct error){.code = ERROR_NONE})

/* "syntax", "not-found", … ; "unknown" for a number that is none of ours. Never NULL. */
const char *error_name(enum error_code code);

/* The code of such a name, ERROR_NONE when there is none. */
enum error_code error_code_find(const char *name);

/* Fill *err (when it is not NULL) and return false, so that `return error_set(...)` reads well. */
bool error_set(struct error *err, enum error_code code, const char *fmt, ...) PRINTF_LIKE(3, 4);

/* The same with a place. file may be NULL. */
bool error_set_at(struct error *err, enum error_code code, const char *file, int line, int column,
                  const char *fmt, ...) PRINTF_LIKE(6, 7);

/* For a function of its own that takes such a format; tell po/update its name. */
bool error_set_at_va(struct error *err, enum error_code code, const char *file, int line,
                     int column, const char *fmt, va_list args) PRINTF_LIKE(6, 0);

/* The arguments of err->format, borrowed from err; returns how many: 0 where there is no format. */
size_t error_args(const struct error *err, const char *ret_args[SENTENCE_ARGS_MAX]);

/* How a program turns a sentence of a library (a format) into its language: another format for the
 * same arguments, or the same pointer. Before the first thread is started; NULL, as it is at first:
 * English. Engines and workers leave it: what goes over the wire and into logs is English. */
void error_translate_by(const char *(*translate)(const char *text));

/* A word that is put into a sentence ("a step", "a list") in the language of the sentence. Mark the
 * word with N_() where it stands. Words of the workflow language itself are not translated. */
const char *error_word(const char *word);

#define N_(text) (text) /* found by po/update, translated later */

/* Print "file:line:col: text" (or what of it is known) into buf; always ends in zero. */
void error_print(const struct error *err, char *buf, unsigned long size);

#endif
