/* output.h - where sentences and tables go: a terminal, or a file or pipe
 *
 * Colour and cutting are for terminals only. NO_COLOR (set and not empty) and TERM=dumb turn colour
 * off.
 */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum style {
    STYLE_PLAIN,
    STYLE_BOLD,
    STYLE_DIM,
    STYLE_RED,
    STYLE_GREEN,
    STYLE_YELLOW,
    STYLE_BLUE,
    STYLE_COUNT
};

struct output {
    FILE *file;
    bool terminal;
    bool colour;
};

struct output output_of(FILE *file);

/* The columns of the terminal now (it may be resized); 0 when it is none: nothing is cut. */
size_t output_columns(const struct output *output);

/* What to print before and after, "" without colour. */
const char *output_style(const struct output *output, enum style style);
const char *output_plain(const struct output *output);

#endif
