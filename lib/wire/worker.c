/* worker.c - headers of the worker protocol MW1
 *
 * Owns:    the table of kinds; which words each kind has.
 * In:      a header frame, or a struct worker_message.
 * Out:     the other one.
 * Always:  decode(encode(m)) is m for every valid m; no allocation; a refused header leaves the
 *          output untouched.
 * See:     docs/protocol.md §2
 */
#include "wire/worker.h"

#include "base/must.h"
#include "wire/words.h"

#include <string.h>

static const struct kind {
    const char *name;
    unsigned size; /* of the name */
    bool payload;
} kinds[WORKER_KIND_COUNT] = {
    [WORKER_HELLO] = {"HELLO", 5, true},
    [WORKER_CREDIT] = {"CREDIT", 6, false},
    [WORKER_PROGRESS] = {"PROGRESS", 8, true},
    [WORKER_DONE] = {"DONE", 4, true},
    [WORKER_FAIL] = {"FAIL", 4, true},
    [WORKER_WELCOME] = {"WELCOME", 7, false},
    [WORKER_TASK] = {"TASK", 4, true},
    [WORKER_DROP] = {"DROP", 4, false},
    [WORKER_ACK] = {"ACK", 3, false},
    [WORKER_ERROR] = {"ERROR", 5, true},
    [WORKER_HEARTBEAT] = {"HEARTBEAT", 9, false},
    [WORKER_BYE] = {"BYE", 3, false},
};

bool worker_has_payload(enum worker_kind kind)
{
    must((unsigned)kind < WORKER_KIND_COUNT);
    return kinds[kind].payload;
}

const char *worker_kind_name(enum worker_kind kind)
{
    must((unsigned)kind < WORKER_KIND_COUNT);
    return kinds[kind].name;
}

bool task_id_parse(struct bytes text, struct task_id *ret_id)
{
    const char *dot = text.size > 0 ? memchr(text.data, '.', text.size) : NULL;
    uint64_t instance;
    uint64_t seq;

    if (dot == NULL) {
        return false;
    }
    size_t before = (size_t)(dot - (const char *)text.data);
    if (!number_parse(text.data, before, &instance) ||
        !number_parse(dot + 1, text.size - before - 1, &seq) || seq > UINT32_MAX) {
        return false;
    }
    *ret_id = (struct task_id){instance, (uint32_t)seq};
    return true;
}

static char *put_task_id(char *at, struct task_id id)
{
    at = put_number(at, id.instance);
    *at = '.';
    return put_number(at + 1, id.seq);
}

void task_id_print(struct task_id id, char buf[TASK_ID_TEXT_MAX])
{
    *put_task_id(buf, id) = '\0';
}

static enum worker_kind take_kind(struct words *w)
{
    struct bytes word = words_take(w);

    for (int i = 0; !w->bad && i < WORKER_KIND_COUNT; i++) {
        if (kinds[i].size == word.size && memcmp(kinds[i].name, word.data, word.size) == 0) {
            return (enum worker_kind)i;
        }
    }
    words_fail(w, ERROR_SYNTAX, "no such message");
    return WORKER_KIND_COUNT;
}

static void take_attempt(struct words *w, struct worker_message *m)
{
    struct bytes word = words_take(w);

    if (!w->bad && !task_id_parse(word, &m->task)) {
        words_fail(w, ERROR_SYNTAX, "a task is named INSTANCE.SEQ in numbers");
    }
    m->attempt = (uint32_t)words_number(w, "attempt", 1, UINT32_MAX);
}

static bool take_retry(struct words *w)
{
    struct bytes word = words_take(w);

    if (bytes_equal(word, bytes_of("retry"))) {
        return true;
    }
    if (!bytes_equal(word, bytes_of("final"))) {
        words_fail(w, ERROR_SYNTAX, "expected retry or final");
    }
    return false;
}

