/* pack.h - gzip, for answers that are worth it; the one file that knows zlib */
#ifndef WEB_PACK_H
#define WEB_PACK_H

#include "base/buffer.h"

/* Smaller ones are sent as they are: a packet holds them anyway. */
#define PACK_BYTES_MIN 1024u
/* Larger ones too: packing them would hold up the others. */
#define PACK_BYTES_MAX (8u << 20)

/* The bytes in gzip's format (RFC 1952), appended to *out, which is empty before. false: it did not
 * become smaller; *out is empty then. best: take time for it, once. */
bool pack_gzip(struct bytes in, bool best, struct buffer *out);

#endif
