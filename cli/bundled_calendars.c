/* bundled_calendars.c - the calendars that come with the program, in a catalog
 *
 * Owns:    nothing; the texts are made by cmake/embed.cmake.
 * In:      commands that count working days without an engine.
 * Out:     definitions in the caller's catalog.
 * Always:  a calendar that extends another is added like any: tables are made when all are there.
 */
#include "cli/bundled_calendars.h"

#include "base/must.h"
#include "language/document.h"

void bundled_calendars_add(struct catalog *catalog)
{
    for (const struct bundled_text *b = bundled_calendars; b->name != NULL; b++) {
        struct definition *definition = NULL;
        must(document_parse(b->name, (struct bytes){b->text, b->size}, NULL, &definition, NULL));
        catalog_add(catalog, &definition, catalog_next_number(catalog), 1);
    }
}
