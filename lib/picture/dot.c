/* dot.c - a picture as DOT, the language of Graphviz
 *
 * Owns:    shapes and colours in DOT, and the escape of labels.
 * In:      picture_print().
 * Out:     text.
 * Always:  a label can't end its quotes, name a field of the graph (\N) or an entity (&lt;).
 * See:     Graphviz «DOT Language», «escString»
 */
#include "picture/parts.h"

static const char *const shapes[SHAPE_COUNT] = {
    [SHAPE_BEGIN] = "shape=oval",
    [SHAPE_END] = "shape=oval,peripheries=2",
    [SHAPE_BOX] = "shape=box",
    [SHAPE_PEOPLE] = "shape=box,style=\"rounded,filled\"",
    [SHAPE_DECISION] = "shape=diamond",
    [SHAPE_LOOP] = "shape=hexagon",
    [SHAPE_EVENT] = "shape=note",
    [SHAPE_WAIT] = "shape=invhouse",
    [SHAPE_ERROR] = "shape=octagon",
    [SHAPE_BAR] = "shape=box,style=filled,fillcolor=black,width=2,height=0.06",
    [SHAPE_JOIN] = "shape=point,fillcolor=black",
};

/* Fill and border; light fills, so that black letters can be read on them. */
static const char *const colours[PICTURE_STATE_COUNT] = {
    [PICTURE_NONE] = "",
    [PICTURE_DONE] = "fillcolor=\"#cdeccd\",color=\"#2e7d32\"",
    [PICTURE_OPEN] = "fillcolor=\"#cfe2ff\",color=\"#1f5fbf\"",
    [PICTURE_WAITING] = "fillcolor=\"#fff3c4\",color=\"#a67c00\"",
    [PICTURE_INCIDENT] = "fillcolor=\"#ffd0cc\",color=\"#b3261e\"",
    [PICTURE_SKIPPED] = "fillcolor=\"#e6e6e6\",color=\"#6b6b6b\"",
    [PICTURE_CANCELLED] = "fillcolor=\"#e6e6e6\",color=\"#6b6b6b\"",
    [PICTURE_FAULTED] = "fillcolor=\"#e3b7c6\",color=\"#7d1d3f\"",
};

static void put_escaped(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        switch (*text) {
        case '"':
            buffer_text(out, "\\\"");
            break;
        case '\\':
            buffer_text(out, "\\\\");
            break;
        case '&':
            buffer_text(out, "&amp;");
            break;
        case '\n':
            buffer_text(out, "\\n");
            break;
        default:
            buffer_append(out, text, 1);
        }
    }
}

static void put_label(struct buffer *out, const char *label, const char *word)
{
    bool alone = label[0] == '\0';

    buffer_text(out, "label=\"");
    put_escaped(out, label);
    if (word[0] != '\0') {
        buffer_text(out, alone ? "[" : "\\n[");
        put_escaped(out, word);
        buffer_text(out, "]");
    }
    buffer_text(out, "\"");
}

static void put_tip(struct buffer *out, const char *before, const char *tip)
{
    if (tip != NULL) {
        picture_put(out, "%stooltip=\"", before);
        put_escaped(out, tip);
        buffer_text(out, "\"");
    }
}

static void put_node(struct buffer *out, const struct picture *p, uint32_t number)
{
    const struct part_node *node = &p->nodes[number];

    picture_put(out, "n%u [id=n%u,", number, number);
    put_label(out, node->label, picture_node_word(node));
    put_tip(out, ",", node->tip);
    picture_put(out, ",%s", shapes[node->shape]);
    if (node->state != PICTURE_NONE) {
        picture_put(out, ",%s", colours[node->state]);
    }
    buffer_text(out, "]\n");
}

static void put_frame(struct buffer *out, const struct picture *p, uint32_t frame);

/* What stands in this frame itself. */
static void put_inside(struct buffer *out, const struct picture *p, uint32_t frame)
{
    for (uint32_t i = 0; i < p->node_count; i++) {
        if (p->nodes[i].frame == frame) {
            put_node(out, p, i);
        }
    }
    for (uint32_t i = frame == NO_FRAME ? 0 : frame + 1; i < p->frame_count; i++) {
        if (p->frames[i].parent == frame) {
            put_frame(out, p, i);
        }
    }
}

static void put_frame(struct buffer *out, const struct picture *p, uint32_t number)
{
    const struct part_frame *frame = &p->frames[number];

    picture_put(out, "subgraph cluster_%u {\n", number);
    put_label(out, frame->label, picture_state_word(frame->state));
    put_tip(out, "\n", frame->tip);
    picture_put(out, "\nstyle=\"rounded%s\"\ncolor=\"#8a8a8a\"\n",
                frame->state != PICTURE_NONE ? ",filled" : "");
    if (frame->state != PICTURE_NONE) {
        picture_put(out, "graph [%s]\n", colours[frame->state]);
    }
    put_inside(out, p, number);
    buffer_text(out, "}\n");
}

void picture_print_dot(const struct picture *p, struct buffer *out)
{
    static const char *const lines[] = {[LINE_FULL] = "",
                                        [LINE_BACK] = ",constraint=false",
                                        [LINE_DASHED] = ",style=dashed",
                                        [LINE_UNDER] = ",style=invis,weight=50",
                                        [LINE_LOWER] = ",style=invis",
                                        [LINE_BESIDE] = ",style=invis,constraint=false"};

    buffer_text(out, "digraph marshrut {\n");
    put_label(out, p->title, "");
    buffer_text(out, "\nlabelloc=t\ncharset=\"UTF-8\"\n"
                     "fontname=\"DejaVu Sans,Arial,sans-serif\"\nfontsize=12\n"
                     "node [fontname=\"DejaVu Sans,Arial,sans-serif\",fontsize=10,"
                     "style=filled,fillcolor=white]\n"
                     "edge [fontname=\"DejaVu Sans,Arial,sans-serif\",fontsize=9]\n");
    put_inside(out, p, NO_FRAME);
    for (uint32_t i = 0; i < p->line_count; i++) {
        const struct part_line *line = &p->lines[i];
        picture_put(out, "n%u -> n%u [", line->from, line->to);
        put_label(out, line->label, "");
        picture_put(out, "%s]\n", lines[line->line]);
    }
    buffer_text(out, "}\n");
}
