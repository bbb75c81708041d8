/* rehearse_json.c - a rehearsal as one JSON document
 *
 * Owns:    its members (docs/cli.md, rehearse).
 * Always:  everything that is told to people is in it, and the days are civil days.
 */
#include "cli/fields.h"
#include "cli/rehearse_findings.h"
#include "cli/rehearse_notices.h"
#include "cli/rehearse_show.h"
#include "cli/rehearse_term.h"
#include "cli/rehearse_words.h"

#include <stdlib.h>

static json_t *plans_json(const struct rehearsal *r)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < r->plan_count; i++) {
        const struct definition *d = r->plans[i].definition;
        uint32_t occurrences = 0;
        for (uint32_t j = 0; j < d->roadmap.item_count; j++) {
            occurrences += d->roadmap.items[j].window_count;
        }
        json_array_append_new(list, json_pack("{ss ss ss s{soso} sI sI}", "file", r->plans[i].file,
                                              "name", d->name, "title", d->title, "period", "from",
                                              rehearse_day_json(d->roadmap.period.from), "to",
                                              rehearse_day_json(d->roadmap.period.to), "items",
                                              (json_int_t)d->roadmap.item_count, "occurrences",
                                              (json_int_t)occurrences));
    }
    return list;
}

static json_t *bodies_json(const struct rehearsed_term *t)
{
    json_t *list = json_array();
    const char *id;

    for (size_t i = 0; (id = term_co_executor(t, i)) != NULL; i++) {
        json_array_append_new(list, json_string(id));
    }
    return list;
}

static json_t *term_json(const struct rehearsal *r, const struct rehearsed_term *t)
{
    json_t *one = rehearse_term_json(r, t);
    json_t *more =
        json_pack("{ss ss* so ss* so so so ss* ss* sO* sO* sO*}", "title", term_title(t),
                  "responsible", term_responsible(t), "co_executors", bodies_json(t), "controller",
                  term_controller(t), "from", rehearse_day_json(t->from), "to",
                  rehearse_day_json(t->to), "literal", rehearse_day_json(t->literal), "due_kind",
                  t->item != NULL ? due_kind_name(t->item->due_kind) : NULL, "phrase",
                  t->item != NULL ? t->item->due_phrase : NULL, "state",
                  json_object_get(t->row, "state"), "outcome", json_object_get(t->row, "outcome"),
                  "reported", json_object_get(t->row, "reported"));

    json_object_update(one, more);
    json_decref(more);
    return one;
}

static json_t *terms_json(const struct rehearsal *r)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *t = &r->terms[r->by_day[i]];
        if (rehearsal_tells(r, t->to)) {
            json_array_append_new(list, term_json(r, t));
        }
    }
    return list;
}

static json_t *notice_json(const struct rehearsal *r, const struct rehearsed_notice *n)
{
    json_t *one = n->term != TERM_NONE ? rehearse_term_json(r, &r->terms[n->term]) : json_object();
    char at[16];

    snprintf(at, sizeof at, "%02d:%02d", n->minute / 60, n->minute % 60);
    char *text = rehearse_notice(n);
    json_t *more =
        json_pack("{so ss ss ss* ss sI sb sI ss}", "day", rehearse_day_json(n->day), "at", at, "to",
                  n->to, "for", n->for_whom, "kind", n->kind, "days", (json_int_t)n->days,
                  "working", (int)n->working, "letter", n->letter, "text", text);
    free(text);
    json_object_update(one, more);
    json_decref(more);
    return one;
}

static json_t *notices_json(const struct rehearsal *r)
{
    json_t *list = json_array();

    for (uint32_t i = 0; i < r->notice_count; i++) {
        if (rehearsal_tells(r, r->notices[i].day)) {
            json_array_append_new(list, notice_json(r, &r->notices[i]));
        }
    }
    return list;
}

static json_t *findings_json(const struct rehearsal *r)
{
    json_t *list = json_deep_copy(r->findings);
    json_t *one;
    size_t i;

    json_array_foreach(list, i, one)
    {
        char *sentence = rehearse_finding_sentence(r, one);
        json_object_set_new(one, "text", json_string(sentence));
        free(sentence);
    }
    return list;
}

static json_t *outside_json(const struct rehearsal *r)
{
    struct rehearsal_totals t = rehearsal_count_outside(r);

    return json_pack("{sI sI sI sI}", "terms", (json_int_t)t.terms, "letters",
                     (json_int_t)t.letters, "notices", (json_int_t)t.notices, "findings",
                     (json_int_t)r->unseen);
}

json_t *rehearse_json(const struct rehearsal *r)
{
    static const char *const people[] = {"on-time", "late", "nobody"};
    char *sentence = rehearse_people_sentence(r);
    json_t *value = json_pack(
        "{so so so s{ssssso} so so so so}", "from", rehearse_day_json(r->first), "to",
        rehearse_day_json(r->last), "outside", outside_json(r), "people", "simulated",
        people[r->options.people], "text", sentence, "late_days",
        r->options.people == PEOPLE_LATE ? json_integer(r->options.late_days) : json_null(),
        "plans", plans_json(r), "terms", terms_json(r), "notices", notices_json(r), "findings",
        findings_json(r));

    free(sentence);
    return value;
}
