/* bulk_part.h - inside `marshrut bulk`: what is asked for, and what it touches */
#ifndef CLI_BULK_PART_H
#define CLI_BULK_PART_H

#include "cli/session.h"
#include "wire/bulk_table.h"

#define BULK_SHOWN 20u /* rows of a preview */

struct bulk {
    const struct bulk_list *list;
    const struct bulk_action *action;
    const char *list_name;
    json_t *query;  /* of the list */
    json_t *fields; /* what each command says beside whom it is to */
    bool lacks;     /* something that the action needs was not said yet */
    bool nobody;    /* who acts was not said, and must be */
};

/* The words of the command. Refused: what the list or the action does not have, or lacks; *bulk is
 * empty then. */
bool bulk_read(const struct arguments *arguments, struct bulk *ret_bulk, struct error *err);
void bulk_fini(struct bulk *bulk);

/* What the filter finds, each {"task"} or {"instance"} once, at most LIMIT_BULK. */
struct bulk_found {
    json_t *targets;
    json_t *first; /* the rows of the first BULK_SHOWN */
    bool more;     /* there were more than that */
};
enum exit_code bulk_find(struct session *session, const struct bulk *bulk,
                         struct bulk_found *ret_found);
void bulk_found_fini(struct bulk_found *found);

/* What of that would be refused now. */
struct bulk_foreseen {
    size_t checked; /* of the first so many; 0: it is not known who acts */
    json_t *refused;
    json_t *reasons; /* by what they say, each with its "count" */
};
/* Also puts "refused" into the first rows. */
enum exit_code bulk_foresee(struct session *session, const struct bulk *bulk,
                            const struct bulk_found *found, struct bulk_foreseen *ret_foreseen);
void bulk_foreseen_fini(struct bulk_foreseen *foreseen);
void bulk_print_foreseen(const struct session *session, const struct bulk_found *found,
                         const struct bulk_foreseen *foreseen);

/* A command for each of them, one after another. */
enum exit_code bulk_carry_out(struct session *session, const struct bulk *bulk,
                              const json_t *targets);

#endif
