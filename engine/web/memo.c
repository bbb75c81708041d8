/* memo.c - answers kept for a moment
 *
 * Owns:    the kept answers, and until when each is good.
 * In:      handlers that walk over index tables.
 * Always:  what is kept is what is sent: the text and its gzip form, so that giving it again costs
 *          a copy. A list that becomes a file is read back from the text.
 * See:     memo.h
 */
#include "engine/web/memo.h"

#include "base/clock.h"
#include "base/must.h"
#include "engine/web/answer.h"
#include "engine/web/pack.h"
#include "engine/web/request.h"
#include "engine/web/web_part.h"

#include <stdlib.h>
#include <string.h>

#define PATIENCE 10 /* times as long as it took to make */

struct kept {
    char *question;       /* NULL: free */
    struct buffer text;   /* JSON */
    struct buffer packed; /* empty: it is too small, or too large */
    uint64_t entry;       /* of the journal, when it was made */
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
    buffer_fini(&k->text);
    buffer_fini(&k->packed);
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

/* Takes the question. */
static struct kept *keep(struct memo *memo, char *question, json_t *answer, uint64_t entry,
                         int64_t took_ms)
{
    struct kept *k = find(memo, question);
    int64_t good_ms = took_ms * PATIENCE < MEMO_MS ? took_ms * PATIENCE : MEMO_MS;

    k = k != NULL ? k : oldest(memo);
    forget(k);
    *k = (struct kept){.question = question, .entry = entry, .until_ms = monotonic_ms() + good_ms};
    char *text = json_dumps(answer, JSON_COMPACT);
    must(text != NULL);
    size_t size = strlen(text);
    k->text = (struct buffer){.data = (unsigned char *)text, .size = size, .capacity = size};
    if (size >= PACK_BYTES_MIN && size <= PACK_BYTES_MAX &&
        !pack_gzip(buffer_bytes(&k->text), false, &k->packed)) {
        buffer_fini(&k->packed);
    }
    return k;
}

static void give(struct exchange *x, const struct kept *k)
{
    if (x->export != NULL) {
        answer_json(x, 200, json_loadb((const char *)k->text.data, k->text.size, 0, NULL));
    } else {
        answer_text(x, "application/json", buffer_bytes(&k->text), buffer_bytes(&k->packed));
    }
}

/* NULL and *err: refused. Takes the question. */
static const struct kept *make(struct exchange *x, char *question, memo_fn *fn,
                               const json_t *request, struct error *err)
{
    int64_t began_ms = monotonic_ms();
    json_t *answer = fn(reader_view(x), request, err);

    if (answer == NULL) {
        free(question);
        return NULL;
    }
    const struct kept *k = keep(x->web->memo, question, answer, reader_entry(x->web->reader),
                                monotonic_ms() - began_ms);
    json_decref(answer);
    return k;
}

void memo_answer(struct exchange *x, const char *name, memo_fn *fn, json_t *request)
{
    struct error err = ERROR_INIT;

    if (request_end(x) && reader_view(x) != NULL) {
        char *question = question_of(name, request);
        const struct kept *k = find(x->web->memo, question);
        if (k != NULL &&
            (k->entry == reader_entry(x->web->reader) || monotonic_ms() < k->until_ms)) {
            free(question);
        } else {
            k = make(x, question, fn, request, &err);
        }
        if (k != NULL) {
            give(x, k);
        } else {
            answer_refusal(x, &err);
        }
    }
    json_decref(request);
}
