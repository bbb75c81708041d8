/* filter.h - which assignments are meant: decided from their index rows
 *
 * The fields are those of ASSIGNMENTS (docs/protocol.md §3.6); lists, overviews and exports that
 * are narrowed by them read them here.
 */
#ifndef ENGINE_FILTER_H
#define ENGINE_FILTER_H

#include "engine/core/entry.h"
#include "engine/core/tables.h"
#include "engine/view.h"

struct filter {
    const struct view *view;
    bool open;      /* those that are not closed are meant */
    bool closed;    /* those that are closed */
    civil_day from; /* due days, both inclusive; INT32_MIN and INT32_MAX: any */
    civil_day to;
    int state;     /* enum assignment_state; 0 = any, as below */
    int phase;     /* enum phase */
    int outcome;   /* enum outcome; < 0 = any */
    int original;  /* enum original; 0 = any */
    bool overdue;  /* entry_is_overdue() */
    bool punctual; /* it is not */
    bool decide;   /* a report waits for its decision, or an extension is asked for */
    int group;     /* enum overview_group */
    struct bytes body;
    unsigned roles;    /* of the body: enum role */
    struct bytes plan; /* NULL = any; of no bytes: of no plan */
    struct bytes no;
    const char *section; /* number or title, of the plan's newest version, or "-"; NULL = any */
    struct candidates *found; /* q: what its words find; NULL = any. Rows are to be looked at too:
                                 search_row_fits() */
    civil_day today;
};

/* One that every assignment fits. */
struct filter filter_of_all(const struct view *view);

/* Texts are borrowed from the request. Refused: a field that is not what it should be. */
bool filter_read(const struct view *view, const json_t *request, struct filter *ret_filter,
                 struct error *err);
void filter_fini(struct filter *filter);

/* A field that is text; absent or null: *ret_text is NULL. */
bool filter_text(const json_t *request, const char *field, const char **ret_text,
                 struct error *err);
/* One day of a request; absent: *ret_day stays. */
bool filter_day(const json_t *request, const char *field, civil_day *ret_day, struct error *err);

/* Where the rows stand that it can want, in the order of their days: TABLE_CONCERN when a body or a
 * plan is named, else TABLE_ASSIGNMENT. */
enum table filter_table(const struct filter *filter);
/* The first key of this day there, of the open or of the closed ones. Yours. */
struct buffer filter_key(const struct filter *filter, bool closed, civil_day day);
/* The assignment that a row there stands for; false: it can't be read. */
bool filter_entry(const struct filter *filter, struct bytes key, struct bytes value,
                  struct assignment_entry *ret_entry);

/* Days are not looked at: who walks seeks them. */
bool filter_fits(const struct filter *filter, const struct assignment_entry *entry);

/* The section of the plan's newest version that the item is in; NULL: none. */
const struct roadmap_section *filter_section(const struct catalog *catalog, struct bytes plan,
                                             struct bytes no);
/* Is the section, NULL for none, the wanted one: by number or title, or "-", which is none? */
bool filter_section_fits(const struct roadmap_section *section, const char *wanted);

#endif
