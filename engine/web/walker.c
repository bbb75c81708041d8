/* walker.c - walks, one after another, in a thread of their own
 *
 * Owns:    the thread, its reader with the numbers it keeps, the walks that wait and those that are
 *          over.
 * In:      memo.c.
 * Always:  what is outside the lock is one thread's: a walk under way is this thread's alone, its
 *          reader too. The pipe has a byte for each walk that is over and was not taken; it may be
 *          full, as long as it can be read from.
 * See:     walker.h, docs/architecture.md
 */
#include "engine/web/walker.h"

#include "base/clock.h"
#include "base/must.h"
#include "base/thread.h"
#include "engine/counted.h"
#include "engine/web/pack.h"
#include "engine/web/wake.h"

#include <stdlib.h>
#include <string.h>

struct walks {
    struct walk *first;
    struct walk **end;
};

struct walker {
    struct web_reader *reader; /* the thread's, as the numbers are */
    struct counted *counted;
    struct wake over; /* rings when a walk is over */
    pthread_t thread;
    bool started;
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t given;
    struct walks waiting;
    struct walks done;
    bool leaving;
};

/* --- a walk -------------------------------------------------------------------------------- */

struct walk *walk_create(char *question, walk_fn *fn, json_t *request)
{
    struct walk *walk = xcalloc(1, sizeof *walk);

    walk->question = question;
    walk->fn = fn;
    walk->request = request;
    return walk;
}

void walk_destroy(struct walk *walk)
{
    if (walk != NULL) {
        free(walk->question);
        json_decref(walk->request);
        buffer_fini(&walk->text);
        buffer_fini(&walk->packed);
        free(walk);
    }
}

static void put(struct walks *list, struct walk *walk)
{
    walk->next = NULL;
    *list->end = walk;
    list->end = &walk->next;
}

static struct walk *take(struct walks *list)
{
    struct walk *walk = list->first;

    if (walk != NULL) {
        list->first = walk->next;
        list->end = list->first != NULL ? list->end : &list->first;
    }
    return walk;
}

/* --- the thread ---------------------------------------------------------------------------- */

/* As it will be sent. */
static void write_answer(struct walk *walk, const json_t *answer)
{
    char *text = json_dumps(answer, JSON_COMPACT);

    must(text != NULL);
    size_t size = strlen(text);
    walk->text = (struct buffer){.data = (unsigned char *)text, .size = size, .capacity = size};
    if (size >= PACK_BYTES_MIN && size <= PACK_BYTES_MAX &&
        !pack_gzip(buffer_bytes(&walk->text), false, &walk->packed)) {
        buffer_fini(&walk->packed);
    }
}

static void do_walk(struct walker *w, struct walk *walk)
{
    int64_t began_ms = monotonic_ms();
    const struct view *view = reader_begin(w->reader, &walk->err);
    json_t *answer = view != NULL ? walk->fn(view, walk->request, &walk->err) : NULL;

    walk->entry = reader_entry(w->reader);
    reader_end(w->reader);
    walk->good = answer != NULL;
    if (walk->good) {
        write_answer(walk, answer);
        json_decref(answer);
    }
    walk->took_ms = monotonic_ms() - began_ms;
}

/* NULL: it is time to leave. */
static struct walk *next(struct walker *w)
{
    pthread_mutex_lock(&w->lock);
    while (w->waiting.first == NULL && !w->leaving) {
        pthread_cond_wait(&w->given, &w->lock);
    }
    struct walk *walk = w->leaving ? NULL : take(&w->waiting);
    pthread_mutex_unlock(&w->lock);
    return walk;
}

static void *run(void *context)
{
    struct walker *w = context;
    struct walk *walk;

    while ((walk = next(w)) != NULL) {
        do_walk(w, walk);
        pthread_mutex_lock(&w->lock);
        put(&w->done, walk);
        pthread_mutex_unlock(&w->lock);
        wake_ring(&w->over);
    }
    return NULL;
}

/* --- its life ------------------------------------------------------------------------------ */

bool walker_open(const struct reader_options *options, struct walker **ret_walker,
                 struct error *err)
{
    struct walker *w = xcalloc(1, sizeof *w);
    struct reader_options own = *options;

    w->waiting.end = &w->waiting.first;
    w->done.end = &w->done.first;
    w->counted = own.counted = counted_create();
    must(pthread_mutex_init(&w->lock, NULL) == 0);
    must(pthread_cond_init(&w->given, NULL) == 0);
    if (!wake_open(&w->over, err) || !reader_open(&own, &w->reader, err) ||
        !thread_start(&w->thread, run, w, err)) {
        walker_close(&w);
        return false;
    }
    w->started = true;
    *ret_walker = w;
    return true;
}

static void drop(struct walks *list)
{
    struct walk *walk;

    while ((walk = take(list)) != NULL) {
        walk_destroy(walk);
    }
}

void walker_close(struct walker **walker)
{
    struct walker *w = *walker;

    if (w == NULL) {
        return;
    }
    if (w->started) {
        pthread_mutex_lock(&w->lock);
        w->leaving = true;
        pthread_cond_signal(&w->given);
        pthread_mutex_unlock(&w->lock);
        pthread_join(w->thread, NULL);
    }
    drop(&w->waiting);
    drop(&w->done);
    pthread_cond_destroy(&w->given);
    pthread_mutex_destroy(&w->lock);
    wake_close(&w->over);
    reader_close(&w->reader);
    counted_destroy(w->counted);
    free(w);
    *walker = NULL;
}

/* --- giving and taking --------------------------------------------------------------------- */

void walker_give(struct walker *w, struct walk *walk)
{
    pthread_mutex_lock(&w->lock);
    put(&w->waiting, walk);
    pthread_cond_signal(&w->given);
    pthread_mutex_unlock(&w->lock);
}

struct walk *walker_find(struct walker *w, const char *question)
{
    pthread_mutex_lock(&w->lock);
    struct walk *walk = w->waiting.first;
    while (walk != NULL && (walk->question == NULL || strcmp(walk->question, question) != 0)) {
        walk = walk->next;
    }
    pthread_mutex_unlock(&w->lock);
    return walk;
}

struct walk *walker_take(struct walker *w)
{
    wake_clear(&w->over);
    pthread_mutex_lock(&w->lock);
    struct walk *walk = take(&w->done);
    pthread_mutex_unlock(&w->lock);
    return walk;
}

int walker_fd(const struct walker *w)
{
    return wake_fd(&w->over);
}
