/* catalogue.h - Russian sentences, for one thread that answers in two languages
 *
 * gettext() speaks one language in a process, chosen by its environment, and the engine's own is
 * English. So the compiled catalogue (po/ru.po, GNU gettext's .mo) is read here.
 */
#ifndef WEB_CATALOGUE_H
#define WEB_CATALOGUE_H

#include "base/buffer.h"
#include "base/error.h"

struct catalogue;

/* Take the bytes of a .mo file; ERROR_FORMAT when they are none. *bytes is empty afterwards. */
bool catalogue_read(struct buffer *bytes, struct catalogue **ret_catalogue, struct error *err);
/* From ../locale or ../share/locale beside the program; NULL when it is in neither. */
struct catalogue *catalogue_open(void);
void catalogue_close(struct catalogue *catalogue); /* NULL is fine */

/* The translation, or text itself. NULL has none. */
const char *catalogue_find(const struct catalogue *catalogue, const char *text);

/* The sentence `format` with these arguments in Russian, into buf; false when there is none. */
bool catalogue_say(const struct catalogue *catalogue, const char *format, const char *const *args,
                   size_t count, char *buf, size_t size);

#endif
