/* catalogue.c - a reader of .mo files: two sorted tables of strings
 *
 * Owns:    the bytes of the catalogue.
 * Always:  lengths and places are checked once, when it is read; a file that lies is refused.
 * See:     the GNU gettext manual, "The Format of GNU MO Files"
 */
#include "engine/web/catalogue.h"

#include "base/beside.h"
#include "base/must.h"
#include "engine/file.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAGIC 0x950412deu /* in the byte order of the machine that made it, which is ours */

struct catalogue {
    struct buffer bytes;
    uint32_t count;
    uint32_t ids; /* places of the two tables: pairs of length and offset */
    uint32_t texts;
};

static uint32_t word_at(const struct catalogue *c, size_t at)
{
    uint32_t word;

    memcpy(&word, c->bytes.data + at, sizeof word);
    return word;
}

static const char *string_at(const struct catalogue *c, uint32_t table, uint32_t index)
{
    return (const char *)c->bytes.data + word_at(c, table + 8 * (size_t)index + 4);
}

/* Does every string of the table lie in the file, with its final zero? */
static bool is_table(const struct catalogue *c, uint32_t table)
{
    if (table > c->bytes.size || c->count > (c->bytes.size - table) / 8) {
        return false;
    }
    for (uint32_t i = 0; i < c->count; i++) {
        size_t length = word_at(c, table + 8 * (size_t)i);
        size_t at = word_at(c, table + 8 * (size_t)i + 4);
        if (at >= c->bytes.size || length >= c->bytes.size - at ||
            c->bytes.data[at + length] != '\0') {
            return false;
        }
    }
    return true;
}

bool catalogue_read(struct buffer *bytes, struct catalogue **ret_catalogue, struct error *err)
{
    struct catalogue *c = xcalloc(1, sizeof *c);

    c->bytes = *bytes;
    *bytes = BUFFER_INIT;
    if (c->bytes.size >= 20 && word_at(c, 0) == MAGIC) {
        c->count = word_at(c, 8);
        c->ids = word_at(c, 12);
        c->texts = word_at(c, 16);
    }
    if (c->ids == 0 || !is_table(c, c->ids) || !is_table(c, c->texts)) {
        catalogue_close(c);
        return error_set(err, ERROR_FORMAT, "this is no catalogue of sentences");
    }
    *ret_catalogue = c;
    return true;
}

struct catalogue *catalogue_open(void)
{
    static const char *const places[] = {"../locale/ru/LC_MESSAGES/marshrut.mo",
                                         "../share/locale/ru/LC_MESSAGES/marshrut.mo"};
    char path[BESIDE_PATH_MAX];
    struct catalogue *found = NULL;

    for (size_t i = 0; found == NULL && i < sizeof places / sizeof *places; i++) {
        struct buffer bytes = BUFFER_INIT;
        if (beside_find(places[i], R_OK, path) && file_read(path, &bytes, NULL)) {
            catalogue_read(&bytes, &found, NULL);
        }
        buffer_fini(&bytes);
    }
    return found;
}

void catalogue_close(struct catalogue *c)
{
    if (c != NULL) {
        buffer_fini(&c->bytes);
        free(c);
    }
}

const char *catalogue_find(const struct catalogue *c, const char *text)
{
    uint32_t low = 0;
    uint32_t high = c != NULL ? c->count : 0;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(text, string_at(c, c->ids, middle));
        if (order == 0) {
            const char *found = string_at(c, c->texts, middle);
            return found[0] != '\0' && text[0] != '\0' ? found : text;
        }
        low = order > 0 ? middle + 1 : low;
        high = order > 0 ? high : middle;
    }
    return text;
}

/* sentence_say() asks for words without a context: those of the catalogue that speaks just now. */
static const struct catalogue *speaking;

static const char *translate_word(const char *text)
{
    return catalogue_find(speaking, text);
}

bool catalogue_say(const struct catalogue *c, const char *format, const char *const *args,
                   size_t count, char *buf, size_t size)
{
    const char *translated = catalogue_find(c, format);

    speaking = c;
    return translated != format &&
           sentence_say(format, translated, args, count, translate_word, buf, size);
}
