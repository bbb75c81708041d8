/* refusal.h - why a letter was not sent, in words for operators */
#ifndef NOTIFY_REFUSAL_H
#define NOTIFY_REFUSAL_H

#include "workers/notify/smtp.h"

struct refusal {
    struct buffer title;  /* Russian */
    struct buffer detail; /* what libcurl says, and the server's answer when there is one */
};

/* url: the server, "smtp://host:port". result is not SMTP_TAKEN; refusal must be empty. */
void refusal_word(const struct smtp_result *result, const char *url, struct refusal *refusal);
void refusal_fini(struct refusal *refusal);

#endif
