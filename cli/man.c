/* man.c - `marshrut man`: pages of the manual, for man(1)
 *
 * Owns:    which pages there are, and the files they are written to.
 * In:      the build, once for each language; whoever wants to see a page: marshrut man why | man
 *          -l -
 * Out:     roff on standard output, or FOLDER/man1/… and FOLDER/man8/…
 */
#include "base/must.h"
#include "cli/language.h"
#include "cli/man_pages.h"
#include "cli/session.h"
#include "cli/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define DAEMON "marshrutd"

static enum exit_code print_page(const struct session *session, const char *name)
{
    struct buffer out = BUFFER_INIT;
    const struct command *command = name != NULL ? command_find(name) : NULL;
    struct error err;

    if (name == NULL) {
        man_program(MARSHRUT_VERSION, &out);
    } else if (strcmp(name, DAEMON) == 0) {
        man_daemon(MARSHRUT_VERSION, &out);
    } else if (command != NULL) {
        man_command(command, MARSHRUT_VERSION, &out);
    } else {
        error_set(&err, ERROR_INVALID, _("there is no page \"%s\""), name);
        return session_usage(session, &err);
    }
    fwrite(out.data, 1, out.size, session->out.file);
    buffer_fini(&out);
    return EXIT_CODE_DONE;
}

/* With those above it. */
static bool make_folder(const char *path, struct error *err)
{
    char *part = xstrdup(path);
    bool made = true;

    for (char *end = part; made && *end != '\0';) {
        end += 1 + strcspn(end + 1, "/");
        char after = *end;
        *end = '\0';
        made =
            mkdir(part, 0755) == 0 || errno == EEXIST ||
            error_set(err, ERROR_IO, _("the folder %s can't be made: %s"), part, strerror(errno));
        *end = after;
    }
    free(part);
    return made;
}

static bool write_page(const char *folder, const char *title, char section, struct buffer *page,
                       struct error *err)
{
    struct buffer path = BUFFER_INIT;

    text_put(&path, "%s/man%c/%s.%c", folder, section, title, section);
    char *name = text_take(&path);
    FILE *file = fopen(name, "w");
    bool written = file != NULL && fwrite(page->data, 1, page->size, file) == page->size;
    if (file != NULL) {
        written = fclose(file) == 0 && written;
    }
    if (!written) {
        error_set(err, ERROR_IO, _("%s can't be written: %s"), name, strerror(errno));
    }
    buffer_fini(page);
    free(name);
    return written;
}

static bool make_folders(const char *folder, struct error *err)
{
    struct buffer path = BUFFER_INIT;
    bool made = true;

    for (const char *section = "18"; made && *section != '\0'; section++) {
        text_put(&path, "%s/man%c", folder, *section);
        char *name = text_take(&path);
        made = make_folder(name, err);
        free(name);
    }
    return made;
}

static bool write_pages(const char *folder, struct error *err)
{
    struct buffer page = BUFFER_INIT;
    bool written;

    if (!make_folders(folder, err)) {
        return false;
    }
    man_program(MARSHRUT_VERSION, &page);
    written = write_page(folder, "marshrut", '1', &page, err);
    man_daemon(MARSHRUT_VERSION, &page);
    written = write_page(folder, DAEMON, '8', &page, err) && written;
    for (size_t i = 0; written && commands[i] != NULL; i++) {
        struct buffer title = BUFFER_INIT;
        text_put(&title, "marshrut-%s", commands[i]->name);
        char *name = text_take(&title);
        man_command(commands[i], MARSHRUT_VERSION, &page);
        written = write_page(folder, name, '1', &page, err);
        free(name);
    }
    return written;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    const char *folder = arguments_get(arguments, "write");
    struct error err;

    if (folder == NULL) {
        return print_page(session, arguments->count > 0 ? arguments->positional[0] : NULL);
    }
    return write_pages(folder, &err) ? EXIT_CODE_DONE : session_usage(session, &err);
}

static const struct option options[] = {
    {"write", N_("FOLDER"), N_("write all pages into this folder; it is made where there is none")},
    {NULL, NULL, NULL},
};

const struct command command_man = {
    .name = "man",
    .words = N_("[COMMAND]"),
    .summary = N_("print a page of the manual, for man(1)"),
    .examples = "marshrut man why | man -l -\n"
                "marshrut man marshrutd | man -l -",
    .options = options,
    .words_max = 1,
    .run = run,
};
