/* draw_tables.c - a roadmap as its sections and items, bodies as a tree
 *
 * Owns:    nothing.
 * In:      checked definitions.
 * Out:     nodes, frames, lines.
 * Always:  sections stand one under the other, their items in rows in the order of the document;
 *          hidden lines hold them so.
 */
#include "picture/label.h"
#include "picture/parts.h"

#include <stdlib.h>
#include <string.h>

#define NO_NODE UINT32_MAX
#define COLUMNS 3 /* some 1,200 pixels, however long the plan is */

static char *item_label(const struct roadmap_item *item, const char *responsible)
{
    struct buffer label = BUFFER_INIT;

    label_add(&label, "%s. %s", item->no, item->title);
    if (item->due_phrase != NULL) {
        label_add(&label, N_("due: %s"), item->due_phrase);
    }
    if (item->responsible_count > 0 && responsible == NULL) {
        responsible = item->responsible[0];
    }
    if (item->responsible_count > 1) {
        label_add(&label, N_("%s and %u more"), responsible, item->responsible_count - 1);
    } else if (item->responsible_count == 1) {
        label_add(&label, "%s", responsible);
    }
    return label_take(&label);
}

static uint32_t add_item(const struct drawing *drawing, const struct roadmap_item *item,
                         uint32_t frame)
{
    const struct picture_course *course = drawing->course;
    struct picture_item known = {PICTURE_NONE, NULL, NULL};

    if (course != NULL && course->item != NULL) {
        course->item(course->context, item, &known);
    }
    uint32_t number = picture_add_node(drawing->picture, SHAPE_PEOPLE, frame,
                                       item_label(item, known.responsible));
    struct part_node *node = &drawing->picture->nodes[number];
    node->state = known.state;
    node->word = known.word != NULL ? label_of(known.word) : NULL;
    return number;
}

/* What is drawn so far. */
struct grid {
    uint32_t last[COLUMNS]; /* of each column the lowest */
    uint32_t columns;       /* that have one */
    uint32_t newest;
};

static void add_hidden(const struct drawing *drawing, enum line line, uint32_t from, uint32_t to)
{
    picture_add_line(drawing->picture, line, from, to, label_of(""));
}

/* lowest: the newest of the sections before, for the first row; else NO_NODE. */
static void place(const struct drawing *drawing, struct grid *grid, uint32_t column,
                  uint32_t lowest, uint32_t node)
{
    if (column < grid->columns) {
        add_hidden(drawing, LINE_UNDER, grid->last[column], node);
    }
    if (lowest != NO_NODE) {
        add_hidden(drawing, LINE_LOWER, lowest, node);
    }
    if (column > 0) {
        add_hidden(drawing, LINE_BESIDE, grid->newest, node);
    }
    grid->columns = column < grid->columns ? grid->columns : column + 1;
    grid->last[column] = node;
    grid->newest = node;
}

/* section: SECTION_NONE for items that stand in none. */
static void draw_items(const struct drawing *drawing, const struct roadmap *roadmap,
                       uint32_t section, uint32_t frame, struct grid *grid)
{
    uint32_t lowest = grid->columns > 0 ? grid->newest : NO_NODE;
    uint32_t count = 0;

    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        if (roadmap->items[i].section == section) {
            place(drawing, grid, count % COLUMNS, count < COLUMNS ? lowest : NO_NODE,
                  add_item(drawing, &roadmap->items[i], frame));
            count++;
        }
    }
}

void draw_roadmap(const struct drawing *drawing, const struct roadmap *roadmap)
{
    struct grid grid = {.columns = 0};

    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        struct buffer label = BUFFER_INIT;
        label_add(&label, "%s. %s", roadmap->sections[i].no, roadmap->sections[i].title);
        draw_items(drawing, roadmap, i,
                   picture_add_frame(drawing->picture, NO_FRAME, label_take(&label)), &grid);
    }
    draw_items(drawing, roadmap, SECTION_NONE, NO_FRAME, &grid);
}

static int order_by_id(const void *id, const void *body)
{
    return strcmp(id, ((const struct body *)body)->id);
}

void draw_bodies(const struct drawing *drawing, const struct bodies *bodies)
{
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        picture_add_node(drawing->picture, SHAPE_BOX, NO_FRAME,
                         label_of(bodies->bodies[i].short_name));
    }
    for (uint32_t i = 0; i < bodies->body_count; i++) {
        const char *parent = bodies->bodies[i].parent;
        const struct body *found = parent ? bsearch(parent, bodies->bodies, bodies->body_count,
                                                    sizeof *bodies->bodies, order_by_id)
                                          : NULL;
        if (found != NULL) {
            picture_add_line(drawing->picture, LINE_FULL, (uint32_t)(found - bodies->bodies), i,
                             label_of(""));
        }
    }
}
