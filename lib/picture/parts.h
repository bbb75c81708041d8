/* parts.h - what a picture is made of. Private to lib/picture. */
#ifndef PICTURE_PARTS_H
#define PICTURE_PARTS_H

#include "picture/picture.h"

#define NO_FRAME UINT32_MAX

enum shape {
    SHAPE_BEGIN,
    SHAPE_END,
    SHAPE_BOX,      /* a program or the engine does it */
    SHAPE_PEOPLE,   /* an assignment */
    SHAPE_DECISION, /* a switch */
    SHAPE_LOOP,
    SHAPE_EVENT,
    SHAPE_WAIT,
    SHAPE_ERROR,
    SHAPE_BAR,  /* where branches part and come together */
    SHAPE_JOIN, /* where ways come together: no label */
    SHAPE_COUNT
};

enum line {
    LINE_FULL,
    LINE_BACK, /* to what stands before it: nothing is laid out by it */
    LINE_DASHED,
    LINE_UNDER,  /* hidden: right under it */
    LINE_LOWER,  /* hidden: anywhere lower */
    LINE_BESIDE, /* hidden: to the right of it, when both stand in one row */
};

struct part_node {
    enum shape shape;
    enum picture_state state;
    uint32_t frame; /* NO_FRAME: in none */
    char *label;    /* lines */
    char *tip;      /* for who points at it; may be NULL */
    char *word;     /* that says its state; NULL: picture_state_word() */
};

struct part_line {
    enum line line;
    uint32_t from;
    uint32_t to;
    char *label; /* may be "" */
};

struct part_frame {
    enum picture_state state;
    uint32_t parent; /* a smaller number, or NO_FRAME */
    char *label;
    char *tip; /* may be NULL */
};

struct picture {
    char *title;
    struct part_node *nodes;
    uint32_t node_count, node_room;
    struct part_line *lines;
    uint32_t line_count, line_room;
    struct part_frame *frames;
    uint32_t frame_count, frame_room;
};

/* Each takes the label (label_take()); returns the number. */
uint32_t picture_add_node(struct picture *picture, enum shape shape, uint32_t frame, char *label);
uint32_t picture_add_frame(struct picture *picture, uint32_t parent, char *label);
void picture_add_line(struct picture *picture, enum line line, uint32_t from, uint32_t to,
                      char *label);

/* "done", in the language of the program; "" for PICTURE_NONE. */
const char *picture_state_word(enum picture_state state);
const char *picture_node_word(const struct part_node *node);

/* printf to the end of a buffer. Never a stranger's text: those are longer than it takes. */
void picture_put(struct buffer *out, const char *fmt, ...) PRINTF_LIKE(2, 3);

void picture_print_dot(const struct picture *picture, struct buffer *out);
void picture_print_mermaid(const struct picture *picture, struct buffer *out);
/* What Graphviz makes of DOT text. */
bool picture_lay_out(struct bytes dot, struct buffer *out, struct error *err);

/* --- drawing ------------------------------------------------------------------------------- */

struct drawing {
    struct picture *picture;
    const struct picture_course *course; /* may be NULL */
};

void draw_workflow(const struct drawing *drawing, const struct workflow *workflow);
void draw_roadmap(const struct drawing *drawing, const struct roadmap *roadmap);
void draw_bodies(const struct drawing *drawing, const struct bodies *bodies);

/* Is it drawn for those who follow an instance, in words of people: by its title alone? */
bool draw_in_words(const struct drawing *drawing, const struct step *step);
/* What stands in the node of a step: that title; or its title, if any, its name and, in a few
 * lines, what it does. Yours. */
char *draw_step_label(const struct drawing *drawing, const struct workflow *workflow,
                      const struct step *step);
/* What is told beside: the name that the label leaves out, or NULL. Yours. */
char *draw_step_tip(const struct drawing *drawing, const struct step *step);
/* The last part of the address of an error: "timeout". */
const char *draw_error_name(const char *type);
/* An expression, short: its text. "" for EXPRESSION_NONE. */
const char *draw_expression(const struct workflow *workflow, uint32_t number);

#endif
