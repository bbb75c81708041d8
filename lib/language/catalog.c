/* catalog.c - definitions by name, by number, and bodies by id
 *
 * Owns:    every definition given to it, until catalog_destroy().
 * In:      catalog_add() at start and when a document is put.
 * Out:     borrowed definitions; they stay where they are for the life of the catalog.
 * Always:  slots[n] is the definition of number n; `newest` is sorted by kind and name and holds
 *          the greatest version of each; numbers are given out one after another, so slots are
 *          dense; no table is older than the calendars it was made of.
 * See:     catalog.h
 */
#include "language/catalog.h"

#include "base/limits.h"
#include "base/must.h"
#include "language/calendar_table.h"

#include <stdlib.h>
#include <string.h>

/* Numbers are never reused; a change of a plan takes one. Beyond this something counts wildly. */
#define NUMBER_MAX (1u << 24)

struct catalog {
    struct definition **slots; /* by number; slots[0] is never used */
    uint32_t slot_count;       /* one past the greatest number */
    uint32_t slot_capacity;
    struct definition **ordered; /* without gaps, by number */
    uint32_t count;
    struct definition **newest;
    uint32_t newest_count;
    struct calendar_tables *tables;
};

struct catalog *catalog_create(void)
{
    struct catalog *catalog = xcalloc(1, sizeof *catalog);

    catalog->slot_count = 1;
    catalog->tables = calendar_tables_create();
    return catalog;
}

void catalog_destroy(struct catalog *catalog)
{
    if (catalog == NULL) {
        return;
    }
    for (uint32_t i = 0; i < catalog->count; i++) {
        definition_destroy(catalog->ordered[i]);
    }
    calendar_tables_destroy(catalog->tables);
    free(catalog->slots);
    free(catalog->ordered);
    free(catalog->newest);
    free(catalog);
}

static int compare(const struct definition *d, enum definition_kind kind, const char *name)
{
    return d->kind != kind ? (d->kind < kind ? -1 : 1) : strcmp(d->name, name);
}

