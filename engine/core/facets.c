/* facets.c - rows and tallies of an instance
 *
 * Owns:    names of tables, the rows of an instance as a whole, their order, and the tallies.
 * Always:  the same instance gives the same rows, in the same order.
 */
#include "engine/core/facets_part.h"

#include <stdlib.h>

const char *const table_names[TABLE_COUNT] = {
    [TABLE_META] = "meta",
    [TABLE_JOURNAL] = "journal",
    [TABLE_INSTANCE] = "instance",
    [TABLE_DEFINITION] = "definition",
    [TABLE_SEEN] = "seen",
    [TABLE_SEEN_TIME] = "seen-time",
    [TABLE_KEPT] = "kept",
    [TABLE_KEPT_FOR] = "kept-for",
    [TABLE_KEPT_TIME] = "kept-time",
    [TABLE_USING] = "using",
    [TABLE_ONCE] = "once",
    [TABLE_ONCE_TIME] = "once-time",
    [TABLE_READY] = "ready",
    [TABLE_TIMER] = "timer",
    [TABLE_SUBSCRIPTION] = "subscription",
    [TABLE_STATE] = "state",
    [TABLE_KEY] = "key",
    [TABLE_CHILD] = "child",
    [TABLE_ASSIGNMENT] = "assignment",
    [TABLE_CONCERN] = "concern",
    [TABLE_INCIDENT] = "incident",
    [TABLE_OF] = "of",
    [TABLE_STAGE] = "stage",
    [TABLE_WORD] = "word",
    [TABLE_PLACE] = "place",
    [TABLE_NOTICE] = "notice",
    [TABLE_SAID] = "said",
};

uint32_t table_day(int32_t day)
{
    return (uint32_t)day ^ 0x80000000u;
}

int32_t table_day_of(uint32_t key)
{
    return (int32_t)(key ^ 0x80000000u);
}

/* --- rows of an instance ------------------------------------------------------------------- */

const char *facets_key_name(const struct definition *definition)
{
    return definition->kind == DEFINITION_BODIES ? FACETS_LETTERS : definition->name;
}

static void instance_rows(struct facets *set, const struct instance *i,
                          const struct catalog *catalog)
{
    struct row w;

    if (i->state == INSTANCE_RUNNING || i->state == INSTANCE_SUSPENDED) {
        w = row_begin(set, TABLE_STATE, 0);
        row_put8(&w, i->state);
        row_put64(&w, i->id);
        row_key_end(set, &w);
    }
    if (i->parent != 0) {
        w = row_begin(set, TABLE_CHILD, 0);
        row_put64(&w, i->parent);
        row_put64(&w, i->id);
        row_key_end(set, &w);
    }
    if (i->key.size > 0) {
        struct bytes name = bytes_of(facets_key_name(catalog_find_number(catalog, i->definition)));
        w = row_begin(set, TABLE_KEY, name.size + i->key.size);
        row_put_text(&w, name);
        row_put_bytes(&w, i->key);
        row_key_end(set, &w);
        row_put64(&w, i->id);
        row_end(set, &w);
    }
}

int facet_compare(const struct facet *a, const struct facet *b)
{
    if (a->table != b->table) {
        return a->table < b->table ? -1 : 1;
    }
    return bytes_compare(a->key, b->key);
}

static int compare(const void *a, const void *b)
{
    return facet_compare(a, b);
}

#define FEW_ROWS 24u

/* Few rows, mostly in order already: insertion beats a general sort. */
static void sort_rows(struct facets *set)
{
    if (set->count > FEW_ROWS) {
        qsort(set->rows, set->count, sizeof *set->rows, compare);
        return;
    }
    for (uint32_t i = 1; i < set->count; i++) {
        struct facet row = set->rows[i];
        uint32_t at = i;
        while (at > 0 && facet_compare(&set->rows[at - 1], &row) > 0) {
            set->rows[at] = set->rows[at - 1];
            at--;
        }
        set->rows[at] = row;
    }
}

static void drop_doubles(struct facets *set)
{
    uint32_t kept = 0;

    for (uint32_t i = 0; i < set->count; i++) {
        if (kept == 0 || facet_compare(&set->rows[kept - 1], &set->rows[i]) != 0) {
            set->rows[kept++] = set->rows[i];
        }
    }
    set->count = kept;
}

void facets_order(struct facets *set)
{
    sort_rows(set);
    drop_doubles(set);
}

void facets_of(const struct instance *instance, const struct catalog *catalog, struct arena *arena,
               struct facets *ret_facets)
{
    *ret_facets = (struct facets){.arena = arena};
    if (instance == NULL) {
        return;
    }
    facets_of_tasks(ret_facets, instance, catalog);
    facets_of_index(ret_facets, instance, catalog);
    instance_rows(ret_facets, instance, catalog);
    facets_order(ret_facets);
}

void facets_tally(const struct instance *i, const struct catalog *catalog, int sign,
                  int64_t tally[TALLY_COUNT])
{
    if (i == NULL || i->state == 0) {
        return;
    }
    const struct definition *d = catalog_find_number(catalog, i->definition);
    bool letter = d != NULL && d->kind == DEFINITION_BODIES;
    tally[TALLY_INSTANCES + (int)i->state] += letter ? 0 : sign;
    for (uint32_t n = 0; n < i->task_count; n++) {
        const struct task *t = &i->tasks[n];
        tally[TALLY_READY] += t->state == TASK_READY ? sign : 0;
        tally[TALLY_INCIDENTS] += t->state == TASK_INCIDENT ? sign : 0;
        tally[TALLY_LETTERS] += t->kind == TASK_NOTICE ? sign : 0;
        if (t->assignment != NULL) {
            tally[TALLY_ASSIGNMENTS + (int)t->assignment->state] += sign;
            tally[TALLY_PHASES + (int)t->assignment->phase] += t->state != TASK_CLOSED ? sign : 0;
        }
    }
}
