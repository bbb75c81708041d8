/* calendar_table.h - calendars of documents as tables of worked days. Private to lib/language
 *
 * A calendar and those that it extends become one table (calendar/workdays.h). Who wants one asks
 * catalog_workdays() (catalog.h), which keeps what was made here.
 */
#ifndef LANGUAGE_CALENDAR_TABLE_H
#define LANGUAGE_CALENDAR_TABLE_H

#include "calendar/workdays.h"
#include "language/catalog.h"

/* How many calendars may stand above one: country, region, district, school, and as many again. */
#define CALENDAR_EXTENDS_MAX 8

/* Sealed, yours. `layers` begins with the one that extends nothing. by_law: that one is not known;
 * a week of five days and the holidays of article 112 of the Labour Code stand for it. */
struct workdays *calendar_table(const struct calendar *const *layers, uint32_t count, bool by_law);

/* The tables that were asked for, until the catalog changes. */
struct calendar_tables;

struct calendar_tables *calendar_tables_create(void);
void calendar_tables_destroy(struct calendar_tables *tables); /* NULL is fine */
/* A calendar came or went: what was made of any is not to be trusted any more. */
void calendar_tables_forget(struct calendar_tables *tables);
const struct workdays *calendar_tables_get(struct calendar_tables *tables,
                                           const struct catalog *catalog, const char *name);

#endif
