/* asking.h - what evaluator.c and check.c share: a marshrut-jq that is there when it is needed
 */
#ifndef EXPRESSION_ASKING_H
#define EXPRESSION_ASKING_H

#include "expression/child.h"
#include "expression/evaluator.h"
#include "expression/frames.h"

/* A chunk that the child has compiled. */
struct loaded_chunk {
    uint64_t program; /* 0: the slot is free */
    uint32_t entries; /* of the program, then: one that grew is compiled again */
    uint32_t chunk;
    uint64_t used; /* when, counted in uses */
};

struct evaluator {
    char *path; /* NULL: it is found */
    struct child child;
    struct loaded_chunk slots[FRAME_SLOTS];
    uint64_t uses;
    uint64_t answered; /* requests since the child was started */
    struct buffer request;
    struct buffer answer;
};

/* Does one run now, or can it be started? ERROR_IO. */
bool evaluator_wake(struct evaluator *evaluator, struct error *err);
/* Asks what is in evaluator->request; the answer is in evaluator->answer. When none came, the error
 * says why: ERROR_TIMEOUT; ERROR_TOO_LARGE, ERROR_INVALID by what jq died of. */
enum child_end evaluator_ask(struct evaluator *evaluator, int64_t limit_ms, struct error *err);

/* jq's message without what is of no use to an author. *ret_line: which line of the text it is
 * about, or 0. The new text is yours. */
char *complaint_text(struct bytes message, size_t *ret_line);

#endif
