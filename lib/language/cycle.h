/* cycle.h - what document.metadata.marshrut.cycle of a workflow says: its instances follow people
 *
 * Part of definition.h, which includes it. From it the index knows at which stage each stands,
 * whose it is, and from where: docs/language.md §3.
 */
#ifndef LANGUAGE_CYCLE_H
#define LANGUAGE_CYCLE_H

#include <stdint.h>

/* An instance is at the last stage whose step is open. */
struct cycle_stage {
    char *step;
    char *title;
    uint32_t number; /* of the step in the workflow */
};

/* Paths are names with dots between them, "teacher.name", into the data of the instance. */
struct cycle {
    char *person;
    char *key;          /* NULL: the key of the instance */
    char *municipality; /* may be NULL */
    char *school;       /* may be NULL */
    struct cycle_stage *stages;
    uint32_t stage_count; /* >= 1 */
};

#endif
