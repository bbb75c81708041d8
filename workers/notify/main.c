/* main.c - marshrut-notify: letters as files, or over SMTP
 *
 * Owns:    the process: signals, the worker and its parts, in the order they are made and undone.
 * In:      the command line and the environment.
 * Out:     exit status 0 after SIGTERM or SIGINT, 1 when it cannot begin, 2 for a wrong command
 *          line.
 * Always:  one process per mail folder: a second one waits until the first is gone.
 * See:     docs/workers.md §1
 */
#include "base/log.h"
#include "workers/notify/options.h"
#include "workers/notify/post.h"
#include "workers/process/process.h"

#include <stdio.h>

/* Files are written one after the other: more only makes the engine wait for none of them. */
#define FILES_CAPACITY 100u

static bool serve(const struct options *options, struct post *post, struct mr_worker *worker,
                  struct error *err)
{
    struct mr_error refusal;

    if (options->smtp.url != NULL) {
        post->server = options->smtp.url;
        post->smtp = smtp_create(worker, &options->smtp, err);
        if (post->smtp == NULL || !ledger_open(post->folder, LEDGER_LINES, &post->ledger, err)) {
            return false;
        }
    }
    if (!mr_worker_offer(worker, "notify", post_letter, post, &refusal)) {
        return error_set(err, ERROR_INVALID, "%s", refusal.text);
    }
    log_info("MR-NOTIFY-START", "engine=%s folder=%s by=%s", options->workers, options->mail,
             options->smtp.url ? options->smtp.url : "file");
    process_run(worker);
    return true;
}

static bool run(const struct options *options, struct error *err)
{
    struct folder folder = {-1, NULL};
    char token[FOLDER_TOKEN_MAX];
    struct mr_error refusal;

    if (!folder_open(options->mail, &folder, err)) {
        return false;
    }
    if (!folder_token(&folder, token, err)) {
        folder_close(&folder);
        return false;
    }
    struct post post = {.folder = &folder, .sender = {options->sender, options->domain, token}};
    struct mr_worker *worker =
        mr_worker_create(options->workers, options->name,
                         options->smtp.url ? SMTP_CONNECTIONS : FILES_CAPACITY, &refusal);
    bool good = worker != NULL ? serve(options, &post, worker, err)
                               : error_set(err, ERROR_INVALID, "%s", refusal.text);
    mr_worker_destroy(worker);
    post.closing = true;
    smtp_destroy(&post.smtp);
    ledger_close(&post.ledger);
    post_fini(&post);
    folder_close(&folder);
    return good;
}

int main(int argc, char **argv)
{
    struct options options;
    struct error err = ERROR_INIT;
    int status = 0;

    process_take_signals();
    if (!options_read(argc, argv, &options, &err)) {
        fprintf(stderr, "marshrut-notify: %s\n", err.text);
        status = 2;
    } else if (options.help) {
        fputs(options_help, stdout);
    } else if (!run(&options, &err) && err.code != ERROR_TIMEOUT) {
        log_error("MR-NOTIFY-FAILED", "%s", err.text);
        status = 1;
    }
    options_fini(&options);
    return status;
}
