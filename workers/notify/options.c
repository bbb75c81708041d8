/* options.c - the command line of marshrut-notify
 *
 * Owns:    names, defaults and checks of the options.
 * In:      main.c.
 * Out:     struct options, checked: nothing is found wrong later.
 * Always:  the password is read from a file, so that it is in no process list.
 * See:     docs/workers.md §1
 */
#include "workers/notify/options.h"

#include "base/must.h"
#include "wire/worker.h"
#include "workers/notify/message.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PASSWORD_MAX 1024

const char options_help[] =
    "marshrut-notify: пишет и отправляет письма / words letters and delivers them\n"
    "\n"
    "  --workers ENDPOINT          engine; default $MARSHRUT_WORKERS\n"
    "  --mail FOLDER               letters or ledger; default $MARSHRUT_FOLDER/mail\n"
    "  --name NAME                 name of this worker; default notify\n"
    "  --domain DOMAIN             of Message-ID; default marshrut.invalid\n"
    "  --smtp URL                  smtp://host:port or smtps://host:port; default: files\n"
    "  --smtp-from ADDRESS         sender; default marshrut@DOMAIN\n"
    "  --smtp-user NAME            login\n"
    "  --smtp-password-file FILE   its first line is the password\n"
    "  --smtp-tls try|require|never   STARTTLS; default try, with a login require\n"
    "  --smtp-ca FILE              certificates to trust instead of the system's\n";

enum { WORKERS, MAIL, NAME, DOMAIN, SMTP, FROM, USER, PASSWORD, TLS, CA, HELP, OPTION_COUNT };

static const struct option option_list[OPTION_COUNT + 1] = {
    [WORKERS] = {"workers", required_argument, NULL, 0},
    [MAIL] = {"mail", required_argument, NULL, 0},
    [NAME] = {"name", required_argument, NULL, 0},
    [DOMAIN] = {"domain", required_argument, NULL, 0},
    [SMTP] = {"smtp", required_argument, NULL, 0},
    [FROM] = {"smtp-from", required_argument, NULL, 0},
    [USER] = {"smtp-user", required_argument, NULL, 0},
    [PASSWORD] = {"smtp-password-file", required_argument, NULL, 0},
    [TLS] = {"smtp-tls", required_argument, NULL, 0},
    [CA] = {"smtp-ca", required_argument, NULL, 0},
    [HELP] = {"help", no_argument, NULL, 0}};

static char *joined(const char *left, const char *right)
{
    struct buffer text = BUFFER_INIT;

    buffer_text(&text, left);
    buffer_text(&text, right);
    char *copy = bytes_strdup(buffer_bytes(&text));
    buffer_fini(&text);
    return copy;
}

static bool read_password(const char *file, char **ret_password, struct error *err)
{
    char line[PASSWORD_MAX];
    FILE *stream = fopen(file, "re");
    bool read = stream != NULL && fgets(line, sizeof line, stream) != NULL;

    if (!read) {
        error_set(err, ERROR_IO, "cannot read the password from %s: %s", file,
                  stream ? "it is empty" : strerror(errno));
    } else {
        line[strcspn(line, "\r\n")] = '\0';
        *ret_password = xstrdup(line);
    }
    if (stream != NULL) {
        fclose(stream);
    }
    return read;
}

static bool read_tls(const char *word, bool login, enum smtp_tls *ret_tls, struct error *err)
{
    static const char *const words[] = {
        [SMTP_TLS_TRY] = "try", [SMTP_TLS_REQUIRE] = "require", [SMTP_TLS_NEVER] = "never"};

    if (word == NULL) { /* a password does not travel in the clear unless somebody says so */
        *ret_tls = login ? SMTP_TLS_REQUIRE : SMTP_TLS_TRY;
        return true;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) {
            *ret_tls = (enum smtp_tls)i;
            return true;
        }
    }
    return error_set(err, ERROR_INVALID, "--smtp-tls is try, require or never, not \"%s\"", word);
}

static bool read_smtp(const char *const *given, struct options *o, struct error *err)
{
    o->smtp.url = given[SMTP];
    o->smtp.user = given[USER];
    o->smtp.ca_file = given[CA];
    if (o->smtp.url != NULL && !smtp_url_valid(o->smtp.url)) {
        return error_set(err, ERROR_INVALID, "--smtp is smtp://host:port or smtps://host:port");
    }
    o->sender = given[FROM] ? xstrdup(given[FROM]) : joined("marshrut@", o->domain);
    o->smtp.sender = o->sender;
    if (!message_address_valid(o->sender)) {
        return error_set(err, ERROR_INVALID, "\"%s\" is no mail address", o->sender);
    }
    if (given[PASSWORD] != NULL) {
        if (!read_password(given[PASSWORD], &o->password, err)) {
            return false;
        }
        o->smtp.password = o->password;
    }
    return read_tls(given[TLS], o->smtp.user != NULL, &o->smtp.tls, err);
}

static bool read_given(const char *const *given, struct options *o, struct error *err)
{
    const char *home = getenv("MARSHRUT_FOLDER");

    o->help = given[HELP] != NULL;
    o->workers = given[WORKERS] ? given[WORKERS] : getenv("MARSHRUT_WORKERS");
    o->name = given[NAME] ? given[NAME] : "notify";
    o->domain = given[DOMAIN] ? given[DOMAIN] : "marshrut.invalid";
    if (given[MAIL] != NULL || home != NULL) {
        o->mail = given[MAIL] ? xstrdup(given[MAIL]) : joined(home, "/mail");
    }
    if (o->help) {
        return true;
    }
    if (o->workers == NULL || o->mail == NULL) {
        return error_set(err, ERROR_INVALID,
                         "where is the engine? Give --workers and --mail, or "
                         "MARSHRUT_WORKERS and MARSHRUT_FOLDER");
    }
    if (!wire_name_valid(bytes_of(o->name))) {
        return error_set(err, ERROR_INVALID, "--name has a character that names have not");
    }
    if (!message_domain_valid(o->domain)) {
        return error_set(err, ERROR_INVALID, "--domain is no host name");
    }
    return read_smtp(given, o, err);
}

bool options_read(int argc, char **argv, struct options *ret_options, struct error *err)
{
    const char *given[OPTION_COUNT] = {NULL};
    int at = 0;

    *ret_options = (struct options){0};
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, "", option_list, &at)) != -1;) {
        if (c != 0) {
            return error_set(err, ERROR_INVALID, "%s: no such option, or its value is missing",
                             argv[optind - 1]);
        }
        given[at] = optarg ? optarg : "";
    }
    if (optind < argc) {
        return error_set(err, ERROR_INVALID, "what is \"%s\"?", argv[optind]);
    }
    return read_given(given, ret_options, err);
}

void options_fini(struct options *options)
{
    free(options->mail);
    free(options->sender);
    free(options->password);
    *options = (struct options){0};
}
