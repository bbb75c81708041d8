/* evaluator.c - runs entries: plain ones in place, others in marshrut-jq
 *
 * Owns:    the child, and what it has compiled.
 * In:      entries of programs, with their input and variables.
 * Out:     a value, or why there is none.
 * Always:  a child that died is replaced at the next use. One that had answered before may have
 *          died of what came before (or been killed by somebody), so the question is asked once
 *          more, of a new one; what a new one dies of is the expression's own.
 * See:     evaluator.h, child.h, frames.h
 */
#include "expression/evaluator.h"

#include "base/limits.h"
#include "base/must.h"
#include "expression/asking.h"
#include "expression/source.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct evaluator *evaluator_create(const char *path)
{
    struct evaluator *evaluator = xcalloc(1, sizeof *evaluator);

    evaluator->path = path != NULL ? xstrdup(path) : NULL;
    evaluator->child = CHILD_INIT;
    return evaluator;
}

void evaluator_destroy(struct evaluator *evaluator)
{
    if (evaluator == NULL) {
        return;
    }
    child_stop(&evaluator->child);
    buffer_fini(&evaluator->request);
    buffer_fini(&evaluator->answer);
    free(evaluator->path);
    free(evaluator);
}

bool evaluator_wake(struct evaluator *evaluator, struct error *err)
{
    if (evaluator->child.pid != 0) {
        return true;
    }
    memset(evaluator->slots, 0, sizeof evaluator->slots);
    evaluator->answered = 0;
    return child_start(&evaluator->child, evaluator->path, err);
}

enum child_end evaluator_ask(struct evaluator *evaluator, int64_t limit_ms, struct error *err)
{
    int signal = 0;
    enum child_end end =
        child_ask(&evaluator->child, &evaluator->request, limit_ms, &evaluator->answer, &signal);

    if (end == CHILD_LATE || (end == CHILD_DIED && signal == SIGPROF)) {
        error_set(err, ERROR_TIMEOUT, "the expression takes too long");
        return CHILD_LATE;
    }
    if (end == CHILD_ANSWERED && evaluator->answer.data[0] == ANSWER_NO_MEMORY) {
        child_stop(&evaluator->child);
        end = CHILD_DIED;
        signal = SIGSEGV;
    }
    if (end == CHILD_DIED && signal == SIGSEGV) { /* no memory or no stack left */
        error_set(err, ERROR_TOO_LARGE, "what the expression builds is too large");
    } else if (end == CHILD_DIED) {
        error_set(err, ERROR_INVALID, "jq ended while it ran the expression");
    }
    evaluator->answered += end == CHILD_ANSWERED ? 1 : 0;
    return end;
}

static struct loaded_chunk *find_slot(struct evaluator *evaluator, const struct program *program,
                                      uint32_t chunk)
{
    for (size_t i = 0; i < FRAME_SLOTS; i++) {
        struct loaded_chunk *slot = &evaluator->slots[i];
        if (slot->program == program->id && slot->chunk == chunk &&
            slot->entries == program->count) {
            return slot;
        }
    }
    return NULL;
}

/* A free one, or the one that was not used for longest. */
static struct loaded_chunk *oldest_slot(struct evaluator *evaluator)
{
    struct loaded_chunk *oldest = &evaluator->slots[0];

    for (size_t i = 1; i < FRAME_SLOTS; i++) {
        if (evaluator->slots[i].used < oldest->used) {
            oldest = &evaluator->slots[i];
        }
    }
    return oldest;
}

static bool refuse_uncompiled(const struct evaluator *evaluator, struct error *err)
{
    struct cursor answer = cursor_of(buffer_bytes(&evaluator->answer));
    size_t line;

    unpack_u8(&answer);
    unpack_uint(&answer);
    char *text = complaint_text(unpack_bytes(&answer), &line);
    error_set(err, ERROR_INVALID, "%s", text);
    free(text);
    return false;
}

