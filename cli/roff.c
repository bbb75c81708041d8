/* roff.c - text in the language of man pages: the few requests of man(7) that our pages need
 *
 * Owns:    the escaping of text.
 * In:      man_pages.c.
 * Always:  no line of text begins with a dot or an apostrophe, and no backslash is one of roff.
 * See:     groff_man(7), man-pages(7)
 */
#include "cli/roff.h"

#include "cli/text.h"

#include <string.h>

static const char *escape_of(char c)
{
    switch (c) {
    case '\\':
        return "\\e";
    case '-':
        return "\\-";
    case '\'':
        return "\\(aq";
    case '"':
        return "\\(dq";
    case '`':
        return "\\(ga";
    case '^':
        return "\\(ha";
    case '~':
        return "\\(ti";
    case '\n':
        return " ";
    default:
        return NULL;
    }
}

/* Text within a line that has begun with a macro or \&. */
static void put_text(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        const char *escape = escape_of(*text);
        if (escape != NULL) {
            buffer_text(out, escape);
        } else {
            text_put(out, "%c", *text);
        }
    }
}

/* \& takes no room: the line does not begin with the text. */
static void put_line(struct buffer *out, const char *text)
{
    buffer_text(out, "\\&");
    put_text(out, text);
    buffer_text(out, "\n");
}

void roff_begin(struct buffer *out, const char *title, const char *section, const char *version)
{
    buffer_text(out, ".TH \"");
    put_text(out, title);
    text_put(out, "\" %s \"\" \"Marshrut %s\" \"Marshrut\"\n.nh\n.ad l\n", section, version);
}

void roff_heading(struct buffer *out, const char *text)
{
    buffer_text(out, ".SH \"");
    put_text(out, text);
    buffer_text(out, "\"\n");
}

void roff_paragraph(struct buffer *out, const char *text)
{
    buffer_text(out, ".PP\n");
    put_line(out, text);
}

void roff_lines_begin(struct buffer *out)
{
    buffer_text(out, ".PP\n.RS 4\n.nf\n");
}

void roff_line(struct buffer *out, const char *text)
{
    put_line(out, text);
}

void roff_lines_end(struct buffer *out)
{
    buffer_text(out, ".fi\n.RE\n");
}

void roff_bold(struct buffer *out, const char *text)
{
    buffer_text(out, "\\fB");
    put_text(out, text);
    buffer_text(out, "\\fR");
}

void roff_italic(struct buffer *out, const char *text)
{
    buffer_text(out, "\\fI");
    put_text(out, text);
    buffer_text(out, "\\fR");
}

void roff_plain(struct buffer *out, const char *text)
{
    put_text(out, text);
}

void roff_entry(struct buffer *out, const char *term, const char *value, const char *text)
{
    buffer_text(out, ".TP\n");
    roff_bold(out, term);
    if (value != NULL) {
        buffer_text(out, " ");
        roff_italic(out, value);
    }
    buffer_text(out, "\n");
    put_line(out, text);
}

void roff_entry_more(struct buffer *out, const char *text)
{
    buffer_text(out, ".IP\n");
    put_line(out, text);
}
