/* session.h - what a command works with: the engine, the screen, the clock's zone
 *
 * Made by main.c from the common options. Commands ask, and print what is meant for people; with
 * --json session_ask() has printed the engine's answer already and there is nothing left to do.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "calendar/zone.h"
#include "cli/command.h"
#include "cli/connection.h"
#include "cli/output.h"

#include <stdint.h>

struct session {
    struct connection connection;
    struct output out; /* standard output */
    struct output err; /* standard error: refusals, usage */
    struct zone *zone;
    int timeout_ms;
    bool timeout_given; /* by --timeout: commands that take long have a longer one else */
    bool zone_given;    /* by --zone: else the zone of the engine is asked for */
    bool json;
    int progress_fd; /* of who reads how far long work is; 0 = nobody */
};

/* Ask the engine. What is not DONE has been said on standard error. *ret_answer is NULL unless
 * there is something to show to people; it is yours (json_decref). request is taken. */
enum exit_code session_ask(struct session *session, const char *verb, json_t *request,
                           json_t **ret_answer);

/* Say what is wrong with the words of the command. Returns EXIT_CODE_USAGE. */
enum exit_code session_usage(const struct session *session, const struct error *err);

/* The same for an answer that came by another way; takes the answer. ret_answer may be NULL for one
 * that is a refusal. */
enum exit_code session_take(struct session *session, struct answer *answer, json_t **ret_answer);
/* Where nothing came within the time, err->file is who was asked; "" = the endpoint. */
enum exit_code session_unreachable(const struct session *session, const struct error *err);

/* Times are shown in this zone of the engine from now on, unless --zone said another. */
void session_use_zone(struct session *session, const char *zone);
/* The same, after the engine was asked for its zone: session_ask() does so for what has times. */
void session_find_zone(struct session *session);

/* Print JSON of the engine as it is, on standard output. */
void session_print_json(const struct session *session, const char *json, size_t size);
/* The same of a document that was made here. */
void session_print_document(const struct session *session, const json_t *document);

/* The positional word as the number of an instance, or as the name of a task: else usage. */
bool session_instance(const char *word, uint64_t *ret_instance, struct error *err);
bool session_task(const char *word, struct error *err);

#endif
