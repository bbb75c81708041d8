/* pages.h - requests for lists, and what to say under a page that is not the last */
#ifndef CLI_PAGES_H
#define CLI_PAGES_H

#include "cli/session.h"

/* Is the value of this option, when it is given, one of these words (NULL ends them)? */
bool pages_word(const struct arguments *arguments, const char *name, const char *const words[],
                struct error *err);

/* Options of every list; put them at the end of a command's table. */
#define PAGES_OPTIONS                                                                              \
    {"limit", N_("N"), N_("at most so many rows, 1 to 1000 (100)")},                               \
    {                                                                                              \
        "after", N_("CURSOR"), N_("go on after the page that ended with this cursor")              \
    }

/* A request with the options in `fields` that were given (NULL ends them; "parent" is a number, one
 * without a value is true, "-" becomes "_"), --limit and --after. NULL and *err when one of them is
 * wrong. */
json_t *pages_request(const struct arguments *arguments, const char *const fields[],
                      struct error *err);

/* A sentence when there are no rows; under the rows, how to get the next page. True: there are
 * rows to show. */
bool pages_has_rows(const struct session *session, const json_t *answer, const char *nothing);
void pages_say_more(const struct session *session, const json_t *answer);

/* A page of an answer; *ret_done is what there is so far, for who waits. false: that is enough. */
typedef bool pages_take_fn(void *context, json_t *page, uint64_t *ret_done);

/* Ask for page after page, also when one has no rows, until the last or until take() has enough;
 * the request gets its "after" of each. label says what is waited for. A refusal is said and ends
 * it: what was done before it stays done. */
enum exit_code pages_each(struct session *session, const char *verb, json_t *request,
                          const char *label, pages_take_fn *take, void *context);

#endif
