/* jq.c - the one file that knows libjq
 *
 * Owns:    compiling and running jq programs, and writing their values as JSON.
 * In:      main.c, in a process of its own: libjq 1.6 aborts on its own faults and when memory
 *          ends.
 * Out:     answers as frames.h has them.
 * Always:  a value is written within LIMIT_PAYLOAD_BYTES and LIMIT_JSON_DEPTH, or not at all; whole
 *          numbers are written as integers; keys are sorted, so that equal values are equal texts.
 * See:     interpreter.h; jq's own jv.h: functions take their arguments over
 */
#include "expression/interpreter.h"

#include "base/limits.h"
#include "base/must.h"
#include "expression/frames.h"

#include <jq.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_BYTES 32

struct interpreter {
    jq_state *jq;
};

struct complaints {
    struct buffer messages;
    uint64_t count;
};

static void answer(struct buffer *out, enum answer_kind kind, const char *sentence)
{
    pack_u8(out, kind);
    pack_text(out, sentence);
}

/* Behind the complaints that matter jq says how many there were. */
static void keep_complaint(void *context, jv message)
{
    struct complaints *complaints = context;

    message = jq_format_error(message);
    const char *text = jv_string_value(message);
    if (strstr(text, " compile error") == NULL || strchr(text, '\n') != NULL) {
        size_t size = strlen(text);
        pack_bytes(&complaints->messages,
                   (struct bytes){text, size < FRAME_MESSAGE_MAX ? size : FRAME_MESSAGE_MAX});
        complaints->count++;
    }
    jv_free(message);
}

static void drop_message(void *context, jv message)
{
    (void)context;
    jv_free(message);
}

struct interpreter *interpreter_create(const char *text, void (*no_memory)(void *),
                                       struct buffer *out)
{
    struct complaints complaints = {.messages = BUFFER_INIT};
    struct interpreter *interpreter = xcalloc(1, sizeof *interpreter);

    interpreter->jq = jq_init();
    must(interpreter->jq != NULL);
    jq_set_nomem_handler(interpreter->jq, no_memory, NULL);
    jq_set_error_cb(interpreter->jq, keep_complaint, &complaints);
    bool good = jq_compile(interpreter->jq, text) != 0;
    jq_set_error_cb(interpreter->jq, drop_message, NULL);
    if (!good) {
        pack_u8(out, ANSWER_COMPLAINTS);
        pack_uint(out, complaints.count);
        buffer_append(out, complaints.messages.data, complaints.messages.size);
        interpreter_destroy(interpreter);
        interpreter = NULL;
    }
    buffer_fini(&complaints.messages);
    return interpreter;
}

void interpreter_destroy(struct interpreter *interpreter)
{
    if (interpreter != NULL) {
        jq_teardown(&interpreter->jq);
        free(interpreter);
    }
}

static bool print(jv value, unsigned depth, struct buffer *out);

static void print_number(double number, struct buffer *out)
{
    char digits[NUMBER_BYTES];

    if (isnan(number)) {
        buffer_text(out, "null"); /* as jq writes it */
        return;
    }
    if (isinf(number)) {
        number = number > 0 ? 1.7976931348623157e308 : -1.7976931348623157e308;
    }
    snprintf(digits, sizeof digits, "%.17g", number); /* whole numbers below 1e17 as digits */
    buffer_text(out, digits);
}

static void print_string(jv string, struct buffer *out)
{
    const char *text = jv_string_value(string);
    size_t size = (size_t)jv_string_length_bytes(jv_copy(string));
    size_t from = 0;

    size = size <= LIMIT_PAYLOAD_BYTES ? size : LIMIT_PAYLOAD_BYTES + 1; /* too large in any case */
    buffer_text(out, "\"");
    for (size_t i = 0; i < size && out->size <= LIMIT_PAYLOAD_BYTES; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= ' ' && c != '"' && c != '\\') {
            continue;
        }
        char escape[8];
        int length = c < ' ' ? snprintf(escape, sizeof escape, "\\u%04x", (unsigned)c)
                             : snprintf(escape, sizeof escape, "\\%c", c);
        buffer_append(out, text + from, i - from);
        buffer_append(out, escape, (size_t)length);
        from = i + 1;
    }
    buffer_append(out, text + from, size - from);
    buffer_text(out, "\"");
    jv_free(string);
}

static bool print_array(jv array, unsigned depth, struct buffer *out)
{
    int length = jv_array_length(jv_copy(array));
    bool good = true;

    buffer_text(out, "[");
    for (int i = 0; good && i < length; i++) {
        buffer_text(out, i > 0 ? "," : "");
        good = print(jv_array_get(jv_copy(array), i), depth, out);
    }
    buffer_text(out, "]");
    jv_free(array);
    return good;
}

