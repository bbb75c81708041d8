/* smtp.c - handing messages to one SMTP server
 *
 *   worker's thread: smtp_send() ──▶ waiting ──▶ SMTP_CONNECTIONS threads, one dialogue each
 *                    on_finished() ◀── pipe ◀── finished
 *
 * Owns:    libcurl, and the threads it runs in. libcurl waits inside its calls for a server's
 *          answer to the text, so it may not live in the worker's loop: heartbeats would stop.
 * In:      post.c.
 * Out:     SMTP, and one call of done per letter, in the worker's thread.
 * Always:  a letter is SMTP_TAKEN only after the server's 250 to its text; each has a time limit; a
 *          thread touches its own handle and the two lists under the lock, nothing else.
 * See:     docs/letters.md §5; RFC 5321
 */
#include "workers/notify/smtp.h"

#include "base/clock.h"
#include "base/must.h"
#include "base/thread.h"
#include "workers/sdk/marshrut.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct dialogue {
    const struct smtp *smtp;
    char *to;
    struct buffer message;
    size_t sent;
    smtp_done_fn *done;
    void *arg;
    CURLcode code;
    long answer;
    char text[CURL_ERROR_SIZE];
    struct dialogue *next;
};

struct queue {
    struct dialogue *first;
    struct dialogue **end;
};

struct smtp {
    struct mr_worker *worker;
    const struct smtp_settings *settings;
    pthread_t threads[SMTP_CONNECTIONS];
    unsigned thread_count;
    atomic_bool leaving;
    _Atomic int64_t leave_by_ms; /* monotonic; set before leaving is */
    int pipe[2];                 /* a byte for each finished dialogue */
    pthread_mutex_t lock;
    pthread_cond_t work;
    struct queue waiting; /* both under the lock */
    struct queue finished;
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

static enum smtp_end end_of(CURLcode code)
{
    switch (code) {
    case CURLE_OK:
        return SMTP_END_WELL;
    case CURLE_SEND_ERROR:
        return SMTP_END_COMMAND_REFUSED;
    case CURLE_WEIRD_SERVER_REPLY:
        return SMTP_END_REPLY_REFUSED;
    default:
        return SMTP_END_TROUBLE;
    }
}

static enum smtp_trouble trouble_of(CURLcode code)
{
    switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
        return SMTP_TROUBLE_HOST;
    case CURLE_COULDNT_CONNECT:
        return SMTP_TROUBLE_CONNECT;
    case CURLE_OPERATION_TIMEDOUT:
        return SMTP_TROUBLE_TIME;
    case CURLE_RECV_ERROR:
    case CURLE_GOT_NOTHING:
        return SMTP_TROUBLE_CUT;
    case CURLE_LOGIN_DENIED:
        return SMTP_TROUBLE_LOGIN;
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_PEER_FAILED_VERIFICATION:
        return SMTP_TROUBLE_TLS;
    default:
        return SMTP_TROUBLE_NONE;
    }
}

enum smtp_outcome smtp_judge(enum smtp_end end, long answer, bool text_sent)
{
    /* a greeting that is a refusal is the server's trouble, not the letter's fault */
    bool about_letter =
        end == SMTP_END_COMMAND_REFUSED || (end == SMTP_END_REPLY_REFUSED && text_sent);

    if (end == SMTP_END_WELL) {
        return SMTP_TAKEN;
    }
    return about_letter && answer >= 500 && answer < 600 ? SMTP_REFUSED : SMTP_LATER;
}

/* --- lists ---------------------------------------------------------------------------------- */

static void put(struct queue *queue, struct dialogue *dialogue)
{
    dialogue->next = NULL;
    *queue->end = dialogue;
    queue->end = &dialogue->next;
}

static struct dialogue *take(struct queue *queue)
{
    struct dialogue *first = queue->first;

    if (first != NULL) {
        queue->first = first->next;
        queue->end = queue->first ? queue->end : &queue->first;
    }
    return first;
}

static void dialogue_free(struct dialogue *dialogue)
{
    buffer_fini(&dialogue->message);
    free(dialogue->to);
    free(dialogue);
}

/* --- a dialogue, in a thread of its own ------------------------------------------------------ */

static size_t give_text(char *buffer, size_t size, size_t count, void *arg)
{
    struct dialogue *dialogue = arg;
    size_t room = size * count;
    size_t left = dialogue->message.size - dialogue->sent;
    size_t now = left < room ? left : room;

    if (now > 0) {
        memcpy(buffer, dialogue->message.data + dialogue->sent, now);
    }
    dialogue->sent += now;
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

/* libcurl asks about once a second, also while it waits: an end of the program ends the dialogue;
 * but a letter that the server has in hand is worth a moment, or it would be sent again. */
static int on_progress(void *arg, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct dialogue *dialogue = arg;
    const struct smtp *smtp = dialogue->smtp;
    bool in_hand = dialogue->sent == dialogue->message.size;

    (void)a;
    (void)b;
    (void)c;
    (void)d;
    return atomic_load(&smtp->leaving) &&
           !(in_hand && monotonic_ms() < atomic_load(&smtp->leave_by_ms));
}

static void hold(CURL *easy, struct dialogue *dialogue)
{
    struct curl_slist *to = curl_slist_append(NULL, dialogue->to);

    must(to != NULL); /* out of memory */
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, to);
    curl_easy_setopt(easy, CURLOPT_INFILESIZE_LARGE, (curl_off_t)dialogue->message.size);
    curl_easy_setopt(easy, CURLOPT_READDATA, dialogue);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, dialogue);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, dialogue->text);
    dialogue->code = curl_easy_perform(easy);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &dialogue->answer);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, NULL);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, NULL);
    curl_slist_free_all(to);
}

