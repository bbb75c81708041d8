/* tzif.c - a compiled time zone file (TZif) -> the table of its changes
 *
 * Owns:    the format of RFC 8536 §3: headers, the 64-bit block, and where the footer stands.
 * In:      tzif_decode() from zone.c with the bytes of a file.
 * Out:     a zone_table; the footer's rules are written out by footer.c.
 * Always:  never reads past the end; the table is in order and covers all times.
 * See:     RFC 8536
 */
#include "calendar/tzif.h"

#include "base/error.h"
#include "base/must.h"

#include <stdlib.h>
#include <string.h>

#define HEADER_BYTES 44
#define TYPE_BYTES   6

struct header {
    unsigned version; /* '2', '3', … */
    uint32_t isut_count;
    uint32_t isstd_count;
    uint32_t leap_count;
    uint32_t time_count;
    uint32_t type_count;
    uint32_t char_count;
};

static const unsigned char *skip(struct cursor *c, uint64_t size)
{
    if (c->bad || size > (uint64_t)(c->end - c->at)) {
        c->bad = true;
        return NULL;
    }
    const unsigned char *at = c->at;
    c->at += size;
    return at;
}

static bool read_header(struct cursor *c, struct header *ret_header)
{
    const unsigned char *at = skip(c, HEADER_BYTES);

    if (at == NULL || memcmp(at, "TZif", 4) != 0) {
        return false;
    }
    struct cursor counts = cursor_of((struct bytes){at + 20, 24});
    ret_header->version = at[4];
    ret_header->isut_count = unpack_key32(&counts);
    ret_header->isstd_count = unpack_key32(&counts);
    ret_header->leap_count = unpack_key32(&counts);
    ret_header->time_count = unpack_key32(&counts);
    ret_header->type_count = unpack_key32(&counts);
    ret_header->char_count = unpack_key32(&counts);
    return true;
}

static uint64_t block_bytes(const struct header *h, uint64_t time_bytes)
{
    return h->time_count * (time_bytes + 1) + (uint64_t)h->type_count * TYPE_BYTES + h->char_count +
           h->leap_count * (time_bytes + 4) + h->isstd_count + h->isut_count;
}

void tzif_append(struct zone_table *table, int64_t at, int32_t offset)
{
    if (table->count > 0 && table->changes[table->count - 1].offset == offset) {
        return;
    }
    if ((table->count & (table->count - 1)) == 0) { /* 0, 1, 2, 4, …: full */
        uint32_t capacity = table->count ? table->count * 2 : 1;
        table->changes = xrealloc(table->changes, capacity * sizeof *table->changes);
    }
    table->changes[table->count++] = (struct zone_change){at, offset};
}

/* The offset of local time type `index`; false when there is no such type or it is absurd. */
static bool type_offset(const unsigned char *types, uint32_t type_count, uint32_t index,
                        int32_t *ret_offset)
{
    if (index >= type_count) {
        return false;
    }
    struct cursor c = cursor_of((struct bytes){types + (size_t)index * TYPE_BYTES, 4});
    int32_t offset = (int32_t)unpack_key32(&c);
    if (offset < -26 * 3600 || offset > 26 * 3600) { /* RFC 8536 §3.2: -25 h .. 26 h */
        return false;
    }
    *ret_offset = offset;
    return true;
}

/* The 64-bit block, §3.2. Times before the first change have type 0. */
static bool read_changes(struct cursor *c, const struct header *h, struct zone_table *table,
                         int64_t *ret_last)
{
    const unsigned char *times = skip(c, (uint64_t)h->time_count * 8);
    const unsigned char *indexes = skip(c, h->time_count);
    const unsigned char *types = skip(c, (uint64_t)h->type_count * TYPE_BYTES);
    int32_t offset;

    skip(c, h->char_count + (uint64_t)h->leap_count * 12 + h->isstd_count + h->isut_count);
    if (c->bad || !type_offset(types, h->type_count, 0, &offset)) {
        return false;
    }
    tzif_append(table, INT64_MIN, offset);
    struct cursor at_cursor = cursor_of((struct bytes){times, (size_t)h->time_count * 8});
    int64_t last = INT64_MIN;
    for (uint32_t i = 0; i < h->time_count; i++) {
        int64_t at = (int64_t)unpack_key64(&at_cursor);
        if (at <= last || !type_offset(types, h->type_count, indexes[i], &offset)) {
            return false;
        }
        tzif_append(table, at, offset);
        last = at;
    }
    *ret_last = last;
    return true;
}

static bool read_footer(struct cursor *c, int64_t last, struct zone_table *table)
{
    size_t rest = (size_t)(c->end - c->at);

    if (rest < 2 || c->at[0] != '\n' || c->at[rest - 1] != '\n') {
        return false;
    }
    struct bytes footer = {c->at + 1, rest - 2};
    return footer.size == 0 || footer_expand(footer, last, table);
}

static bool decode(struct cursor *c, struct zone_table *table, const char **ret_why)
{
    struct header h;
    int64_t last;

    *ret_why = N_("is not a time zone file");
    if (!read_header(c, &h)) {
        return false;
    }
    *ret_why = N_("is a time zone file of the old version 1");
    if (h.version < '2') {
        return false;
    }
    *ret_why = N_("is a damaged time zone file");
    skip(c, block_bytes(&h, 4));
    if (c->bad || !read_header(c, &h)) {
        return false;
    }
    *ret_why = N_("counts leap seconds, which civil time does not");
    if (h.leap_count > 0) {
        return false;
    }
    *ret_why = N_("is a damaged time zone file");
    return read_changes(c, &h, table, &last) && read_footer(c, last, table);
}

bool tzif_decode(struct bytes file, struct zone_table *ret_table, const char **ret_why)
{
    struct cursor c = cursor_of(file);
    struct zone_table table = {NULL, 0};

    if (!decode(&c, &table, ret_why)) {
        tzif_fini(&table);
        return false;
    }
    *ret_table = table;
    return true;
}

void tzif_fini(struct zone_table *table)
{
    free(table->changes);
    *table = (struct zone_table){NULL, 0};
}
