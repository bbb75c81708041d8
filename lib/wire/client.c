/* client.c - headers of the client protocol MC1
 *
 * Owns:    the table of verbs; the words of START, OK and ERROR.
 * In:      a header frame, or a struct client_message.
 * Out:     the other one.
 * Always:  as worker.c.
 * See:     docs/protocol.md §3
 */
#include "wire/client.h"

#include "base/must.h"
#include "wire/words.h"
#include "wire/worker.h"

#include <string.h>

#define PRIORITY_MAX 9u

static const struct verb {
    const char *name;
    unsigned size; /* of the name */
    bool command;
} verbs[CLIENT_VERB_COUNT] = {
    [CLIENT_START] = {"START", 5, true},
    [CLIENT_DEPLOY] = {"DEPLOY", 6, true},
    [CLIENT_CANCEL] = {"CANCEL", 6, true},
    [CLIENT_SUSPEND] = {"SUSPEND", 7, true},
    [CLIENT_RESUME] = {"RESUME", 6, true},
    [CLIENT_RETRY] = {"RETRY", 5, true},
    [CLIENT_SKIP] = {"SKIP", 4, true},
    [CLIENT_ASSIGNMENT] = {"ASSIGNMENT", 10, true},
    [CLIENT_EVENT] = {"EVENT", 5, true},
    [CLIENT_ADVANCE] = {"ADVANCE", 7, true},
    [CLIENT_MIGRATE] = {"MIGRATE", 7, true},
    [CLIENT_REMOVE] = {"REMOVE", 6, true},
    [CLIENT_REPLAN] = {"REPLAN", 6, true},
    [CLIENT_BEGIN] = {"BEGIN", 5, true},
    [CLIENT_LIST] = {"LIST", 4, false},
    [CLIENT_SHOW] = {"SHOW", 4, false},
    [CLIENT_WHY] = {"WHY", 3, false},
    [CLIENT_HISTORY] = {"HISTORY", 7, false},
    [CLIENT_JOURNAL] = {"JOURNAL", 7, false},
    [CLIENT_NOTICES] = {"NOTICES", 7, false},
    [CLIENT_ASSIGNMENTS] = {"ASSIGNMENTS", 11, false},
    [CLIENT_INCIDENTS] = {"INCIDENTS", 9, false},
    [CLIENT_WORKERS] = {"WORKERS", 7, false},
    [CLIENT_DEFINITIONS] = {"DEFINITIONS", 11, false},
    [CLIENT_STATS] = {"STATS", 5, false},
    [CLIENT_SEARCH] = {"SEARCH", 6, false},
    [CLIENT_OVERVIEW] = {"OVERVIEW", 8, false},
    [CLIENT_DISCIPLINE] = {"DISCIPLINE", 10, false},
    [CLIENT_CYCLE] = {"CYCLE", 5, false},
    [CLIENT_COMPUTED] = {"COMPUTED", 8, false},
    [CLIENT_ROADMAPS] = {"ROADMAPS", 8, false},
    [CLIENT_ROADMAP] = {"ROADMAP", 7, false},
    [CLIENT_BODIES] = {"BODIES", 6, false},
    [CLIENT_CALENDAR] = {"CALENDAR", 8, false},
    [CLIENT_FORESEE] = {"FORESEE", 7, false},
    [CLIENT_BACKUP] = {"BACKUP", 6, false},
    [CLIENT_VERIFY] = {"VERIFY", 6, false},
    [CLIENT_OK] = {"OK", 2, false},
    [CLIENT_ERROR] = {"ERROR", 5, false},
};

const char *client_verb_name(enum client_verb verb)
{
    must((unsigned)verb < CLIENT_VERB_COUNT);
    return verbs[verb].name;
}

bool client_is_command(enum client_verb verb)
{
    must((unsigned)verb < CLIENT_VERB_COUNT);
    return verbs[verb].command;
}

bool client_key_valid(struct bytes key)
{
    const char *p = key.data;

    for (size_t i = 0; i < key.size; i++) {
        if (p[i] <= ' ' || p[i] > '~') {
            return false;
        }
    }
    return key.size > 0 && key.size <= LIMIT_KEY_BYTES && !bytes_equal(key, bytes_of("-"));
}

static enum client_verb take_verb(struct words *w)
{
    struct bytes word = words_take(w);

    for (int i = 0; !w->bad && i < CLIENT_VERB_COUNT; i++) {
        if (verbs[i].size == word.size && memcmp(verbs[i].name, word.data, word.size) == 0) {
            return (enum client_verb)i;
        }
    }
    words_fail(w, ERROR_UNSUPPORTED, "no such verb");
    return CLIENT_VERB_COUNT;
}

/* The word is printable already: words_take() saw to that. */
static void take_key(struct words *w, char buf[LIMIT_KEY_BYTES + 1])
{
    struct bytes word = words_take(w);

    if (w->bad || bytes_equal(word, bytes_of("-"))) {
        return;
    }
    if (word.size > LIMIT_KEY_BYTES) {
        words_fail(w, ERROR_TOO_LARGE, "the key is too long");
        return;
    }
    memcpy(buf, word.data, word.size);
    buf[word.size] = '\0';
}

bool client_decode(struct bytes header, struct client_message *ret_message, struct error *err)
{
    struct client_message m = {0};
    struct words w;

    words_begin(&w, header, "MC1", err);
    m.verb = take_verb(&w);
    m.request = words_number(&w, "request", m.verb == CLIENT_ERROR ? 0 : 1, UINT64_MAX);
    if (m.verb == CLIENT_START) {
        words_name(&w, m.definition);
        take_key(&w, m.key);
        m.priority = (unsigned)words_number(&w, "priority", 0, PRIORITY_MAX);
    } else if (m.verb == CLIENT_ERROR) {
        m.code = words_error_code(&w);
    }
    if (!words_end(&w)) {
        return false;
    }
    *ret_message = m;
    return true;
}

uint64_t client_request_of(struct bytes header)
{
    struct words w;

    words_begin(&w, header, "MC1", NULL);
    words_take(&w);
    return words_number(&w, "request", 1, UINT64_MAX);
}

size_t client_encode(const struct client_message *m, char buf[LIMIT_HEADER_BYTES])
{
    char *at = put_word(put_text(buf, "MC1"), client_verb_name(m->verb));

    must(m->request > 0 || m->verb == CLIENT_ERROR);
    at = put_number_word(at, m->request);
    if (m->verb == CLIENT_START) {
        must(wire_name_valid(bytes_of(m->definition)));
        must(m->key[0] == '\0' || client_key_valid(bytes_of(m->key)));
        must(m->priority <= PRIORITY_MAX);
        at = put_word(at, m->definition);
        at = put_word(at, m->key[0] != '\0' ? m->key : "-");
        at = put_number_word(at, m->priority);
    } else if (m->verb == CLIENT_ERROR) {
        must(m->code > ERROR_NONE && m->code < ERROR_CODE_COUNT);
        at = put_word(at, error_name(m->code));
    }
    return (size_t)(at - buf);
}
