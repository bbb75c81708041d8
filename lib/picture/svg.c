/* svg.c - Graphviz: DOT text in, SVG text out
 *
 * Owns:    the one include of Graphviz, and the process it works in.
 * In:      picture_print().
 * Out:     SVG, through a pipe.
 * Always:  Graphviz crashes on some pictures, takes very long for others, and keeps memory: it
 *          works in a child that ends with the picture, and a child that fails is a sentence.
 * See:     Graphviz as a library; the plug-ins are found by the file that its package writes when
 *          it is installed
 */
#include "base/descriptor.h"
#include "picture/parts.h"

#include <errno.h>
#include <fcntl.h>
#include <graphviz/gvc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define CPU_SECONDS_MAX 60           /* a workflow of 1,000 steps takes a few */
#define SVG_BYTES_MAX   (64ul << 20) /* the largest picture of a plan has 0.3 MB */

enum child_code { CHILD_DONE, CHILD_NO_GRAPH, CHILD_NO_LAYOUT, CHILD_NO_OUTPUT };

/* Its complaints about fonts and long labels are nobody's business. */
static void be_silent(void)
{
    int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (null >= 0) {
        dup2(null, STDERR_FILENO);
    }
}

static enum child_code lay_out(const char *dot, int fd)
{
    const struct rlimit limit = {CPU_SECONDS_MAX, CPU_SECONDS_MAX};
    char *svg = NULL;
    unsigned int size = 0;

    setrlimit(RLIMIT_CPU, &limit);
    be_silent();
    Agraph_t *graph = agmemread(dot);
    if (graph == NULL) {
        return CHILD_NO_GRAPH;
    }
    GVC_t *context = gvContext();
    if (gvLayout(context, graph, "dot") != 0 ||
        gvRenderData(context, graph, "svg", &svg, &size) != 0 || svg == NULL) {
        return CHILD_NO_LAYOUT;
    }
    return descriptor_write(fd, (struct bytes){svg, size}) ? CHILD_DONE : CHILD_NO_OUTPUT;
}

/* Until the child closes its end. */
static bool read_all(int fd, struct buffer *out, struct error *err)
{
    char chunk[65536];
    size_t total = 0;

    for (;;) {
        ssize_t got = read(fd, chunk, sizeof chunk);
        if (got == 0) {
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return error_set(err, ERROR_IO, "Graphviz can't be read from: %s", strerror(errno));
        }
        total += got > 0 ? (size_t)got : 0;
        if (total > SVG_BYTES_MAX) {
            return error_set(err, ERROR_TOO_LARGE, "the picture is larger than %lu MB",
                             SVG_BYTES_MAX >> 20);
        }
        buffer_append(out, chunk, got > 0 ? (size_t)got : 0);
    }
}

static bool ended_well(pid_t child, struct error *err)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL)) {
        return error_set(err, ERROR_TIMEOUT,
                         "the picture was not ready in %d seconds; --format dot gives its text",
                         CPU_SECONDS_MAX);
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != CHILD_DONE) {
        return error_set(err, ERROR_IO,
                         "Graphviz failed; --format dot gives the text of the picture");
    }
    return true;
}

bool picture_lay_out(struct bytes dot, struct buffer *out, struct error *err)
{
    int ends[2];
    size_t before = out->size;

    if (pipe(ends) != 0) {
        return error_set(err, ERROR_IO, "Graphviz can't be started: %s", strerror(errno));
    }
    char *text = bytes_strdup(dot);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        _exit((int)lay_out(text, ends[1]));
    }
    int reason = errno;
    free(text);
    close(ends[1]);
    if (child < 0) {
        close(ends[0]);
        return error_set(err, ERROR_IO, "Graphviz can't be started: %s", strerror(reason));
    }
    bool good = read_all(ends[0], out, err);
    close(ends[0]); /* a child that has more to write ends by SIGPIPE */
    struct error ended;
    if (!ended_well(child, &ended) && good) {
        *err = ended;
        good = false;
    }
    out->size = good ? out->size : before;
    return good;
}
