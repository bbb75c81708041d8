/* readers.h - one reader per kind of document, and the check of meaning. Private to lib/language.
 *
 * A reader fills its part of a zeroed definition; on false the part may be half filled and is given
 * back with the definition. Roots are maps that have a `document`.
 */
#ifndef LANGUAGE_READERS_H
#define LANGUAGE_READERS_H

#include "expression/evaluator.h"
#include "language/fields.h"

bool read_workflow(const struct reader *reader, const struct node *root, struct workflow *workflow);
bool read_roadmap(const struct reader *reader, const struct node *root, struct roadmap *roadmap);
/* Bodies stay in the order of the document: check_document() needs their places. */
bool read_bodies(const struct reader *reader, const struct node *root, struct bodies *bodies);
bool read_policy(const struct reader *reader, const struct node *root, struct policy *policy);

/* Does it mean something: numbers unique, names known to the catalog (when there is one). */
bool check_document(const struct reader *reader, const struct node *root,
                    const struct definition *definition);
/* Does jq take the expressions of a definition, whole or half read? NULL: nobody is asked. The
 * reader has problems (check_expressions.c). */
void check_expressions(const struct reader *reader, const struct definition *definition,
                       struct evaluator *evaluator);
/* Does the catalog (when there is one) know the name in this node? */
bool check_body_known(const struct reader *reader, const struct node *node);
bool check_definition_known(const struct reader *reader, const struct node *node,
                            enum definition_kind kind);
/* There is no such body. own: those of a document that is being checked; may be NULL. */
bool refuse_body(const struct reader *reader, const struct node *node, const struct bodies *own);

/* For a reader that takes a step back (definition.c). */
void step_fini(struct step *step);

#endif
