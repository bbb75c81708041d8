/* result.c - how a task ends: the payloads of DONE, FAIL and PROGRESS
 *
 * Owns:    the text of problem details; what happens to a result that is too large.
 * In:      mr_task_done(), mr_task_fail(), mr_task_problem(), mr_task_progress() from the program.
 * Out:     session_finish(), session_progress().
 * Always:  problem details are valid JSON in UTF-8, whatever the program gave.
 * See:     docs/protocol.md §2.5, §2.6
 */
#include "base/must.h"
#include "session.h"

#include <stdio.h>
#include <string.h>

/* Length of the well-formed UTF-8 character at p (RFC 3629), 0 when there is none. */
static size_t character_size(const unsigned char *p, size_t left)
{
    size_t size = p[0] < 0x80 ? 1 : p[0] < 0xC2 ? 0 : p[0] < 0xE0 ? 2 : p[0] < 0xF0 ? 3 : 4;

    if (size == 0 || p[0] > 0xF4 || size > left) {
        return 0;
    }
    for (size_t i = 1; i < size; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] > 0x9F) ||
        (p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] > 0x8F)) {
        return 0;
    }
    return size;
}

static void json_character(struct buffer *out, const unsigned char *p, size_t size)
{
    char escape[8];

    if (size == 0) {
        buffer_text(out, "\xEF\xBF\xBD"); /* U+FFFD */
    } else if (p[0] < 0x20) {
        snprintf(escape, sizeof escape, "\\u%04x", (unsigned)p[0]);
        buffer_text(out, escape);
    } else {
        if (p[0] == '"' || p[0] == '\\') {
            buffer_text(out, "\\");
        }
        buffer_append(out, p, size);
    }
}

/* A JSON string of at most LIMIT_TEXT_BYTES of the text. */
static void json_string(struct buffer *out, const char *text)
{
    size_t left = strlen(text);
    const unsigned char *p = (const unsigned char *)text;

    left = left < LIMIT_TEXT_BYTES ? left : LIMIT_TEXT_BYTES;
    buffer_text(out, "\"");
    while (left > 0) {
        size_t size = character_size(p, left);
        json_character(out, p, size);
        size = size > 0 ? size : 1;
        p += size;
        left -= size;
    }
    buffer_text(out, "\"");
}

/* json may be the task's own input: copy before that is freed. */
static void finish(struct mr_task *task, struct bytes json)
{
    zmq_msg_t payload;

    must(!task->finished);
    message_of(&payload, json);
    must(zmq_msg_move(&task->payload, &payload) == 0);
    session_finish(task->session, task);
}

void mr_task_done(struct mr_task *task, const char *json, size_t size)
{
    char detail[80];

    if (size > LIMIT_PAYLOAD_BYTES) {
        snprintf(detail, sizeof detail, "%zu bytes; at most %u", size, LIMIT_PAYLOAD_BYTES);
        mr_task_fail(task, false, "the result is too large", detail);
        return;
    }
    finish(task, (struct bytes){json, size});
}

void mr_task_problem(struct mr_task *task, bool retry, const char *type, unsigned status,
                     const char *title, const char *detail)
{
    struct buffer json = BUFFER_INIT;
    char number[32];

    task->failed = true;
    task->retry = retry;
    snprintf(number, sizeof number, "%u", status);
    buffer_text(&json, "{\"type\":");
    json_string(&json, type != NULL ? type : "about:blank");
    buffer_text(&json, ",\"status\":");
    buffer_text(&json, number);
    buffer_text(&json, ",\"title\":");
    json_string(&json, title);
    if (detail != NULL) {
        buffer_text(&json, ",\"detail\":");
        json_string(&json, detail);
    }
    buffer_text(&json, "}");
    finish(task, buffer_bytes(&json));
    buffer_fini(&json);
}

void mr_task_fail(struct mr_task *task, bool retry, const char *title, const char *detail)
{
    mr_task_problem(task, retry, NULL, 500, title, detail);
}

void mr_task_progress(struct mr_task *task, const char *json, size_t size)
{
    session_progress(task->session, task, (struct bytes){json, size});
}
