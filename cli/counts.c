/* counts.c - numbers of one kind on one line
 *
 * Owns:    how numbers follow their words, and what is overdue in all.
 * In:      numbers of STATS and OVERVIEW (docs/protocol.md §3.6): `stats`, `today`, `top`, `watch`.
 */
#include "cli/counts.h"

#include "cli/fields.h"
#include "cli/text.h"

void counts_put(struct buffer *out, const struct count *counts, size_t count, size_t always)
{
    const char *mark = "";

    for (size_t i = 0; i < count; i++) {
        if (i < always || counts[i].number > 0) {
            text_put(out, "%s%s %lld", mark, counts[i].word, (long long)counts[i].number);
            mark = ", ";
        }
    }
}

json_int_t counts_overdue(const json_t *phases)
{
    return field_number(phases, "overdue") + field_number(phases, "critical");
}
