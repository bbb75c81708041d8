/* smtp.c - handing messages to one SMTP server
 *
 * Owns:    libcurl: its handles, sockets and timer. libcurl's sockets are in one epoll set, and the
 *          set is one watch of the worker's loop: heartbeats go on whatever the server does.
 * In:      post.c.
 * Out:     SMTP, and one call of done per letter.
 * Always:  a letter is SMTP_TAKEN only after the server's 250 to its text; each has a time limit.
 * See:     docs/letters.md §5; RFC 5321
 */
#include "workers/notify/smtp.h"

#include "base/must.h"
#include "workers/sdk/marshrut.h"

#include <curl/curl.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#define EVENTS_AT_ONCE 16

struct transfer {
    CURL *easy;
    struct curl_slist *to;
    struct buffer message;
    size_t sent;
    smtp_done_fn *done;
    void *arg;
    char text[CURL_ERROR_SIZE];
    struct transfer *next;
};

struct smtp {
    struct mr_worker *worker;
    const struct smtp_settings *settings;
    CURLM *multi;
    int epoll_fd;
    int timer; /* of the worker's loop; 0 = none */
    struct transfer *transfers;
};

bool smtp_url_valid(const char *url)
{
    bool plain = url != NULL && strncmp(url, "smtp://", 7) == 0;
    bool wrapped = url != NULL && strncmp(url, "smtps://", 8) == 0;

    if (!plain && !wrapped) {
        return false;
    }
    const char *host = url + (plain ? 7 : 8);
    return host[0] != '\0' && host[0] != ':' && strpbrk(host, "/?#@ \r\n\t") == NULL;
}

enum smtp_outcome smtp_judge(int curl_code, long answer, bool text_sent)
{
    /* libcurl says SEND_ERROR when MAIL, RCPT or DATA was refused, and WEIRD_SERVER_REPLY both for
     * a bad greeting (the server's trouble) and for a text that was refused (the letter's) */
    bool about_letter =
        curl_code == CURLE_SEND_ERROR || (curl_code == CURLE_WEIRD_SERVER_REPLY && text_sent);

    if (curl_code == CURLE_OK) {
        return SMTP_TAKEN;
    }
    return about_letter && answer >= 500 && answer < 600 ? SMTP_REFUSED : SMTP_LATER;
}

/* --- the end of a letter -------------------------------------------------------------------- */

static void transfer_free(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->to);
    buffer_fini(&transfer->message);
    free(transfer);
}

static void finish(struct smtp *smtp, struct transfer *transfer, CURLcode code)
{
    struct smtp_result result = {.text = ""};
    struct transfer **link = &smtp->transfers;

    while (*link != transfer) {
        link = &(*link)->next;
    }
    *link = transfer->next;
    curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &result.code);
    result.outcome = smtp_judge((int)code, result.code, transfer->sent == transfer->message.size);
    if (result.outcome != SMTP_TAKEN) {
        result.text = transfer->text[0] ? transfer->text : curl_easy_strerror(code);
    }
    curl_multi_remove_handle(smtp->multi, transfer->easy);
    transfer->done(&result, transfer->arg);
    transfer_free(transfer);
}

static void finish_all(struct smtp *smtp)
{
    int left;

    for (CURLMsg *m = curl_multi_info_read(smtp->multi, &left); m != NULL;
         m = curl_multi_info_read(smtp->multi, &left)) {
        if (m->msg == CURLMSG_DONE) {
            CURLcode code = m->data.result; /* m is gone when its handle is removed */
            char *transfer = NULL;
            curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &transfer);
            finish(smtp, (struct transfer *)(void *)transfer, code);
        }
    }
}

/* --- libcurl's sockets and timer in the worker's loop ---------------------------------------- */