/* Makes sure that the chunk is compiled. */
static enum child_end load(struct evaluator *evaluator, const struct program *program,
                           uint32_t chunk, struct loaded_chunk **ret_slot, struct error *err)
{
    struct loaded_chunk *slot = find_slot(evaluator, program, chunk);

    if (slot == NULL) {
        struct buffer source = BUFFER_INIT;
        slot = oldest_slot(evaluator);
        *slot = (struct loaded_chunk){0};
        source_print(program, chunk, 0, SOURCE_CHUNK_ENTRIES, &source);
        buffer_clear(&evaluator->request);
        pack_u8(&evaluator->request, REQUEST_LOAD);
        pack_uint(&evaluator->request, (uint64_t)(slot - evaluator->slots));
        pack_text(&evaluator->request, (const char *)source.data);
        buffer_fini(&source);
        enum child_end end = evaluator_ask(evaluator, LIMIT_COMPILE_MS, err);
        if (end != CHILD_ANSWERED) {
            return end;
        }
        if (evaluator->answer.data[0] != ANSWER_DONE) {
            refuse_uncompiled(evaluator, err);
            *ret_slot = NULL;
            return CHILD_ANSWERED;
        }
        *slot = (struct loaded_chunk){
            .program = program->id, .entries = program->count, .chunk = chunk};
    }
    slot->used = ++evaluator->uses;
    *ret_slot = slot;
    return CHILD_ANSWERED;
}

static int append(const char *text, size_t size, void *out)
{
    buffer_append(out, text, size);
    return 0;
}

static void pack_json(const json_t *value, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;

    must(json_dump_callback(value, append, &text, JSON_COMPACT | JSON_ENCODE_ANY) == 0);
    pack_bytes(out, buffer_bytes(&text));
    buffer_fini(&text);
}

/* Input and variables as they go into the request. */
static void pack_values(const struct program *program, uint32_t number, json_t *input,
                        variable_fn *variable, void *context, struct buffer *out)
{
    const char *const *names = program_entry(program, number)->variables;
    size_t count = 1;

    while (names[count - 1] != NULL) {
        count++;
    }
    pack_uint(out, count);
    pack_json(input, out);
    for (size_t i = 0; names[i] != NULL; i++) {
        json_t *value = variable(context, names[i]);
        json_t *null = json_null();
        pack_json(value != NULL ? value : null, out);
        json_decref(value);
    }
}

static json_t *read_value(const struct evaluator *evaluator, struct error *err)
{
    struct cursor cursor = cursor_of(buffer_bytes(&evaluator->answer));
    unsigned kind = unpack_u8(&cursor);
    struct bytes text = unpack_bytes(&cursor);

    if (kind == ANSWER_TOO_LARGE) {
        error_set(err, ERROR_TOO_LARGE, "the value of the expression is too large");
        return NULL;
    }
    if (kind != ANSWER_VALUE) {
        char *sentence = bytes_strdup(text);
        error_set(err, ERROR_INVALID, "%s", sentence);
        free(sentence);
        return NULL;
    }
    json_t *value = json_loadb(text.data, text.size, JSON_DECODE_ANY, NULL);
    if (value == NULL) {
        error_set(err, ERROR_INVALID, "a text in the value holds a NUL character");
    }
    return value;
}

/* One try. *ret_again: the child was not new and is gone now, so another may do better. */
static json_t *try_child(struct evaluator *evaluator, const struct program *program,
                         uint32_t number, const struct buffer *values, bool *ret_again,
                         struct error *err)
{
    struct source_place place = source_place(program, number);
    struct loaded_chunk *slot = NULL;

    *ret_again = false;
    if (!evaluator_wake(evaluator, err)) {
        return NULL;
    }
    bool had_answered = evaluator->answered > 0;
    enum child_end end = load(evaluator, program, place.chunk, &slot, err);
    if (end == CHILD_ANSWERED && slot == NULL) {
        return NULL;
    }
    if (end == CHILD_ANSWERED) {
        buffer_clear(&evaluator->request);
        pack_u8(&evaluator->request, REQUEST_RUN);
        pack_uint(&evaluator->request, (uint64_t)(slot - evaluator->slots));
        pack_uint(&evaluator->request, place.index);
        buffer_append(&evaluator->request, values->data, values->size);
        end = evaluator_ask(evaluator, LIMIT_EVALUATION_WAIT_MS, err);
    }
    if (end != CHILD_ANSWERED) {
        *ret_again = end == CHILD_DIED && had_answered;
        return NULL;
    }
    return read_value(evaluator, err);
}

json_t *evaluator_run(struct evaluator *evaluator, const struct program *program, uint32_t number,
                      json_t *input, variable_fn *variable, void *context, struct error *err)
{
    struct buffer values = BUFFER_INIT;
    bool again = false;
    json_t *value = program_run_plain(program, number, input, variable, context);

    if (value != NULL) {
        return value;
    }
    pack_values(program, number, input, variable, context, &values);
    value = try_child(evaluator, program, number, &values, &again, err);
    if (value == NULL && again) {
        value = try_child(evaluator, program, number, &values, &again, err);
    }
    buffer_fini(&values);
    return value;
}
