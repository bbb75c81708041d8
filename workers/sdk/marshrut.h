/* marshrut.h - libmarshrut: workers, clients and subscribers of a Marshrut engine
 *
 * docs/protocol.md says what goes over the wire; this library does all of it: credit, heartbeats,
 * reconnecting, keeping results until the engine has them on disk.
 *
 * Threads: an object belongs to one thread; only mr_worker_stop() may come from anywhere. No global
 * state, no signal handlers. Text is UTF-8, JSON is checked by the engine, not here. Names are
 * 1..128 of [A-Za-z0-9._:/-]. A function that is refused returns false (NULL) and fills *err, which
 * may be NULL; outputs are then untouched. Out of memory ends the process. destroy(NULL) is fine.
 */
#ifndef MARSHRUT_H
#define MARSHRUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct mr_error {
    char code[32];  /* a word of docs/protocol.md §1.6: "timeout", "busy", "not-found", … */
    char text[512]; /* one sentence */
};

struct mr_worker;
struct mr_task;
struct mr_client;
struct mr_subscriber;

/* ---- Worker ---- */

typedef void mr_task_fn(struct mr_task *task, void *arg);
typedef void mr_callback_fn(void *arg);
/* id: "connected" "lost" "refused" "ignored"; text: a sentence. For the program's log. */
typedef void mr_report_fn(const char *id, const char *text, void *arg);

/* name: for people, and to get running tasks back after a reconnect: one name per process. capacity
 * (1..10000): how many tasks it holds at a time. Connects when it runs. Worker dies last: destroy
 * it before the clients and subscribers it watches are destroyed. Its unfinished tasks are freed
 * with it; the engine gives them to others. */
struct mr_worker *mr_worker_create(const char *endpoint, const char *name, unsigned capacity,
                                   struct mr_error *err);
void mr_worker_destroy(struct mr_worker *worker);

/* Before run. At most 64 services; a name twice is refused. */
bool mr_worker_offer(struct mr_worker *worker, const char *service, mr_task_fn *handler, void *arg,
                     struct mr_error *err);
/* Called once for a task that nobody waits for any more (cancelled, over its time limit, given to
 * another worker). It must still be finished; nothing is sent then. */
void mr_worker_on_drop(struct mr_worker *worker, mr_task_fn *handler, void *arg);
void mr_worker_on_report(struct mr_worker *worker, mr_report_fn *handler, void *arg);

/* Work until mr_worker_stop(); then wait up to a second for the engine to have the results that
 * were sent, and leave. Never gives up: an engine that is away is waited for. Once per worker. */
void mr_worker_run(struct mr_worker *worker);
void mr_worker_stop(struct mr_worker *worker); /* any thread, signal handlers too */

/* Other things for the same loop; at most 1000 watches and 1000 timers. Handlers run between tasks,
 * in the worker's thread, may add and remove watches and timers, and must not block for long: a
 * worker that is silent for three heartbeats loses its tasks. A watch fires again and again until
 * what is there was read (fd: also at end of file); at once, not only on change. */
void mr_worker_watch_fd(struct mr_worker *worker, int fd, mr_callback_fn *handler, void *arg);
void mr_worker_watch_client(struct mr_worker *worker, struct mr_client *client,
                            mr_callback_fn *handler, void *arg);
void mr_worker_watch_subscriber(struct mr_worker *worker, struct mr_subscriber *subscriber,
                                mr_callback_fn *handler, void *arg);
void mr_worker_unwatch_fd(struct mr_worker *worker, int fd); /* before close(fd); unknown is fine */
/* Timers: first after `ms` (1…), then every `ms`; or once. The number (> 0) cancels it. */
int mr_worker_every(struct mr_worker *worker, unsigned ms, mr_callback_fn *handler, void *arg);
int mr_worker_after(struct mr_worker *worker, unsigned ms, mr_callback_fn *handler, void *arg);
void mr_worker_cancel_timer(struct mr_worker *worker, int timer); /* fired or unknown is fine */

/* A task is the handler's from the call until it is finished, then or later. What these return
 * lives as long. Input is not zero-terminated. */