static void on_sockets(void *arg)
{
    struct smtp *smtp = arg;
    struct epoll_event events[EVENTS_AT_ONCE];
    int running;
    int count = epoll_wait(smtp->epoll_fd, events, EVENTS_AT_ONCE, 0);

    for (int i = 0; i < count; i++) {
        unsigned seen = events[i].events;
        int what = (seen & EPOLLIN ? CURL_CSELECT_IN : 0) |
                   (seen & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
                   (seen & (EPOLLERR | EPOLLHUP) ? CURL_CSELECT_ERR : 0);
        curl_multi_socket_action(smtp->multi, events[i].data.fd, what, &running);
    }
    finish_all(smtp);
}

static void on_timer(void *arg)
{
    struct smtp *smtp = arg;
    int running;

    smtp->timer = 0;
    curl_multi_socket_action(smtp->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    finish_all(smtp);
}

static int set_socket(CURL *easy, curl_socket_t fd, int what, void *arg, void *known)
{
    struct smtp *smtp = arg;
    struct epoll_event event = {.data.fd = fd};

    (void)easy;
    if (what == CURL_POLL_REMOVE) {
        epoll_ctl(smtp->epoll_fd, EPOLL_CTL_DEL, fd, &event);
        return 0;
    }
    event.events = (what != CURL_POLL_OUT ? (unsigned)EPOLLIN : 0u) |
                   (what != CURL_POLL_IN ? (unsigned)EPOLLOUT : 0u);
    if (epoll_ctl(smtp->epoll_fd, known ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event) != 0) {
        return -1;
    }
    curl_multi_assign(smtp->multi, fd, smtp); /* so that `known` tells them apart */
    return 0;
}

static int set_timer(CURLM *multi, long ms, void *arg)
{
    struct smtp *smtp = arg;

    (void)multi;
    if (smtp->timer != 0) {
        mr_worker_cancel_timer(smtp->worker, smtp->timer);
        smtp->timer = 0;
    }
    if (ms >= 0) { /* 0 = at once, but never from within libcurl */
        smtp->timer = mr_worker_after(smtp->worker, ms > 0 ? (unsigned)ms : 1, on_timer, smtp);
    }
    return 0;
}

/* --- a letter ------------------------------------------------------------------------------- */

static size_t give_text(char *buffer, size_t size, size_t count, void *arg)
{
    struct transfer *transfer = arg;
    size_t room = size * count;
    size_t left = transfer->message.size - transfer->sent;
    size_t now = left < room ? left : room;

    if (now > 0) {
        memcpy(buffer, transfer->message.data + transfer->sent, now);
    }
    transfer->sent += now;
    return now;
}

static void set_server(CURL *easy, const struct smtp_settings *s)
{
    static const long use_tls[] = {CURLUSESSL_TRY, CURLUSESSL_ALL, CURLUSESSL_NONE};

    curl_easy_setopt(easy, CURLOPT_URL, s->url);
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*"); /* not by what the environment says */
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, (long)SMTP_CONNECT_MS);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)SMTP_LETTER_MS);
    curl_easy_setopt(easy, CURLOPT_USE_SSL, use_tls[s->tls]);
    if (s->ca_file != NULL) {
        curl_easy_setopt(easy, CURLOPT_CAINFO, s->ca_file);
    }
    if (s->user != NULL) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, s->user);
        curl_easy_setopt(easy, CURLOPT_PASSWORD, s->password ? s->password : "");
    }
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, s->sender);
}

void smtp_send(struct smtp *smtp, const char *to, struct buffer *message, smtp_done_fn *done,
               void *arg)
{
    struct transfer *transfer = xcalloc(1, sizeof *transfer);

    transfer->done = done;
    transfer->arg = arg;
    transfer->message = *message;
    *message = BUFFER_INIT;
    transfer->easy = curl_easy_init();
    must(transfer->easy != NULL); /* out of memory */
    transfer->to = curl_slist_append(NULL, to);
    set_server(transfer->easy, smtp->settings);
    curl_easy_setopt(transfer->easy, CURLOPT_MAIL_RCPT, transfer->to);
    curl_easy_setopt(transfer->easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(transfer->easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)transfer->message.size);
    curl_easy_setopt(transfer->easy, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(transfer->easy, CURLOPT_READDATA, transfer);
    curl_easy_setopt(transfer->easy, CURLOPT_ERRORBUFFER, transfer->text);
    curl_easy_setopt(transfer->easy, CURLOPT_PRIVATE, (char *)(void *)transfer);
    transfer->next = smtp->transfers;
    smtp->transfers = transfer;
    must(curl_multi_add_handle(smtp->multi, transfer->easy) == CURLM_OK); /* only bugs and memory */
}

struct smtp *smtp_create(struct mr_worker *worker, const struct smtp_settings *settings,
                         struct error *err)
{
    struct smtp *smtp = xcalloc(1, sizeof *smtp);

    smtp->worker = worker;
    smtp->settings = settings;
    smtp->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
    if (smtp->epoll_fd < 0 || curl_global_init(CURL_GLOBAL_DEFAULT) != 0) {
        error_set(err, ERROR_IO, "cannot prepare to send mail: %s", strerror(errno));
        free(smtp);
        return NULL;
    }
    smtp->multi = curl_multi_init();
    must(smtp->multi != NULL);
    curl_multi_setopt(smtp->multi, CURLMOPT_MAXCONNECTS, (long)SMTP_CONNECTIONS);
    curl_multi_setopt(smtp->multi, CURLMOPT_SOCKETFUNCTION, set_socket);
    curl_multi_setopt(smtp->multi, CURLMOPT_SOCKETDATA, smtp);
    curl_multi_setopt(smtp->multi, CURLMOPT_TIMERFUNCTION, set_timer);
    curl_multi_setopt(smtp->multi, CURLMOPT_TIMERDATA, smtp);
    mr_worker_watch_fd(worker, smtp->epoll_fd, on_sockets, smtp);
    return smtp;
}

void smtp_destroy(struct smtp **smtp)
{
    struct smtp *s = *smtp;

    if (s == NULL) {
        return;
    }
    curl_multi_setopt(s->multi, CURLMOPT_TIMERFUNCTION, NULL); /* the worker is gone */
    while (s->transfers != NULL) {
        struct transfer *transfer = s->transfers;
        s->transfers = transfer->next;
        curl_multi_remove_handle(s->multi, transfer->easy);
        transfer_free(transfer);
    }
    curl_multi_cleanup(s->multi);
    curl_global_cleanup();
    close(s->epoll_fd);
    free(s);
    *smtp = NULL;
}
