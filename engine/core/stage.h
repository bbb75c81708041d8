/* stage.h - a row of the table `stage`: who stands where in a cycle, and since when
 *
 * Reading allocates nothing: texts are borrowed from the store, until the cursor moves.
 */
#ifndef CORE_STAGE_H
#define CORE_STAGE_H

#include "base/buffer.h"
#include "engine/core/instance.h"

struct stage_row {
    struct bytes cycle; /* name of its definition */
    unsigned stage;     /* of the version it runs; STAGE_NONE, STAGE_OVER */
    int64_t since_ms;   /* over: when it ended */
    uint64_t instance;
    uint32_t definition; /* number */
    enum instance_state state;
    struct bytes key; /* as the cycle says it, or of the instance; may be empty, as all below */
    struct bytes person;
    struct bytes municipality;
    struct bytes school;
    struct bytes outcome; /* of one that is over: the "outcome" of its data */
};

/* false: no row of this form. */
bool stage_read(struct bytes key, struct bytes value, struct stage_row *ret_row);

#endif
