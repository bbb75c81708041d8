/* pack.c - gzip over zlib
 *
 * Owns:    how hard it tries: 1 for large answers (100 MB/s), 6 for small ones, 9 for files.
 */
#include "engine/web/pack.h"

#include "base/must.h"

#include <limits.h>
#include <zlib.h>

#define WINDOW_GZIP  (15 + 16) /* the largest window, and gzip's header around it */
#define MEMORY_LEVEL 8
#define LARGE_BYTES  65536u

bool pack_gzip(struct bytes in, bool best, struct buffer *out)
{
    z_stream z = {0};
    int level = best ? 9 : in.size > LARGE_BYTES ? 1 : 6;

    must(in.size <= UINT_MAX);
    must(deflateInit2(&z, level, Z_DEFLATED, WINDOW_GZIP, MEMORY_LEVEL, Z_DEFAULT_STRATEGY) ==
         Z_OK);
    buffer_reserve(out, in.size);
    z.next_in = (z_const Bytef *)(uintptr_t)in.data; /* zlib takes no const */
    z.avail_in = (uInt)in.size;
    z.next_out = out->data;
    z.avail_out = (uInt)in.size;
    bool smaller = deflate(&z, Z_FINISH) == Z_STREAM_END;
    out->size = smaller ? in.size - z.avail_out : 0;
    deflateEnd(&z);
    return smaller;
}
