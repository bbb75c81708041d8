/* readers.h - one reader per kind of document, and the check of meaning. Private to lib/language.
 *
 * A reader fills its part of a zeroed definition; on false the part may be half filled and is given
 * back with the definition. Roots are maps that have a `document`.
 */
#ifndef LANGUAGE_READERS_H
#define LANGUAGE_READERS_H

#include "language/fields.h"

bool read_workflow(const struct reader *reader, const struct node *root, struct workflow *workflow);
bool read_roadmap(const struct reader *reader, const struct node *root, struct roadmap *roadmap);
/* Bodies stay in the order of the document: check_document() needs their places. */
bool read_bodies(const struct reader *reader, const struct node *root, struct bodies *bodies);
bool read_policy(const struct reader *reader, const struct node *root, struct policy *policy);

/* Parts of a step, read_call.c. task is the map under the step's name. */
bool read_call(const struct reader *reader, const struct node *task, struct step *step);
bool read_timeout(const struct reader *reader, const struct node *task, struct step *step);
bool read_metadata(const struct reader *reader, const struct node *task, struct step *step);
/* A map, or one expression that gives it; key is for the sentence. */
bool read_data(const struct reader *reader, const struct node *node, const char *key,
               json_t **ret_json);

/* Does it mean something: numbers unique, names known to the catalog (when there is one). */
bool check_document(const struct reader *reader, const struct node *root,
                    const struct definition *definition);

#endif
