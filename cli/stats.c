/* stats.c - `marshrut stats`: numbers of the engine, now
 *
 * Owns:    which numbers belong on one line.
 * In:      the verb STATS (docs/protocol.md §3.6).
 * Out:     a line for each group.
 */
#include "cli/counts.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/session.h"
#include "cli/size_text.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

static void print_counts(const struct session *session, const char *label,
                         const struct count *counts, size_t count)
{
    struct buffer out = BUFFER_INIT;

    text_put(&out, "%s: ", label);
    counts_put(&out, counts, count, count);
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

static void print_instances(const struct session *session, const json_t *instances)
{
    const struct count counts[] = {
        {language_word(N_("count|running")), field_number(instances, "running")},
        {language_word(N_("count|suspended")), field_number(instances, "suspended")},
        {language_word(N_("count|completed")), field_number(instances, "completed")},
        {language_word(N_("count|cancelled")), field_number(instances, "cancelled")},
        {language_word(N_("count|ended by an error")), field_number(instances, "faulted")}};

    print_counts(session, _("Instances"), counts, sizeof counts / sizeof *counts);
}

static void print_assignments(const struct session *session, const json_t *assignments)
{
    static const char *const states[] = {"planned",   "open",   "reported",         "accepted",
                                         "delegated", "paused", "accepted_in_part", "withdrawn"};
    struct count counts[sizeof states / sizeof *states];

    for (size_t i = 0; i < sizeof states / sizeof *states; i++) {
        counts[i] = (struct count){word_standing(states[i]), field_number(assignments, states[i])};
    }
    print_counts(session, _("Assignments"), counts, sizeof counts / sizeof *counts);
}

static void print_terms(const struct session *session, const json_t *phases)
{
    const struct count counts[] = {
        {word_standing("planned"), field_number(phases, "planned")},
        {word_standing("open"), field_number(phases, "open")},
        {word_standing("soon"), field_number(phases, "soon")},
        {word_standing("today"), field_number(phases, "today")},
        {word_standing("overdue"), counts_overdue(phases)},
        {language_word(N_("count|of them long")), field_number(phases, "critical")}};

    print_counts(session, _("Terms of open assignments"), counts, sizeof counts / sizeof *counts);
}

static void print_queue(const struct session *session, const json_t *stats)
{
    const struct count counts[] = {
        {language_word(N_("count|tasks ready")), field_number(stats, "ready")},
        {language_word(N_("count|incidents")), field_number(stats, "incidents")},
        {language_word(N_("count|letters on their way")), field_number(stats, "letters")},
        {language_word(N_("count|workers")), field_number(stats, "workers")}};

    print_counts(session, _("Queue"), counts, sizeof counts / sizeof *counts);
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
        print_instances(session, json_object_get(answer, "instances"));
        print_assignments(session, json_object_get(answer, "assignments"));
        print_terms(session, json_object_get(answer, "phases"));
        print_queue(session, answer);
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
    .more = N_("Terms are counted of all open assignments, also of those whose report waits for a "
               "decision or whose clock stands: marshrut today counts these apart."),
    .examples = "marshrut stats\n"
                "marshrut stats --json",
    .options = options,
    .run = run,
};
