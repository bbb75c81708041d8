/* stats.c - `marshrut stats`: numbers of the engine, now
 *
 * Owns:    which numbers belong on one line.
 * In:      the verb STATS (docs/protocol.md §3.6).
 * Out:     a line for each group.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/size_text.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

struct count {
    const char *field;
    const char *name; /* for language_word() */
};

static void print_counts(const struct session *session, const char *label, const json_t *object,
                         const struct count *counts, size_t count)
{
    struct buffer out = BUFFER_INIT;

    text_put(&out, "%s: ", label);
    for (size_t i = 0; i < count; i++) {
        text_put(&out, "%s%s %lld", i > 0 ? ", " : "", language_word(counts[i].name),
                 (long long)field_number(object, counts[i].field));
    }
    char *text = text_take(&out);
    char *wrapped = text_wrap(text, output_columns(&session->out));
    fprintf(session->out.file, "%s\n", wrapped);
    free(wrapped);
    free(text);
}

static const char *clock_text(const char *word)
{
    if (word != NULL && strcmp(word, "demo") == 0) {
        return _("demonstration clock");
    }
    return word != NULL && strcmp(word, "real") == 0 ? _("real clock") : _("virtual clock");
}

static void print_engine(const struct session *session, const json_t *stats)
{
    char now[DATES_TEXT_MAX];
    char uptime[SIZE_TEXT_MAX];

    dates_moment(session->zone, field_text(stats, "now"), now);
    duration_text((int64_t)field_number(stats, "uptime_ms"), uptime);
    fprintf(session->out.file, _("Engine: %s, %s, up for %s\n"), now,
            clock_text(field_text(stats, "clock")), uptime);
}

static void print_work(const struct session *session, const json_t *stats)
{
    static const struct count instances[] = {{"running", N_("count|running")},
                                             {"suspended", N_("count|suspended")},
                                             {"completed", N_("count|completed")},
                                             {"cancelled", N_("count|cancelled")},
                                             {"faulted", N_("count|ended by an error")}};
    static const struct count assignments[] = {{"planned", N_("count|planned")},
                                               {"open", N_("count|open")},
                                               {"reported", N_("count|reported")},
                                               {"accepted", N_("count|accepted")},
                                               {"delegated", N_("count|delegated")},
                                               {"paused", N_("count|paused")},
                                               {"accepted_in_part", N_("count|accepted in part")},
                                               {"withdrawn", N_("count|withdrawn")}};
    static const struct count phases[] = {
        {"planned", N_("count|planned")}, {"open", N_("count|open")},
        {"soon", N_("count|due soon")},   {"today", N_("count|due today")},
        {"overdue", N_("count|overdue")}, {"critical", N_("count|critically overdue")}};
    static const struct count queue[] = {{"ready", N_("count|tasks ready")},
                                         {"incidents", N_("count|incidents")},
                                         {"letters", N_("count|letters on their way")},
                                         {"workers", N_("count|workers")}};

    print_counts(session, _("Instances"), json_object_get(stats, "instances"), instances,
                 sizeof instances / sizeof *instances);
    print_counts(session, _("Assignments"), json_object_get(stats, "assignments"), assignments,
                 sizeof assignments / sizeof *assignments);
    print_counts(session, _("Terms"), json_object_get(stats, "phases"), phases,
                 sizeof phases / sizeof *phases);
    print_counts(session, _("Queue"), stats, queue, sizeof queue / sizeof *queue);
}

static void print_store(const struct session *session, const json_t *stats)
{
    const json_t *journal = json_object_get(stats, "journal");
    const json_t *store = json_object_get(stats, "store");
    char used[SIZE_TEXT_MAX];
    char file[SIZE_TEXT_MAX];
    char free_disk[SIZE_TEXT_MAX];

    fprintf(session->out.file, _("Journal: %lld records in %lld entries\n"),
            (long long)field_number(journal, "seq"), (long long)field_number(journal, "entry"));
    fprintf(session->out.file, _("Since the start: turns %lld, commands %lld, refused %lld\n"),
            (long long)field_number(stats, "turns"), (long long)field_number(stats, "commands"),
            (long long)field_number(stats, "refused"));
    size_text((int64_t)field_number(store, "used_bytes"), used);
    size_text((int64_t)field_number(store, "file_bytes"), file);
    size_text((int64_t)field_number(store, "free_disk_bytes"), free_disk);
    fprintf(session->out.file, _("Store: %s in use, file %s, free disk %s\n"), used, file,
            free_disk);
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    json_t *answer;

    (void)arguments;
    enum exit_code code = session_ask(session, "STATS", NULL, &answer);
    if (answer != NULL) {
        session_use_zone(session, field_text(answer, "zone"));
        print_engine(session, answer);
        print_work(session, answer);
        print_store(session, answer);
    }
    json_decref(answer);
    return code;
}

static const struct option options[] = {
    {NULL, NULL, NULL},
};

const struct command command_stats = {
    .name = "stats",
    .words = "",
    .summary = N_("numbers: what runs, what waits, how large the store is"),
    .examples = "marshrut stats\n"
                "marshrut stats --json",
    .options = options,
    .run = run,
};
