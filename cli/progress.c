/* progress.c - how far long work is: on one line of the terminal, and for a program
 *
 * Owns:    the line that is erased at the end, the lines that a program reads, and how often.
 * In:      commands that work long; MARSHRUT_PROGRESS_FD.
 * Always:  the line of the terminal never wraps, and nothing of it is left behind.
 * See:     docs/cli.md, Progress; ECMA-48 §8.3.41 (EL)
 */
#include "cli/progress.h"

#include "base/clock.h"
#include "base/must.h"
#include "cli/language.h"
#include "cli/text.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SHOWN_EVERY_MS 100 /* people see no more, and a terminal far away is slow */
#define BAR_COLUMNS    24
#define FD_FIRST       3 /* below are the streams that every program has */
#define FD_LAST        1023

/* --- on the terminal ----------------------------------------------------------------------- */

static bool can_erase(void)
{
    const char *term = getenv("TERM");

    return term != NULL && term[0] != '\0' && strcmp(term, "dumb") != 0;
}

static void put_bar(struct buffer *out, const struct progress *p)
{
    uint64_t full = p->done >= p->of ? BAR_COLUMNS : p->done * BAR_COLUMNS / p->of;

    buffer_text(out, " [");
    for (uint64_t i = 0; i < BAR_COLUMNS; i++) {
        buffer_text(out, i < full ? "#" : ".");
    }
    buffer_text(out, "] ");
    text_put(out, _("%llu of %llu"), (unsigned long long)p->done, (unsigned long long)p->of);
}

static char *line_of(const struct progress *p)
{
    int64_t seconds = (monotonic_ms() - p->began_ms) / 1000;
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, p->label);
    if (p->of > 0) {
        put_bar(&out, p);
    } else if (p->done > 0) {
        text_put(&out, " %llu", (unsigned long long)p->done);
    }
    text_put(&out, " · %lld:%02lld", (long long)(seconds / 60), (long long)(seconds % 60));
    return text_take(&out);
}

static void draw(struct progress *p)
{
    char *line = line_of(p);
    char *cut = text_fit(line, output_columns(p->output) - 1);

    fflush(stdout); /* they share the terminal */
    fprintf(p->output->file, "\r%s\033[K", cut);
    fflush(p->output->file);
    p->drawn = true;
    free(cut);
    free(line);
}

/* --- for a program ------------------------------------------------------------------------- */

int progress_reader(void)
{
    const char *text = getenv("MARSHRUT_PROGRESS_FD");
    char *end = NULL;
    long fd = text != NULL ? strtol(text, &end, 10) : 0;

    if (end == NULL || *end != '\0' || fd < FD_FIRST || fd > FD_LAST) {
        return 0;
    }
    if (fcntl((int)fd, F_SETFD, FD_CLOEXEC) != 0) {
        return 0;
    }
    sigaction(SIGPIPE, &(struct sigaction){.sa_handler = SIG_IGN}, NULL);
    return (int)fd;
}

/* What can't be written at once is lost: it is no reason to end the work, nor to stop it. The
 * descriptor is asked, not set to never wait: that would hold for all who share what it stands for,
 * a terminal too. */
static void tell(const struct progress *p)
{
    struct pollfd room = {.fd = p->fd, .events = POLLOUT};
    char line[64];
    int size = snprintf(line, sizeof line, "%llu %llu\n", (unsigned long long)p->done,
                        (unsigned long long)p->of);

    if (poll(&room, 1, 0) == 1) {
        ssize_t written = write(p->fd, line, (size_t)size);
        (void)written;
    }
}

/* --- both ---------------------------------------------------------------------------------- */

static void show(struct progress *p)
{
    if (p->output != NULL) {
        draw(p);
    }
    if (p->fd != 0) {
        tell(p);
    }
    p->shown_ms = monotonic_ms();
}

void progress_begin(struct progress *progress, const struct session *session, const char *label,
                    uint64_t of)
{
    bool shown = session->err.terminal && !session->json && can_erase();

    *progress = (struct progress){.output = shown ? &session->err : NULL,
                                  .fd = session->progress_fd,
                                  .label = shown ? xstrdup(label) : NULL,
                                  .of = of,
                                  .began_ms = monotonic_ms()};
    show(progress);
}

void progress_set(struct progress *progress, uint64_t done)
{
    progress->done = done;
    if (monotonic_ms() - progress->shown_ms >= SHOWN_EVERY_MS) {
        show(progress);
    }
}

void progress_hide(struct progress *progress)
{
    if (progress->drawn) {
        fputs("\r\033[K", progress->output->file);
        fflush(progress->output->file);
        progress->drawn = false;
    }
}

void progress_end(struct progress *progress)
{
    progress_hide(progress);
    if (progress->fd != 0) {
        tell(progress);
    }
    free(progress->label);
    *progress = (struct progress){0};
}

/* --- one answer ---------------------------------------------------------------------------- */

static void tick(void *arg)
{
    struct progress *progress = arg;

    progress_set(progress, 0);
}

void progress_of_answer(struct progress *progress, struct session *session, const char *label)
{
    progress_begin(progress, session, label, 0);
    if (progress->output != NULL) {
        connection_on_wait(&session->connection, tick, progress);
    }
}

void progress_answered(struct progress *progress, struct session *session)
{
    connection_on_wait(&session->connection, NULL, NULL);
    progress_end(progress);
}
