/* why.c - the facts behind «почему ждёт»
 *
 * Owns:    the translation of a state into who must act, and the next thing that time will do.
 * In:      an instance as it is in a snapshot, the leases of the moment.
 */
#include "engine/why.h"

#include "base/must.h"
#include "engine/core/chain.h"
#include "engine/core/flow.h"
#include "engine/core/term.h"
#include "engine/rows.h"
#include "engine/told.h"

static void set_moment(json_t *row, const char *field, int64_t ms)
{
    json_object_set_new(row, field, rows_time_json(ms));
}

/* --- people -------------------------------------------------------------------------------- */

/* The step to tell about: the next letter or change of phase that people will notice. */
static const char *step_word(const struct ladder_step *s)
{
    static const char *const by_phase[] = {
        [PHASE_OPEN] = "opens",  [PHASE_SOON] = "soon",         [PHASE_TODAY] = "today",
        [PHASE_OVERDUE] = "due", [PHASE_CRITICAL] = "critical",
    };

    static const char *const by_deed[DEED_COUNT] = {
        [DEED_REASSIGN] = "reassigned",
        [DEED_HAND_OVER] = "handed_over",
        [DEED_HAND_BACK] = "handed_back",
    };

    if (s->deed < DEED_COUNT && by_deed[s->deed] != NULL) {
        return by_deed[s->deed];
    }
    if (s->letter == LETTER_ESCALATED) {
        return "escalated";
    }
    if (s->letter != LETTER_NONE && s->letter != LETTER_OPENED) {
        return letter_name((enum letter)s->letter);
    }
    return s->phase < PHASE_COUNT && by_phase[s->phase] ? by_phase[s->phase] : "soon";
}

static json_t *next_step(const struct catalog *catalog, const struct instance *i,
                         const struct task *t)
{
    const struct assignment *a = t->assignment;

    if (a->next_step >= a->step_count) {
        return NULL;
    }
    const struct ladder_step *s = &a->steps[a->next_step];
    json_t *next = json_pack("{ss so}", "what", step_word(s), "at", rows_time_json(s->at_ms));
    if (s->letter == LETTER_ESCALATED) {
        const struct policy *policy = chain_policy(catalog, i, t);
        const struct body *body = chain_levels_above(catalog, policy, a->people[0], s->levels);
        json_object_set_new(next, "on",
                            body ? rows_body(catalog, bytes_of(body->id))
                                 : rows_body(catalog, a->controller));
    }
    return next;
}

/* The beginning of the day of the report: the controller has had it since then. */
static int64_t reported_ms(const struct catalog *catalog, const struct assignment *a)
{
    const struct body *body = catalog_find_body_named(catalog, a->people[0]);

    return body ? zone_utc_ms(body->zone, a->reported, 0) : (int64_t)a->reported * 86400000;
}

/* What it waits for: work, a decision, the end of a pause, the one that it was delegated to. */
static const char *wait_kind(const struct assignment *a)
{
    switch (a->state) {
    case ASSIGNMENT_REPORTED:
        return "decision";
    case ASSIGNMENT_PAUSED:
        return "pause";
    case ASSIGNMENT_DELEGATED:
        return "delegated";
    default:
        return "assignment";
    }
}

/* On whom: who does the work, or who decides. */
static json_t *wait_on(const struct catalog *catalog, const struct assignment *a,
                       const json_t *facts)
{
    const char *decider = json_string_value(json_object_get(facts, "decider"));

    if (a->state == ASSIGNMENT_OPEN || a->state == ASSIGNMENT_PLANNED ||
        a->state == ASSIGNMENT_DELEGATED) {
        return rows_body(catalog, assignment_actor(a, a->people[0]));
    }
    return rows_body(catalog, decider ? bytes_of(decider) : a->controller);
}

/* A year of its term whose calendar is not approved: its working days may be others yet. */
static void set_missing_year(json_t *row, const struct world *world, const struct assignment *a)
{
    int year = term_missing_year(world, a);

    if (year != 0) {
        json_object_set_new(row, "missing_year", json_integer(year));
    }
}

/* Who has the next word since when, and what time does until then. */
static void set_wait(json_t *row, const struct catalog *catalog, const struct instance *i,
                     const struct task *t, const json_t *facts)
{
    const struct assignment *a = t->assignment;
    bool reported = a->state == ASSIGNMENT_REPORTED;
    json_t *next = reported ? NULL : next_step(catalog, i, t);

    json_object_set_new(row, "kind", json_string(wait_kind(a)));
    json_object_set_new(row, "on", wait_on(catalog, a, facts));
    set_moment(row, "since", reported ? reported_ms(catalog, a) : t->since_ms);
    if (next != NULL) {
        json_object_set_new(row, "next", next);
    }
}

