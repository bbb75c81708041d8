/* language.h - which language people are spoken to in, and the catalogue of its sentences
 *
 * Sentences stand in the code in English and are looked up with _(); N_() marks those that are
 * looked up later. The catalogue is po/ru.po.
 */
#ifndef CLI_LANGUAGE_H
#define CLI_LANGUAGE_H

#include <libintl.h>
#include <stdbool.h>

#define _(text)  gettext(text)
#define N_(text) (text)

enum language { LANGUAGE_RUSSIAN, LANGUAGE_ENGLISH };

/* By these variables, each may be NULL or "": marshrut "ru" or "en" decides; otherwise the first of
 * lc_all, lc_messages, lang that says something: exactly C or POSIX, or en…, is English, and all
 * else is Russian: an unset LANG and C.UTF-8 are what a bare server has. */
enum language language_choose(const char *marshrut, const char *lc_all, const char *lc_messages,
                              const char *lang);

/* Choose by the environment and make the catalogue ready, for the sentences of libraries too,
 * before any thread is started. folder: where ru/LC_MESSAGES/marshrut.mo is; NULL: ../locale or
 * ../share/locale beside the program. */
void language_begin(const char *folder);
/* The same with the language given. */
void language_begin_as(enum language language, const char *folder);

enum language language_get(void);

/* A word that needs a context to be translated, "status|open": its translation, or what follows the
 * bar. Mark it with N_(). */
const char *language_word(const char *word);

#endif
