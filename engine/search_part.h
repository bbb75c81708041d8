/* search_part.h - inside search: what the words of a query may mean
 *
 * Only search*.c include this.
 */
#ifndef ENGINE_SEARCH_PART_H
#define ENGINE_SEARCH_PART_H

#include "engine/core/instance.h"
#include "engine/search.h"

/* A task that a word was said of; 0 = its instance as a whole. */
struct said {
    uint64_t instance;
    uint32_t task;
};

struct said_list {
    struct said *all; /* ascending */
    size_t count;
    bool whole; /* the word was said of nothing else */
};

struct candidates {
    struct search_query query;
    uint64_t *ids; /* ascending */
    size_t count;
    bool more;                           /* there are older ones */
    struct said_list said[SEARCH_WORDS]; /* by word of the query */
};

void search_candidates(const struct view *view, const struct search_query *query,
                       struct candidates *ret_candidates);
void search_candidates_fini(struct candidates *candidates);

/* The beginning of the keys of a word, in each table of words; of exact ones with the NUL behind.
 */
void search_put_word(const struct word *word, bool exact, struct buffer *key);

/* Note in *seen (begin with 0) which words the text has; true when it and those before have all. */
bool search_text_has(const struct search_query *query, struct bytes text, uint32_t *seen);
/* The same of what was said of a task; query: that of the candidates, or the same with exact words.
 */
bool search_said_has(const struct view *view, const struct search_query *query,
                     const struct candidates *candidates, struct said task, uint32_t *seen);
/* Was everything said of one task of this instance, or of it as a whole, whatever became of it? */
bool search_said_of(const struct view *view, const struct candidates *candidates,
                    uint64_t instance);

/* --- one search ----------------------------------------------------------------------------- */

struct search {
    const struct view *v;
    struct search_query query; /* exact in the first pass, beginnings in the second */
    struct bytes text;         /* the query as it was written */
    bool number;               /* the query is one */
    unsigned reads;            /* of instances by words, in both passes */
    size_t limit;
    json_t *people;
    json_t *places;
    json_t *assignments;
    json_t *said;      /* assignments that are to stand behind those */
    json_t *documents; /* of a number: assignments with a document of this number */
    json_t *mentions;  /* of a number: assignments and items that only say it */
    json_t *incidents;
    json_t *instances;
    json_t *bodies;
    json_t *definitions;
    json_t *items;
    json_t *workers; /* NULL: not known here */
    bool more;
};

/* What may have the words: some texts, and what was said of a task. */
struct subject {
    struct bytes texts[3];
    const struct candidates *said; /* NULL: nothing was */
    struct said task;
};

/* Has it all words? In the second pass what fitted in the first is left out. */
bool search_fits(const struct search *search, const struct subject *subject);
/* Takes the row; without room in the group there is more. */
void search_add(struct search *search, json_t *group, json_t *row);

/* search.c: instances of this name, by the beginning of their key. */
void search_keys(struct search *search, const char *name);
/* search_catalog.c */
void search_catalog(struct search *search);
void search_workers(struct search *search); /* where they are known */
/* search_number.c: "14", "№ 14", "п. 3.2": only the number is left in the query. */
bool search_take_number(struct search_query *query);
/* The list for an item (assignment: NULL) or an assignment of one that has it somewhere: `own`
 * where it is its number. Borrowed. */
json_t *search_number_list(const struct search *search, struct bytes no,
                           const struct assignment *assignment, json_t *own);
/* search_places.c */
void search_places(struct search *search);

#endif