const char *mr_task_id(const struct mr_task *task); /* "17.2": the same for all attempts */
unsigned mr_task_attempt(const struct mr_task *task);
const char *mr_task_service(const struct mr_task *task);
const char *mr_task_input(const struct mr_task *task, size_t *ret_size);
unsigned mr_task_limit_ms(const struct mr_task *task); /* 0 = none */
bool mr_task_dropped(const struct mr_task *task);
void mr_task_set_data(struct mr_task *task, void *data); /* yours, NULL at first */
void *mr_task_data(const struct mr_task *task);

/* Finish: exactly one of these per task; *task is gone afterwards. json is copied; an empty one
 * means null. retry: trying again may help. detail may be NULL; bad UTF-8 is replaced. */
void mr_task_done(struct mr_task *task, const char *json, size_t size);
void mr_task_fail(struct mr_task *task, bool retry, const char *title, const char *detail);
/* The same with the type (a URI, NULL: about:blank) and status that the workflow can catch. */
void mr_task_problem(struct mr_task *task, bool retry, const char *type, unsigned status,
                     const char *title, const char *detail);
/* Tell operators how it goes; any JSON. Not kept, may be lost. */
void mr_task_progress(struct mr_task *task, const char *json, size_t size);

/* ---- Client: requests and answers, as many under way as you like ---- */

struct mr_answer {
    uint64_t request;
    bool ok;
    const char *code; /* "" when ok, else the engine's word: "not-found" … */
    const char *json; /* not zero-terminated; {"text":"…"} when not ok */
    size_t size;
};

struct mr_client *mr_client_create(const char *endpoint, struct mr_error *err);
void mr_client_destroy(struct mr_client *client); /* waits up to a second for what was sent */

/* Send a request: verb "LIST" …, json its fields ("" for none). "busy" when 100,000 wait to leave
 * this process. Requests and answers may be lost when the engine restarts: repeat what got none
 * (docs/protocol.md §3.3 says how to do that safely). mr_client_start() is the verb START: key ""
 * or NULL for none, priority 0..9 (9 first, 5 usual), json the input. */
bool mr_client_send(struct mr_client *client, const char *verb, const char *json, size_t size,
                    uint64_t *ret_request, struct mr_error *err);
bool mr_client_start(struct mr_client *client, const char *definition, const char *key,
                     unsigned priority, const char *json, size_t size, uint64_t *ret_request,
                     struct mr_error *err);

/* The next answer, in whatever order they come; it is borrowed until the next receive, wait, call
 * or destroy. timeout_ms 0 = do not wait, -1 = for ever. False: "timeout", or "interrupted" when a
 * signal came. */
bool mr_client_receive(struct mr_client *client, int timeout_ms, struct mr_answer *ret_answer,
                       struct mr_error *err);
/* The answer to this request; answers to others that come meanwhile are dropped. */
bool mr_client_wait(struct mr_client *client, uint64_t request, int timeout_ms,
                    struct mr_answer *ret_answer, struct mr_error *err);
/* Send and wait. True when an answer came: look at ret_answer->ok. */
bool mr_client_call(struct mr_client *client, const char *verb, const char *json, size_t size,
                    int timeout_ms, struct mr_answer *ret_answer, struct mr_error *err);
/* For poll(): becomes readable when there may be answers; then receive with timeout 0 until
 * refused, and do so once after each send too (ZeroMQ tells changes only). */
int mr_client_fd(const struct mr_client *client);

/* ---- Subscriber: life-cycle events; some may be lost, the verb JOURNAL has them all ---- */

struct mr_event {
    const char *topic; /* zero-terminated: "ru.marshrut.clock.day.v1" … */
    const char *json;  /* a CloudEvent; not zero-terminated */
    size_t size;
};

/* prefix of the topics, "" = all; more with mr_subscriber_add(). */
struct mr_subscriber *mr_subscriber_create(const char *endpoint, const char *prefix,
                                           struct mr_error *err);
void mr_subscriber_destroy(struct mr_subscriber *subscriber);
void mr_subscriber_add(struct mr_subscriber *subscriber, const char *prefix);
/* As mr_client_receive(): borrowed until the next one. */
bool mr_subscriber_receive(struct mr_subscriber *subscriber, int timeout_ms,
                           struct mr_event *ret_event, struct mr_error *err);
int mr_subscriber_fd(const struct mr_subscriber *subscriber); /* as mr_client_fd() */

#ifdef __cplusplus
}
#endif

#endif
