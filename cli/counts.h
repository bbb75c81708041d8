/* counts.h - numbers of one kind on one line: «просрочено 12, в том числе давно 3, срок сегодня 1»
 *
 * What is overdue is told with what is long overdue among it, everywhere a person reads numbers.
 */
#ifndef CLI_COUNTS_H
#define CLI_COUNTS_H

#include "base/buffer.h"

#include <jansson.h>

struct count {
    const char *word; /* as it is shown */
    json_int_t number;
};

/* The first ones are told also where they are nothing: `always` of them. */
void counts_put(struct buffer *out, const struct count *counts, size_t count, size_t always);

/* Of "phases" of STATS, which has the long overdue ones apart: both together. */
json_int_t counts_overdue(const json_t *phases);

#endif