/* Where the newest of this kind and name stands, or would stand. */
static uint32_t newest_index(const struct catalog *catalog, enum definition_kind kind,
                             const char *name, bool *ret_found)
{
    uint32_t low = 0;
    uint32_t high = catalog->newest_count;

    *ret_found = false;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = compare(catalog->newest[middle], kind, name);
        if (order == 0) {
            *ret_found = true;
            return middle;
        }
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void insert(struct definition ***array, uint32_t *count, uint32_t index,
                   struct definition *definition)
{
    *array = xrealloc(*array, (*count + 1) * sizeof(struct definition *));
    memmove(*array + index + 1, *array + index, (*count - index) * sizeof(struct definition *));
    (*array)[index] = definition;
    (*count)++;
}

static void put_slot(struct catalog *catalog, struct definition *definition)
{
    uint32_t number = definition->number;

    must(number >= 1 && number <= NUMBER_MAX && catalog_find_number(catalog, number) == NULL);
    if (number >= catalog->slot_capacity) {
        uint32_t capacity = number + 1 > 64 ? (number + 1) * 2 : 64;
        catalog->slots = xrealloc(catalog->slots, capacity * sizeof(struct definition *));
        memset(catalog->slots + catalog->slot_capacity, 0,
               (capacity - catalog->slot_capacity) * sizeof(struct definition *));
        catalog->slot_capacity = capacity;
    }
    catalog->slots[number] = definition;
    if (number >= catalog->slot_count) {
        catalog->slot_count = number + 1;
    }
}

/* Tables are made of the newest calendars, each of several. */
static void forget_tables(struct catalog *catalog, const struct definition *changed)
{
    if (changed->kind == DEFINITION_CALENDAR) {
        calendar_tables_forget(catalog->tables);
    }
}

static bool version_known(const struct catalog *catalog, const struct definition *definition)
{
    for (uint32_t i = 0; i < catalog->count; i++) {
        const struct definition *d = catalog->ordered[i];
        if (d->version == definition->version &&
            compare(d, definition->kind, definition->name) == 0) {
            return true;
        }
    }
    return false;
}

void catalog_add(struct catalog *catalog, struct definition **definition, uint32_t number,
                 uint32_t version)
{
    struct definition *d = *definition;
    bool found;

    *definition = NULL;
    d->number = number;
    d->version = version;
    must(!version_known(catalog, d));
    forget_tables(catalog, d);
    put_slot(catalog, d);
    uint32_t at = catalog->count;
    while (at > 0 && catalog->ordered[at - 1]->number > number) {
        at--;
    }
    insert(&catalog->ordered, &catalog->count, at, d);
    uint32_t index = newest_index(catalog, d->kind, d->name, &found);
    if (!found) {
        insert(&catalog->newest, &catalog->newest_count, index, d);
    } else if (catalog->newest[index]->version < version) {
        catalog->newest[index] = d;
    }
}

const struct definition *catalog_find(const struct catalog *catalog, enum definition_kind kind,
                                      const char *name)
{
    bool found;
    uint32_t index = newest_index(catalog, kind, name, &found);

    return found ? catalog->newest[index] : NULL;
}

bool catalog_is_newest(const struct catalog *catalog, const struct definition *definition)
{
    return catalog_find(catalog, definition->kind, definition->name) == definition;
}

/* With a zero after it. */
static bool name_of(struct bytes name, char ret_text[LIMIT_NAME_BYTES + 1])
{
    if (name.size == 0 || name.size > LIMIT_NAME_BYTES) {
        return false;
    }
    memcpy(ret_text, name.data, name.size);
    ret_text[name.size] = '\0';
    return true;
}

const struct definition *catalog_find_named(const struct catalog *catalog,
                                            enum definition_kind kind, struct bytes name)
{
    char text[LIMIT_NAME_BYTES + 1];

    return name_of(name, text) ? catalog_find(catalog, kind, text) : NULL;
}

const struct definition *catalog_find_version(const struct catalog *catalog,
                                              enum definition_kind kind, const char *name,
                                              const char *doc_version)
{
    const struct definition *found = NULL;

    for (uint32_t i = 0; i < catalog->count; i++) {
        const struct definition *d = catalog->ordered[i];
        bool same =
            !d->removed && compare(d, kind, name) == 0 && strcmp(d->doc_version, doc_version) == 0;
        found = same && (found == NULL || found->version < d->version) ? d : found;
    }
    return found;
}

void catalog_remove(struct catalog *catalog, uint32_t number)
{
    struct definition *removed = catalog->slots[number];
    struct definition *newest = NULL;
    bool found;

    removed->removed = true;
    forget_tables(catalog, removed);
    uint32_t index = newest_index(catalog, removed->kind, removed->name, &found);
    for (uint32_t i = 0; i < catalog->count; i++) {
        struct definition *d = catalog->ordered[i];
        bool same = !d->removed && compare(d, removed->kind, removed->name) == 0;
        newest = same && (newest == NULL || newest->version < d->version) ? d : newest;
    }
    if (found && newest != NULL) {
        catalog->newest[index] = newest;
    } else if (found) {
        catalog->newest_count--;
        memmove(catalog->newest + index, catalog->newest + index + 1,
                (catalog->newest_count - index) * sizeof *catalog->newest);
    }
}

const struct definition *catalog_find_number(const struct catalog *catalog, uint32_t number)
{
    return number < catalog->slot_capacity ? catalog->slots[number] : NULL;
}

const struct definition *catalog_find_cycle(const struct catalog *catalog, uint32_t number)
{
    const struct definition *d = catalog_find_number(catalog, number);

    return d != NULL && d->kind == DEFINITION_WORKFLOW && d->workflow.cycle != NULL ? d : NULL;
}

static int order_by_id(const void *id, const void *body)
{
    return strcmp(id, ((const struct body *)body)->id);
}

const struct body *catalog_find_body_beside(const struct catalog *catalog, const char *id,
                                            const char *document)
{
    bool found;

    /* bodies documents stand together: walk from the first possible one */
    for (uint32_t i = newest_index(catalog, DEFINITION_BODIES, "", &found);
         i < catalog->newest_count && catalog->newest[i]->kind == DEFINITION_BODIES; i++) {
        const struct definition *d = catalog->newest[i];
        if (document != NULL && strcmp(d->name, document) == 0) {
            continue;
        }
        const struct body *body = bsearch(id, d->bodies.bodies, d->bodies.body_count,
                                          sizeof *d->bodies.bodies, order_by_id);
        if (body != NULL) {
            return body;
        }
    }
    return NULL;
}

const struct body *catalog_find_body(const struct catalog *catalog, const char *id)
{
    return catalog_find_body_beside(catalog, id, NULL);
}

const struct body *catalog_find_body_named(const struct catalog *catalog, struct bytes id)
{
    char text[LIMIT_NAME_BYTES + 1];

    return name_of(id, text) ? catalog_find_body(catalog, text) : NULL;
}

const struct workdays *catalog_workdays(const struct catalog *catalog, const char *name)
{
    return calendar_tables_get(catalog->tables, catalog, name);
}

uint32_t catalog_next_number(const struct catalog *catalog)
{
    return catalog->slot_count;
}

const struct definition *catalog_at(const struct catalog *catalog, uint32_t index)
{
    return index < catalog->count ? catalog->ordered[index] : NULL;
}

const struct definition *catalog_next_in_force(const struct catalog *catalog, uint32_t *at)
{
    const struct definition *d;

    while ((d = catalog_at(catalog, *at)) != NULL) {
        (*at)++;
        if (catalog_is_newest(catalog, d)) {
            return d;
        }
    }
    return NULL;
}
