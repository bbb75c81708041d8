/* main.c - marshrut-jq: runs jq for a program that can't afford to run it itself
 *
 * Owns:    the process: what it may use, and its end.
 * In:      requests on standard input, which is a socket to evaluator.c (frames.h).
 * Out:     an answer to each, on the same socket.
 * Always:  no environment, no files and no right to open any, memory and processor time bounded by
 *          the kernel. It ends when the socket does, or when its parent dies.
 * See:     evaluator.h; docs/decisions/0009-expressions-in-a-process.md
 */
#include "base/limits.h"
#include "base/must.h"
#include "expression/frames.h"
#include "expression/interpreter.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#define CHANNEL    STDIN_FILENO
#define READ_BYTES 65536u

#ifndef SANITIZED
#define SANITIZED                                                                                  \
    0 /* 1: the shadow takes terabytes of addresses, and it reports on standard error */
#endif

static struct interpreter *slots[FRAME_SLOTS];

static void limit(int resource, rlim_t most)
{
    struct rlimit limits = {most, most};

    must(setrlimit(resource, &limits) == 0);
}

static void lock_up(void)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    clearenv();
    limit(RLIMIT_CORE, 0);
    if (!SANITIZED) {
        closefrom(CHANNEL + 1);
        limit(RLIMIT_AS, LIMIT_EVALUATION_BYTES);
    }
    limit(RLIMIT_NOFILE, CHANNEL + 1);
}

/* The kernel ends this process by SIGPROF when it has computed for so long; 0: it may go on.
 * Waiting for requests is no computing, so nobody stops the timer after an evaluation. */
static void allow_ms(long ms)
{
    struct itimerval timer = {.it_value = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000}};

    must(setitimer(ITIMER_PROF, &timer, NULL) == 0);
}

static void write_all(const unsigned char *at, size_t size)
{
    while (size > 0) {
        ssize_t n = write(CHANNEL, at, size);
        if (n > 0) {
            at += n;
            size -= (size_t)n;
        } else if (errno != EINTR) {
            _exit(0);
        }
    }
}

/* In one piece: the other side wakes up once. */
static void say(const struct buffer *body)
{
    static struct buffer frame;

    buffer_clear(&frame);
    pack_key32(&frame, (uint32_t)body->size);
    buffer_append(&frame, body->data, body->size);
    write_all(frame.data, frame.size);
}

/* Nothing can be had any more, so the answer is here already. */
static void no_memory(void *context)
{
    static const unsigned char FRAME[] = {0, 0, 0, 1, ANSWER_NO_MEMORY};

    (void)context;
    write_all(FRAME, sizeof FRAME);
    _exit(0);
}

static void load(struct cursor *request, struct buffer *out)
{
    uint64_t slot = unpack_uint(request);
    char *text = unpack_text(request);

    must(cursor_done(request) && slot < FRAME_SLOTS);
    interpreter_destroy(slots[slot]);
    slots[slot] = interpreter_create(text, no_memory, out);
    if (slots[slot] != NULL) {
        pack_u8(out, ANSWER_DONE);
    }
    free(text);
}

static void compile(struct cursor *request, struct buffer *out)
{
    char *text = unpack_text(request);

    must(cursor_done(request));
    struct interpreter *interpreter = interpreter_create(text, no_memory, out);
    if (interpreter != NULL) {
        pack_u8(out, ANSWER_DONE);
    }
    interpreter_destroy(interpreter);
    free(text);
}

static void run(struct cursor *request, struct buffer *out)
{
    struct bytes values[FRAME_VALUES_MAX];
    uint64_t slot = unpack_uint(request);
    uint64_t index = unpack_uint(request);
    uint64_t count = unpack_uint(request);

    must(slot < FRAME_SLOTS && slots[slot] != NULL && count <= FRAME_VALUES_MAX);
    for (uint64_t i = 0; i < count; i++) {
        values[i] = unpack_bytes(request);
    }
    must(cursor_done(request));
    allow_ms(LIMIT_EVALUATION_MS);
    interpreter_run(slots[slot], index, values, (size_t)count, out);
}

static void handle(struct bytes body, struct buffer *out)
{
    struct cursor request = cursor_of(body);

    switch (unpack_u8(&request)) {
    case REQUEST_LOAD:
        allow_ms(0);
        load(&request, out);
        break;
    case REQUEST_COMPILE:
        allow_ms(0);
        compile(&request, out);
        break;
    default:
        run(&request, out);
        break;
    }
}

/* The next request; false at the end of the stream, which may come at any byte. Nobody sends the
 * next one before the answer to this one. */
static bool hear(struct buffer *frame, struct bytes *ret_body)
{
    size_t whole = FRAME_HEAD_BYTES;

    for (buffer_clear(frame); frame->size < whole;) {
        buffer_reserve(frame, whole - frame->size > READ_BYTES ? whole - frame->size : READ_BYTES);
        ssize_t n = read(CHANNEL, frame->data + frame->size, frame->capacity - frame->size);
        if (n == 0 || (n < 0 && errno != EINTR)) {
            return false;
        }
        frame->size += n > 0 ? (size_t)n : 0;
        if (frame->size >= FRAME_HEAD_BYTES) {
            struct cursor head = cursor_of(buffer_bytes(frame));
            whole = FRAME_HEAD_BYTES + (size_t)unpack_key32(&head);
        }
    }
    *ret_body = (struct bytes){frame->data + FRAME_HEAD_BYTES, frame->size - FRAME_HEAD_BYTES};
    return true;
}

int main(void)
{
    struct buffer request = BUFFER_INIT;
    struct buffer reply = BUFFER_INIT;
    struct bytes body;

    lock_up();
    pack_u8(&reply, ANSWER_READY);
    say(&reply);
    while (hear(&request, &body)) {
        buffer_clear(&reply);
        handle(body, &reply);
        say(&reply);
    }
    for (size_t i = 0; i < FRAME_SLOTS; i++) {
        interpreter_destroy(slots[i]);
    }
    buffer_fini(&reply);
    buffer_fini(&request);
    return 0;
}
