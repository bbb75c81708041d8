/* registry.c - what a region can offer a teacher
 *
 * Owns:    the four files, their columns, and what is refused in a row.
 * In:      main.c, anew for each task, so that a changed file is in force at once.
 * Out:     struct registry.
 * Always:  an id is there once; numbers are within their bounds.
 * See:     docs/workers.md §6
 */
#include "workers/route-planner/registry.h"

#include "base/buffer.h"
#include "base/limits.h"
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LEVEL_ANY "любой"

enum column { ID, TITLE, COMPETENCE, LEVEL, HOURS, PLACES, FROM, MUNICIPALITY, NOTE };

static const char *const columns[] = {[ID] = "id",
                                      [TITLE] = "title",
                                      [COMPETENCE] = "competence",
                                      [LEVEL] = "level",
                                      [HOURS] = "hours",
                                      [PLACES] = "places",
                                      [FROM] = "from",
                                      [MUNICIPALITY] = "municipality",
                                      [NOTE] = "note",
                                      [NOTE + 1] = NULL};

static const char *const names[KIND_COUNT] = {"programme", "mentor", "site", "masterclass"};
static const char *const files[KIND_COUNT] = {"programmes.csv", "mentors.csv", "sites.csv",
                                              "masterclasses.csv"};

const char *kind_name(enum kind kind)
{
    return names[kind];
}

bool kind_find(const char *name, enum kind *ret_kind)
{
    for (int i = 0; i < KIND_COUNT; i++) {
        if (strcmp(names[i], name) == 0) {
            *ret_kind = (enum kind)i;
            return true;
        }
    }
    return false;
}

const struct offer *registry_find(const struct registry *registry, const char *id)
{
    for (size_t i = 0; i < registry->count; i++) {
        if (strcmp(registry->offers[i].id, id) == 0) {
            return &registry->offers[i];
        }
    }
    return NULL;
}

/* --- a row ------------------------------------------------------------------------------------ */

static bool read_number(const char *text, int max, int *ret_number)
{
    size_t size = strlen(text);

    if (size == 0 || size > 6 || strspn(text, "0123456789") != size) {
        return false;
    }
    long number = strtol(text, NULL, 10);
    *ret_number = (int)number;
    return number <= max;
}

static bool read_level(const char *text, const char **ret_level)
{
    static const char *const levels[] = {"ниже базового", "базовый", "повышенный", "высокий"};

    *ret_level = strcmp(text, LEVEL_ANY) == 0 ? "" : text;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        if (strcmp(text, levels[i]) == 0) {
            return true;
        }
    }
    return **ret_level == '\0';
}

/* What is wrong with the row; NULL when nothing is. */
static const char *read_offer(char *const *cells, struct offer *o)
{
    o->id = cells[ID];
    o->title = cells[TITLE];
    o->competence = cells[COMPETENCE];
    o->municipality = cells[MUNICIPALITY];
    o->from = CIVIL_DAY_NONE;
    if (*o->id == '\0' || strlen(o->id) > LIMIT_NAME_BYTES) {
        return "id — это обозначение, до 128 байт";
    }
    if (*o->title == '\0' || strlen(o->title) > LIMIT_TEXT_BYTES) {
        return "title — это название, оно не бывает пустым";
    }
    if (*o->competence == '\0') {
        return "competence — это компетенция, она не бывает пустой";
    }
    if (!read_level(cells[LEVEL], &o->level)) {
        return "level — это уровень диагностики (ниже базового, базовый, повышенный, высокий) или "
               "«любой»";
    }
    if (!read_number(cells[HOURS], REGISTRY_HOURS_MAX, &o->hours)) {
        return "hours — это часы, целое число до 1000";
    }
    if (!read_number(cells[PLACES], REGISTRY_PLACES_MAX, &o->places)) {
        return "places — это число мест, целое до 100000";
    }
    if (*cells[FROM] != '\0' && !civil_parse(bytes_of(cells[FROM]), &o->from)) {
        return "from — это дата начала, ГГГГ-ММ-ДД, или пусто";
    }
    return NULL;
}

/* --- the files -------------------------------------------------------------------------------- */

static bool add_rows(struct registry *registry, enum kind kind, const char *file, struct error *err)
{
    const struct table *table = &registry->tables[kind];

    registry->offers =
        xrealloc(registry->offers, (registry->count + table->count + 1) * sizeof(struct offer));
    for (size_t i = 0; i < table->count; i++) {
        const struct row *row = &table->rows[i];
        struct offer offer = {.kind = kind};
        const char *fault = read_offer(row->cells, &offer);
        if (fault != NULL) {
            return error_set_at(err, ERROR_INVALID, file, row->line, 1, "%s", fault);
        }
        registry->offers[registry->count++] = offer;
    }
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct offer *left = *(const struct offer *const *)a;
    const struct offer *right = *(const struct offer *const *)b;

    return strcmp(left->id, right->id);
}

static bool ids_differ(const struct registry *registry, const char *folder, struct error *err)
{
    const struct offer **sorted = xcalloc(registry->count + 1, sizeof *sorted);
    const struct offer *twice = NULL;

    for (size_t i = 0; i < registry->count; i++) {
        sorted[i] = &registry->offers[i];
    }
    qsort(sorted, registry->count, sizeof *sorted, by_id);
    for (size_t i = 1; i < registry->count && twice == NULL; i++) {
        twice = by_id(&sorted[i - 1], &sorted[i]) == 0 ? sorted[i] : NULL;
    }
    free(sorted);
    return twice == NULL || error_set_at(err, ERROR_INVALID, folder, 0, 0,
                                         "обозначение %s встречается в реестрах дважды", twice->id);
}

static bool read_file(const char *folder, enum kind kind, struct registry *registry,
                      struct error *err)
{
    struct buffer path = BUFFER_INIT;

    buffer_text(&path, folder);
    buffer_text(&path, "/");
    buffer_text(&path, files[kind]);
    char *file = bytes_strdup(buffer_bytes(&path));
    buffer_fini(&path);
    bool good = table_read(file, columns, &registry->tables[kind], err) &&
                add_rows(registry, kind, file, err);
    free(file);
    return good;
}

bool registry_read(const char *folder, struct registry *ret_registry, struct error *err)
{
    *ret_registry = (struct registry){.offers = NULL};
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        if (!read_file(folder, (enum kind)kind, ret_registry, err)) {
            return false;
        }
    }
    return ids_differ(ret_registry, folder, err);
}

void registry_fini(struct registry *registry)
{
    for (int kind = 0; kind < KIND_COUNT; kind++) {
        table_fini(&registry->tables[kind]);
    }
    free(registry->offers);
    *registry = (struct registry){.offers = NULL};
}
