/* terminal.h - the whole screen of a terminal: its keys, its size, and leaving it as it was
 *
 * One at a time. Keys of the Russian layout stand for those in their places: «й» is q.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include "base/error.h"
#include "cli/output.h"

/* Beside these, a key is the character it writes. */
enum terminal_key {
    KEY_NONE = 0, /* the time is over */
    KEY_RESIZE = 0x110000,
    KEY_STOP, /* a signal, or the terminal is gone */
    KEY_UP,
    KEY_DOWN,
    KEY_PAGE_UP,
    KEY_PAGE_DOWN,
    KEY_HOME,
    KEY_END,
    KEY_ENTER,
    KEY_ESCAPE,
    KEY_OTHER,
};

/* Standard input is the keyboard, output the screen. Refused: they are no terminal. */
bool terminal_open(const struct output *output, struct error *err);
/* Puts everything back; also fine when it is not open. */
void terminal_close(void);

/* Wait for a key, at most so long. */
unsigned terminal_key(int timeout_ms);

void terminal_size(size_t *ret_rows, size_t *ret_columns);

/* lines of text, each cut to the width already and without line ends, from the top; what is below
 * them becomes blank. */
void terminal_show(const char *const *lines, size_t count);

#endif
