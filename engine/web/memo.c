/* memo.c - answers kept for a moment
 *
 * Owns:    the kept answers, until when each is good, and who waits for which walk.
 * In:      handlers of what walks over index tables; walks that are over.
 * Always:  what is kept is what is sent: the text and its gzip form, so that giving it again costs
 *          a copy. A list that becomes a file is read back from the text. Who asks while a walk for
 *          the same question is under way does not get its answer: it may be from before what the
 *          asker has just done.
 * See:     memo.h
 */
#include "engine/web/memo.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/request.h"
#include "engine/web/web_part.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#define PATIENCE 10         /* times as long as it took to make */
#define ASK_WALK UINT64_MAX /* in place of the number of a question on the link */

struct kept {
    struct walk *walk; /* that is over, and good; NULL: free */
    int64_t until_ms;  /* monotonic */
};

struct memo {
    struct web *web;
    struct walker *walker;
    struct kept kept[MEMO_COUNT];
};

/* --- what is kept -------------------------------------------------------------------------- */

static struct kept *find(struct memo *memo, const char *question)
{
    for (size_t i = 0; i < MEMO_COUNT; i++) {
        if (memo->kept[i].walk != NULL && strcmp(memo->kept[i].walk->question, question) == 0) {
            return &memo->kept[i];
        }
    }
    return NULL;
}

static struct kept *oldest(struct memo *memo)
{
    struct kept *found = &memo->kept[0];

    for (size_t i = 0; i < MEMO_COUNT; i++) {
        if (memo->kept[i].walk == NULL) {
            return &memo->kept[i];
        }
        found = memo->kept[i].until_ms < found->until_ms ? &memo->kept[i] : found;
    }
    return found;
}

/* Takes the walk. Of two that were under way at a time, the one of the newer snapshot is kept. */
static void keep(struct memo *memo, struct walk *walk)
{
    struct kept *k = find(memo, walk->question);
    int64_t good_ms = walk->took_ms * PATIENCE < MEMO_MS ? walk->took_ms * PATIENCE : MEMO_MS;

    if (k != NULL && k->walk->entry > walk->entry) {
        walk_destroy(walk);
        return;
    }
    k = k != NULL ? k : oldest(memo);
    walk_destroy(k->walk);
    *k = (struct kept){walk, walk->began_ms + good_ms};
}

/* Made from the same journal on the same day: as good as new. */
static bool is_new(const struct exchange *x, const struct walk *walk, const struct view *view)
{
    return walk->entry == reader_entry(x->web->reader) &&
           reader_quarter(walk->now_ms) == reader_quarter(view->world->now_ms);
}

/* The kept answer, where it is good for the journal as it is now. */
static const struct walk *find_good(struct exchange *x, const char *question,
                                    const struct view *view)
{
    const struct kept *k = find(x->web->memo, question);
    int64_t now_ms = monotonic_ms();

    if (k != NULL && is_new(x, k->walk, view)) {
        return k->walk;
    }
    if (k == NULL || now_ms >= k->until_ms) {
        return NULL;
    }
    answer_age(x, now_ms - k->walk->began_ms);
    return k->walk;
}

/* --- asking -------------------------------------------------------------------------------- */

/* "name {request}", keys in order. Yours. */
static char *question_of(const char *name, const json_t *request)
{
    char *text = json_dumps(request, JSON_COMPACT | JSON_SORT_KEYS);
    size_t size = strlen(name) + strlen(text) + 2;
    char *question = xmalloc(size);

    snprintf(question, size, "%s %s", name, text);
    free(text);
    return question;
}

static json_t *answer_of(const struct walk *walk)
{
    return json_loadb((const char *)walk->text.data, walk->text.size, 0, NULL);
}

static void give(struct exchange *x, const struct walk *walk)
{
    if (!walk->good) {
        answer_refusal(x, &walk->err);
    } else if (walk->say != NULL) {
        json_t *answer = answer_of(walk);
        walk->say(x, answer);
        answer_json(x, 200, answer);
    } else if (x->export != NULL) {
        answer_json(x, 200, answer_of(walk));
    } else {
        answer_text(x, "application/json", buffer_bytes(&walk->text), buffer_bytes(&walk->packed));
    }
}

