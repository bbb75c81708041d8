/* output.c - what is known about the place where output goes
 *
 * Owns:    the question «is this a terminal, how wide, with colour?», and the codes of colours.
 * In:      main.c, once for standard output and once for standard error.
 * Always:  not a terminal: no escape sequence is ever written.
 * See:     ECMA-48 §8.3.117 (SGR)
 */
#include "cli/output.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_MIN     20 /* narrower is not a screen but a mistake of the terminal */
#define COLUMNS_UNKNOWN 80

static bool colour_wanted(void)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    return (no_color == NULL || no_color[0] == '\0') && (term == NULL || strcmp(term, "dumb") != 0);
}

struct output output_of(FILE *file)
{
    bool terminal = isatty(fileno(file)) == 1;

    return (struct output){
        .file = file, .terminal = terminal, .colour = terminal && colour_wanted()};
}

size_t output_columns(const struct output *output)
{
    struct winsize size;

    if (!output->terminal) {
        return 0;
    }
    if (ioctl(fileno(output->file), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) {
        return COLUMNS_UNKNOWN;
    }
    return size.ws_col < COLUMNS_MIN ? COLUMNS_MIN : size.ws_col;
}

const char *output_style(const struct output *output, enum style style)
{
    static const char *const codes[STYLE_COUNT] = {
        [STYLE_PLAIN] = "",         [STYLE_BOLD] = "\033[1m",   [STYLE_DIM] = "\033[2m",
        [STYLE_RED] = "\033[1;31m", [STYLE_GREEN] = "\033[32m", [STYLE_YELLOW] = "\033[33m",
        [STYLE_BLUE] = "\033[34m",
    };

    must(style < STYLE_COUNT);
    return output->colour ? codes[style] : "";
}

const char *output_plain(const struct output *output)
{
    return output->colour ? "\033[0m" : "";
}
