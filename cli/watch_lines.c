/* watch_lines.c - what is said of each record, and joining of letters
 *
 * Owns:    the group of letters that is being collected. What people do is in watch_people.c, lines
 *          of instances are in watch_lives.c.
 * In:      rows of JOURNAL in their order (docs/protocol.md §3.6).
 * Out:     lines; a record that people need not see gives none.
 * Always:  a group is said before any later line, so that lines keep the order of the records.
 */
#include "cli/watch_lines.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/watch_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct watch_lines *watch_lines_create(const struct zone *zone, watch_line_fn *fn, void *arg)
{
    struct watch_lines *w = xcalloc(1, sizeof *w);

    *w = (struct watch_lines){.zone = zone, .fn = fn, .arg = arg};
    watch_names_init(&w->names);
    w->cancelled = json_object();
    return w;
}

void watch_lines_destroy(struct watch_lines *w)
{
    if (w != NULL) {
        watch_group_clear(&w->group);
        watch_names_fini(&w->names);
        json_decref(w->cancelled);
        free(w);
    }
}

void watch_lines_be_brief(struct watch_lines *w, bool brief)
{
    w->brief = brief;
}

/* --- lines -------------------------------------------------------------------------------- */

static bool is_minor(enum watch_word word)
{
    return word == WATCH_OPENED || word == WATCH_REMINDER || word == WATCH_TODAY ||
           word == WATCH_OVERDUE || word == WATCH_REPORTED || word >= WATCH_PART;
}

void watch_say(const struct watch_lines *w, const char *day, enum watch_word word,
               const json_t *assignment, const char *fact, const char *who)
{
    const char *no = field_text(assignment, "no");
    const char *plan = field_text(assignment, "plan");
    const char *title = field_text(assignment, "title");
    const char *task = field_text(assignment, "task"); /* in a row; "id" in a letter */
    struct buffer item = BUFFER_INIT;

    if (w->brief && no == NULL && is_minor(word)) {
        return;
    }
    if (no != NULL && plan != NULL && json_object_size(w->names.plans) > 1) {
        text_put(&item, "%s ", plan); /* each has an item 1 */
    }
    if (no != NULL) {
        text_put(&item, _("item %s"), no);
    }
    char *item_text = text_take(&item);
    task = task != NULL ? task : field_text(assignment, "id");
    struct watch_line line = {.day = day,
                              .word = word,
                              .item = no != NULL ? item_text : task,
                              .title = title != NULL ? title : "—",
                              .fact = fact,
                              .who = who,
                              .by_title = no == NULL};
    w->fn(&line, w->arg);
    free(item_text);
}

void watch_lines_flush(struct watch_lines *w)
{
    if (w->group.open) {
        char *fact = watch_group_fact(&w->group);
        char *who = watch_group_who(&w->group, &w->names);
        watch_say(w, w->group.day, w->group.word, w->group.assignment, fact, who);
        free(who);
        free(fact);
        watch_group_clear(&w->group);
    }
}

/* --- letters ------------------------------------------------------------------------------ */

void watch_row_day(const struct watch_lines *w, const json_t *row, char day[DATES_TEXT_MAX])
{
    char moment[DATES_TEXT_MAX];

    dates_moment_short(w->zone, field_text(row, "time"), moment);
    moment[strcspn(moment, " ")] = '\0';
    memcpy(day, moment, DATES_TEXT_MAX);
}

/* Make the group one for this occasion; what was collected for another is said. */
static struct watch_group *join(struct watch_lines *w, const json_t *row, enum watch_word word,
                                const json_t *assignment)
{
    struct watch_group *g = &w->group;

    if (g->open && (g->word != word || !watch_group_holds(g, assignment))) {
        watch_lines_flush(w);
    }
    if (!g->open) {
        g->open = true;
        g->word = word;
        g->assignment = json_deep_copy(assignment);
        g->recipients = json_array();
        watch_row_day(w, row, g->day);
    }
    return g;
}

static bool letter_word(const char *kind, enum watch_word *ret_word)
{
    static const struct {
        const char *kind;
        enum watch_word word;
    } words[] = {
        {"opened", WATCH_OPENED},    {"reminder", WATCH_REMINDER},   {"today", WATCH_TODAY},
        {"overdue", WATCH_REMINDER}, {"escalated", WATCH_ESCALATED},
    };

    for (size_t i = 0; kind != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].kind, kind) == 0) {
            *ret_word = words[i].word;
            return true;
        }
    }
    return false; /* "returned": the return itself is a row */
}

/* Letters that answer somebody: what they answer is a row of its own. */
static void letter(struct watch_lines *w, const json_t *row)
{
    const char *task_kind = field_text(row, "task_kind");

    if (task_kind != NULL && strcmp(task_kind, "notice") == 0) {
        watch_names_learn_letter(&w->names, json_object_get(row, "input"));
    }
}

static void noticed(struct watch_lines *w, const json_t *row)
{
    enum watch_word word;

    watch_names_learn_body(&w->names, row, "to");
    watch_names_learn_body(&w->names, json_object_get(row, "assignment"), "responsible");
    if (!letter_word(field_text(row, "notice"), &word)) {
        return;
    }
    struct watch_group *g = join(w, row, word, json_object_get(row, "assignment"));
    g->days = field_number(row, "days");
    g->working = json_is_true(json_object_get(row, "working"));
    json_array_append_new(g->recipients, json_string(watch_names_body(&w->names, row, "to")));
}

static void phase(struct watch_lines *w, const json_t *row)
{
    const json_t *assignment = json_object_get(row, "assignment");
    const char *word = field_text(row, "phase");

    watch_names_learn_body(&w->names, assignment, "responsible");
    if (word != NULL && strcmp(word, "overdue") == 0) {
        struct watch_group *g = join(w, row, WATCH_OVERDUE, assignment);
        json_array_append_new(g->recipients,
                              json_string(watch_names_body(&w->names, assignment, "responsible")));
    }
}

static const struct {
    const char *kind;
    void (*tell)(struct watch_lines *w, const json_t *row);
} kinds[] = {
    {"task.opened", letter},
    {"assignment.step", phase},
    {"assignment.noticed", noticed},
    {"task.incident", watch_incident},
    {"instance.started", watch_started},
    {"instance.completed", watch_completed},
    {"instance.cancelled", watch_cancelled},
    {"instance.suspended", watch_suspended},
    {"instance.resumed", watch_resumed},
    {"instance.faulted", watch_faulted},
};

void watch_lines_row(struct watch_lines *w, const json_t *row)
{
    const char *kind = field_text(row, "kind");

    watch_names_learn_item(&w->names, row);
    for (size_t i = 0; kind != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].kind, kind) == 0) {
            kinds[i].tell(w, row);
            return;
        }
    }
    watch_people(w, row);
}

void watch_lines_learn(struct watch_lines *w, const json_t *row)
{
    watch_names_learn_row(&w->names, row);
}

struct watch_names *watch_lines_names(struct watch_lines *w)
{
    return &w->names;
}
