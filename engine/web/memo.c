/* memo.c - answers kept for a moment
 *
 * Owns:    the kept answers, and until when each is good.
 * In:      handlers that walk over index tables.
 * Always:  what is kept is never changed: JSON is given out by reference.
 * See:     memo.h
 */
#include "engine/web/memo.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/request.h"
#include "engine/web/web_part.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE 10 /* times as long as it took to make */

struct kept {
    char *question; /* NULL: free */
    json_t *answer;
    uint64_t entry; /* of the journal, when it was made */
    int64_t until_ms;
};

struct memo {
    struct kept kept[MEMO_COUNT];
};

struct memo *memo_create(void)
{
    return xcalloc(1, sizeof(struct memo));
}

static void forget(struct kept *k)
{
    free(k->question);
    json_decref(k->answer);
    *k = (struct kept){0};
}

void memo_destroy(struct memo *memo)
{
    for (size_t i = 0; memo != NULL && i < MEMO_COUNT; i++) {
        forget(&memo->kept[i]);
    }
    free(memo);
}

static struct kept *find(struct memo *memo, const char *question)
{
    for (size_t i = 0; i < MEMO_COUNT; i++) {
        if (memo->kept[i].question != NULL && strcmp(memo->kept[i].question, question) == 0) {
            return &memo->kept[i];
        }
    }
    return NULL;
}

static struct kept *oldest(struct memo *memo)
{
    struct kept *found = &memo->kept[0];

    for (size_t i = 0; i < MEMO_COUNT; i++) {
        if (memo->kept[i].question == NULL) {
            return &memo->kept[i];
        }
        found = memo->kept[i].until_ms < found->until_ms ? &memo->kept[i] : found;
    }
    return found;
}

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

/* Takes the question and a reference to the answer. */
static void keep(struct memo *memo, char *question, json_t *answer, uint64_t entry, int64_t took_ms)
{
    struct kept *k = find(memo, question);
    int64_t good_ms = took_ms * PATIENCE < MEMO_MS ? took_ms * PATIENCE : MEMO_MS;

    k = k != NULL ? k : oldest(memo);
    forget(k);
    *k = (struct kept){question, json_incref(answer), entry, monotonic_ms() + good_ms};
}

void memo_answer(struct exchange *x, const char *name, memo_fn *fn, json_t *request)
{
    struct memo *memo = x->web->memo;
    const struct view *view = request_end(x) ? reader_view(x) : NULL;
    struct error err = ERROR_INIT;

    if (view == NULL) {
        json_decref(request);
        return;
    }
    char *question = question_of(name, request);
    uint64_t entry = reader_entry(x->web->reader);
    const struct kept *known = find(memo, question);
    int64_t began_ms = monotonic_ms();
    if (known != NULL && (known->entry == entry || began_ms < known->until_ms)) {
        answer_json(x, 200, json_incref(known->answer));
        free(question);
    } else {
        json_t *answer = fn(view, request, &err);
        if (answer != NULL) {
            keep(memo, question, answer, entry, monotonic_ms() - began_ms);
            answer_json(x, 200, answer);
        } else {
            answer_refusal(x, &err);
            free(question);
        }
    }
    json_decref(request);
}
