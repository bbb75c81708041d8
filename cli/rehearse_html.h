/* rehearse_html.h - the parts of the page of a rehearsal */
#ifndef CLI_REHEARSE_HTML_H
#define CLI_REHEARSE_HTML_H

#include "base/buffer.h"
#include "cli/rehearsal.h"

/* Text, harmless and escaped. */
void html_text(struct buffer *out, const char *text);
/* before, text, after; the text is taken. */
void html_owned(struct buffer *out, const char *before, char *text, const char *after);

/* A month: its days with what is due, and the titles of that below. false: nothing happens in it,
 * and nothing was put. */
bool html_month(const struct rehearsal *rehearsal, int year, int month, struct buffer *out);

/* Who gets how many letters, then every letter by day, hour and recipient. */
void html_letters(const struct rehearsal *rehearsal, struct buffer *out);

/* The style sheet, in the page itself: a page is one file that can be sent by mail. */
extern const char html_style[];

#endif
