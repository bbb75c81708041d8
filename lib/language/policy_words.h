/* policy_words.h - what the readers of policies share. Private to lib/language. */
#ifndef LANGUAGE_POLICY_WORDS_H
#define LANGUAGE_POLICY_WORDS_H

#include "language/day_words.h"
#include "language/fields.h"

/* As day_words.h, with a refusal that names the place. */
bool node_offset(const struct reader *reader, const struct node *node, struct days *ret_days);
bool node_span(const struct reader *reader, const struct node *node, struct days *ret_days);

bool read_ladder(const struct reader *reader, const struct node *root, struct policy *policy);
bool read_chains(const struct reader *reader, const struct node *root, struct policy *policy);
/* Does the catalog (when there is one) know the bodies of the chains? */
bool check_chains(const struct reader *reader, const struct node *root);

#endif
