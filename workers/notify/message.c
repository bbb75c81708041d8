/* message.c - a letter as one RFC 5322 message
 *
 * Owns:    which headers a letter has.
 * In:      post.c.
 * Out:     bytes for a file or an SMTP server.
 * Always:  the same notice gives the same bytes, Message-ID too: whoever gets it twice can tell;
 *          text from outside is in encoded words or base64, addresses are checked.
 * See:     docs/letters.md §3; RFC 5322, RFC 2045, RFC 2047, RFC 3834 (Auto-Submitted)
 */
#include "workers/notify/message.h"

#include "base/must.h"
#include "workers/notify/mime.h"
#include "workers/notify/text.h"
#include "workers/notify/words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ADDRESS_MAX   254
#define DOMAIN_MAX    200
#define NAME_CHARS    200
#define SUBJECT_CHARS 200
#define SENDER_NAME   "Система «Маршрут»"

static bool letter_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool message_domain_valid(const char *domain)
{
    size_t size = domain ? strlen(domain) : 0;

    for (size_t i = 0; i < size; i++) {
        bool inside = i > 0 && i + 1 < size && domain[i - 1] != '.' && domain[i + 1] != '.';
        if (!letter_or_digit(domain[i]) && !((domain[i] == '.' || domain[i] == '-') && inside)) {
            return false;
        }
    }
    return size > 0 && size <= DOMAIN_MAX;
}

bool message_address_valid(const char *address)
{
    const char *at = address ? strchr(address, '@') : NULL;

    if (at == NULL || at == address || at - address > 64 || strlen(address) > ADDRESS_MAX) {
        return false;
    }
    for (const char *c = address; c < at; c++) { /* atoms and dots: RFC 5321 Dot-string */
        bool dot = *c == '.' && c > address && c + 1 < at && c[-1] != '.';
        if (!letter_or_digit(*c) && !dot && strchr("!#$%&'*+-/=?^_`{|}~", *c) == NULL) {
            return false;
        }
    }
    return message_domain_valid(at + 1);
}

/* "Sun, 18 Feb 2023 09:00:00 +0300": the recipient's time, as in the body. */
static void write_date(int64_t utc_ms, int offset, struct buffer *out)
{
    static const char *const days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    civil_day day = words_day_at(utc_ms, offset);
    struct civil c = civil_of_day(day);
    int64_t there = utc_ms + (int64_t)offset * WORDS_MINUTE_MS;
    int second = (int)((there - (int64_t)day * 86400000) / 1000);
    int ahead = abs(offset);
    char text[64];

    snprintf(text, sizeof text, "Date: %s, %02d %s %04d %02d:%02d:%02d %c%02d%02d\r\n",
             days[civil_weekday(day) - 1], c.day, months[c.month - 1], c.year, second / 3600,
             second / 60 % 60, second % 60, offset < 0 ? '-' : '+', ahead / 60, ahead % 60);
    buffer_text(out, text);
}

/* "Name: =?…?= <address>", or for a recipient without address the empty group "=?…?=:;". */
static void write_party(const char *header, const char *name, const char *address,
                        struct buffer *out)
{
    struct buffer line = BUFFER_INIT;

    text_append_line(&line, name, NAME_CHARS);
    if (line.size == 0) {
        buffer_text(&line, "?");
    }
    buffer_text(out, header);
    buffer_text(out, ": ");
    mime_words(out, strlen(header) + 2, buffer_bytes(&line));
    if (address != NULL) {
        /* on a line of its own: addresses may have 254 characters */
        buffer_text(out, "\r\n <");
        buffer_text(out, address);
        buffer_text(out, ">\r\n");
    } else {
        buffer_text(out, ":;\r\n");
    }
    buffer_fini(&line);
}

/* "Name: <id.token@domain>" */
static void write_id(const char *header, const char *prefix, const char *id,
                     const struct sender *sender, struct buffer *out)
{
    const char *parts[] = {header,        ": <", prefix,         id,     ".",
                           sender->token, "@",   sender->domain, ">\r\n"};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buffer_text(out, parts[i]);
    }
}

static void write_text_header(const char *header, const struct buffer *text, struct buffer *out)
{
    struct buffer line = BUFFER_INIT;
    char *copy = bytes_strdup(buffer_bytes(text));

    text_append_line(&line, copy, SUBJECT_CHARS);
    mime_header(out, header, buffer_bytes(&line));
    buffer_fini(&line);
    free(copy);
}

/* Text in mail has CRLF, also inside base64: RFC 2045 §6.8. */
static void write_body(const struct buffer *text, struct buffer *out)
{
    struct buffer lines = BUFFER_INIT;

    for (size_t i = 0; i < text->size; i++) {
        if (text->data[i] == '\n') {
            buffer_text(&lines, "\r");
        }
        buffer_append(&lines, &text->data[i], 1);
    }
    mime_body(out, buffer_bytes(&lines));
    buffer_fini(&lines);
}

void message_write(const struct notice *notice, const struct letter *letter,
                   const struct sender *sender, struct buffer *out)
{
    const char *address = message_address_valid(notice->to.email) ? notice->to.email : NULL;

    must(message_address_valid(sender->address) && message_domain_valid(sender->domain));
    write_date(notice->made_ms, notice->utc_offset, out);
    write_party("From", SENDER_NAME, sender->address, out);
    write_party("To", notice->to.short_name, address, out);
    write_text_header("Subject", &letter->subject, out);
    write_id("Message-ID", "notice.", notice->id, sender, out);
    if (notice->kind != NOTICE_DIGEST) { /* one thread */
        write_id("References", "assignment.", notice->news->assignment, sender, out);
    }
    mime_header(out, "X-Marshrut-Notice", bytes_of(notice->id));
    mime_header(out, "X-Marshrut-Kind", bytes_of(notice_kind_name(notice->kind)));
    write_text_header("X-Marshrut-Why", &letter->why, out);
    buffer_text(out, "Auto-Submitted: auto-generated\r\n"
                     "MIME-Version: 1.0\r\n"
                     "Content-Language: ru\r\n"
                     "Content-Type: text/plain; charset=utf-8\r\n"
                     "Content-Transfer-Encoding: base64\r\n"
                     "\r\n");
    write_body(&letter->body, out);
}
