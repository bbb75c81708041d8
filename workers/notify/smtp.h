/* smtp.h - handing messages to one SMTP server, several at a time, without waiting */
#ifndef NOTIFY_SMTP_H
#define NOTIFY_SMTP_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>

/* Letters under way, each with a connection and a thread. Small servers allow 10 to 20 connections
 * from one address. */
#define SMTP_CONNECTIONS 8u

#define SMTP_CONNECT_MS 10000 /* a server that is there answers in less */
#define SMTP_LETTER_MS  60000 /* grey-listing servers hold back their greeting for up to 30 s */
#define SMTP_LEAVE_MS   1500  /* marshrutd kills what has not ended after 3 s */

enum smtp_tls { SMTP_TLS_TRY, SMTP_TLS_REQUIRE, SMTP_TLS_NEVER };

struct smtp_settings {
    const char *url;  /* smtp://host:port, smtps://host:port */
    const char *user; /* NULL: no login */
    const char *password;
    const char *ca_file; /* NULL: the system's certificates */
    enum smtp_tls tls;   /* smtp:// only: STARTTLS */
    const char *sender;  /* envelope address */
};

enum smtp_outcome {
    SMTP_TAKEN,   /* the server answered 250 after the text */
    SMTP_LATER,   /* no server, no answer, 4xx, login or TLS trouble: trying again may help */
    SMTP_REFUSED, /* 5xx to this letter */
};

/* Why there was no answer that decides, as far as it is known. */
enum smtp_trouble {
    SMTP_TROUBLE_NONE,    /* the server answered */
    SMTP_TROUBLE_HOST,    /* its name is not known */
    SMTP_TROUBLE_CONNECT, /* nobody is there */
    SMTP_TROUBLE_TIME,    /* no answer in time */
    SMTP_TROUBLE_CUT,     /* the connection broke */
    SMTP_TROUBLE_LOGIN,
    SMTP_TROUBLE_TLS,
};

struct smtp_result {
    enum smtp_outcome outcome;
    enum smtp_trouble trouble;
    long code;        /* the server's last answer; 0 = none */
    const char *text; /* what went wrong, of this call only; "" when taken */
};

typedef void smtp_done_fn(const struct smtp_result *result, void *arg);

struct smtp;
struct mr_worker;

/* "smtp://host[:port]" or "smtps://…"; nothing behind the port. */
bool smtp_url_valid(const char *url);

/* Lives in the worker's loop; settings must outlive it. */
struct smtp *smtp_create(struct mr_worker *worker, const struct smtp_settings *settings,
                         struct error *err);

/* After the worker is gone. Dialogues under way are cut off, but one whose text the server has gets
 * SMTP_LEAVE_MS for its answer; done is called for all that came to an end. NULL is fine. */
void smtp_destroy(struct smtp **smtp);

/* message is taken. done is called once, never from here. */
void smtp_send(struct smtp *smtp, const char *to, struct buffer *message, smtp_done_fn *done,
               void *arg);

/* How a dialogue ended, as libcurl tells it. */
enum smtp_end {
    SMTP_END_WELL,
    SMTP_END_COMMAND_REFUSED, /* MAIL, RCPT or DATA was */
    SMTP_END_REPLY_REFUSED,   /* the greeting, or the answer to the text, was no consent */
    SMTP_END_TROUBLE,         /* all else: no connection, no answer in time, login, TLS */
};

/* What that and the server's last answer mean. text_sent: the whole letter was handed over, so that
 * the answer is about it. For smtp.c and its test. */
enum smtp_outcome smtp_judge(enum smtp_end end, long answer, bool text_sent);

#endif