json_t *why_assignment(const struct catalog *catalog, const struct instance *i,
                       const struct task *t, const json_t *facts)
{
    json_t *row = json_object();

    set_wait(row, catalog, i, t, facts);
    return row;
}

static void assignment_waits(json_t *row, const struct world *world, const struct instance *i,
                             const struct task *t)
{
    const struct catalog *catalog = world->catalog;
    static const char *const told[] = {
        "from",      "to",    "first_to", "literal_to", "literal_is", "phase",  "state",
        "no",        "plan",  "title",    "reported",   "returns",    "parts",  "missing_results",
        "extension", "pause", "acting",   "child",      "of",         "decider"};
    json_t *facts = rows_assignment(catalog, i, t);

    set_wait(row, catalog, i, t, facts);
    for (size_t n = 0; n < sizeof told / sizeof *told; n++) {
        json_object_set(row, told[n], json_object_get(facts, told[n]));
    }
    set_missing_year(row, world, t->assignment);
    json_decref(facts);
}

/* --- work, time, events -------------------------------------------------------------------- */

static void work_waits(json_t *row, const struct view *v, const struct instance *i,
                       const struct task *t)
{
    const struct lease *lease =
        v->dispatch != NULL ? lease_find(&v->dispatch->leases, i->id, t->seq) : NULL;

    json_object_set_new(row, "kind", json_string(t->kind == TASK_NOTICE ? "notice" : "call"));
    json_object_set_new(row, "service", json_string(facets_service(i, t, v->catalog)));
    json_object_set_new(row, "attempt", json_integer(t->attempt));
    if (lease != NULL) {
        json_object_set_new(row, "worker",
                            json_string(((const struct session *)lease->worker)->name));
    }
    if (t->kind == TASK_NOTICE) {
        json_t *letter = json_loadb(t->input.data, t->input.size, JSON_ALLOW_NUL, NULL);
        json_object_set_new(row, "on", rows_body(v->catalog, t->text));
        json_object_set(row, "letter", json_object_get(letter, "kind"));
        json_decref(letter);
    } else if (v->dispatch != NULL) {
        json_object_set_new(
            row, "workers",
            json_integer(dispatch_workers(v->dispatch, facets_service(i, t, v->catalog))));
    }
}

/* --- events, time, other instances ----------------------------------------------------------- */

static json_t *types_of(const struct event_filter *filters, uint32_t count)
{
    json_t *types = json_array();

    for (uint32_t i = 0; i < count; i++) {
        json_array_append_new(types, json_string(filters[i].type ? filters[i].type : "*"));
    }
    return types;
}

static const struct step *step_of(const struct view *v, const struct instance *i,
                                  const struct task *t)
{
    return &catalog_find_number(v->catalog, i->definition)->workflow.steps[t->step];
}

static const char *mode_name(enum listen_mode mode)
{
    return mode == LISTEN_ALL ? "all" : mode == LISTEN_ANY ? "any" : "one";
}

/* Which events, how many are there already, and what ends it. */
static void events_wait(json_t *row, const struct view *v, const struct instance *i,
                        const struct task *t)
{
    static const char *const until[] = {[UNTIL_FIRST] = NULL,
                                        [UNTIL_EXPRESSION] = "condition",
                                        [UNTIL_NEVER] = "never",
                                        [UNTIL_EVENT] = "event"};
    const struct consumption *c = &step_of(v, i, t)->listen;

    json_object_set_new(row, "kind", json_string("listen"));
    json_object_set_new(row, "events", types_of(c->filters, c->filter_count));
    json_object_set_new(row, "mode", json_string(mode_name(c->mode)));
    if (c->mode == LISTEN_ANY && until[c->until] != NULL) {
        json_object_set_new(row, "until", json_string(until[c->until]));
    }
    if (c->mode == LISTEN_ANY && c->until == UNTIL_EVENT) {
        json_object_set_new(row, "until_events", types_of(c->until_filters, c->until_filter_count));
    }
    rows_set_text(row, "subject", t->text);
    rows_set_scope(row, v->catalog, i, t);
}

static void set_next(json_t *row, const char *what, int64_t ms)
{
    if (ms != 0) {
        json_object_set_new(row, "next",
                            json_pack("{ss so}", "what", what, "at", rows_time_json(ms)));
    }
}

/* A letter of the day that gathers: how much is in it, and for whom. */
static void letter_waits(json_t *row, const struct view *v, const struct task *t)
{
    json_object_set_new(row, "kind", json_string("letter"));
    json_object_set_new(row, "on", rows_body(v->catalog, t->text));
    json_object_set_new(row, "count", json_integer(t->scope ? t->scope->result_count : 0));
}

