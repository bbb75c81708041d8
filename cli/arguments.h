/* arguments.h - words of the command line, read against a table of options
 *
 * An option is --name VALUE, --name=VALUE or, without a value, --name; -h is --help; after -- all
 * words are positional. A lone "-" is positional (standard input), and so is a number, -3.
 */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "base/error.h"

#include <stddef.h>
#include <stdint.h>

#define ARGUMENTS_GIVEN_MAX 64 /* options in one command; the longest has 15, and repeats one */

struct option {
    const char *name;  /* without the dashes; NULL ends a table */
    const char *value; /* what stands for the value in the help, N_(); NULL = none; with "…" at its
                          end the option may be given more than once */
    const char *help;  /* N_() */
};

struct given {
    const struct option *option;
    const char *value; /* "" when the option has none */
};

struct arguments {
    const char **positional; /* the words themselves are main's */
    size_t count;
    struct given given[ARGUMENTS_GIVEN_MAX];
    size_t given_count;
};

/* Tables end with NULL, and so does each table. Refused (ERROR_INVALID): an unknown option, with
 * the nearest one named; a missing or superfluous value; an option given twice that may be
 * given once; more than ARGUMENTS_GIVEN_MAX. */
bool arguments_parse(int argc, char **argv, const struct option *const tables[],
                     struct arguments *ret_arguments, struct error *err);
void arguments_fini(struct arguments *arguments);

/* NULL when it was not given; "" for an option without a value. */
const char *arguments_get(const struct arguments *arguments, const char *name);
bool arguments_has(const struct arguments *arguments, const char *name);
/* Was it given, and is it one without a value? */
bool arguments_is_flag(const struct arguments *arguments, const char *name);
/* The values of an option that was given more than once, in order, from 0; NULL past the last. */
const char *arguments_get_at(const struct arguments *arguments, const char *name, size_t index);

/* A number min..max; *ret_number keeps its value when the option was not given. */
bool arguments_number(const struct arguments *arguments, const char *name, uint64_t min,
                      uint64_t max, uint64_t *ret_number, struct error *err);

/* Digits only, without overflow: "17". */
bool arguments_parse_number(const char *text, uint64_t *ret_number);
/* "17.2", as tasks are named: instance and number in it, both from 1. */
bool arguments_task_valid(const char *text);

#endif