static void take_fields(struct words *w, struct worker_message *m)
{
    switch (m->kind) {
    case WORKER_HELLO:
        words_name(w, m->name);
        m->credit = (uint32_t)words_number(w, "credit", 0, LIMIT_CREDIT);
        break;
    case WORKER_CREDIT:
        m->credit = (uint32_t)words_number(w, "credit", 1, LIMIT_CREDIT);
        break;
    case WORKER_DONE:
    case WORKER_FAIL:
        m->serial = words_number(w, "serial", 1, UINT64_MAX);
        take_attempt(w, m);
        m->retry = m->kind == WORKER_FAIL && take_retry(w);
        break;
    case WORKER_PROGRESS:
    case WORKER_DROP:
        take_attempt(w, m);
        break;
    case WORKER_TASK:
        take_attempt(w, m);
        words_name(w, m->name);
        m->limit_ms = (uint32_t)words_number(w, "time limit", 0, UINT32_MAX);
        break;
    case WORKER_WELCOME:
        m->heartbeat_ms = (uint32_t)words_number(w, "heartbeat", 1, WORKER_HEARTBEAT_MS_MAX);
        break;
    case WORKER_ACK:
        m->serial = words_number(w, "serial", 1, UINT64_MAX);
        break;
    case WORKER_ERROR:
        m->code = words_error_code(w);
        break;
    case WORKER_HEARTBEAT:
    case WORKER_BYE:
    case WORKER_KIND_COUNT:
        break;
    }
}

bool worker_decode(struct bytes header, struct worker_message *ret_message, struct error *err)
{
    struct worker_message m = {0};
    struct words w;

    words_begin(&w, header, "MW1", err);
    m.kind = take_kind(&w);
    take_fields(&w, &m);
    if (!words_end(&w)) {
        return false;
    }
    *ret_message = m;
    return true;
}

static char *put_attempt(char *at, const struct worker_message *m)
{
    must(m->attempt > 0);
    *at = ' ';
    at = put_task_id(at + 1, m->task);
    return put_number_word(at, m->attempt);
}

static char *put_name(char *at, const struct worker_message *m)
{
    must(wire_name_valid(bytes_of(m->name)));
    return put_word(at, m->name);
}

/* The kinds that workers send. */
static char *put_worker_fields(char *at, const struct worker_message *m)
{
    if (m->kind == WORKER_HELLO || m->kind == WORKER_CREDIT) {
        must(m->credit <= LIMIT_CREDIT && (m->credit > 0 || m->kind == WORKER_HELLO));
        at = m->kind == WORKER_HELLO ? put_name(at, m) : at;
        return put_number_word(at, m->credit);
    }
    if (m->kind == WORKER_PROGRESS) {
        return put_attempt(at, m);
    }
    must(m->serial > 0);
    at = put_attempt(put_number_word(at, m->serial), m);
    if (m->kind == WORKER_FAIL) {
        at = put_word(at, m->retry ? "retry" : "final");
    }
    return at;
}

size_t worker_encode(const struct worker_message *m, char buf[LIMIT_HEADER_BYTES])
{
    char *at = put_word(put_text(buf, "MW1"), worker_kind_name(m->kind));

    switch (m->kind) {
    case WORKER_TASK:
        at = put_number_word(put_name(put_attempt(at, m), m), m->limit_ms);
        break;
    case WORKER_DROP:
        at = put_attempt(at, m);
        break;
    case WORKER_WELCOME:
        must(m->heartbeat_ms > 0 && m->heartbeat_ms <= WORKER_HEARTBEAT_MS_MAX);
        at = put_number_word(at, m->heartbeat_ms);
        break;
    case WORKER_ACK:
        must(m->serial > 0);
        at = put_number_word(at, m->serial);
        break;
    case WORKER_ERROR:
        must(m->code > ERROR_NONE && m->code < ERROR_CODE_COUNT);
        at = put_word(at, error_name(m->code));
        break;
    case WORKER_HEARTBEAT:
    case WORKER_BYE:
        break;
    default:
        at = put_worker_fields(at, m);
    }
    return (size_t)(at - buf);
}
