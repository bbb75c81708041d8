/* conduct.c - people, cast by the numbers of their instances */
#include "tests/simulation/conduct.h"

#include <criterion/criterion.h>
#include <string.h>

struct conduct conducts[MOVES_MAX];
size_t conduct_count;

const struct roadmap *conduct_roadmap(void)
{
    return &catalog_find(stage.catalog, DEFINITION_ROADMAP, "lo-2023")->roadmap;
}

const struct workdays *conduct_workdays(void)
{
    return catalog_workdays(stage.catalog, NULL);
}

civil_day conduct_due_day(const struct conduct *c)
{
    civil_day to = workdays_shift(conduct_workdays(), c->window.to, SHIFT_PREVIOUS);

    return to < c->opens ? c->window.to : to;
}

static void decide_conduct(struct conduct *c)
{
    uint64_t seed = c->instance;
    int length = c->window.to - c->window.from + 1;

    c->reporter = c->item->responsible[0];
    c->report = c->window.from + (int)random_below(&seed, (uint32_t)length);
    c->returned = NEVER;
    uint32_t kind = random_below(&seed, 10);
    if (kind >= 8 || strcmp(c->reporter, conduct_roadmap()->controller) == 0) {
        c->report = NEVER;
    } else if (kind >= 6) {
        c->report = c->window.to + 1 + (int)random_below(&seed, 20);
    }
    if (c->report == NEVER) {
        c->accepted = NEVER;
        return;
    }
    c->accepted = c->report + 1 + (int)random_below(&seed, 4);
    if (random_below(&seed, 4) == 0) {
        c->returned = c->report + 1 + (int)random_below(&seed, 6);
        c->again = c->returned + 1 + (int)random_below(&seed, 6);
        c->accepted = c->again + 1;
    }
}

void conduct_cast(uint64_t plan)
{
    for (uint32_t i = 0; i < conduct_roadmap()->item_count; i++) {
        const struct roadmap_item *item = &conduct_roadmap()->items[i];
        for (uint32_t w = 0; w < item->window_count; w++) {
            struct conduct *c = &conducts[conduct_count++];
            cr_assert_lt(conduct_count, MOVES_MAX);
            *c = (struct conduct){.instance = plan + conduct_count,
                                  .item = item,
                                  .window = item->windows[w],
                                  .opens = item->opens[w]};
            decide_conduct(c);
        }
    }
}

static void act(struct world *world, const struct conduct *c, enum assignment_action action)
{
    struct assignment_command command = {.instance = c->instance,
                                         .task = 1,
                                         .action = action,
                                         .reason = bytes_of("нет подписи"),
                                         .day = CIVIL_DAY_NONE,
                                         .report = bytes_of("{\"kind\":\"отчёт\",\"number\":\"1\","
                                                            "\"covers\":\"all\"}")};

    command.by = bytes_of(action == ACTION_REPORT ? c->reporter : conduct_roadmap()->controller);
    claim(decide_assignment(world, &command, &stage.err), "%d: %s", (int)c->instance,
          stage.err.text);
}

void conduct_act(struct world *world, civil_day day, int minute)
{
    for (size_t i = 0; i < conduct_count; i++) {
        const struct conduct *c = &conducts[i];
        if (minute == REPORT_AT &&
            (day == c->report || (c->returned != NEVER && day == c->again))) {
            act(world, c, ACTION_REPORT);
        } else if (minute == DECIDE_AT && day == c->returned) {
            act(world, c, ACTION_RETURN);
        } else if (minute == DECIDE_AT && day == c->accepted) {
            act(world, c, ACTION_ACCEPT);
        }
    }
}
