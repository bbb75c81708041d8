/* fields.c - reading rows of the engine, and the table of its words
 *
 * Owns:    the translation of states, kinds and phases (docs/protocol.md §3.6).
 * Always:  nothing here trusts the types of what it reads.
 */
#include "cli/fields.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/text.h"

#include <string.h>

const char *field_text(const json_t *row, const char *name)
{
    return json_string_value(json_object_get(row, name));
}

json_int_t field_number(const json_t *row, const char *name)
{
    return json_integer_value(json_object_get(row, name));
}

const json_t *field_rows(const json_t *answer, size_t *ret_count)
{
    const json_t *rows = json_object_get(answer, "rows");

    *ret_count = json_array_size(rows);
    return rows;
}

const char *field_body(const json_t *row, const char *name)
{
    static const char *const names[] = {"short", "name", "id"};
    const json_t *body = json_object_get(row, name);

    if (json_is_string(body)) {
        return json_string_value(body);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = field_text(body, names[i]);
        if (text != NULL && text[0] != '\0') {
            return text;
        }
    }
    return NULL;
}

const char *field_step(const json_t *row)
{
    const char *title = field_text(row, "step_title");

    return title != NULL ? title : field_text(row, "step");
}

char *field_printed(const json_t *row, const char *name)
{
    const json_t *value = json_object_get(row, name);
    struct buffer out = BUFFER_INIT;

    if (json_is_string(value)) {
        return xstrdup(json_string_value(value));
    }
    if (!json_is_integer(value)) {
        return NULL;
    }
    text_put(&out, "%lld", (long long)json_integer_value(value));
    return text_take(&out);
}

char *field_harmless(const json_t *row, const char *name)
{
    const char *text = field_text(row, name);

    return text != NULL ? text_harmless(text, strlen(text)) : NULL;
}

struct word {
    const char *word;
    const char *text;
};

static const char *look_up(const struct word *words, const char *word)
{
    if (word == NULL) {
        return NULL;
    }
    for (; words->word != NULL; words++) {
        if (strcmp(words->word, word) == 0) {
            return strchr(words->text, '|') != NULL ? language_word(words->text) : _(words->text);
        }
    }
    return word;
}

const char *word_instance_state(const char *word)
{
    static const struct word words[] = {
        {"running", N_("running")},           {"suspended", N_("suspended")},
        {"completed", N_("completed")},       {"cancelled", N_("cancelled")},
        {"faulted", N_("ended by an error")}, {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_standing(const char *word)
{
    static const struct word words[] = {
        {"planned", N_("planned")},       {"open", N_("open")},
        {"soon", N_("due soon")},         {"today", N_("due today")},
        {"overdue", N_("overdue")},       {"critical", N_("long overdue")},
        {"asked", N_("extension asked")}, {"paused", N_("paused")},
        {"delegated", N_("delegated")},   {"reported", N_("report to decide")},
        {"accepted", N_("accepted")},     {"accepted_in_part", N_("accepted in part")},
        {"withdrawn", N_("withdrawn")},   {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_task_kind(const char *word)
{
    static const struct word words[] = {
        {"call", N_("call of a program")},
        {"assignment", N_("assignment")},
        {"wait", N_("pause")},
        {"listen", N_("wait for an event")},
        {"notice", N_("letter")},
        {"letter", N_("letter of the day")},
        {"emit", N_("sending of an event")},
        {"run", N_("another instance")},
        {"schedule", N_("schedule")},
        {"do", N_("block of steps")},
        {"try", N_("steps with a catch")},
        {"for", N_("loop")},
        {"many", N_("loop, side by side")},
        {"fork", N_("branches")},
        {"iteration", N_("turn of a loop")},
        {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_task_state(const char *word)
{
    static const struct word words[] = {
        {"ready", N_("ready")},     {"backoff", N_("between attempts")},
        {"waiting", N_("waiting")}, {"incident", N_("incident")},
        {"closed", N_("closed")},   {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_definition_kind(const char *word)
{
    static const struct word words[] = {
        {"workflow", N_("workflow")},     {"roadmap", N_("plan")},
        {"bodies", N_("bodies")},         {"policy", N_("policy")},
        {"calendar", N_("calendar")},     {"routes", N_("routes")},
        {"indicators", N_("indicators")}, {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_work_state(const char *word)
{
    static const struct word words[] = {
        {"waiting", N_("work|waits its turn")},
        {"running", N_("work|running")},
        {"done", N_("work|done")},
        {"failed", N_("work|failed")},
        {"cancelled", N_("work|stopped")},
        {"interrupted", N_("work|interrupted")},
        {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_work_list(const char *word)
{
    static const struct word words[] = {
        {"incidents", N_("work|Incidents")},
        {"instances", N_("work|Instances")},
        {"assignments", N_("work|Assignments")},
        {NULL, NULL},
    };
    return look_up(words, word);
}

const char *word_work_action(const char *list, const char *action)
{
    static const struct word of_incidents[] = {
        {"cancel", N_("work|cancel the instance")},
        {"suspend", N_("work|suspend the instance")},
        {NULL, NULL},
    };
    static const struct word words[] = {
        {"retry", N_("work|retry")},
        {"skip", N_("work|skip")},
        {"cancel", N_("work|cancel")},
        {"suspend", N_("work|suspend")},
        {"resume", N_("work|resume")},
        {"accept", N_("work|accept the report")},
        {"withdraw", N_("work|withdraw")},
        {"return", N_("work|return for rework")},
        {"move", N_("work|move the term")},
        {"grant", N_("work|grant the extension")},
        {"refuse", N_("work|refuse the extension")},
        {"pause", N_("work|pause")},
        {"reassign", N_("work|give to another body")},
        {NULL, NULL},
    };
    bool incidents = list != NULL && strcmp(list, "incidents") == 0;
    const char *found = incidents ? look_up(of_incidents, action) : action;

    return found != action ? found : look_up(words, action);
}

const char *word_letter(const char *word)
{
    static const struct word words[] = {
        {"opened", N_("assignment opened")},
        {"reminder", N_("reminder")},
        {"today", N_("due today")},
        {"overdue", N_("overdue")},
        {"escalated", N_("escalation")},
        {"returned", N_("returned for rework")},
        {"handed_over", N_("handed over to a deputy")},
        {"handed_back", N_("handed back")},
        {"undecided", N_("a report waits for its decision")},
        {"reported", N_("a report to decide about")},
        {"part", N_("a co-executor has answered")},
        {"withdrawn", N_("withdrawn")},
        {"asked", N_("an extension is asked for")},
        {"moved", N_("another term")},
        {"refused", N_("the extension is refused")},
        {"paused", N_("paused")},
        {"resumed", N_("its clock runs again")},
        {"reassigned", N_("another responsible body")},
        {"delegated", N_("delegated")},
        {"accepted", N_("report accepted")},
        {"digest", N_("letter of the day")},
        {NULL, NULL},
    };
    return look_up(words, word);
}
