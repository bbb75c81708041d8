/* mermaid.c - a picture as Mermaid, which wikis and repositories show
 *
 * Owns:    shapes and colours in Mermaid, and the escape of labels.
 * In:      picture_print().
 * Out:     text.
 * Always:  a label can't end its quotes, begin a tag, a link or a text in Markdown.
 * See:     Mermaid «Flowcharts», «Entity codes to escape characters»
 */
#include "picture/parts.h"

#include <string.h>

static const struct {
    const char *open;
    const char *close;
} shapes[SHAPE_COUNT] = {
    [SHAPE_BEGIN] = {"([", "])"}, [SHAPE_END] = {"(((", ")))"},  [SHAPE_BOX] = {"[", "]"},
    [SHAPE_PEOPLE] = {"(", ")"},  [SHAPE_DECISION] = {"{", "}"}, [SHAPE_LOOP] = {"{{", "}}"},
    [SHAPE_EVENT] = {">", "]"},   [SHAPE_WAIT] = {"[\\", "/]"},  [SHAPE_ERROR] = {"[[", "]]"},
    [SHAPE_BAR] = {"[", "]"},     [SHAPE_JOIN] = {"((", "))"},
};

static const char *const classes[PICTURE_STATE_COUNT] = {
    [PICTURE_NONE] = "",
    [PICTURE_DONE] = "done",
    [PICTURE_OPEN] = "open",
    [PICTURE_WAITING] = "waiting",
    [PICTURE_INCIDENT] = "incident",
    [PICTURE_SKIPPED] = "skipped",
    [PICTURE_CANCELLED] = "cancelled",
    [PICTURE_FAULTED] = "faulted",
};

static void put_escaped(struct buffer *out, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '\n') {
            buffer_text(out, "<br/>");
        } else if (strchr("\"#&;<>`\\|*_~[]{}()%:/", *text) != NULL) {
            picture_put(out, "#%d;", (int)*text);
        } else {
            buffer_append(out, text, 1);
        }
    }
}

static void put_label(struct buffer *out, const char *label, const char *word)
{
    buffer_text(out, "\"");
    put_escaped(out,
                label[0] != '\0' || word[0] != '\0' ? label : " "); /* an empty text is refused */
    if (word[0] != '\0') {
        buffer_text(out, label[0] != '\0' ? "<br/>" : "");
        put_escaped(out, word);
    }
    buffer_text(out, "\"");
}

static void put_class(struct buffer *out, const char *what, uint32_t number,
                      enum picture_state state)
{
    if (state != PICTURE_NONE) {
        picture_put(out, "class %s%u %s\n", what, number, classes[state]);
    }
}

static void put_frame(struct buffer *out, const struct picture *p, uint32_t frame);

static void put_inside(struct buffer *out, const struct picture *p, uint32_t frame)
{
    for (uint32_t i = 0; i < p->node_count; i++) {
        const struct part_node *node = &p->nodes[i];
        if (node->frame == frame) {
            picture_put(out, "n%u%s", i, shapes[node->shape].open);
            put_label(out, node->label, picture_node_word(node));
            picture_put(out, "%s\n", shapes[node->shape].close);
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
    picture_put(out, "subgraph f%u [", number);
    put_label(out, p->frames[number].label, picture_state_word(p->frames[number].state));
    buffer_text(out, "]\n");
    put_inside(out, p, number);
    buffer_text(out, "end\n");
}

static void put_lines(struct buffer *out, const struct picture *p)
{
    static const char *const arrows[] = {[LINE_FULL] = "-->",
                                         [LINE_BACK] = "-->",
                                         [LINE_DASHED] = "-.->",
                                         [LINE_UNDER] = "~~~",
                                         [LINE_LOWER] = "~~~"};

    for (uint32_t i = 0; i < p->line_count; i++) {
        const struct part_line *line = &p->lines[i];
        if (line->line == LINE_BESIDE) { /* Mermaid would put it lower */
            continue;
        }
        picture_put(out, "n%u %s", line->from, arrows[line->line]);
        if (line->label[0] != '\0') {
            buffer_text(out, "|");
            put_label(out, line->label, "");
            buffer_text(out, "|");
        }
        picture_put(out, " n%u\n", line->to);
    }
}

void picture_print_mermaid(const struct picture *p, struct buffer *out)
{
    buffer_text(out, "flowchart TD\n");
    put_inside(out, p, NO_FRAME);
    put_lines(out, p);
    buffer_text(out, "classDef done fill:#cdeccd,stroke:#2e7d32\n"
                     "classDef open fill:#cfe2ff,stroke:#1f5fbf\n"
                     "classDef waiting fill:#fff3c4,stroke:#a67c00\n"
                     "classDef incident fill:#ffd0cc,stroke:#b3261e\n"
                     "classDef skipped fill:#e6e6e6,stroke:#6b6b6b\n"
                     "classDef cancelled fill:#e6e6e6,stroke:#6b6b6b\n"
                     "classDef faulted fill:#e3b7c6,stroke:#7d1d3f\n");
    for (uint32_t i = 0; i < p->node_count; i++) {
        put_class(out, "n", i, p->nodes[i].state);
    }
    for (uint32_t i = 0; i < p->frame_count; i++) {
        put_class(out, "f", i, p->frames[i].state);
    }
}
