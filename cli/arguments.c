/* arguments.c - options and positional words, checked against tables
 *
 * Owns:    the reading of argv.
 * In:      main.c with the common table and the command's own.
 * Out:     struct arguments; sentences for people on refusal, in their language.
 * Always:  nothing is guessed: an option that is not known, or given twice where once is meant, is
 *          refused.
 */
#include "cli/arguments.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/suggest.h"

#include <stdlib.h>
#include <string.h>

static const struct option *find_option(const struct option *const tables[], const char *name,
                                        size_t size)
{
    for (size_t t = 0; tables[t] != NULL; t++) {
        for (const struct option *o = tables[t]; o->name != NULL; o++) {
            if (strlen(o->name) == size && memcmp(o->name, name, size) == 0) {
                return o;
            }
        }
    }
    return NULL;
}

static bool unknown_option(const struct option *const tables[], const char *name, size_t size,
                           struct error *err)
{
    char *word = xstrndup(name, size);
    const char *near = NULL;
    size_t best = SIZE_MAX;

    for (size_t t = 0; tables[t] != NULL; t++) {
        for (const struct option *o = tables[t]; o->name != NULL; o++) {
            if (suggest_nearer(word, o->name, &best)) {
                near = o->name;
            }
        }
    }
    if (near != NULL) {
        error_set(err, ERROR_INVALID, _("there is no option --%s; did you mean --%s?"), word, near);
    } else {
        error_set(err, ERROR_INVALID, _("there is no option --%s"), word);
    }
    free(word);
    return false;
}

static bool may_repeat(const struct option *option)
{
    static const char sign[] = "…";
    size_t size = option->value ? strlen(option->value) : 0;

    return size >= sizeof sign - 1 && strcmp(option->value + size - (sizeof sign - 1), sign) == 0;
}

static bool add_given(struct arguments *arguments, const struct option *option, const char *value,
                      struct error *err)
{
    if (!may_repeat(option) && arguments_has(arguments, option->name)) {
        return error_set(err, ERROR_INVALID, _("the option --%s is given twice"), option->name);
    }
    if (arguments->given_count == ARGUMENTS_GIVEN_MAX) {
        return error_set(err, ERROR_TOO_LARGE, _("more than %d options"), ARGUMENTS_GIVEN_MAX);
    }
    arguments->given[arguments->given_count++] = (struct given){option, value};
    return true;
}

/* word without its dashes; *at moves when the value is the next word. */
static bool take_option(int argc, char **argv, int *at, const struct option *const tables[],
                        struct arguments *arguments, struct error *err)
{
    const char *word = argv[*at] + 2;
    const char *equals = strchr(word, '=');
    size_t size = equals ? (size_t)(equals - word) : strlen(word);
    const struct option *option = find_option(tables, word, size);

    if (option == NULL) {
        return unknown_option(tables, word, size, err);
    }
    if (option->value == NULL) {
        return equals == NULL ? add_given(arguments, option, "", err)
                              : error_set(err, ERROR_INVALID, _("the option --%s takes no value"),
                                          option->name);
    }
    if (equals != NULL) {
        return add_given(arguments, option, equals + 1, err);
    }
    if (*at + 1 >= argc) {
        return error_set(err, ERROR_INVALID, _("the option --%s needs a value: %s"), option->name,
                         _(option->value));
    }
    return add_given(arguments, option, argv[++*at], err);
}

/* "-3": no option begins with a figure. */
static bool is_number(const char *word)
{
    return word[1] >= '0' && word[1] <= '9';
}

bool arguments_parse(int argc, char **argv, const struct option *const tables[],
                     struct arguments *ret_arguments, struct error *err)
{
    struct arguments read = {.positional = xcalloc((size_t)argc + 1, sizeof *read.positional)};
    static char help[] = "--help";
    bool options = true;

    for (int at = 0; at < argc; at++) {
        if (options && strcmp(argv[at], "-h") == 0) {
            argv[at] = help;
        }
        if (options && strcmp(argv[at], "--") == 0) {
            options = false;
        } else if (options && strncmp(argv[at], "--", 2) == 0) {
            if (!take_option(argc, argv, &at, tables, &read, err)) {
                arguments_fini(&read);
                return false;
            }
        } else if (options && argv[at][0] == '-' && argv[at][1] != '\0' && !is_number(argv[at])) {
            arguments_fini(&read);
            return error_set(err, ERROR_INVALID, _("there is no option %s"), argv[at]);
        } else {
            read.positional[read.count++] = argv[at];
        }
    }
    *ret_arguments = read;
    return true;
}

void arguments_fini(struct arguments *arguments)
{
    free(arguments->positional);
    *arguments = (struct arguments){0};
}

const char *arguments_get_at(const struct arguments *arguments, const char *name, size_t index)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, name) == 0 && index-- == 0) {
            return arguments->given[i].value;
        }
    }
    return NULL;
}

const char *arguments_get(const struct arguments *arguments, const char *name)
{
    return arguments_get_at(arguments, name, 0);
}

bool arguments_has(const struct arguments *arguments, const char *name)
{
    return arguments_get(arguments, name) != NULL;
}

bool arguments_is_flag(const struct arguments *arguments, const char *name)
{
    for (size_t i = 0; i < arguments->given_count; i++) {
        if (strcmp(arguments->given[i].option->name, name) == 0) {
            return arguments->given[i].option->value == NULL;
        }
    }
    return false;
}

bool arguments_parse_number(const char *text, uint64_t *ret_number)
{
    uint64_t number = 0;

    if (text[0] == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        uint64_t digit = (uint64_t)*text - '0';
        if (*text < '0' || *text > '9' || number > (UINT64_MAX - digit) / 10) {
            return false;
        }
        number = number * 10 + digit;
    }
    *ret_number = number;
    return true;
}

bool arguments_task_valid(const char *text)
{
    const char *dot = strchr(text, '.');
    uint64_t instance = 0;
    uint64_t number = 0;

    if (dot == NULL) {
        return false;
    }
    char *first = xstrndup(text, (size_t)(dot - text));
    bool valid = arguments_parse_number(first, &instance) && instance > 0 &&
                 arguments_parse_number(dot + 1, &number) && number > 0 && number <= UINT32_MAX;
    free(first);
    return valid;
}

bool arguments_number(const struct arguments *arguments, const char *name, uint64_t min,
                      uint64_t max, uint64_t *ret_number, struct error *err)
{
    const char *text = arguments_get(arguments, name);
    uint64_t number;

    if (text == NULL) {
        return true;
    }
    if (!arguments_parse_number(text, &number) || number < min || number > max) {
        return error_set(err, ERROR_INVALID, _("--%s must be a number from %llu to %llu"), name,
                         (unsigned long long)min, (unsigned long long)max);
    }
    *ret_number = number;
    return true;
}
