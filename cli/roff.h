/* roff.h - text in the language of man pages: the few requests of man(7) that our pages need
 *
 * Whatever the text is, it is shown as it is: nothing in it is taken for a request.
 */
#ifndef CLI_ROFF_H
#define CLI_ROFF_H

#include "base/buffer.h"

/* title "marshrut-why", section "1"; both and version in the corners of the page. */
void roff_begin(struct buffer *out, const char *title, const char *section, const char *version);
void roff_heading(struct buffer *out, const char *text);
void roff_paragraph(struct buffer *out, const char *text);
/* A line of its own, like a command, indented and not filled. */
void roff_line(struct buffer *out, const char *text);
/* Lines of roff_line() stand between these two. */
void roff_lines_begin(struct buffer *out);
void roff_lines_end(struct buffer *out);
/* A term in bold, its value in italics (may be NULL), and what is said about it. */
void roff_entry(struct buffer *out, const char *term, const char *value, const char *text);
/* One more paragraph of the last entry. */
void roff_entry_more(struct buffer *out, const char *text);
/* Words in a line of their own: bold, italic, plain. */
void roff_bold(struct buffer *out, const char *text);
void roff_italic(struct buffer *out, const char *text);
void roff_plain(struct buffer *out, const char *text);

#endif
