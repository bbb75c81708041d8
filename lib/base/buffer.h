/* buffer.h - a growable run of bytes, and the packing of records into it
 *
 * Packing is ours because the journal must stay readable for years: unsigned LEB128 varints,
 * zig-zag for signed, length-prefixed bytes. Unpacking never reads past the end: after a failure
 * the cursor is marked bad, later reads return zeros, and one check at the end is enough.
 */
#ifndef BASE_BUFFER_H
#define BASE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A borrowed run of bytes. data may be NULL when size is 0. */
struct bytes {
    const void *data;
    size_t size;
};

struct buffer {
    unsigned char *data;
    size_t size;
    size_t capacity;
};

#define BUFFER_INIT ((struct buffer){0})

struct bytes bytes_of(const char *s); /* without the zero; NULL gives none */
bool bytes_equal(struct bytes a, struct bytes b);
/* By memcmp, the shorter first: the order of keys in a store. */
int bytes_compare(struct bytes a, struct bytes b);
/* FNV-1a of 64 bits, going on from hash: it tells things apart, and protects from nobody. Stored
 * keys are made of it (docs/storage.md §2.1): it never changes. */
#define BYTES_HASH_SEED UINT64_C(0xcbf29ce484222325)
uint64_t bytes_hash(uint64_t hash, struct bytes b);
char *bytes_strdup(struct bytes b); /* zero-terminated copy, yours */

void buffer_fini(struct buffer *b);  /* frees; leaves it as BUFFER_INIT */
void buffer_clear(struct buffer *b); /* forgets the bytes, keeps the memory */
void buffer_reserve(struct buffer *b, size_t more);
void buffer_append(struct buffer *b, const void *data, size_t size);
void buffer_text(struct buffer *b, const char *s);
struct bytes buffer_bytes(const struct buffer *b); /* valid until the next change */

void pack_u8(struct buffer *b, unsigned v);
void pack_uint(struct buffer *b, uint64_t v);
void pack_int(struct buffer *b, int64_t v);
void pack_bytes(struct buffer *b, struct bytes v);
void pack_text(struct buffer *b, const char *s); /* NULL is packed as "" */
/* Fixed width, big-endian: keys sort as numbers do. */
void pack_key32(struct buffer *b, uint32_t v);
void pack_key64(struct buffer *b, uint64_t v);

struct cursor {
    const unsigned char *at;
    const unsigned char *end;
    bool bad; /* something did not fit: everything read since is worthless */
};

struct cursor cursor_of(struct bytes b);
bool cursor_done(const struct cursor *c); /* at the end, and nothing was bad */
unsigned unpack_u8(struct cursor *c);
uint64_t unpack_uint(struct cursor *c);
int64_t unpack_int(struct cursor *c);
/* How many things follow that take at least a byte each: more than the bytes left is bad. */
uint32_t unpack_count(struct cursor *c);
struct bytes unpack_bytes(struct cursor *c); /* borrowed from what the cursor reads */
char *unpack_text(struct cursor *c);         /* yours; "" after a failure */
uint32_t unpack_key32(struct cursor *c);
uint64_t unpack_key64(struct cursor *c);

#endif
