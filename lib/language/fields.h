/* fields.h - typed access to the nodes of a document, with a refusal that names the place
 *
 * For lib/language and the configuration file of the engine. Every function that takes a map
 * returns true when the field is there and of the type (or OPTIONAL and absent: then the output is
 * untouched), else false and the reader was told. Outputs that are pointers are yours.
 *
 * A reader goes on after a refusal where what follows does not depend on it:
 *     bool good = fields_check(…);
 *     good &= fields_name(…);
 *     return good;
 * so that an author is shown everything at once.
 */
#ifndef LANGUAGE_FIELDS_H
#define LANGUAGE_FIELDS_H

#include "language/catalog.h"
#include "language/problems.h"
#include "language/tree.h"

#define DURATION_MS_MAX (INT64_C(36525) * 86400000) /* a century: longer is a slip of the pen */

/* With problems, every refusal and warning is added to them and err is not touched. Without, a
 * refusal fills *err (each overwrites the last: stop at the first) and warnings are dropped. */
struct reader {
    const char *file;
    struct error *err;
    const struct catalog *catalog; /* NULL: form only */
    struct problems *problems;     /* may be NULL */
    unsigned unknown_kinds;        /* bits of enum definition_kind: see document.h */
    const char *const *services;   /* NULL-terminated; NULL: any may be offered */
};

/* Are names of this kind looked up in the catalog? Then there is one. */
bool looks_up(const struct reader *reader, enum definition_kind kind);

enum need { OPTIONAL, REQUIRED };

/* What a map may hold. Words that the standard has and we do not are refused by name. */
struct words {
    const char *what;         /* N_("an item"): for the sentence */
    const char *const *known; /* NULL-terminated */
    const char *const *later; /* NULL-terminated, or NULL */
};

/* A text from a document, cut and made harmless for a sentence: refuse(…, "%s", show (s).text). */
struct shown {
    char text[96];
};
struct shown show(const char *text);

/* Say what is wrong at the node's place; returns false. */
bool refuse(const struct reader *reader, const struct node *at, enum error_code code,
            const char *fmt, ...) PRINTF_LIKE(4, 5);
/* The same for a word inside a text: at this byte of it. */
bool refuse_in(const struct reader *reader, const struct node *text, size_t offset,
               enum error_code code, const char *fmt, ...) PRINTF_LIKE(5, 6);
/* What an author should know, and what does not refuse the document. */
void warn(const struct reader *reader, const struct node *at, enum error_code code, const char *fmt,
          ...) PRINTF_LIKE(4, 5);
/* A name that is not among these: what, "function", is N_(). Says "did you mean". Returns false. */
bool refuse_name(const struct reader *reader, const struct node *at, const char *what,
                 const char *name, const char *const *names);

/* Is it a word with a Cyrillic letter that looks like a Latin one? Then that is said. */
bool told_lookalike(const struct reader *reader, const struct node *at, const char *word);
/* Is it what a body is called, where its id is wanted? Then that is said (check_names.c). */
bool told_body_id(const struct reader *reader, const struct node *at);
/* The field is not in the map. Says nothing when a word a slip away from it was refused there. */
bool refuse_missing(const struct reader *reader, const struct node *map, const char *key);

/* Is the node a map of known words only? Says "did you mean" otherwise, for each that is not. */
bool fields_check(const struct reader *reader, const struct node *node, const struct words *words);

/* The value, of this kind; NULL (and true) when OPTIONAL and absent. */
bool fields_node(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, enum node_kind kind, const struct node **ret_node);

/* One line of at most bytes_max bytes, not empty, without control characters. */
bool fields_text(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, size_t bytes_max, char **ret_text);
/* A name: letters, digits, '.', '_', '-'; LIMIT_NAME_BYTES. */
bool fields_name(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, char **ret_name);
/* Lists of 1..count_max of them. */
bool fields_texts(const struct reader *reader, const struct node *map, const char *key,
                  enum need need, uint32_t count_max, char ***ret_texts, uint32_t *ret_count);
bool fields_names(const struct reader *reader, const struct node *map, const char *key,
                  enum need need, uint32_t count_max, char ***ret_names, uint32_t *ret_count);

bool fields_integer(const struct reader *reader, const struct node *map, const char *key,
                    enum need need, int64_t min, int64_t max, int64_t *ret_value);
bool fields_flag(const struct reader *reader, const struct node *map, const char *key,
                 enum need need, bool *ret_flag);
bool fields_duration(const struct reader *reader, const struct node *map, const char *key,
                     enum need need, int64_t *ret_ms);

/* The same for a node itself. */
bool node_text(const struct reader *reader, const struct node *node, size_t bytes_max,
               char **ret_text);
bool node_name(const struct reader *reader, const struct node *node, char **ret_name);
bool node_day(const struct reader *reader, const struct node *node, civil_day *ret_day);
/* {from, to}: two dates; refused when it ends before it starts. */
bool node_window(const struct reader *reader, const struct node *node, struct window *ret_window);
/* 'PT30S', or a map {days, hours, minutes, seconds, milliseconds}; 0..DURATION_MS_MAX. */
bool node_duration(const struct reader *reader, const struct node *node, int64_t *ret_ms);
/* Any value as JSON, `${ … }` in it as texts. Plain texts are read by YAML's core schema. */
bool node_json(const struct reader *reader, const struct node *node, json_t **ret_json);

bool node_is_null(const struct node *node);
/* A text that holds `${`: an expression. */
bool node_is_template(const struct node *node);

#endif