static bool print_object(jv object, unsigned depth, struct buffer *out)
{
    jv keys = jv_keys(jv_copy(object)); /* sorted */
    int length = jv_array_length(jv_copy(keys));
    bool good = true;

    buffer_text(out, "{");
    for (int i = 0; good && i < length; i++) {
        jv key = jv_array_get(jv_copy(keys), i);
        buffer_text(out, i > 0 ? "," : "");
        print_string(jv_copy(key), out);
        buffer_text(out, ":");
        good = print(jv_object_get(jv_copy(object), key), depth, out);
    }
    buffer_text(out, "}");
    jv_free(keys);
    jv_free(object);
    return good;
}

/* jq's own writer has no limit: a value that holds itself many times over would fill all memory.
 * Takes the value over; false when it is too large or too deep. */
static bool print(jv value, unsigned depth, struct buffer *out)
{
    jv_kind kind = jv_get_kind(value);

    if (kind == JV_KIND_ARRAY || kind == JV_KIND_OBJECT) {
        if (depth == 0) {
            jv_free(value);
            return false;
        }
        return (kind == JV_KIND_ARRAY ? print_array : print_object)(value, depth - 1, out) &&
               out->size <= LIMIT_PAYLOAD_BYTES;
    }
    if (kind == JV_KIND_STRING) {
        print_string(value, out);
    } else if (kind == JV_KIND_NUMBER) {
        print_number(jv_number_value(value), out);
    } else {
        buffer_text(out, kind == JV_KIND_TRUE ? "true" : kind == JV_KIND_FALSE ? "false" : "null");
    }
    return out->size <= LIMIT_PAYLOAD_BYTES;
}

static void answer_value(jv value, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;

    if (print(value, LIMIT_JSON_DEPTH, &text)) {
        pack_u8(out, ANSWER_VALUE);
        pack_bytes(out, buffer_bytes(&text));
    } else {
        answer(out, ANSWER_TOO_LARGE, "");
    }
    buffer_fini(&text);
}

/* What `error(…)` was given, or jq's own sentence. */
static void answer_error(jv message, struct buffer *out)
{
    struct buffer text = BUFFER_INIT;

    if (jv_get_kind(message) == JV_KIND_STRING) {
        const char *sentence = jv_string_value(message);
        buffer_append(&text, sentence, strlen(sentence));
        jv_free(message);
    } else {
        print(message, LIMIT_JSON_DEPTH, &text);
    }
    pack_u8(out, ANSWER_FAILED);
    pack_bytes(out, (struct bytes){text.data,
                                   text.size < FRAME_MESSAGE_MAX ? text.size : FRAME_MESSAGE_MAX});
    buffer_fini(&text);
}

/* jq reads 256 levels, which is LIMIT_JSON_DEPTH. */
static bool read_values(uint64_t index, const struct bytes *values, size_t count, jv *ret_input,
                        struct buffer *out)
{
    jv input = jv_array_append(jv_array(), jv_number((double)index));

    for (size_t i = 0; i < count; i++) {
        jv value = jv_parse_sized(values[i].data, (int)values[i].size);
        if (!jv_is_valid(value)) {
            jv_free(value);
            jv_free(input);
            answer(out, ANSWER_TOO_LARGE, "");
            return false;
        }
        input = jv_array_append(input, value);
    }
    *ret_input = input;
    return true;
}

void interpreter_run(struct interpreter *interpreter, uint64_t index, const struct bytes *values,
                     size_t count, struct buffer *out)
{
    jv input;

    if (!read_values(index, values, count, &input, out)) {
        return;
    }
    jq_start(interpreter->jq, input, 0);
    jv value = jq_next(interpreter->jq);
    if (!jv_is_valid(value)) {
        if (jv_invalid_has_msg(jv_copy(value))) {
            answer_error(jv_invalid_get_msg(value), out);
        } else {
            jv_free(value);
            answer(out, ANSWER_FAILED, "the expression gives no value");
        }
        return;
    }
    jv second = jq_next(interpreter->jq);
    if (jv_is_valid(second)) {
        jv_free(value);
        jv_free(second);
        answer(out, ANSWER_FAILED, "the expression gives more than one value");
    } else if (jv_invalid_has_msg(jv_copy(second))) {
        jv_free(value);
        answer_error(jv_invalid_get_msg(second), out);
    } else {
        jv_free(second);
        answer_value(value, out);
    }
}