static void other_waits(json_t *row, const struct view *v, const struct instance *i,
                        const struct task *t)
{
    if (t->kind == TASK_LISTEN) {
        events_wait(row, v, i, t);
    } else if (t->kind == TASK_SCHEDULE) {
        if (step_of(v, i, t)->listen.filter_count > 0) {
            events_wait(row, v, i, t);
        }
        json_object_set_new(row, "kind", json_string("schedule"));
    } else if (t->kind == TASK_LETTER) {
        letter_waits(row, v, t);
    } else {
        json_object_set_new(row, "kind", json_string(task_kind_name(t->kind)));
        rows_set_scope(row, v->catalog, i, t);
    }
    if (t->state == TASK_WAITING) {
        const char *what = t->kind == TASK_SCHEDULE ? "starts"
                           : t->kind == TASK_LETTER ? "leaves"
                                                    : "goes on";
        set_next(row, what, t->at_ms);
    }
}

/* --- scopes ---------------------------------------------------------------------------------- */

/* A scope is told of where it counts: the others only hold what is told of by itself. */
static bool is_told(const struct task *t)
{
    if (t->state == TASK_CLOSED) {
        return false;
    }
    return t->state != TASK_WAITING || !task_kind_is_scope(t->kind) || t->kind == TASK_FORK ||
           t->kind == TASK_FOR || t->kind == TASK_MANY;
}

/* How many must end before it goes on; a number that is computed is known to the engine only when
 * it is asked for. */
static void scope_waits(json_t *row, const struct view *v, const struct instance *i,
                        const struct task *t)
{
    const struct step *step = step_of(v, i, t);

    json_object_set_new(row, "kind", json_string(t->kind == TASK_FORK ? "fork" : "for"));
    rows_set_scope(row, v->catalog, i, t);
    if (step->compete) {
        json_object_set_new(row, "needed", json_integer(1));
    } else if (step->join.count == EXPRESSION_NONE) {
        json_object_set(row, "needed", json_object_get(row, "of"));
    }
}

/* --- one task -------------------------------------------------------------------------------- */

static void set_problem(json_t *row, const struct task *t)
{
    json_object_set_new(row, "problem", rows_parsed(t->problem));
}

static bool is_work(const struct task *t)
{
    return t->kind == TASK_CALL || t->kind == TASK_NOTICE;
}

static void stopped_waits(json_t *row, const struct view *v, const struct instance *i,
                          const struct task *t)
{
    if (is_work(t)) {
        work_waits(row, v, i, t);
    }
    json_object_set_new(row, "kind",
                        json_string(t->state == TASK_INCIDENT ? "incident" : "backoff"));
    set_problem(row, t);
    if (t->state == TASK_BACKOFF) {
        json_object_set_new(row, "tries", json_integer(t->tries));
        set_next(row, "retry", t->at_ms);
    }
}

static json_t *task_waits(const struct view *v, const struct instance *i, const struct task *t)
{
    json_t *row = json_object();
    json_t *facts = rows_task(v, i, t);

    json_object_set(row, "task", json_object_get(facts, "task"));
    json_object_set(row, "step", json_object_get(facts, "step"));
    json_object_set(row, "step_title", json_object_get(facts, "step_title"));
    json_object_set(row, "scope", json_object_get(facts, "scope"));
    json_object_set(row, "limit", json_object_get(facts, "limit"));
    json_decref(facts);
    set_moment(row, "since", t->since_ms);
    if (t->state == TASK_INCIDENT || t->state == TASK_BACKOFF) {
        stopped_waits(row, v, i, t);
    } else if (t->state == TASK_READY) {
        work_waits(row, v, i, t);
    } else if (t->assignment != NULL) {
        assignment_waits(row, v->world, i, t);
        json_object_set_new(row, "ahead", told_ahead(v, i, t));
    } else if (task_kind_is_scope(t->kind)) {
        scope_waits(row, v, i, t);
    } else {
        other_waits(row, v, i, t);
    }
    return row;
}

json_t *why_answer(const struct view *v, const struct instance *i)
{
    json_t *answer = rows_instance(v->catalog, i);
    json_t *waiting = json_array();
    json_t *told;
    json_t *closed;

    if (i->state == INSTANCE_SUSPENDED) {
        json_array_append_new(waiting, json_pack("{ss so}", "kind", "suspended", "since",
                                                 rows_time_json(i->changed_ms)));
    }
    if (i->children_open > 0) {
        json_array_append_new(waiting, why_children(v, i));
    }
    for (uint32_t n = 0; n < i->task_count; n++) {
        if (is_told(&i->tasks[n])) {
            json_array_append_new(waiting, task_waits(v, i, &i->tasks[n]));
        }
    }
    rows_set_json(answer, "problem", i->problem);
    json_object_set_new(answer, "waiting", waiting);
    told_rows(v, i, &told, &closed);
    json_object_set_new(answer, "told", told);
    json_object_set_new(answer, "closed", closed);
    return answer;
}
