/* screen.h - lines that scroll, above one status line that stays at the bottom
 *
 * On a terminal the status line is redrawn in place, cut to the columns of the moment; elsewhere it
 * is a line like others, printed when asked for. Works without cursor addressing: carriage return
 * and «erase line» are enough, so that output of other programs does no lasting harm.
 */
#ifndef CLI_SCREEN_H
#define CLI_SCREEN_H

#include "cli/output.h"

struct screen {
    const struct output *output;
    char *status;   /* as last set; NULL = none */
    bool drawn;     /* it stands on the terminal now */
    size_t columns; /* of the terminal when it was drawn */
};

void screen_init(struct screen *screen, const struct output *output);
/* The status becomes an ordinary line, over the ^C of the terminal; there is none from now on. */
void screen_end(struct screen *screen);

void screen_fini(struct screen *screen); /* leaves the last status line and goes below it */

/* One line; it is printed as it is. */
void screen_line(struct screen *screen, const char *line);
/* status is copied. Terminal: drawn by screen_show(). */
void screen_set_status(struct screen *screen, const char *status);
/* Draw the status line where it is missing, and send everything off. */
void screen_show(struct screen *screen);

#endif
