/* program.h - the built program `marshrut`, run with words, its output caught
 *
 * Its engine is the puppet of tests/unit/sdk; its environment is empty but for what a test says,
 * and for who asks.
 */
#ifndef TESTS_CLI_PROGRAM_H
#define TESTS_CLI_PROGRAM_H

#include "tests/unit/sdk/engine.h"

#include <criterion/criterion.h>
#include <sys/types.h>

#define PROGRAM_SIGNER "petrov"

struct program {
    struct engine engine;
    char folder[64];          /* its own, removed at the end */
    char *const *environment; /* NULL = only PROGRAM_SIGNER: Russian */
    size_t columns;           /* of its terminal; 0 = output goes to files */
    int terminal;             /* the master's side */
    pid_t pid;
    int status; /* exit code */
    char *out;
    char *err; /* with a terminal: all is in out */
};

void program_open(struct program *program);
void program_close(struct program *program);

/* words end with NULL. --endpoint of the puppet is added, unless one of the words is --folder. */
void program_start(struct program *program, const char *const words[]);
/* Wait for its end and read what it printed. */
void program_end(struct program *program);

/* Hear the request, which must have this header and payload (without the name of PROGRAM_SIGNER);
 * answer it. */
void program_answer(struct program *program, const char *header, const char *payload,
                    const char *answer, const char *json);

/* A file in its folder with this text; its path is static. */
const char *program_write(struct program *program, const char *text);

/* A suite whose tests have a program of their own, p. */
#define PROGRAM_SUITE(suite)                                                                       \
    static struct program p;                                                                       \
    static void open_program(void)                                                                 \
    {                                                                                              \
        program_open(&p);                                                                          \
    }                                                                                              \
    static void close_program(void)                                                                \
    {                                                                                              \
        program_close(&p);                                                                         \
    }                                                                                              \
    TestSuite(suite, .init = open_program, .fini = close_program, .timeout = 60)

/* Start p, answer its one request, and wait for its end. */
#define program_ask(header, payload, answer, json, ...)                                            \
    do {                                                                                           \
        program_start(&p, (const char *const[]){__VA_ARGS__, NULL});                               \
        program_answer(&p, header, payload, answer, json);                                         \
        program_end(&p);                                                                           \
    } while (0)

#define program_run(program, ...)                                                                  \
    do {                                                                                           \
        program_start(program, (const char *const[]){__VA_ARGS__, NULL});                          \
        program_end(program);                                                                      \
    } while (0)

#endif
