/* error.c - the table of error names, and filling a struct error
 *
 * Owns:    the one setting of the process: how sentences are translated.
 * In:      everybody who refuses something.
 * Out:     a filled struct error.
 * Always:  a text that is cut ends with a whole character.
 * See:     error.h, sentence.h
 */
#include "base/error.h"

#include <stdio.h>
#include <string.h>

static const char *const names[ERROR_CODE_COUNT] = {
    [ERROR_NONE] = "none",           [ERROR_SYNTAX] = "syntax",
    [ERROR_INVALID] = "invalid",     [ERROR_UNSUPPORTED] = "unsupported",
    [ERROR_TOO_LARGE] = "too-large", [ERROR_NOT_FOUND] = "not-found",
    [ERROR_CONFLICT] = "conflict",   [ERROR_STALE] = "stale",
    [ERROR_REFUSED] = "refused",     [ERROR_BUSY] = "busy",
    [ERROR_DISK_FULL] = "disk-full", [ERROR_STORE] = "store",
    [ERROR_FORMAT] = "format",       [ERROR_IO] = "io",
    [ERROR_TIMEOUT] = "timeout",
};

const char *error_name(enum error_code code)
{
    return (unsigned)code < ERROR_CODE_COUNT ? names[code] : "unknown";
}

enum error_code error_code_find(const char *name)
{
    for (int i = 1; i < ERROR_CODE_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            return (enum error_code)i;
        }
    }
    return ERROR_NONE;
}

/* Never leave half a UTF-8 character at the end of a cut text. */
static void cut_at_character(char *text, int written, unsigned long size)
{
    if (written < 0 || (unsigned long)written < size) {
        return;
    }
    unsigned long end = size - 1;
    while (end > 0 && ((unsigned char)text[end - 1] & 0xC0) == 0x80) {
        end--;
    }
    if (end > 0 && ((unsigned char)text[end - 1] & 0x80) != 0) {
        end--;
    }
    text[end] = '\0';
}

static const char *(*translate_sentence)(const char *text) = NULL;

void error_translate_by(const char *(*translate)(const char *text))
{
    translate_sentence = translate;
}

const char *error_word(const char *word)
{
    /* to gettext the empty text is the head of the catalogue */
    return translate_sentence != NULL && word[0] != '\0' ? translate_sentence(word) : word;
}

bool error_set_at_va(struct error *err, enum error_code code, const char *file, int line,
                     int column, const char *fmt, va_list args)
{
    if (err == NULL) {
        return false;
    }
    err->code = code;
    err->line = line;
    err->column = column;
    snprintf(err->file, sizeof err->file, "%s", file ? file : "");
    bool known = sentence_print_args(fmt, args, err->args, sizeof err->args, &err->arg_count);
    err->format = known ? fmt : NULL;
    cut_at_character(err->text, vsnprintf(err->text, sizeof err->text, error_word(fmt), args),
                     sizeof err->text);
    return false;
}

bool error_set(struct error *err, enum error_code code, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    error_set_at_va(err, code, NULL, 0, 0, fmt, args);
    va_end(args);
    return false;
}

bool error_set_at(struct error *err, enum error_code code, const char *file, int line, int column,
                  const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    error_set_at_va(err, code, file, line, column, fmt, args);
    va_end(args);
    return false;
}

size_t error_args(const struct error *err, const char *ret_args[SENTENCE_ARGS_MAX])
{
    const char *at = err->args;
    size_t count = err->format != NULL ? err->arg_count : 0;

    for (size_t i = 0; i < count; i++) {
        ret_args[i] = at;
        at += strlen(at) + 1;
    }
    return count;
}

void error_print(const struct error *err, char *buf, unsigned long size)
{
    if (err->file[0] == '\0' && err->line == 0) {
        snprintf(buf, size, "%s", err->text);
    } else if (err->line == 0) {
        snprintf(buf, size, "%s: %s", err->file, err->text);
    } else {
        snprintf(buf, size, "%s:%d:%d: %s", err->file, err->line, err->column, err->text);
    }
}
