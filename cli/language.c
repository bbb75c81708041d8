/* language.c - Russian or English, on machines that have no Russian locale
 *
 * Owns:    the choice of the language and the binding of the catalogue; the one global of cli/.
 * In:      main() at the start.
 * Out:     gettext() answers in that language; text is UTF-8 whatever the locale is.
 * Always:  a machine without any locale but C.UTF-8 speaks Russian: gettext looks at LANGUAGE only
 *          when the locale of messages is not "C", and any other will do.
 * See:     docs/cli.md §Language
 */
#include "cli/language.h"

#include "base/beside.h"
#include "base/error.h"
#include "base/must.h"
#include "cli/text.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DOMAIN "marshrut"

static enum language chosen = LANGUAGE_ENGLISH;

static bool says(const char *variable)
{
    return variable != NULL && variable[0] != '\0';
}

enum language language_choose(const char *marshrut, const char *lc_all, const char *lc_messages,
                              const char *lang)
{
    if (says(marshrut) && strcmp(marshrut, "ru") == 0) {
        return LANGUAGE_RUSSIAN;
    }
    if (says(marshrut) && strcmp(marshrut, "en") == 0) {
        return LANGUAGE_ENGLISH;
    }
    const char *locale = says(lc_all) ? lc_all : says(lc_messages) ? lc_messages : lang;
    if (says(locale) && (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 ||
                         strncmp(locale, "en", 2) == 0)) {
        return LANGUAGE_ENGLISH;
    }
    return LANGUAGE_RUSSIAN;
}

/* Any locale with UTF-8 that is not "C". Debian's C library always has the first. */
static void set_some_locale(int category)
{
    static const char *const names[] = {"C.UTF-8", "C.utf8", "ru_RU.UTF-8", "en_US.UTF-8", ""};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (setlocale(category, names[i]) != NULL) {
            return;
        }
    }
}

static bool has_catalogue(const char *folder)
{
    struct buffer path = BUFFER_INIT;

    text_put(&path, "%s/ru/LC_MESSAGES/" DOMAIN ".mo", folder);
    char *text = text_take(&path);
    bool there = access(text, R_OK) == 0;
    free(text);
    return there;
}

/* From the place of the program: build/<preset>/locale, or share/locale where it is installed. NULL
 * when it is in neither. */
static char *find_catalogue(void)
{
    static const char *const places[] = {"../locale", "../share/locale"};
    char folder[BESIDE_PATH_MAX];

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (beside_find(places[i], R_OK, folder) && has_catalogue(folder)) {
            return xstrdup(folder);
        }
    }
    return NULL;
}

/* The sentences of libraries are in the same catalogue. */
static const char *translate(const char *text)
{
    return gettext(text);
}

void language_begin_as(enum language language, const char *folder)
{
    char *found = folder == NULL ? find_catalogue() : NULL;

    chosen = language;
    set_some_locale(LC_CTYPE);
    set_some_locale(LC_MESSAGES);
    setenv("LANGUAGE", language == LANGUAGE_RUSSIAN ? "ru" : "en", 1);
    if (folder != NULL || found != NULL) {
        bindtextdomain(DOMAIN, folder != NULL ? folder : found);
    }
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
    error_translate_by(translate);
    free(found);
}

void language_begin(const char *folder)
{
    language_begin_as(language_choose(getenv("MARSHRUT_LANG"), getenv("LC_ALL"),
                                      getenv("LC_MESSAGES"), getenv("LANG")),
                      folder);
}

enum language language_get(void)
{
    return chosen;
}

const char *language_word(const char *word)
{
    const char *text = gettext(word);
    const char *bar = strchr(word, '|');

    must(bar != NULL);
    return text != word ? text : bar + 1;
}
