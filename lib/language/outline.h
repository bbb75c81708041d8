/* outline.h - a definition as parts with names and fields, to be compared. Private to lib/language.
 *
 * What does not change the meaning is not in it: comments, the order of words, where the order of a
 * list says nothing its order, defaults that are written out, the document's version. Words are
 * those of the language, values are JSON as the language writes them; an expression is the text
 * "${ … }", a list of windows is [["2023-09-01","2023-09-30"]].
 */
#ifndef LANGUAGE_OUTLINE_H
#define LANGUAGE_OUTLINE_H

#include "language/definition.h"
#include "language/diff.h"

#define PART_NONE UINT32_MAX

struct part {
    enum part_kind kind;
    uint32_t parent;  /* PART_NONE: the document, which is the first part */
    const char *list; /* of the parent: "do", "ladder"; static */
    char *name;       /* unique among the parts of its kind in its list */
    char *path;       /* for people: "3.2", "do/assign", "2023/2023-05-08" */
    char *likeness;   /* by which it is known again in another place; NULL: by nothing */
    bool ordered;     /* where it stands in its list means something */
    json_t *fields;
};

struct outline {
    struct part *parts; /* a part stands after its parent, and in the order of its list */
    uint32_t count;
    uint32_t room;
};

void outline_make(const struct definition *definition, struct outline *ret_outline);
void outline_fini(struct outline *outline);

/* The number of a new part. likeness: NULL or a text, copied. */
uint32_t outline_add(struct outline *outline, enum part_kind kind, uint32_t parent,
                     const char *list, const char *name, const char *likeness);
/* The same where names may repeat: the second gets another. */
uint32_t outline_add_repeated(struct outline *outline, enum part_kind kind, uint32_t parent,
                              const char *list, const char *name);

/* The fields of a part, to be filled; borrowed. */
json_t *outline_fields(const struct outline *outline, uint32_t part);

/* --- values (outline_value.c): each leaves out what is not there --------------------------------
 */

void member_text(json_t *fields, const char *word, const char *text); /* NULL = not there */
void member_number(json_t *fields, const char *word, int64_t number);
void member_flag(json_t *fields, const char *word, bool flag); /* false = not there */
void member_texts(json_t *fields, const char *word, char *const *texts, uint32_t count);
void member_day(json_t *fields, const char *word, civil_day day);
void member_windows(json_t *fields, const char *word, const struct window *windows, uint32_t count);
/* Takes json; an empty map or list is not there. */
void member_json(json_t *fields, const char *word, json_t *json);
void member_ms(json_t *fields, const char *word, int64_t ms); /* 0 = not there */
void member_span(json_t *fields, const char *word, const struct program *program,
                 const struct span *span);
void member_expression(json_t *fields, const char *word, const struct program *program,
                       uint32_t number);
/* A template taken apart again, so that its members can be compared. */
void member_template(json_t *fields, const char *word, const struct program *program,
                     uint32_t number);
/* Two values of one meaning: expressions may be spaced differently. */
bool values_equal(const json_t *a, const json_t *b);

/* --- kinds: outline_plan.c, outline_outer.c, outline_workflow.c ---------------------------------
 */

void outline_roadmap(struct outline *outline, const struct roadmap *roadmap);
void outline_bodies(struct outline *outline, const struct bodies *bodies);
void outline_policy(struct outline *outline, const struct policy *policy);
void outline_calendar(struct outline *outline, const struct calendar *calendar);
void outline_routes(struct outline *outline, const struct routes *routes);
void outline_indicators(struct outline *outline, const struct indicators *indicators);
void outline_workflow(struct outline *outline, const struct workflow *workflow);
void member_measure(json_t *fields, const char *word, const struct program *program,
                    const struct measure *measure);
/* Of listen and schedule.on (outline_events.c). */
void member_consumption(json_t *fields, const char *word, const struct program *program,
                        const struct consumption *consumption);

#endif
