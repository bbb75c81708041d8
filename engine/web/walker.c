/* walker.c - walks in threads of their own
 *
 * Owns:    the threads, each with its reader and its mirror; the numbers they keep; the walks that
 *          wait and those that are over.
 * In:      memo.c.
 * Always:  walks begin in the order in which they were given. What is outside the lock is one
 *          thread's: a walk under way, a reader, a mirror.
 * See:     walker.h, docs/architecture.md
 */
#include "engine/web/walker.h"

#include "base/clock.h"
#include "base/must.h"
#include "base/thread.h"
#include "base/wake.h"
#include "engine/counted.h"
#include "engine/mirror.h"
#include "engine/web/pack.h"

#include <stdlib.h>
#include <string.h>

struct walks {
    struct walk *first;
    struct walk **end;
};

struct lane {
    struct walker *walker;
    struct web_reader *reader;
    struct mirror *mirror;
    pthread_t thread;
    bool started;
};

struct walker {
    struct lane lanes[WALKER_THREADS];
    struct counted *counted;
    struct wake over;     /* rings when a walk is over */
    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t given;
    struct walks waiting;
    struct walks done;
    size_t count; /* that wait or are under way */
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

static void do_walk(struct web_reader *reader, struct walk *walk)
{
    walk->began_ms = monotonic_ms();
    const struct view *view = reader_begin(reader, &walk->err);
    json_t *answer = view != NULL ? walk->fn(view, walk->request, &walk->err) : NULL;

    walk->entry = reader_entry(reader);
    walk->now_ms = view != NULL ? view->world->now_ms : 0;
    reader_end(reader);
    walk->good = answer != NULL;
    if (walk->good) {
        write_answer(walk, answer);
        json_decref(answer);
    }
    walk->took_ms = monotonic_ms() - walk->began_ms;
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

/* Before somebody asks. */
static void make_mirror(struct lane *lane)
{
    const struct view *view = reader_begin(lane->reader, NULL);

    if (view != NULL) {
        mirror_follow(lane->mirror, view->txn);
    }
    reader_end(lane->reader);
}

static void *run(void *context)
{
    struct lane *lane = context;
    struct walker *w = lane->walker;
    struct walk *walk;

    make_mirror(lane);
    while ((walk = next(w)) != NULL) {
        do_walk(lane->reader, walk);
        pthread_mutex_lock(&w->lock);
        put(&w->done, walk);
        w->count--;
        pthread_mutex_unlock(&w->lock);
        wake_ring(&w->over);
    }
    return NULL;
}

/* --- its life ------------------------------------------------------------------------------ */

static bool open_lane(struct lane *lane, struct reader_options options, struct error *err)
{
    lane->mirror = options.mirror = mirror_create(LIMIT_MIRROR_ROWS, LIMIT_MIRROR_TEXTS_SPARE);
    lane->started =
        reader_open(&options, &lane->reader, err) && thread_start(&lane->thread, run, lane, err);
    return lane->started;
}

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
    bool good = wake_open(&w->over, err);
    for (size_t i = 0; i < WALKER_THREADS && good; i++) {
        w->lanes[i].walker = w;
        good = open_lane(&w->lanes[i], own, err);
    }
    if (!good) {
        walker_close(&w);
        return false;
    }
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
    pthread_mutex_lock(&w->lock);
    w->leaving = true;
    pthread_cond_broadcast(&w->given);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < WALKER_THREADS; i++) {
        if (w->lanes[i].started) {
            pthread_join(w->lanes[i].thread, NULL);
        }
        reader_close(&w->lanes[i].reader);
        mirror_destroy(w->lanes[i].mirror);
    }
    drop(&w->waiting);
    drop(&w->done);
    pthread_cond_destroy(&w->given);
    pthread_mutex_destroy(&w->lock);
    wake_close(&w->over);
    counted_destroy(w->counted);
    free(w);
    *walker = NULL;
}

/* --- giving and taking --------------------------------------------------------------------- */

bool walker_give(struct walker *w, struct walk *walk)
{
    pthread_mutex_lock(&w->lock);
    bool room = w->count < WALKS_MAX;
    if (room) {
        put(&w->waiting, walk);
        w->count++;
        pthread_cond_signal(&w->given);
    }
    pthread_mutex_unlock(&w->lock);
    return room;
}

size_t walker_count(struct walker *w)
{
    pthread_mutex_lock(&w->lock);
    size_t count = w->count;
    pthread_mutex_unlock(&w->lock);
    return count;
}

struct walk *walker_find(struct walker *w, const char *question)
{
    pthread_mutex_lock(&w->lock);
    struct walk *walk = w->waiting.first;
    while (walk != NULL && strcmp(walk->question, question) != 0) {
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
