/* screen.c - the terminal of `watch`
 *
 * Owns:    the bottom line of the terminal.
 * Always:  a status line never wraps: it takes at most the columns there are, less one, since some
 *          terminals wrap at the last.
 * See:     ECMA-48 §8.3.41 (EL)
 */
#include "cli/screen.h"

#include "base/must.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define ERASE "\r\033[K"

void screen_init(struct screen *screen, const struct output *output)
{
    *screen = (struct screen){.output = output};
}

static void erase(struct screen *screen)
{
    if (screen->drawn) {
        fputs(ERASE, screen->output->file);
        screen->drawn = false;
    }
}

void screen_line(struct screen *screen, const char *line)
{
    erase(screen);
    fprintf(screen->output->file, "%s\n", line);
}

void screen_set_status(struct screen *screen, const char *status)
{
    if (screen->status != NULL && strcmp(screen->status, status) == 0 &&
        output_columns(screen->output) == screen->columns) {
        return;
    }
    erase(screen);
    free(screen->status);
    screen->status = xstrdup(status);
}

void screen_show(struct screen *screen)
{
    if (screen->output->terminal && screen->status != NULL && !screen->drawn) {
        screen->columns = output_columns(screen->output);
        char *cut = text_fit(screen->status, screen->columns - 1);
        fprintf(screen->output->file, "%s%s%s", output_style(screen->output, STYLE_BOLD), cut,
                output_plain(screen->output));
        screen->drawn = true;
        free(cut);
    }
    fflush(screen->output->file);
}

void screen_end(struct screen *screen)
{
    if (screen->drawn) {
        char *cut = text_fit(screen->status, screen->columns - 1);
        fprintf(screen->output->file, ERASE "%s\n", cut);
        screen->drawn = false;
        free(cut);
    }
    free(screen->status);
    screen->status = NULL;
}

void screen_fini(struct screen *screen)
{
    if (screen->drawn) {
        fputs("\n", screen->output->file);
    }
    fflush(screen->output->file);
    free(screen->status);
    *screen = (struct screen){0};
}
