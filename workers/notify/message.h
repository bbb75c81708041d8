/* message.h - a letter as one RFC 5322 message */
#ifndef NOTIFY_MESSAGE_H
#define NOTIFY_MESSAGE_H

#include "workers/notify/letter.h"

/* Who sends: the same for all letters of a process. */
struct sender {
    const char *address; /* From and envelope; message_address_valid() */
    const char *domain;  /* right side of Message-ID: a host name */
    const char *token;   /* tells stores apart whose ids are the same; letters and digits */
};

/* Can this be written to? ASCII local@domain of at most 254 characters (RFC 5321 §4.5.3.1), without
 * quoting, blanks or controls. NULL is not. */
bool message_address_valid(const char *address);

/* Letters, digits, dots and hyphens; 1..200 characters. */
bool message_domain_valid(const char *domain);

/* Append the whole message, lines in CRLF. A recipient without a valid address is named only. */
void message_write(const struct notice *notice, const struct letter *letter,
                   const struct sender *sender, struct buffer *out);

#endif
