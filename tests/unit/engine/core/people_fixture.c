/* people_fixture.c - one assignment in a world of plain memory */
#include "people_fixture.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char ask[] =
    HEAD("ask") "  - a:\n"
                "      call: assignment\n"
                "      with: {title: '${ .title }', responsible: '${ .responsible }',\n"
                "             co_executors: '${ .co_executors }', controller: '${ .controller }',\n"
                "             due: '${ .due }', policy: '${ .policy }', result: '${ .result }'}\n"
                "  - then: {call: work.after}\n";

uint64_t id;

void people_fixture_init(void)
{
    fixture_init();
    fixture_deploy(ask);
}

struct assignment *start(const char *from, const char *to)
{
    char input[512];

    snprintf(input, sizeof input,
             "{\"title\":\"План\",\"responsible\":[\"school\",\"district\"],"
             "\"controller\":\"inspector\",\"due\":{\"from\":\"%s\",\"to\":\"%s\"}}",
             from, to);
    id = fixture_start("ask", input);
    cr_assert_not_null(fixture_task(id, 1)->assignment);
    return fixture_task(id, 1)->assignment;
}

struct assignment *assignment_of(uint32_t seq)
{
    struct assignment *a = fixture_task(id, seq)->assignment;

    cr_assert_not_null(a);
    return a;
}

struct assignment *assignment(void)
{
    return assignment_of(1);
}

void at(const char *day, int hour)
{
    fixture_now(day, hour * 60);
    fixture_timers();
}

civil_day day_of(const char *text)
{
    civil_day day;

    cr_assert(civil_parse(bytes_of(text), &day), "%s", text);
    return day;
}

/* --- commands -------------------------------------------------------------------------------- */

struct assignment_command command(enum assignment_action action, const char *by)
{
    return fixture_command(id, 1, action, by);
}

void give(const struct assignment_command *c)
{
    cr_assert(decide_assignment(&fx.world, c, &fx.err), "%s", fx.err.text);
}

void assert_refuses(const struct assignment_command *c, enum error_code code, const char *word)
{
    size_t records = fx.record_count;

    cr_assert_not(decide_assignment(&fx.world, c, &fx.err), "%s", word);
    cr_assert_eq(fx.err.code, code, "%s: %s", word, fx.err.text);
    cr_assert_not_null(strstr(fx.err.text, word), "%s: %s", word, fx.err.text);
    cr_assert_eq(fx.record_count, records, "a refusal writes nothing");
}

void act(enum assignment_action action, const char *by)
{
    struct assignment_command c = command(action, by);

    give(&c);
}

void assert_refused(enum assignment_action action, const char *by, enum error_code code)
{
    struct assignment_command c = command(action, by);

    assert_refuses(&c, code, "");
}

/* --- what came of it ------------------------------------------------------------------------- */

size_t letters_of(enum letter letter, const char *to)
{
    size_t count = 0;

    for (size_t i = 0; i < fx.record_count; i++) {
        const struct record *r = &fx.records[i];
        count += r->kind == RECORD_ASSIGNMENT_NOTICED && r->other == (uint64_t)letter &&
                 (to == NULL || text_is(r->text, to));
    }
    return count;
}

const char *output_text(const char *field)
{
    static char text[4096];
    json_t *output = json_of(fixture_get(id)->data);
    const json_t *value = json_object_get(output, field);

    cr_assert_not_null(value, "%s", field);
    if (json_is_string(value)) {
        snprintf(text, sizeof text, "%s", json_string_value(value));
    } else {
        char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY | JSON_SORT_KEYS);
        snprintf(text, sizeof text, "%s", dump);
        free(dump);
    }
    json_decref(output);
    return text;
}

void hand_over(uint32_t person, const char *deputy)
{
    world_record(&fx.world, fixture_get(id),
                 (struct record){.kind = RECORD_ASSIGNMENT_HANDED,
                                 .task = 1,
                                 .index = person,
                                 .text = bytes_of(deputy),
                                 .number = assignment()->to});
}