static void wait_for(struct exchange *x, struct walk *walk)
{
    must(x->state == EXCHANGE_RUNNING && x->ask == 0);
    x->ask = ASK_WALK;
    x->walk = walk;
}

/* Which walk answers. */
struct way {
    const char *name; /* tells the functions apart */
    walk_fn *fn;
    bool passes;
    say_fn *say;
};

/* Takes the question and the request. */
static void begin(struct exchange *x, const struct way *way, char *question, json_t *request)
{
    struct walk *walk = walk_create(question, way->fn, request);
    struct error err;

    walk->passes = way->passes;
    walk->say = way->say;
    if (walker_give(x->web->memo->walker, walk)) {
        wait_for(x, walk);
    } else {
        walk_destroy(walk);
        error_set(&err, ERROR_BUSY, "%u requests wait for answers already: try again", WALKS_MAX);
        answer_refusal(x, &err);
    }
}

/* Takes the request. */
static void ask(struct exchange *x, const struct way *way, json_t *request)
{
    const struct view *view = request_end(x) ? reader_view(x) : NULL;

    if (view == NULL) {
        json_decref(request);
        return;
    }
    char *question = question_of(way->name, request);
    const struct walk *kept = way->passes ? NULL : find_good(x, question, view);
    struct walk *waiting = kept == NULL ? walker_find(x->web->memo->walker, question) : NULL;
    if (kept == NULL && waiting == NULL) {
        begin(x, way, question, request);
        return;
    }
    if (kept != NULL) {
        give(x, kept);
    } else {
        wait_for(x, waiting);
    }
    free(question);
    json_decref(request);
}

void memo_answer(struct exchange *x, const char *name, walk_fn *fn, json_t *request)
{
    ask(x, &(struct way){.name = name, .fn = fn}, request);
}

void memo_pass(struct exchange *x, const char *name, walk_fn *fn, json_t *request)
{
    ask(x, &(struct way){.name = name, .fn = fn, .passes = true}, request);
}

void memo_say(struct exchange *x, const char *name, walk_fn *fn, say_fn *say, json_t *request)
{
    ask(x, &(struct way){.name = name, .fn = fn, .passes = true, .say = say}, request);
}

/* --- walks that are over ------------------------------------------------------------------- */

static void tell(struct memo *memo, const struct walk *walk)
{
    struct exchange *next;

    for (struct exchange *x = memo->web->exchanges; x != NULL; x = next) {
        next = x->next;
        if (x->ask == ASK_WALK && x->walk == walk) {
            x->ask = 0;
            x->walk = NULL;
            give(x, walk);
            reader_end(memo->web->reader);
        }
    }
}

/* A loop_fd_fn. */
static void take(void *context, short revents)
{
    struct memo *memo = context;
    struct walk *walk;

    (void)revents;
    while ((walk = walker_take(memo->walker)) != NULL) {
        tell(memo, walk);
        if (walk->good && !walk->passes) {
            keep(memo, walk);
        } else {
            walk_destroy(walk);
        }
    }
}

/* --- its life ------------------------------------------------------------------------------ */

bool memo_open(struct web *web, const struct reader_options *options, struct memo **ret_memo,
               struct error *err)
{
    struct memo *memo = xcalloc(1, sizeof *memo);

    memo->web = web;
    if (!walker_open(options, &memo->walker, err)) {
        free(memo);
        return false;
    }
    loop_watch(web, walker_fd(memo->walker), POLLIN, take, memo);
    *ret_memo = memo;
    return true;
}

size_t memo_waiting(const struct memo *memo)
{
    return walker_count(memo->walker);
}

void memo_stop(struct memo *memo)
{
    struct exchange *next;
    struct error err;

    error_set(&err, ERROR_BUSY, "the engine stops: try again");
    for (struct exchange *x = memo->web->exchanges; x != NULL; x = next) {
        next = x->next;
        if (x->ask == ASK_WALK && x->walk != NULL) {
            x->ask = 0;
            x->walk = NULL;
            answer_refusal(x, &err);
        }
    }
}

void memo_close(struct memo **memo)
{
    struct memo *m = *memo;

    if (m == NULL) {
        return;
    }
    walker_close(&m->walker);
    for (size_t i = 0; i < MEMO_COUNT; i++) {
        walk_destroy(m->kept[i].walk);
    }
    free(m);
    *memo = NULL;
}
