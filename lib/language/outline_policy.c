/* outline_policy.c - the parts of policies
 *
 * Owns:    which of their fields mean something.
 * In:      outline_make().
 * Out:     parts.
 * Always:  what is as it is without a word is not there.
 * See:     outline.h; docs/language.md §6
 */
#include "language/day_words.h"
#include "language/outline.h"

#include <stdio.h>

/* Rungs have no names: a rung is what it does, and when. */
static void add_rung(struct outline *outline, const struct rung *rung)
{
    static const char *const words[] = {"remind", "escalate", "reassign"};
    const char *word = words[rung->kind];
    const char *working = rung->offset.working && rung->offset.count != 0 ? " working" : "";
    char name[64];
    char text[DAY_WORDS_TEXT_MAX];

    snprintf(name, sizeof name, "%s %+d%s", word, (int)rung->offset.count, working);
    if (rung->kind != LADDER_REMIND) {
        snprintf(name, sizeof name, "%s %+d%s to %u", word, (int)rung->offset.count, working,
                 rung->levels);
    }
    uint32_t part = outline_add_repeated(outline, PART_RUNG, 0, "ladder", name);
    json_t *fields = outline_fields(outline, part);
    member_number(fields, word, rung->offset.count);
    member_flag(fields, "working", *working != '\0');
    if (rung->kind != LADDER_REMIND) {
        member_number(fields, "to", rung->levels);
        member_flag(fields, "critical", rung->critical);
    }
    if (rung->every.count > 0) {
        day_words_print_span(rung->every, text);
        member_text(fields, "every", text);
        day_words_print_offset(rung->until, text);
        member_text(fields, "until", text);
    }
}

static void member_days(json_t *fields, const char *word, struct days days)
{
    char text[DAY_WORDS_TEXT_MAX];

    if (days.count != 0) {
        day_words_print_span(days, text);
        member_text(fields, word, text);
    }
}

static void add_shift(json_t *fields, const struct policy *policy)
{
    json_t *shift = json_object();

    if (policy->shift != SHIFT_KEEP || policy->shift_source != NULL) {
        member_text(shift, "to", shift_name(policy->shift));
        member_text(shift, "source", policy->shift_source);
    }
    member_json(fields, "shift", shift);
}

/* By their words: in which order they stand means nothing. */
static void add_urgencies(json_t *fields, const struct policy *policy)
{
    json_t *urgent = json_object();

    for (uint32_t i = 0; i < policy->urgency_count; i++) {
        const struct urgency *u = &policy->urgencies[i];
        json_t *entry = json_object();
        char text[DAY_WORDS_TEXT_MAX];
        day_words_print_span(u->days, text);
        member_text(entry, "within", u->days.count == 0 ? "the same day" : text);
        member_text(entry, "source", u->source);
        member_json(urgent, u->word, entry);
    }
    member_json(fields, "urgent", urgent);
}

static void add_extension(json_t *fields, const struct policy *policy)
{
    json_t *extension = json_object();
    json_t *report = json_object();

    if (policy->ask_before.count != 0) {
        char text[DAY_WORDS_TEXT_MAX];
        day_words_print_offset((struct days){-policy->ask_before.count, policy->ask_before.working},
                               text);
        member_text(extension, "ask", text);
    }
    if (policy->extensions_max != 0) {
        member_number(extension, "at_most", policy->extensions_max);
    }
    member_json(fields, "extension", extension);
    member_days(report, "decide_within", policy->decide_within);
    member_json(fields, "report", report);
}

/* Who is above each: how that is parted into chains means nothing. */
static void add_chains(json_t *fields, const struct policy *policy)
{
    json_t *chains = json_object();

    for (uint32_t i = 0; i < policy->chain_count; i++) {
        const struct body_chain *chain = &policy->chains[i];
        for (uint32_t j = 0; j < chain->count; j++) {
            const char *above = policy_above(policy, chain->bodies[j]);
            json_object_set_new(chains, chain->bodies[j],
                                above != NULL ? json_string(above) : json_null());
        }
    }
    member_json(fields, "chains", chains);
}

void outline_policy(struct outline *outline, const struct policy *policy)
{
    json_t *fields = outline_fields(outline, 0);
    char text[DAY_WORDS_TEXT_MAX];

    snprintf(text, sizeof text, "%02d:%02d", (int)policy->minute / 60, (int)policy->minute % 60);
    member_text(fields, "at", text);
    day_words_print_span(policy->soon, text);
    member_text(fields, "soon", text);
    member_text(fields, "letters", policy->any_day ? "on any day" : NULL);
    member_text(fields, "digest", policy->digest ? NULL : "false");
    add_shift(fields, policy);
    add_urgencies(fields, policy);
    add_extension(fields, policy);
    add_chains(fields, policy);
    for (uint32_t i = 0; i < policy->rung_count; i++) {
        add_rung(outline, &policy->rungs[i]);
    }
}
