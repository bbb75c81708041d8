/* bounds_test.c - lists in a workflow: taken up to their limit, refused one past it */
#include "reading.h"

#include <criterion/criterion.h>
#include <stdio.h>

/* before, then `part` so many times (its %u is the number), then after. */
struct shape {
    const char *before;
    const char *part;
    const char *part_end;
    const char *after;
    unsigned max;
    int line;
    int column;
};

static const struct shape shapes[] = {
    {HEAD "  - a: {listen: {to: {any: [", "{with: {type: t", "}},", "]}}}\n", 100, 3, 28},
    {HEAD "  - a: {listen: {to: {one: {with: {", "x", ": y,", "}}}}}\n", 32, 3, 35},
    {HEAD "  - a: {listen: {to: {one: {with: {type: t}, correlate: {", "k", ": {from: .a},",
     "}}}}}\n", 16, 3, 57},
    {HEAD "  - a: {call: x}\nuse: {secrets: [", "s", ",", "]}\n", 100, 4, 16},
    {HEAD "  - a: {switch: [", "{c", ": {when: .a, then: end}},", "]}\n", 1000, 3, 17},
};

static struct buffer filled(const struct shape *shape, unsigned count)
{
    struct buffer b = BUFFER_INIT;
    char number[16];

    buffer_text(&b, shape->before);
    for (unsigned i = 0; i < count; i++) {
        snprintf(number, sizeof number, "%u", i);
        buffer_text(&b, shape->part);
        buffer_text(&b, number);
        buffer_text(&b, shape->part_end);
    }
    buffer_text(&b, shape->after);
    buffer_append(&b, "", 1);
    return b;
}

Test(bounds, lists_are_taken_up_to_their_limit)
{
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct buffer b = filled(&shapes[i], shapes[i].max);
        definition_destroy(parsed((const char *)b.data));
        buffer_fini(&b);
        b = filled(&shapes[i], shapes[i].max + 1);
        refused((const char *)b.data, ERROR_TOO_LARGE, shapes[i].line, shapes[i].column, "");
        buffer_fini(&b);
    }
}
