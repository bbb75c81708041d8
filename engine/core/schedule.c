/* schedule.c - workflows that start by themselves: every, cron, after, on events
 *
 * Owns:    the instance that stands for a schedule: one task that waits for the next moment, or
 *          listens; it ends when the next version of the workflow takes its place.
 * In:      decide_schedule() when a definition is deployed; timers and events.
 * Out:     instances, its children.
 * Always:  moments that passed while the engine stood still start one instance, not many.
 * See:     docs/language.md §3; Serverless Workflow DSL 1.0.3, Schedule
 */
#include "engine/core/flow.h"

#include "base/must.h"
#include "calendar/cron.h"

#include <stdio.h>

/* When it starts next; 0 = not by time. */
static int64_t next_ms(const struct world *world, const struct schedule *s, bool first)
{
    if (s->every_ms > 0) {
        return world->now_ms + s->every_ms;
    }
    if (s->cron != NULL) {
        return cron_next_ms(s->cron, world->zone, world->now_ms);
    }
    return s->after_ms > 0 && first ? world->now_ms : 0;
}

/* The blank keeps it apart from the keys that clients give. A version whose schedule was ended, and
 * that is the newest again, gets another turn. */
static struct bytes schedule_key(struct world *world, const struct definition *definition,
                                 unsigned turn)
{
    char key[48];

    snprintf(key, sizeof key, "schedule %u.%u", definition->number, turn);
    return arena_copy(world->arena, bytes_of(key));
}

static unsigned free_turn(struct world *world, const struct definition *definition)
{
    unsigned turn = 1;

    while (world->find_key(world, definition->name, schedule_key(world, definition, turn)) != 0) {
        turn++;
    }
    return turn;
}

uint64_t decide_find_schedule(struct world *world, const struct definition *definition)
{
    unsigned last = free_turn(world, definition) - 1;

    if (last == 0) {
        return 0;
    }
    uint64_t id = world->find_key(world, definition->name, schedule_key(world, definition, last));
    const struct instance *instance = world->get(world, id);
    for (uint32_t n = 0; instance != NULL && n < instance->task_count; n++) {
        if (instance->tasks[n].kind == TASK_SCHEDULE) {
            return id;
        }
    }
    return 0;
}

uint64_t decide_schedule(struct world *world, const struct definition *definition)
{
    const struct workflow *workflow = &definition->workflow;
    struct start start = {.definition = definition,
                          .key = schedule_key(world, definition, free_turn(world, definition))};

    must(workflow->schedule_step != STEP_NONE);
    struct instance *instance = flow_start(world, &start);
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_OPENED,
                                 .task = instance->next_task,
                                 .number = workflow->schedule_step,
                                 .other = TASK_SCHEDULE,
                                 .at_ms = next_ms(world, &workflow->schedule, true)});
    return instance->id;
}

/* `after`: the next run begins so long after the last one ended. */
static bool runs_after(const struct workflow *workflow)
{
    return workflow->schedule.after_ms > 0;
}

void schedule_fire(struct world *world, struct instance *instance, uint32_t seq, json_t *input)
{
    const struct definition *definition = catalog_find_number(world->catalog, instance->definition);
    const struct workflow *workflow = value_workflow(world, instance);
    struct start start = {.definition = definition,
                          .priority = instance->priority,
                          .parent = instance->id,
                          .parent_task = runs_after(workflow) ? seq : 0};

    if (input != NULL) {
        start.input = value_text(world, input);
    }
    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_AGAIN,
                                 .task = seq,
                                 .at_ms = next_ms(world, &workflow->schedule, false)});
    flow_begin(world, flow_start(world, &start));
}

void schedule_run_ended(struct world *world, struct instance *instance, uint32_t seq)
{
    const struct workflow *workflow = value_workflow(world, instance);

    world_record(world, instance,
                 (struct record){.kind = RECORD_TASK_AGAIN,
                                 .task = seq,
                                 .at_ms = world->now_ms + workflow->schedule.after_ms});
}
