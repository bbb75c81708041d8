/* picture.h - a definition as nodes, lines and frames, and these as DOT, Mermaid or SVG
 *
 * A picture is drawn from a checked definition and then printed; who drew it destroys it. Labels
 * are texts of strangers: each format escapes them. Words of ours are in the program's language
 * (error_word()). Where nodes stand is decided by who shows it: Graphviz, Mermaid.
 */
#ifndef PICTURE_PICTURE_H
#define PICTURE_PICTURE_H

#include "base/buffer.h"
#include "base/error.h"
#include "language/definition.h"

/* How far a step of an instance is, or an item of a plan. */
enum picture_state {
    PICTURE_NONE, /* not yet reached, or no instance is looked at */
    PICTURE_DONE,
    PICTURE_OPEN,     /* somebody works on it */
    PICTURE_WAITING,  /* for an event, a time, a report */
    PICTURE_INCIDENT, /* an operator must act */
    PICTURE_SKIPPED,
    PICTURE_CANCELLED,
    PICTURE_FAULTED, /* ended with an error */
    PICTURE_STATE_COUNT
};

/* Of the step with this index; its pointer is step->pointer. */
typedef enum picture_state picture_state_fn(void *context, const struct step *step, uint32_t index);

/* What is known of an item. Texts are borrowed until the picture is drawn. */
struct picture_item {
    enum picture_state state; /* its colour */
    const char *word;         /* in the language of the program; NULL: that of the state */
    const char *responsible;  /* the name of the first; NULL: its id, as in the document */
};
typedef void picture_item_fn(void *context, const struct roadmap_item *item,
                             struct picture_item *ret_item);

/* How far an instance is; each function may be NULL where the document has nothing to ask of. */
struct picture_course {
    picture_state_fn *step;
    picture_item_fn *item;
    void *context;
};

enum picture_format { PICTURE_SVG, PICTURE_DOT, PICTURE_MERMAID, PICTURE_FORMAT_COUNT };

const char *picture_format_name(enum picture_format format); /* "svg" */
/* false when there is none of that name */
bool picture_format_find(const char *name, enum picture_format *ret_format);

struct picture;

/* A workflow, a roadmap or bodies; others have no picture: ERROR_UNSUPPORTED. course: NULL = no
 * instance is looked at; else each step and each item says how far it is, and a step with a title
 * is drawn by that alone: for people. */
bool picture_draw(const struct definition *definition, const struct picture_course *course,
                  struct picture **ret_picture, struct error *err);
void picture_destroy(struct picture *picture); /* NULL is fine */

/* UTF-8 text to the end of out. Refused for PICTURE_SVG only: ERROR_TIMEOUT, ERROR_IO (Graphviz
 * gave up; it works in a process of its own). */
bool picture_print(const struct picture *picture, enum picture_format format, struct buffer *out,
                   struct error *err);

#endif
