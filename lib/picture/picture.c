/* picture.c - the parts of a picture, and its formats by name
 *
 * Owns:    the lists of nodes, lines and frames.
 * In:      the functions that draw add parts; those that print read them.
 * Out:     text.
 * Always:  a line names nodes that are there, a node a frame that is there.
 * See:     picture.h
 */
#include "base/must.h"
#include "picture/parts.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const format_names[PICTURE_FORMAT_COUNT] = {
    [PICTURE_SVG] = "svg", [PICTURE_DOT] = "dot", [PICTURE_MERMAID] = "mermaid"};

const char *picture_format_name(enum picture_format format)
{
    return format_names[format];
}

bool picture_format_find(const char *name, enum picture_format *ret_format)
{
    for (int i = 0; i < PICTURE_FORMAT_COUNT; i++) {
        if (strcmp(name, format_names[i]) == 0) {
            *ret_format = (enum picture_format)i;
            return true;
        }
    }
    return false;
}

const char *picture_state_word(enum picture_state state)
{
    static const char *const words[PICTURE_STATE_COUNT] = {
        [PICTURE_NONE] = "",
        [PICTURE_DONE] = N_("done"),
        [PICTURE_OPEN] = N_("in work"),
        [PICTURE_WAITING] = N_("waiting"),
        [PICTURE_INCIDENT] = N_("needs an operator"),
        [PICTURE_SKIPPED] = N_("skipped"),
        [PICTURE_CANCELLED] = N_("cancelled"),
        [PICTURE_FAULTED] = N_("error"),
    };

    must(state < PICTURE_STATE_COUNT);
    return error_word(words[state]);
}

const char *picture_node_word(const struct part_node *node)
{
    return node->word != NULL ? node->word : picture_state_word(node->state);
}

static void *grow(void *items, uint32_t count, uint32_t *room, size_t size)
{
    if (count < *room) {
        return items;
    }
    *room = *room ? *room * 2 : 16;
    return xrealloc(items, *room * size);
}

uint32_t picture_add_node(struct picture *p, enum shape shape, uint32_t frame, char *label)
{
    must(frame == NO_FRAME || frame < p->frame_count);
    p->nodes = grow(p->nodes, p->node_count, &p->node_room, sizeof *p->nodes);
    p->nodes[p->node_count] = (struct part_node){shape, PICTURE_NONE, frame, label, NULL, NULL};
    return p->node_count++;
}

uint32_t picture_add_frame(struct picture *p, uint32_t parent, char *label)
{
    must(parent == NO_FRAME || parent < p->frame_count);
    p->frames = grow(p->frames, p->frame_count, &p->frame_room, sizeof *p->frames);
    p->frames[p->frame_count] = (struct part_frame){PICTURE_NONE, parent, label, NULL};
    return p->frame_count++;
}

void picture_add_line(struct picture *p, enum line line, uint32_t from, uint32_t to, char *label)
{
    must(from < p->node_count && to < p->node_count);
    p->lines = grow(p->lines, p->line_count, &p->line_room, sizeof *p->lines);
    p->lines[p->line_count++] = (struct part_line){line, from, to, label};
}

void picture_destroy(struct picture *p)
{
    if (p == NULL) {
        return;
    }
    for (uint32_t i = 0; i < p->node_count; i++) {
        free(p->nodes[i].label);
        free(p->nodes[i].tip);
        free(p->nodes[i].word);
    }
    for (uint32_t i = 0; i < p->line_count; i++) {
        free(p->lines[i].label);
    }
    for (uint32_t i = 0; i < p->frame_count; i++) {
        free(p->frames[i].label);
        free(p->frames[i].tip);
    }
    free(p->nodes);
    free(p->lines);
    free(p->frames);
    free(p->title);
    free(p);
}

void picture_put(struct buffer *out, const char *fmt, ...)
{
    char text[256];
    va_list args;

    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    buffer_text(out, text);
}

bool picture_print(const struct picture *picture, enum picture_format format, struct buffer *out,
                   struct error *err)
{
    if (format == PICTURE_MERMAID) {
        picture_print_mermaid(picture, out);
        return true;
    }
    if (format == PICTURE_DOT) {
        picture_print_dot(picture, out);
        return true;
    }
    struct buffer dot = BUFFER_INIT;
    picture_print_dot(picture, &dot);
    bool good = picture_lay_out(buffer_bytes(&dot), out, err);
    buffer_fini(&dot);
    return good;
}