/* A handle that is kept from letter to letter keeps its connection. */
static CURL *handle_create(struct smtp *smtp)
{
    CURL *easy = curl_easy_init();

    must(easy != NULL); /* out of memory */
    set_server(easy, smtp->settings);
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, on_progress);
    return easy;
}

/* Without waiting for the answer to QUIT, which a sick server never gives. */
static void handle_destroy(CURL *easy)
{
    curl_socket_t fd = CURL_SOCKET_BAD;

    if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &fd) == CURLE_OK && fd != CURL_SOCKET_BAD) {
        shutdown(fd, SHUT_RDWR);
    }
    curl_easy_cleanup(easy);
}

static void *work(void *arg)
{
    struct smtp *smtp = arg;
    CURL *easy = handle_create(smtp);

    pthread_mutex_lock(&smtp->lock);
    while (!atomic_load(&smtp->leaving)) {
        struct dialogue *dialogue = take(&smtp->waiting);
        if (dialogue == NULL) {
            pthread_cond_wait(&smtp->work, &smtp->lock);
            continue;
        }
        pthread_mutex_unlock(&smtp->lock);
        hold(easy, dialogue);
        pthread_mutex_lock(&smtp->lock);
        put(&smtp->finished, dialogue);
        ssize_t written = write(smtp->pipe[1], "", 1); /* full: there is a byte to wake by */
        (void)written;
    }
    pthread_mutex_unlock(&smtp->lock);
    handle_destroy(easy);
    return NULL;
}

/* --- the worker's side ----------------------------------------------------------------------- */

static void tell(const struct dialogue *dialogue)
{
    bool whole = dialogue->sent == dialogue->message.size;
    struct smtp_result result = {.outcome =
                                     smtp_judge(end_of(dialogue->code), dialogue->answer, whole),
                                 .trouble = trouble_of(dialogue->code),
                                 .code = dialogue->answer,
                                 .text = ""};

    if (result.outcome != SMTP_TAKEN) {
        result.text = dialogue->text[0] ? dialogue->text : curl_easy_strerror(dialogue->code);
    }
    dialogue->done(&result, dialogue->arg);
}

static void on_finished(void *arg)
{
    struct smtp *smtp = arg;
    char bytes[64];

    while (read(smtp->pipe[0], bytes, sizeof bytes) > 0) {
    }
    pthread_mutex_lock(&smtp->lock);
    struct dialogue *list = smtp->finished.first;
    smtp->finished = (struct queue){NULL, &smtp->finished.first};
    pthread_mutex_unlock(&smtp->lock);
    while (list != NULL) {
        struct dialogue *next = list->next;
        tell(list);
        dialogue_free(list);
        list = next;
    }
}

void smtp_send(struct smtp *smtp, const char *to, struct buffer *message, smtp_done_fn *done,
               void *arg)
{
    struct dialogue *dialogue = xcalloc(1, sizeof *dialogue);

    dialogue->smtp = smtp;
    dialogue->to = xstrdup(to);
    dialogue->done = done;
    dialogue->arg = arg;
    dialogue->message = *message;
    *message = BUFFER_INIT;
    pthread_mutex_lock(&smtp->lock);
    put(&smtp->waiting, dialogue);
    pthread_cond_signal(&smtp->work);
    pthread_mutex_unlock(&smtp->lock);
}

static bool start_threads(struct smtp *smtp, struct error *err)
{
    while (smtp->thread_count < SMTP_CONNECTIONS) {
        if (!thread_start(&smtp->threads[smtp->thread_count], work, smtp, err)) {
            return false;
        }
        smtp->thread_count++;
    }
    return true;
}

struct smtp *smtp_create(struct mr_worker *worker, const struct smtp_settings *settings,
                         struct error *err)
{
    struct smtp *smtp = xcalloc(1, sizeof *smtp);

    smtp->worker = worker;
    smtp->settings = settings;
    smtp->waiting.end = &smtp->waiting.first;
    smtp->finished.end = &smtp->finished.first;
    pthread_mutex_init(&smtp->lock, NULL);
    pthread_cond_init(&smtp->work, NULL);
    must(curl_global_init(CURL_GLOBAL_DEFAULT) == 0); /* out of memory */
    bool piped = (pipe(smtp->pipe) == 0 && fcntl(smtp->pipe[0], F_SETFL, O_NONBLOCK) == 0 &&
                  fcntl(smtp->pipe[1], F_SETFL, O_NONBLOCK) == 0) ||
                 error_set(err, ERROR_IO, "cannot prepare to send mail: %s", strerror(errno));
    if (!piped || !start_threads(smtp, err)) {
        smtp_destroy(&smtp);
        return NULL;
    }
    mr_worker_watch_fd(worker, smtp->pipe[0], on_finished, smtp);
    return smtp;
}

void smtp_destroy(struct smtp **smtp)
{
    struct smtp *s = *smtp;

    if (s == NULL) {
        return;
    }
    pthread_mutex_lock(&s->lock);
    atomic_store(&s->leave_by_ms, monotonic_ms() + SMTP_LEAVE_MS);
    atomic_store(&s->leaving, true);
    pthread_cond_broadcast(&s->work);
    pthread_mutex_unlock(&s->lock);
    for (unsigned i = 0; i < s->thread_count; i++) {
        pthread_join(s->threads[i], NULL);
    }
    on_finished(s);
    for (struct dialogue *d = take(&s->waiting); d != NULL; d = take(&s->waiting)) {
        dialogue_free(d);
    }
    pthread_cond_destroy(&s->work);
    pthread_mutex_destroy(&s->lock);
    close(s->pipe[0]);
    close(s->pipe[1]);
    curl_global_cleanup();
    free(s);
    *smtp = NULL;
}
