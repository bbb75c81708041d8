/* rehearse_find_readings.c - terms of items: without days of their own, or with a second meaning
 *
 * Owns:    which terms have no days that somebody has decided.
 * In:      plans; the phrases of their items, which are read once more for what else they may mean.
 * Out:     rehearsal->findings.
 * Always:  what the author has decided (windows, a reading) is not asked again.
 * See:     docs/time.md §3, §7
 */
#include "cli/rehearse_findings.h"

#include "language/roadmap_due.h"

#include <string.h>

static json_t *windows_json(const struct window *windows, uint32_t count)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(list, json_pack("{soso}", "from", rehearse_day_json(windows[i].from),
                                              "to", rehearse_day_json(windows[i].to)));
    }
    return list;
}

/* The same words with the same meaning: one finding with all its items. one is taken. */
static void gather(json_t *list, json_t *one, const char *no)
{
    json_t *known = rehearse_find_same(list, one, "items");

    if (known == NULL) {
        json_object_set_new(one, "items", json_array());
        json_array_append(list, one);
        known = one;
    }
    json_array_append_new(json_object_get(known, "items"), json_string(no));
    json_decref(one);
}

static json_t *finding_of(const char *kind, const struct definition *plan,
                          const struct roadmap_item *item)
{
    return json_pack("{ss ss ss ss so}", "kind", kind, "plan", plan->name, "due_kind",
                     due_kind_name(item->due_kind), "phrase", item->due_phrase, "windows",
                     windows_json(item->windows, item->window_count));
}

/* --- without days -------------------------------------------------------------------------- */

/* Days that nobody has decided: the span of the plan stands for them. */
static bool has_own_days(const struct roadmap_item *item)
{
    return !item->bounded && item->due_kind != DUE_ON_DEMAND &&
           item->due_kind != DUE_PER_OTHER_PLAN && item->due_kind != DUE_RELATIVE &&
           item->due_kind != DUE_CONTINUOUS;
}

void rehearse_find_undated(struct rehearsal *r, const struct definition *plan)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < plan->roadmap.item_count; i++) {
        const struct roadmap_item *item = &plan->roadmap.items[i];
        if (!has_own_days(item) && rehearse_find_tells(r, item)) {
            gather(list, finding_of("undated", plan, item), item->no);
        }
    }
    json_array_extend(r->findings, list);
    json_decref(list);
}

/* --- a second meaning ---------------------------------------------------------------------- */

static json_t *text_json(struct bytes text)
{
    return json_stringn(text.size > 0 ? text.data : "", text.size);
}

static bool tells_reading(const struct rehearsal *r, const struct due_reading *reading)
{
    bool tells = false;

    for (uint32_t i = 0; i < reading->window_count && !tells; i++) {
        tells = rehearsal_tells_span(r, reading->windows[i]);
    }
    return tells;
}

/* As the reader of plans reads them: lib/language/read_term.c. *ret_tells: one of them has a day
 * among those that are told of. */
static json_t *alternatives_of(const struct rehearsal *r, const struct roadmap *plan,
                               const struct roadmap_item *item, bool *ret_tells)
{
    struct arena arena = ARENA_INIT;
    json_t *list = json_array();
    struct due due;

    if (roadmap_due(plan, item->due_phrase, &arena, &due, NULL)) {
        for (uint32_t i = 0; i < due.alternative_count; i++) {
            const struct due_reading *reading = &due.alternatives[i];
            *ret_tells = *ret_tells || tells_reading(r, reading);
            json_array_append_new(list,
                                  json_pack("{ss so so}", "due_kind", due_kind_name(reading->kind),
                                            "rule", text_json(reading->rule), "windows",
                                            windows_json(reading->windows, reading->window_count)));
        }
    }
    arena_fini(&arena);
    return list;
}

void rehearse_find_ambiguous(struct rehearsal *r, const struct definition *plan)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < plan->roadmap.item_count; i++) {
        const struct roadmap_item *item = &plan->roadmap.items[i];
        if (item->due_ambiguity == NULL) {
            continue;
        }
        bool tells = rehearse_find_tells(r, item);
        json_t *alternatives = alternatives_of(r, &plan->roadmap, item, &tells);
        if (json_array_size(alternatives) == 0 || !tells) { /* a remark: other days it has none */
            json_decref(alternatives);
            continue;
        }
        json_t *one = finding_of("ambiguous", plan, item);
        json_object_set_new(one, "ambiguity", json_string(item->due_ambiguity));
        json_object_set_new(one, "alternatives", alternatives);
        if (item->due_rule != NULL) {
            json_object_set_new(one, "chosen", json_string(item->due_rule));
        }
        gather(list, one, item->no);
    }
    json_array_extend(r->findings, list);
    json_decref(list);
}
