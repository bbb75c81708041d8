/* roadmap.c - starting the occurrences of a plan
 *
 * Owns:    what an item of a roadmap says to the workflow that carries it out, and their keys.
 * In:      decide_start() in flow.c.
 * Out:     records only.
 * Always:  an instance for each window of each item, in the order of the table.
 */
#include "engine/core/roadmap.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/flow.h"

#include <stdio.h>
#include <string.h>

static json_t *texts(char *const *list, uint32_t count)
{
    json_t *array = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(array, json_string(list[i]));
    }
    return array;
}

static json_t *act_json(const struct roadmap *roadmap)
{
    char date[CIVIL_TEXT_MAX];

    if (roadmap->signed_day == CIVIL_DAY_NONE) {
        return NULL;
    }
    civil_print(roadmap->signed_day, date);
    return json_pack("{ss* ss}", "number", roadmap->act_number, "date", date);
}

/* The assignment is given out at its opening, which may come before the window. */
static json_t *window_json(const struct roadmap_item *item, uint32_t window)
{
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];

    civil_print(item->opens[window], from);
    civil_print(item->windows[window].to, to);
    return json_pack("{ss ss}", "from", from, "to", to);
}

static json_t *part_json(const char *body, const struct executor_part *part)
{
    char to[CIVIL_TEXT_MAX];

    if (part->kind == EXECUTOR_DAYS_BEFORE) {
        return json_pack("{ss si sb}", "body", body, "days_before", (int)part->days.count,
                         "working", part->days.working);
    }
    civil_print(part->to, to);
    return json_pack("{ss ss}", "body", body, "to", to);
}

/* Of `responsible` those whose part is due before the whole; NULL: none, and nothing is said. */
static json_t *parts_json(const struct roadmap_item *item)
{
    json_t *parts = item->parts != NULL ? json_array() : NULL;

    for (uint32_t i = 1; item->parts != NULL && i < item->responsible_count; i++) {
        if (item->parts[i].kind != EXECUTOR_WITH_ALL) {
            json_array_append_new(parts, part_json(item->responsible[i], &item->parts[i]));
        }
    }
    return parts;
}

/* NULL: it stands in none. */
static const char *section_title(const struct roadmap *roadmap, const struct roadmap_item *item)
{
    return item->section == SECTION_NONE ? NULL : roadmap->sections[item->section].title;
}

/* What a roadmap item says, as the input of the workflow that carries it out. */
static json_t *occurrence_input(const struct definition *definition,
                                const struct roadmap_item *item, uint32_t window)
{
    const struct roadmap *roadmap = &definition->roadmap;

    return json_pack("{ss ss so* ss ss* ss so so so* ss* ss* ss* ss ss so ss ss si si}", "plan",
                     definition->name, "plan_title", definition->title, "act", act_json(roadmap),
                     "no", item->no, "section", section_title(roadmap, item), "title", item->title,
                     "bullets", texts(item->bullets, item->bullet_count), "responsible",
                     texts(item->responsible, item->responsible_count), "co_executors",
                     parts_json(item), "audience", item->audience, "result", item->result, "note",
                     item->note, "controller", roadmap->controller, "policy", roadmap->policy,
                     "window", window_json(item, window), "due_phrase", item->due_phrase,
                     "due_kind", due_kind_name(item->due_kind), "occurrence", (int)window + 1,
                     "occurrences", (int)item->window_count);
}

static struct instance *start_occurrence(struct world *world, struct instance *plan,
                                         const struct definition *roadmap,
                                         const struct roadmap_item *item, uint32_t window)
{
    char key[LIMIT_KEY_BYTES];
    struct start start = {.parent = plan->id, .priority = plan->priority};

    start.definition = catalog_find(world->catalog, DEFINITION_WORKFLOW, item->workflow);
    must(start.definition != NULL); /* roadmap_check() looked */
    snprintf(key, sizeof key, "%s/%s/%u/%llu", roadmap->name, item->no, window + 1,
             (unsigned long long)plan->id);
    if (world->find_key(world, start.definition->name, bytes_of(key)) == 0) {
        start.key = bytes_of(key); /* else somebody was quicker: a key names one instance */
    }
    start.input = value_text(world, occurrence_input(roadmap, item, window));
    struct instance *child = flow_start(world, &start);
    world_record(world, plan,
                 (struct record){.kind = RECORD_CHILD_STARTED, .number = (int64_t)child->id});
    return child;
}

/* All are there before the first is opened: one that is over at once must not end the plan. */
void roadmap_start(struct world *world, struct instance *plan, const struct definition *definition,
                   uint32_t occurrences)
{
    struct instance **children = arena_alloc(world->arena, occurrences * sizeof *children);
    uint32_t count = 0;

    for (uint32_t i = 0; i < definition->roadmap.item_count; i++) {
        const struct roadmap_item *item = &definition->roadmap.items[i];
        for (uint32_t w = 0; w < item->window_count; w++) {
            children[count++] = start_occurrence(world, plan, definition, item, w);
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        flow_begin(world, children[i]);
    }
}

/* Of one start, about: all of it is one transaction, and half of the store's headroom. */
#define START_BYTES_MAX (64u << 20)
/* Of an occurrence beside its texts: dates, keys, rows. */
#define OCCURRENCE_BYTES 1000u

/* What an occurrence writes: its input and that of its assignment, in the journal and in its own
 * record; and so for a letter to each body. */
static uint64_t occurrence_bytes(const struct definition *roadmap, const struct roadmap_item *item)
{
    const char *const others[] = {section_title(&roadmap->roadmap, item), item->audience,
                                  item->result, item->note, item->due_phrase};
    uint64_t text = OCCURRENCE_BYTES + strlen(item->title) + strlen(roadmap->title);

    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        text += others[i] != NULL ? strlen(others[i]) : 0;
    }
    for (uint32_t i = 0; i < item->bullet_count; i++) {
        text += strlen(item->bullets[i]);
    }
    return 2 * text * (2 + item->responsible_count);
}

static uint64_t start_bytes(const struct definition *roadmap)
{
    uint64_t bytes = 0;

    for (uint32_t i = 0; i < roadmap->roadmap.item_count; i++) {
        const struct roadmap_item *item = &roadmap->roadmap.items[i];
        bytes += item->window_count * occurrence_bytes(roadmap, item);
    }
    return bytes;
}

bool roadmap_check(const struct world *world, const struct definition *definition,
                   uint32_t *ret_occurrences, struct error *err)
{
    uint32_t occurrences = 0;

    for (uint32_t i = 0; i < definition->roadmap.item_count; i++) {
        const struct roadmap_item *item = &definition->roadmap.items[i];
        occurrences += item->window_count;
        if (catalog_find(world->catalog, DEFINITION_WORKFLOW, item->workflow) == NULL) {
            return error_set(err, ERROR_NOT_FOUND, "item %s needs the workflow \"%s\"", item->no,
                             item->workflow);
        }
    }
    if (start_bytes(definition) > START_BYTES_MAX) {
        return error_set(err, ERROR_TOO_LARGE,
                         "the start of this roadmap would write about %llu MiB at once; the limit "
                         "is %u",
                         (unsigned long long)(start_bytes(definition) >> 20),
                         START_BYTES_MAX >> 20);
    }
    if (occurrences > LIMIT_OCCURRENCES) {
        return error_set(err, ERROR_TOO_LARGE, "the roadmap has %u windows; the limit is %u",
                         occurrences, LIMIT_OCCURRENCES);
    }
    *ret_occurrences = occurrences;
    return true;
}
