/* frames.h - what evaluator.c and marshrut-jq say to each other. Private to lib/expression.
 *
 * Over a stream socket: four bytes of length (big-endian), then the body, packed as base/buffer.h
 * does. One answer to each request; ANSWER_READY is said once, unasked, at the start.
 *
 *   LOAD     kind slot text                 → DONE, or COMPLAINTS
 *   RUN      kind slot index count value…   → VALUE, FAILED or TOO_LARGE
 *   any      when memory ends               → NO_MEMORY; there is no marshrut-jq any more
 *   COMPILE  kind text                      → DONE, or COMPLAINTS
 *
 *   DONE, READY, NO_MEMORY: kind   VALUE: kind JSON   FAILED, TOO_LARGE: kind sentence COMPLAINTS:
 * kind count message…, each as jq wrote it
 *
 * The first value of RUN is the input, the others are variables; all are JSON text.
 */
#ifndef EXPRESSION_FRAMES_H
#define EXPRESSION_FRAMES_H

#define FRAME_HEAD_BYTES  4u
#define FRAME_VALUES_MAX  64u /* of one request: input and variables */
#define FRAME_SLOTS       32u /* compiled chunks that one marshrut-jq keeps */
#define FRAME_MESSAGE_MAX 1024u

enum request_kind { REQUEST_LOAD = 1, REQUEST_RUN, REQUEST_COMPILE };

enum answer_kind {
    ANSWER_READY = 1,
    ANSWER_DONE,
    ANSWER_COMPLAINTS,
    ANSWER_VALUE,
    ANSWER_FAILED,
    ANSWER_TOO_LARGE,
    ANSWER_NO_MEMORY,
};

#endif
