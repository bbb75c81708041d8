/* assignment_part.h - inside `marshrut assignment` and `bulk`: what people do with one */
#ifndef CLI_ASSIGNMENT_PART_H
#define CLI_ASSIGNMENT_PART_H

#include "cli/arguments.h"
#include "cli/session.h"

/* What somebody does with one assignment. */
struct action {
    const char *word; /* as in the verb ASSIGNMENT */
    bool needs_reason;
    bool needs_day;
    bool needs_to;
    bool needs_text;
    bool takes_report;
    const char *done; /* N_(): the task follows */
};

extern const struct action assignment_actions[]; /* ends with word NULL */

enum exit_code assignment_act(struct session *session, const struct action *action,
                              const struct arguments *arguments);

/* Is everything there that this action needs: who, why, the day, to whom, what is said? */
bool assignment_check(const struct action *action, const struct arguments *arguments,
                      struct error *err);
/* --for of a pause, as the verb has it; NULL of other actions. */
bool assignment_pause(const struct action *action, const struct arguments *arguments,
                      const char **ret_word, struct error *err);

/* The report that --text, --kind …, --file and --report describe. Yours. */
bool assignment_report(const struct arguments *arguments, json_t **ret_report, struct error *err);

#endif
