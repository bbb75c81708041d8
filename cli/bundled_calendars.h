/* bundled_calendars.h - the calendars of workflows/calendars, inside the program
 *
 * Questions about working days need no engine and no folder: they are answered wherever the program
 * is run.
 */
#ifndef CLI_BUNDLED_CALENDARS_H
#define CLI_BUNDLED_CALENDARS_H

#include "language/catalog.h"

#include <stddef.h>

struct bundled_text {
    const char *name; /* of the file, without folder and ending */
    const char *text;
    size_t size;
};

/* Made by the build from the files; ends with a row of zeros. */
extern const struct bundled_text bundled_calendars[];

/* Add all of them, under the next numbers of the catalog. */
void bundled_calendars_add(struct catalog *catalog);

#endif
