/* due_fuzz.c - any bytes as a due phrase
 *
 * Holds: a phrase is read, or refused with a code, a sentence and a column in it; every window lies
 * in the period and none ends before it begins; what is printed reads as the same, and is printed
 * again as it was.
 */
#include "base/must.h"
#include "calendar/due.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A plan for one year, for four, for a school year without an end, and one that says nothing. */
static struct due_context context_of(uint8_t byte)
{
    static const struct civil days[][2] = {
        {{2023, 1, 1}, {2023, 12, 31}}, {{2021, 1, 1}, {2024, 12, 31}}, {{2022, 9, 1}, {0, 0, 0}}};
    struct due_context context = {.period = {CIVIL_DAY_NONE, CIVIL_DAY_NONE},
                                  .signed_day = CIVIL_DAY_NONE};

    if (byte % 4 < 3) {
        const struct civil *period = days[byte % 4];
        context.period.from = civil_to_day(period[0]);
        context.period.to = period[1].year > 0 ? civil_to_day(period[1]) : CIVIL_DAY_NONE;
    }
    context.year = byte % 8 >= 4 ? 2023 : 0;
    context.signed_day = byte % 16 >= 8 ? civil_to_day((struct civil){2021, 8, 9}) : CIVIL_DAY_NONE;
    return context;
}

static void check_windows(const struct due_reading *reading, const struct due_context *context)
{
    for (uint32_t i = 0; i < reading->window_count; i++) {
        struct window w = reading->windows[i];
        must(w.to != CIVIL_DAY_NONE);
        must(w.from == CIVIL_DAY_NONE || w.from <= w.to);
        must(context->period.to == CIVIL_DAY_NONE || w.to <= context->period.to);
        must(context->period.from == CIVIL_DAY_NONE || w.to >= context->period.from);
        must(context->period.from == CIVIL_DAY_NONE || w.from == CIVIL_DAY_NONE ||
             w.from >= context->period.from);
    }
}

static void same(const struct due *a, const struct due *b)
{
    must(bytes_equal(a->printed, b->printed));
    must(a->reading.kind == b->reading.kind);
    must(a->reading.window_count == b->reading.window_count);
    for (uint32_t i = 0; i < a->reading.window_count; i++) {
        must(a->reading.windows[i].from == b->reading.windows[i].from);
        must(a->reading.windows[i].to == b->reading.windows[i].to);
    }
    must(a->alternative_count == b->alternative_count && a->part_count == b->part_count);
    must(bytes_equal(a->ambiguity, b->ambiguity) && bytes_equal(a->reading.rule, b->reading.rule));
    must(a->by_minute == b->by_minute && a->anchor.count == b->anchor.count);
}

static void check_print(const struct due *due, const struct due_context *context,
                        struct arena *arena)
{
    struct due again;
    struct error err = ERROR_INIT;

    if (!due_parse(due->printed, context, arena, &again, &err)) {
        must(err.code == ERROR_TOO_LARGE); /* a line of many abbreviations, written out */
        return;
    }
    same(due, &again);
}

static void check_error(const struct error *err, size_t size)
{
    must(err->code == ERROR_SYNTAX || err->code == ERROR_INVALID || err->code == ERROR_TOO_LARGE);
    must(err->text[0] != '\0' && err->column >= 1 && (size_t)err->column <= size + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena arena = ARENA_INIT;
    struct error err = ERROR_INIT;
    struct due due;

    if (size > 0) {
        struct due_context context = context_of(data[0]);
        struct bytes phrase = {data + 1, size - 1};
        if (due_parse(phrase, &context, &arena, &due, &err)) {
            check_windows(&due.reading, &context);
            check_print(&due, &context, &arena);
        } else {
            check_error(&err, size - 1);
        }
    }
    arena_fini(&arena);
    return 0;
}
