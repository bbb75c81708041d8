/* outline_plan.c - the parts of roadmaps and bodies
 *
 * Owns:    which of their fields mean something.
 * In:      outline_make().
 * Out:     parts.
 * Always:  the first body of an item is responsible; the others are a set.
 * See:     outline.h; docs/language.md §4, §5
 */
#include "base/must.h"
#include "language/outline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void add_executors(json_t *fields, const struct roadmap_item *item)
{
    uint32_t others = item->responsible_count - 1;
    char **sorted = xmalloc((others + 1) * sizeof *sorted);

    memcpy(sorted, item->responsible + 1, others * sizeof *sorted);
    qsort(sorted, others, sizeof *sorted, by_text);
    member_text(fields, "responsible", item->responsible[0]);
    member_texts(fields, "co_executors", sorted, others);
    free(sorted);
}

/* As an author would say it: a date, or so many days before the end. */
static void add_part(json_t *parts, const char *body, const struct executor_part *part)
{
    char text[CIVIL_TEXT_MAX + 32];

    if (part->kind == EXECUTOR_DAY) {
        civil_print(part->to, text);
        member_text(parts, body, text);
    } else if (part->kind == EXECUTOR_DAYS_BEFORE) {
        snprintf(text, sizeof text, "%d %s before", (int)part->days.count,
                 part->days.working ? "working days" : "days");
        member_text(parts, body, text);
    }
}

static void add_parts(json_t *fields, const struct roadmap_item *item)
{
    json_t *parts = json_object();

    for (uint32_t i = 1; item->parts != NULL && i < item->responsible_count; i++) {
        add_part(parts, item->responsible[i], &item->parts[i]);
    }
    if (json_object_size(parts) > 0) {
        member_json(fields, "parts", parts);
    } else {
        json_decref(parts);
    }
}

/* Items that come before it: a set. */
static void add_after(json_t *fields, const struct roadmap_item *item)
{
    if (item->after_count == 0) {
        return;
    }
    char **sorted = xmalloc(item->after_count * sizeof *sorted);
    memcpy(sorted, item->after, item->after_count * sizeof *sorted);
    qsort(sorted, item->after_count, sizeof *sorted, by_text);
    member_texts(fields, "after", sorted, item->after_count);
    free(sorted);
}

static void add_due(json_t *fields, const struct roadmap_item *item)
{
    json_t *due = json_object();

    member_windows(due, "windows", item->windows, item->window_count);
    member_text(due, "phrase", item->due_phrase);
    member_text(due, "kind", due_kind_name(item->due_kind));
    member_text(due, "why", item->due_why);
    member_json(fields, "due", due);
}

static void add_item(struct outline *outline, const struct roadmap *roadmap,
                     const struct roadmap_item *item)
{
    json_t *fields =
        outline_fields(outline, outline_add(outline, PART_ITEM, 0, "items", item->no, item->title));

    if (item->section != SECTION_NONE) {
        member_text(fields, "section", roadmap->sections[item->section].no);
    }
    member_text(fields, "title", item->title);
    member_texts(fields, "bullets", item->bullets, item->bullet_count);
    add_due(fields, item);
    add_executors(fields, item);
    add_parts(fields, item);
    member_text(fields, "audience", item->audience);
    add_after(fields, item);
    member_text(fields, "result", item->result);
    member_text(fields, "note", item->note);
    member_text(fields, "workflow", item->workflow);
    if (item->computed != NULL) {
        member_measure(fields, "computed", roadmap->program, item->computed);
    }
}

/* Each by itself: a map that comes or goes would be told as a whole. */
static void add_act(json_t *fields, const struct roadmap *roadmap)
{
    member_text(fields, "act.number", roadmap->act_number);
    if (roadmap->signed_day != CIVIL_DAY_NONE) {
        member_day(fields, "act.date", roadmap->signed_day);
    }
}

void outline_roadmap(struct outline *outline, const struct roadmap *roadmap)
{
    json_t *fields = outline_fields(outline, 0);

    add_act(fields, roadmap);
    member_windows(fields, "period", &roadmap->period, 1);
    member_flag(fields, "open_ended", roadmap->open_ended);
    member_text(fields, "controller", roadmap->controller);
    member_text(fields, "policy", roadmap->policy);
    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        const struct roadmap_section *section = &roadmap->sections[i];
        uint32_t part =
            outline_add(outline, PART_SECTION, 0, "sections", section->no, section->title);
        member_text(outline_fields(outline, part), "title", section->title);
    }
    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        add_item(outline, roadmap, &roadmap->items[i]);
    }
}

static void add_absences(json_t *fields, const struct body *body)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < body->absence_count; i++) {
        const struct absence *absence = &body->absences[i];
        json_t *entry = json_object();
        member_day(entry, "from", absence->days.from);
        member_day(entry, "to", absence->days.to);
        member_text(entry, "deputy", absence->deputy);
        member_text(entry, "reason", absence->reason);
        json_array_append_new(list, entry);
    }
    member_json(fields, "absences", list);
}

void outline_bodies(struct outline *outline, const struct bodies *bodies)
{
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        const struct body *body = &bodies->bodies[i];
        json_t *fields = outline_fields(
            outline, outline_add(outline, PART_BODY, 0, "bodies", body->id, body->name));
        member_text(fields, "name", body->name);
        member_text(fields, "short",
                    strcmp(body->short_name, body->name) == 0 ? NULL : body->short_name);
        member_text(fields, "parent", body->parent);
        member_text(fields, "email", body->email);
        member_text(fields, "timezone", zone_name(body->zone));
        member_text(fields, "calendar", body->calendar);
        member_text(fields, "deputy", body->deputy);
        add_absences(fields, body);
    }
}
