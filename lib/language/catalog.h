/* catalog.h - the definitions an engine knows, by name and by number
 *
 * Owns the definitions given to it. Versions of one kind and name are kept side by side: instances
 * keep the version they started with.
 */
#ifndef LANGUAGE_CATALOG_H
#define LANGUAGE_CATALOG_H

#include "base/buffer.h"
#include "calendar/workdays.h"
#include "language/definition.h"

struct catalog;

struct catalog *catalog_create(void);
void catalog_destroy(struct catalog *catalog); /* NULL is fine */

/* Take the definition under this number (>= 1) and version; both must be new in the catalog. Sets
 * *definition to NULL. */
void catalog_add(struct catalog *catalog, struct definition **definition, uint32_t number,
                 uint32_t version);

/* The newest version, or NULL. */
const struct definition *catalog_find(const struct catalog *catalog, enum definition_kind kind,
                                      const char *name);
/* Is it the newest of its name? A removed one never is. */
bool catalog_is_newest(const struct catalog *catalog, const struct definition *definition);
/* By a name as records hold it; NULL also for none, and for what is longer than a name. */
const struct definition *catalog_find_named(const struct catalog *catalog,
                                            enum definition_kind kind, struct bytes name);
/* The newest of those whose document.version is this text, or NULL. */
const struct definition *catalog_find_version(const struct catalog *catalog,
                                              enum definition_kind kind, const char *name,
                                              const char *doc_version);
/* By the number an instance has pinned, or NULL. */
const struct definition *catalog_find_number(const struct catalog *catalog, uint32_t number);
/* The same, where it is a cycle: its instances follow people. Else NULL. */
const struct definition *catalog_find_cycle(const struct catalog *catalog, uint32_t number);

/* Not to be started or looked up by name any more; instances that have pinned it still find it by
 * number. The one before it is the newest again. It must be there and not removed. */
void catalog_remove(struct catalog *catalog, uint32_t number);

/* A body by id in the newest versions of all bodies documents, or NULL. */
const struct body *catalog_find_body(const struct catalog *catalog, const char *id);
const struct body *catalog_find_body_named(const struct catalog *catalog, struct bytes id);

/* The same, leaving out the bodies document of this name: to check its next version. */
const struct body *catalog_find_body_beside(const struct catalog *catalog, const char *id,
                                            const char *document);

/* --- calendars: borrowed until a calendar is added or removed ----------------------------------
 */

#define CATALOG_CALENDAR "ru" /* of whoever names none */

/* The newest calendar of this name, laid over all that it extends, as a table. Never NULL: without
 * it, or what it extends, a week of five days and the holidays of the law stand there, and no year
 * is approved. name NULL: CATALOG_CALENDAR. */
const struct workdays *catalog_workdays(const struct catalog *catalog, const char *name);

/* The school year of the calendar, or the one it extends; NULL when none says. */
const struct school *catalog_school(const struct catalog *catalog, const char *name);

/* --- all ---------------------------------------------------------------------------------------
 */

/* One past the greatest number given so far; 1 for an empty catalog. */
uint32_t catalog_next_number(const struct catalog *catalog);

/* Walk all definitions in the order of their numbers, index from 0; NULL at the end. */
const struct definition *catalog_at(const struct catalog *catalog, uint32_t index);
/* Of those only the newest of their names: the one at *at or after it, and *at goes past it. */
const struct definition *catalog_next_in_force(const struct catalog *catalog, uint32_t *at);

#endif
