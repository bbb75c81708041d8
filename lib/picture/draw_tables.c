/* draw_tables.c - a roadmap as its sections and items, bodies as a tree
 *
 * Owns:    nothing.
 * In:      checked definitions.
 * Out:     nodes, frames, lines.
 * Always:  items stand one under the other in the order of the document; hidden lines hold them so.
 */
#include "base/must.h"
#include "picture/label.h"
#include "picture/parts.h"

#include <stdlib.h>
#include <string.h>

static char *item_label(const struct roadmap_item *item)
{
    struct buffer label = BUFFER_INIT;

    label_add(&label, "%s. %s", item->no, item->title);
    if (item->due_phrase != NULL) {
        label_add(&label, N_("due: %s"), item->due_phrase);
    }
    if (item->responsible_count > 1) {
        label_add(&label, N_("%s and %u more"), item->responsible[0], item->responsible_count - 1);
    } else if (item->responsible_count == 1) {
        label_add(&label, "%s", item->responsible[0]);
    }
    return label_take(&label);
}

void draw_roadmap(const struct drawing *drawing, const struct roadmap *roadmap)
{
    /* the place after the sections is for items that stand in none */
    uint32_t *frames = xcalloc(roadmap->section_count + 1, sizeof *frames);
    uint32_t *last = xcalloc(roadmap->section_count + 1, sizeof *last);

    for (uint32_t i = 0; i < roadmap->section_count; i++) {
        struct buffer label = BUFFER_INIT;
        label_add(&label, "%s. %s", roadmap->sections[i].no, roadmap->sections[i].title);
        frames[i] = picture_add_frame(drawing->picture, NO_FRAME, label_take(&label));
        last[i] = UINT32_MAX;
    }
    frames[roadmap->section_count] = NO_FRAME;
    last[roadmap->section_count] = UINT32_MAX;
    for (uint32_t i = 0; i < roadmap->item_count; i++) {
        const struct roadmap_item *item = &roadmap->items[i];
        uint32_t in = item->section == SECTION_NONE ? roadmap->section_count : item->section;
        uint32_t node =
            picture_add_node(drawing->picture, SHAPE_PEOPLE, frames[in], item_label(item));
        if (last[in] != UINT32_MAX) {
            picture_add_line(drawing->picture, LINE_HIDDEN, last[in], node, label_of(""));
        }
        last[in] = node;
    }
    free(frames);
    free(last);
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
