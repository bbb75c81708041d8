/* outline.c - the list of parts of a definition
 *
 * Owns:    parts, their paths, and what every document has.
 * In:      outline_make() from diff.c.
 * Out:     struct outline; nothing of the definition is borrowed.
 * Always:  the document is part 0; a part stands after its parent.
 * See:     outline.h
 */
#include "language/outline.h"

#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Steps and what is in them are named by the words above them; all else by its number or day. */
static char *path_of(const struct outline *outline, enum part_kind kind, uint32_t parent,
                     const char *list, const char *name)
{
    struct buffer path = BUFFER_INIT;

    if (parent != PART_NONE && outline->parts[parent].path[0] != '\0') {
        buffer_text(&path, outline->parts[parent].path);
        buffer_text(&path, "/");
    }
    if (kind == PART_STEP || kind == PART_CASE) {
        buffer_text(&path, list);
        buffer_text(&path, "/");
    }
    buffer_text(&path, name);
    char *text = bytes_strdup(buffer_bytes(&path));
    buffer_fini(&path);
    return text;
}

uint32_t outline_add(struct outline *outline, enum part_kind kind, uint32_t parent,
                     const char *list, const char *name, const char *likeness)
{
    if (outline->count == outline->room) {
        outline->room = outline->room ? 2 * outline->room : 64;
        outline->parts = xrealloc(outline->parts, outline->room * sizeof *outline->parts);
    }
    outline->parts[outline->count] =
        (struct part){.kind = kind,
                      .parent = parent,
                      .list = list,
                      .name = xstrdup(name),
                      .path = path_of(outline, kind, parent, list, name),
                      .likeness = likeness ? xstrdup(likeness) : NULL,
                      .ordered = kind == PART_STEP || kind == PART_CASE || kind == PART_ROUTE,
                      .fields = json_object()};
    return outline->count++;
}

static bool taken(const struct outline *outline, enum part_kind kind, uint32_t parent,
                  const char *name)
{
    for (uint32_t i = 0; i < outline->count; i++) {
        const struct part *part = &outline->parts[i];
        if (part->kind == kind && part->parent == parent && strcmp(part->name, name) == 0) {
            return true;
        }
    }
    return false;
}

uint32_t outline_add_repeated(struct outline *outline, enum part_kind kind, uint32_t parent,
                              const char *list, const char *name)
{
    struct buffer other = BUFFER_INIT;
    char number[16];

    buffer_text(&other, name);
    buffer_append(&other, "", 1);
    for (unsigned i = 2; taken(outline, kind, parent, (const char *)other.data); i++) {
        buffer_clear(&other);
        snprintf(number, sizeof number, " (%u)", i);
        buffer_text(&other, name);
        buffer_text(&other, number);
        buffer_append(&other, "", 1);
    }
    uint32_t part = outline_add(outline, kind, parent, list, (const char *)other.data, NULL);
    buffer_fini(&other);
    return part;
}

json_t *outline_fields(const struct outline *outline, uint32_t part)
{
    return outline->parts[part].fields;
}

void outline_make(const struct definition *definition, struct outline *ret_outline)
{
    *ret_outline = (struct outline){0};
    json_t *fields = outline_fields(
        ret_outline, outline_add(ret_outline, PART_DOCUMENT, PART_NONE, "", "", NULL));
    member_text(fields, "name", definition->name);
    member_text(fields, "namespace", definition->namespace);
    member_text(fields, "title", definition->title);
    switch (definition->kind) {
    case DEFINITION_WORKFLOW:
        outline_workflow(ret_outline, &definition->workflow);
        break;
    case DEFINITION_ROADMAP:
        outline_roadmap(ret_outline, &definition->roadmap);
        break;
    case DEFINITION_BODIES:
        outline_bodies(ret_outline, &definition->bodies);
        break;
    case DEFINITION_POLICY:
        outline_policy(ret_outline, &definition->policy);
        break;
    case DEFINITION_CALENDAR:
        outline_calendar(ret_outline, &definition->calendar);
        break;
    case DEFINITION_ROUTES:
        outline_routes(ret_outline, &definition->routes);
        break;
    case DEFINITION_INDICATORS:
        outline_indicators(ret_outline, &definition->indicators);
        break;
    case DEFINITION_KIND_COUNT:
        must(false);
    }
}

void outline_fini(struct outline *outline)
{
    for (uint32_t i = 0; i < outline->count; i++) {
        free(outline->parts[i].name);
        free(outline->parts[i].path);
        free(outline->parts[i].likeness);
        json_decref(outline->parts[i].fields);
    }
    free(outline->parts);
    *outline = (struct outline){0};
}
