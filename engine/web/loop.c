/* loop.c - poll, and what is due
 *
 * Owns:    watched descriptors, work in steps, timers.
 * In:      loop.h, from handlers and jobs; serve.c and link.c.
 * Always:  a list may change while it is walked: what was dropped is marked and swept after the
 *          round. The link is drained last before the wait: its descriptor tells only of what comes
 *          after that.
 */
#include "engine/web/loop.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/web/web_part.h"

#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#define OWN_FDS 3 /* the library's, the link's, and the end */

struct watch {
    int fd;
    short events;
    loop_fd_fn *fn; /* NULL: dropped */
    void *context;
};

struct piece {
    loop_step_fn *fn; /* NULL: dropped */
    void *context;
    int64_t at_ms; /* monotonic; 0 = each round */
    int64_t every_ms;
};

struct loop {
    struct watch *watches;
    size_t watch_count;
    struct piece *steps;
    size_t step_count;
    struct pollfd *polls;
    size_t poll_room;
};

struct loop *loop_create(void)
{
    return xcalloc(1, sizeof(struct loop));
}

void loop_destroy(struct loop *loop)
{
    if (loop != NULL) {
        free(loop->watches);
        free(loop->steps);
        free(loop->polls);
        free(loop);
    }
}

void loop_watch(struct web *web, int fd, short events, loop_fd_fn *fn, void *context)
{
    struct loop *l = web->loop;

    l->watches = xrealloc(l->watches, (l->watch_count + 1) * sizeof *l->watches);
    l->watches[l->watch_count++] = (struct watch){fd, events, fn, context};
}

void loop_unwatch(struct web *web, int fd)
{
    for (size_t i = 0; i < web->loop->watch_count; i++) {
        if (web->loop->watches[i].fd == fd) {
            web->loop->watches[i].fn = NULL;
        }
    }
}

static void add_step(struct loop *l, struct piece step)
{
    l->steps = xrealloc(l->steps, (l->step_count + 1) * sizeof *l->steps);
    l->steps[l->step_count++] = step;
}

void loop_begin(struct web *web, loop_step_fn *step, void *context)
{
    add_step(web->loop, (struct piece){.fn = step, .context = context});
}

void loop_at(struct web *web, int64_t mono_ms, int64_t every_ms, loop_step_fn *step, void *context)
{
    add_step(web->loop, (struct piece){step, context, mono_ms > 0 ? mono_ms : 1, every_ms});
}

void loop_drop(struct web *web, const void *context)
{
    for (size_t i = 0; i < web->loop->step_count; i++) {
        if (web->loop->steps[i].context == context) {
            web->loop->steps[i].fn = NULL;
        }
    }
}

/* --- one round ----------------------------------------------------------------------------- */

static void sweep(struct loop *l)
{
    size_t kept = 0;

    for (size_t i = 0; i < l->watch_count; i++) {
        if (l->watches[i].fn != NULL) {
            l->watches[kept++] = l->watches[i];
        }
    }
    l->watch_count = kept;
    kept = 0;
    for (size_t i = 0; i < l->step_count; i++) {
        if (l->steps[i].fn != NULL) {
            l->steps[kept++] = l->steps[i];
        }
    }
    l->step_count = kept;
}

/* Those that a step adds wait for the next round. */
static void run_steps(struct web *web, int64_t mono_ms)
{
    size_t count = web->loop->step_count;

    for (size_t i = 0; i < count; i++) {
        struct piece s = web->loop->steps[i];
        if (s.fn == NULL || s.at_ms > mono_ms) {
            continue;
        }
        bool again = s.fn(s.context);
        reader_end(web->reader);
        struct piece *kept = &web->loop->steps[i]; /* the list may have moved */
        if (!again) {
            kept->fn = NULL;
        } else if (s.at_ms > 0) {
            kept->at_ms = mono_ms + s.every_ms;
        }
    }
}

static int64_t wait_ms(const struct web *web, int64_t mono_ms)
{
    int64_t library_ms = serve_timeout_ms(web);
    int64_t until_ms = link_next_ms(web->link);

    for (size_t i = 0; i < web->loop->step_count; i++) {
        const struct piece *s = &web->loop->steps[i];
        until_ms = s->fn != NULL && s->at_ms < until_ms ? s->at_ms : until_ms;
    }
    int64_t ms = until_ms == INT64_MAX ? -1 : until_ms <= mono_ms ? 0 : until_ms - mono_ms;
    if (library_ms >= 0 && (ms < 0 || library_ms < ms)) {
        ms = library_ms;
    }
    return ms > 3600000 ? 3600000 : ms;
}

static void fill_polls(struct web *web)
{
    struct loop *l = web->loop;
    size_t count = OWN_FDS + l->watch_count;

    if (count > l->poll_room) {
        l->poll_room = count + 16;
        l->polls = xrealloc(l->polls, l->poll_room * sizeof *l->polls);
    }
    l->polls[0] = (struct pollfd){.fd = serve_fd(web), .events = POLLIN};
    l->polls[1] = (struct pollfd){.fd = link_fd(web->link), .events = POLLIN};
    l->polls[2] = (struct pollfd){.fd = wake_fd(&web->wake), .events = POLLIN};
    for (size_t i = 0; i < l->watch_count; i++) {
        l->polls[OWN_FDS + i] =
            (struct pollfd){.fd = l->watches[i].fd, .events = l->watches[i].events};
    }
}

static void run_watches(struct web *web)
{
    size_t count = web->loop->watch_count;

    for (size_t i = 0; i < count; i++) {
        struct watch w = web->loop->watches[i];
        short revents = web->loop->polls[OWN_FDS + i].revents;
        if (w.fn != NULL && revents != 0) {
            w.fn(w.context, revents);
            reader_end(web->reader);
        }
    }
}

void loop_run(struct web *web)
{
    struct loop *l = web->loop;

    for (;;) {
        while (link_drain(web->link, monotonic_ms()) || web->resumed) {
            serve_run(web); /* it tells nobody that it has resumed connections to look after */
        }
        sweep(l);
        fill_polls(web);
        poll(l->polls, OWN_FDS + l->watch_count, (int)wait_ms(web, monotonic_ms()));
        if (l->polls[2].revents != 0) {
            return;
        }
        run_watches(web);
        run_steps(web, monotonic_ms());
        serve_run(web);
    }
}
