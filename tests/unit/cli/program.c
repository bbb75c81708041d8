/* program.c - the built program `marshrut`, run with words, its output caught */
#define _XOPEN_SOURCE 700 /* posix_openpt() */

#include "program.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#define PROGRAM   BINARY_DIR "/bin/marshrut"
#define WORDS_MAX 24

void program_open(struct program *p)
{
    *p = (struct program){.terminal = -1};
    engine_open(&p->engine);
    snprintf(p->folder, sizeof p->folder, "/tmp/marshrut-test-XXXXXX");
    cr_assert_not_null(mkdtemp(p->folder));
}

static char *path_of(const struct program *p, const char *name, char path[128])
{
    snprintf(path, 128, "%s/%s", p->folder, name);
    return path;
}

void program_close(struct program *p)
{
    static const char *const files[] = {"out", "err", "in", "watch.bookmark", "document"};
    char path[128];

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        unlink(path_of(p, files[i], path));
    }
    rmdir(p->folder);
    free(p->out);
    free(p->err);
    engine_close(&p->engine);
}

static int open_terminal(struct program *p)
{
    struct winsize size = {.ws_row = 24, .ws_col = (unsigned short)p->columns};

    p->terminal = posix_openpt(O_RDWR | O_NOCTTY);
    cr_assert(p->terminal >= 0 && grantpt(p->terminal) == 0 && unlockpt(p->terminal) == 0);
    int slave = open(ptsname(p->terminal), O_RDWR | O_NOCTTY);
    cr_assert(slave >= 0 && ioctl(slave, TIOCSWINSZ, &size) == 0);
    return slave;
}

static int open_file(const struct program *p, const char *name)
{
    char path[128];
    int fd = open(path_of(p, name, path), O_RDWR | O_CREAT | O_TRUNC, 0600);

    cr_assert(fd >= 0);
    return fd;
}

static void become(const struct program *p, const char *const words[], int out, int err)
{
    static char signer[] = "MARSHRUT_BY=" PROGRAM_SIGNER;
    static char *const none[] = {signer, NULL};
    char *argv[WORDS_MAX + 6];
    size_t count = 0;
    bool endpoint = true;
    bool zone = true;

    argv[count++] = strdup("marshrut");
    for (; *words != NULL && count < WORDS_MAX; words++) {
        zone = zone && strcmp(*words, "--zone") != 0 && strcmp(*words, "--help") != 0 &&
               strcmp(*words, "--version") != 0 && strcmp(*words, "help") != 0;
        endpoint = endpoint && strcmp(*words, "--folder") != 0;
        argv[count++] = strdup(*words);
    }
    if (zone) {
        argv[count++] = strdup("--zone"); /* else it asks the engine for its own */
        argv[count++] = strdup("Europe/Moscow");
    }
    if (endpoint) {
        argv[count++] = strdup("--endpoint");
        argv[count++] = strdup(p->engine.endpoint);
    }
    argv[count] = NULL;
    dup2(open("/dev/null", O_RDONLY), 0);
    dup2(out, 1);
    dup2(err, 2);
    execve(PROGRAM, argv, p->environment != NULL ? p->environment : none);
    _exit(127);
}

void program_start(struct program *p, const char *const words[])
{
    int out = p->columns > 0 ? open_terminal(p) : open_file(p, "out");
    int err = p->columns > 0 ? dup(out) : open_file(p, "err");

    p->pid = fork();
    cr_assert(p->pid >= 0);
    if (p->pid == 0) {
        become(p, words, out, err);
    }
    close(out);
    close(err);
}

static char *read_all(int fd)
{
    size_t size = 0;
    size_t room = 4096;
    char *text = malloc(room + 1);
    ssize_t got;

    /* a terminal whose other side is closed says EIO after its last byte */
    while ((got = read(fd, text + size, room - size)) > 0) {
        size += (size_t)got;
        if (size == room) {
            room *= 2;
            text = realloc(text, room + 1);
        }
    }
    text[size] = '\0';
    close(fd);
    return text;
}

void program_end(struct program *p)
{
    char path[128];
    int status;

    free(p->out);
    free(p->err);
    p->err = NULL;
    /* a terminal must be read while it is written: it holds a few KiB only */
    p->out = p->columns > 0 ? read_all(p->terminal) : NULL;
    cr_assert_eq(waitpid(p->pid, &status, 0), p->pid);
    cr_assert(WIFEXITED(status), "it did not exit by itself: %x", (unsigned)status);
    p->status = WEXITSTATUS(status);
    if (p->columns == 0) {
        p->out = read_all(open(path_of(p, "out", path), O_RDONLY));
        p->err = read_all(open(path_of(p, "err", path), O_RDONLY));
    }
}

/* Without the name of who asks, which stands last. */
static void cut_signer(char *payload)
{
    static const char by[] = ",\"by\":\"" PROGRAM_SIGNER "\"}";
    size_t size = payload != NULL ? strlen(payload) : 0;

    if (size > sizeof by && strcmp(payload + size - (sizeof by - 1), by) == 0) {
        payload[size - (sizeof by - 1)] = '}';
        payload[size - (sizeof by - 2)] = '\0';
    }
}

void program_answer(struct program *p, const char *header, const char *payload, const char *answer,
                    const char *json)
{
    engine_hear(&p->engine);
    cr_assert_str_eq(p->engine.header, header);
    if (payload != NULL) {
        cut_signer(p->engine.payload);
        cr_assert_str_eq(p->engine.payload != NULL ? p->engine.payload : "", payload);
    }
    engine_say(&p->engine, answer, json);
}

const char *program_write(struct program *program, const char *text)
{
    static char path[128];
    FILE *file;

    snprintf(path, sizeof path, "%s/document", program->folder);
    file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}
