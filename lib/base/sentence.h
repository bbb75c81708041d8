/* sentence.h - a sentence as its format and its printed arguments, said again in another language
 *
 * A format is taken apart into its conversions: %s %d %u %c %x %o, with 0, a width, a precision and
 * l, ll, z, and %%. Pure; no format is ever given to printf.
 *
 * What a person or a document has named stands in quotes ("%s"). A bare %s is a word of ours or of
 * the system ("open", "a list"), and is translated too where there is a translation.
 */
#ifndef BASE_SENTENCE_H
#define BASE_SENTENCE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#define SENTENCE_ARGS_MAX 8 /* conversions of one format; the longest of ours has 5 */

/* A translation of text, or text itself when there is none. */
typedef const char *sentence_translate_fn(const char *text);

/* Print each conversion of format as printf would, one after another, each with its final zero,
 * into buf. false when they do not fit, are too many, or one is unknown: buf is undefined then. */
bool sentence_print_args(const char *format, va_list args, char *buf, size_t size,
                         size_t *ret_count);

/* Print `translated` with args in the places of its conversions, in order or as %1$s says, into
 * buf. translate is for bare words and may be NULL. false when format and translated do not have
 * exactly `count` conversions each, or it does not fit: buf is undefined then. Both may be
 * anybody's text. */
bool sentence_say(const char *format, const char *translated, const char *const *args, size_t count,
                  sentence_translate_fn *translate, char *buf, size_t size);

#endif
