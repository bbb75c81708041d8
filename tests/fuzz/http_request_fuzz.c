/* http_request_fuzz.c - any bytes as what a request says: its address, its headers, its body
 *
 * Holds: what is accepted has one reading, which is read again from its own text; what is refused
 * has a code and a sentence. The first byte says which of them the rest is.
 */
#include "base/buffer.h"
#include "base/limits.h"
#include "base/must.h"
#include "engine/web/header.h"
#include "engine/web/target.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_error(const struct error *err)
{
    must(err->code == ERROR_SYNTAX || err->code == ERROR_INVALID || err->code == ERROR_TOO_LARGE);
    must(err->text[0] != '\0');
}

/* --- the address --------------------------------------------------------------------------- */

static void check_text(const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        must((unsigned char)*c >= ' ' && *c != 0x7f);
    }
}

static void check_target(const struct request_target *t)
{
    must(t->path[0] == '/' && t->segment_count <= TARGET_SEGMENTS_MAX);
    for (size_t i = 0; i < t->segment_count; i++) {
        const char *segment = t->segments[i];
        check_text(segment);
        must(segment[0] != '\0' && strpbrk(segment, "/\\") == NULL);
        must(strcmp(segment, ".") != 0 && strcmp(segment, "..") != 0);
    }
    for (size_t i = 0; i < t->parameter_count; i++) {
        check_text(t->parameters[i].name);
        check_text(t->parameters[i].value);
        for (size_t k = 0; k < i; k++) {
            must(strcmp(t->parameters[i].name, t->parameters[k].name) != 0);
        }
    }
}

static void put_escaped(struct buffer *out, const char *text)
{
    char escape[4];

    for (const char *c = text; *c != '\0'; c++) {
        snprintf(escape, sizeof escape, "%%%02X", (unsigned)(unsigned char)*c);
        buffer_text(out, escape);
    }
}

static void print_target(const struct request_target *t, struct buffer *out)
{
    buffer_text(out, t->segment_count == 0 ? "/" : "");
    for (size_t i = 0; i < t->segment_count; i++) {
        buffer_text(out, "/");
        put_escaped(out, t->segments[i]);
    }
    for (size_t i = 0; i < t->parameter_count; i++) {
        buffer_text(out, i == 0 ? "?" : "&");
        put_escaped(out, t->parameters[i].name);
        buffer_text(out, "=");
        put_escaped(out, t->parameters[i].value);
    }
    buffer_append(out, "", 1);
}

static void same_target(const struct request_target *a, const struct request_target *b)
{
    must(a->segment_count == b->segment_count && a->parameter_count == b->parameter_count);
    for (size_t i = 0; i < a->segment_count; i++) {
        must(strcmp(a->segments[i], b->segments[i]) == 0);
    }
    for (size_t i = 0; i < a->parameter_count; i++) {
        must(strcmp(a->parameters[i].name, b->parameters[i].name) == 0);
        must(strcmp(a->parameters[i].value, b->parameters[i].value) == 0);
    }
}

static void try_target(const char *text)
{
    struct buffer printed = BUFFER_INIT;
    struct request_target target, again;
    struct error err = ERROR_INIT;

    if (target_parse(text, &target, &err)) {
        check_target(&target);
        print_target(&target, &printed);
        if (target_parse((const char *)printed.data, &again, &err)) {
            same_target(&target, &again);
        } else {
            must(printed.size - 1 > LIMIT_HTTP_TARGET_BYTES); /* each byte became three */
        }
        target_fini(&again);
        buffer_fini(&printed);
    } else {
        check_error(&err);
        check_text(target.path);
    }
    target_fini(&target);
}

/* --- headers ------------------------------------------------------------------------------- */

static void try_header(const char *text)
{
    char key[LIMIT_ONCE_BYTES + 1];
    char tag[64];
    uint64_t instance, entry, same_instance, same_entry;

    (void)header_language(text);
    (void)header_body_kind(text);
    (void)header_takes_gzip(text);
    (void)header_names_etag(text, "\"17-204\"");
    if (header_etag(text, &instance, &entry) && instance > 0) {
        snprintf(tag, sizeof tag, "\"%" PRIu64 "-%" PRIu64 "\"", instance, entry);
        must(header_etag(tag, &same_instance, &same_entry));
        must(instance == same_instance && entry == same_entry);
        must(header_names_etag(tag, tag));
    }
    if (header_key(text, key)) {
        must(strlen(key) >= 1 && strlen(key) <= LIMIT_ONCE_BYTES);
        check_text(key);
    }
}

/* --- the body ------------------------------------------------------------------------------ */

static void try_body(struct bytes text)
{
    json_t *json = NULL, *again = NULL;
    struct error err = ERROR_INIT;

    if (!request_read_json(text, &json, &err)) {
        must(json == NULL);
        check_error(&err);
        return;
    }
    char *printed = json_dumps(json, JSON_COMPACT);
    must(json_is_object(json) && printed != NULL);
    must(request_read_json(bytes_of(printed), &again, &err) && json_equal(json, again));
    free(printed);
    json_decref(json);
    json_decref(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    struct bytes rest = {data + 1, size - 1};
    char *text = bytes_strdup(rest);

    switch (data[0]) {
    case 'T':
        try_target(text);
        break;
    case 'H':
        try_header(text);
        break;
    case 'B':
        try_body(rest);
        break;
    default:
        break;
    }
    free(text);
    return 0;
}
