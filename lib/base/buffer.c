/* buffer.c - growing bytes, packing and unpacking */
#include "base/buffer.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

struct bytes bytes_of(const char *s)
{
    return (struct bytes){s, s ? strlen(s) : 0};
}

bool bytes_equal(struct bytes a, struct bytes b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

int bytes_compare(struct bytes a, struct bytes b)
{
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common > 0 ? memcmp(a.data, b.data, common) : 0;

    return order != 0 ? order : (a.size > b.size) - (a.size < b.size);
}

uint64_t bytes_hash(uint64_t hash, struct bytes b)
{
    const unsigned char *at = b.data;

    for (size_t i = 0; i < b.size; i++) {
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    }
    return hash;
}

char *bytes_strdup(struct bytes b)
{
    return xstrndup(b.data, b.size);
}

void buffer_fini(struct buffer *b)
{
    free(b->data);
    *b = BUFFER_INIT;
}

void buffer_clear(struct buffer *b)
{
    b->size = 0;
}

void buffer_reserve(struct buffer *b, size_t more)
{
    if (b->capacity - b->size >= more) {
        return;
    }
    size_t want = b->capacity ? b->capacity * 2 : 64;
    while (want - b->size < more) {
        want *= 2;
    }
    b->data = xrealloc(b->data, want);
    b->capacity = want;
}

void buffer_append(struct buffer *b, const void *data, size_t size)
{
    if (size == 0) {
        return;
    }
    buffer_reserve(b, size);
    memcpy(b->data + b->size, data, size);
    b->size += size;
}

void buffer_text(struct buffer *b, const char *s)
{
    buffer_append(b, s, strlen(s));
}

struct bytes buffer_bytes(const struct buffer *b)
{
    return (struct bytes){b->data, b->size};
}

void pack_u8(struct buffer *b, unsigned v)
{
    unsigned char byte = (unsigned char)v;

    must(v <= 255);
    buffer_append(b, &byte, 1);
}

void pack_uint(struct buffer *b, uint64_t v)
{
    unsigned char out[10];
    size_t n = 0;

    do {
        out[n++] = (unsigned char)((v & 0x7F) | (v > 0x7F ? 0x80 : 0));
        v >>= 7;
    } while (v != 0);
    buffer_append(b, out, n);
}

void pack_int(struct buffer *b, int64_t v)
{
    pack_uint(b, ((uint64_t)v << 1) ^ (v < 0 ? UINT64_MAX : 0));
}

void pack_bytes(struct buffer *b, struct bytes v)
{
    pack_uint(b, v.size);
    buffer_append(b, v.data, v.size);
}

void pack_text(struct buffer *b, const char *s)
{
    pack_bytes(b, bytes_of(s));
}

static void pack_big_endian(struct buffer *b, uint64_t v, unsigned width)
{
    unsigned char out[8];

    for (unsigned i = 0; i < width; i++) {
        out[i] = (unsigned char)(v >> (8 * (width - 1 - i)));
    }
    buffer_append(b, out, width);
}

void pack_key32(struct buffer *b, uint32_t v)
{
    pack_big_endian(b, v, 4);
}

void pack_key64(struct buffer *b, uint64_t v)
{
    pack_big_endian(b, v, 8);
}

struct cursor cursor_of(struct bytes b)
{
    const unsigned char *at = b.data ? b.data : (const unsigned char *)"";

    return (struct cursor){at, at + b.size, false};
}

bool cursor_done(const struct cursor *c)
{
    return !c->bad && c->at == c->end;
}

static const unsigned char *advance(struct cursor *c, size_t size)
{
    if (c->bad || (size_t)(c->end - c->at) < size) {
        c->bad = true;
        return NULL;
    }
    const unsigned char *at = c->at;
    c->at += size;
    return at;
}

unsigned unpack_u8(struct cursor *c)
{
    const unsigned char *at = advance(c, 1);

    return at ? *at : 0;
}

uint64_t unpack_uint(struct cursor *c)
{
    uint64_t v = 0;

    for (unsigned shift = 0; shift < 64; shift += 7) {
        const unsigned char *at = advance(c, 1);
        if (at == NULL) {
            return 0;
        }
        if (shift == 63 && *at > 1) {
            break;
        }
        v |= (uint64_t)(*at & 0x7F) << shift;
        if ((*at & 0x80) == 0) {
            return v;
        }
    }
    c->bad = true; /* more than 64 bits */
    return 0;
}

int64_t unpack_int(struct cursor *c)
{
    uint64_t v = unpack_uint(c);

    return (int64_t)((v >> 1) ^ ((v & 1) ? UINT64_MAX : 0));
}

uint32_t unpack_count(struct cursor *c)
{
    uint64_t n = unpack_uint(c);

    if (n > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        return 0;
    }
    return (uint32_t)n;
}

struct bytes unpack_bytes(struct cursor *c)
{
    uint64_t size = unpack_uint(c);

    if (size > (uint64_t)(c->end - c->at)) {
        c->bad = true;
    }
    const unsigned char *at = c->bad ? NULL : advance(c, (size_t)size);
    return at ? (struct bytes){at, (size_t)size} : (struct bytes){NULL, 0};
}

char *unpack_text(struct cursor *c)
{
    return bytes_strdup(unpack_bytes(c));
}

static uint64_t unpack_big_endian(struct cursor *c, unsigned width)
{
    const unsigned char *at = advance(c, width);
    uint64_t v = 0;

    for (unsigned i = 0; at != NULL && i < width; i++) {
        v = (v << 8) | at[i];
    }
    return v;
}

uint32_t unpack_key32(struct cursor *c)
{
    return (uint32_t)unpack_big_endian(c, 4);
}

uint64_t unpack_key64(struct cursor *c)
{
    return unpack_big_endian(c, 8);
}
