/* ladder.c - phases, letters and deeds of an assignment in time order
 *
 * Owns:    which moment brings which phase, which letter and which deed.
 * Always:  opening comes first; overdue never before the end of the due day; a letter on a day that
 *          is worked, unless the policy takes any; a letter that would leave before the one of the
 *          opening is left out, a phase that would begin before it is the phase in which the
 *          assignment opens; never the same letter twice at one moment.
 * See:     docs/time.md §5; ladder_again.c for an assignment that goes on
 */
#include "engine/core/ladder.h"

#include "base/limits.h"
#include "base/must.h"
#include "engine/core/ladder_days.h"

#include <string.h>

/* Absences farther ahead than this after the last day: by then the documents are others. */
#define ABSENCE_DAYS_AHEAD 366

struct builder {
    const struct world *world;
    const struct assignment *a;
    const struct policy *policy;
    struct ladder_days days;    /* of the responsible body */
    struct ladder_step opening; /* inserted last: what comes before it counts in its phase */
    int64_t told_ms;            /* the letter of the opening */
    struct ladder_step steps[LIMIT_LADDER_STEPS];
    uint32_t count;
    uint32_t room;
};

/* --- the list ----------------------------------------------------------------------------------
 */

/* Who is back gives the work back before another absence hands it over; both before any letter. */
static int rank(const struct ladder_step *step)
{
    return step->deed == DEED_HAND_BACK ? 0 : step->deed == DEED_HAND_OVER ? 1 : 2;
}

static bool comes_before(const struct ladder_step *a, const struct ladder_step *b)
{
    return a->at_ms != b->at_ms ? a->at_ms < b->at_ms : rank(a) < rank(b);
}

/* Two rungs may come to one day: one on a day off, and the one of the working day beside it. */
static bool is_told_then(const struct builder *b, const struct ladder_step *step)
{
    for (uint32_t i = b->count; i > 0 && b->steps[i - 1].at_ms >= step->at_ms; i--) {
        const struct ladder_step *other = &b->steps[i - 1];
        if (other->at_ms == step->at_ms && other->letter == step->letter &&
            other->levels == step->levels && other->person == step->person &&
            other->deed == step->deed) {
            return true;
        }
    }
    return false;
}

static void insert(struct builder *b, struct ladder_step step)
{
    uint32_t at = b->count;

    if (step.letter != LETTER_NONE && is_told_then(b, &step)) {
        step.letter = LETTER_NONE;
        if (step.phase == 0) {
            return;
        }
    }
    if (b->count == b->room) {
        return;
    }
    while (at > 0 && comes_before(&step, &b->steps[at - 1])) {
        b->steps[at] = b->steps[at - 1];
        at--;
    }
    b->steps[at] = step;
    b->count++;
}

static void add(struct builder *b, civil_day day, int minute, struct ladder_step step)
{
    step.at_ms = ladder_moment(&b->days, day, minute);
    if (step.at_ms <= b->opening.at_ms) {
        b->opening.phase = step.phase > b->opening.phase ? step.phase : b->opening.phase;
        return;
    }
    if (step.letter != LETTER_NONE && step.at_ms <= b->told_ms) {
        step.letter = LETTER_NONE;
    }
    if (step.letter != LETTER_NONE || step.phase != 0 || step.deed != DEED_NONE) {
        insert(b, step);
    }
}

/* --- opening and phases ------------------------------------------------------------------------
 */

/* The first worked day of what is left; when there is none in the window, the last before it. */
static civil_day opening_letter_day(const struct builder *b)
{
    const struct assignment *a = b->a;
    civil_day today = ladder_day(&b->days, b->world->now_ms);
    civil_day first = a->from > today ? a->from : today;
    civil_day day = ladder_letter_day(&b->days, b->policy, first, SHIFT_NEXT);

    return day <= a->to ? day : ladder_letter_day(&b->days, b->policy, a->from, SHIFT_PREVIOUS);
}

/* It goes on: what was told to be open is not told so again. */
static bool was_opened(const struct assignment *a)
{
    bool told = a->phase > PHASE_PLANNED;

    for (uint32_t i = a->next_step; i < a->step_count; i++) {
        told &= a->steps[i].letter != LETTER_OPENED;
    }
    return told;
}

static void begin(struct builder *b)
{
    const struct assignment *a = b->a;
    int64_t days = (int64_t)a->from - a->to;

    b->opening = (struct ladder_step){.phase = PHASE_OPEN};
    b->opening.at_ms = ladder_moment(&b->days, a->from, b->policy->minute);
    b->opening.offset_days = ladder_offset(days);
    b->told_ms = was_opened(a) ? b->opening.at_ms
                               : ladder_moment(&b->days, opening_letter_day(b), b->policy->minute);
    b->room = LIMIT_LADDER_STEPS - 2; /* for opening() */
}

static void open(struct builder *b)
{
    struct ladder_step letter = b->opening;

    letter.letter = was_opened(b->a) ? LETTER_NONE : LETTER_OPENED;
    b->room = LIMIT_LADDER_STEPS;
    if (b->told_ms == b->opening.at_ms) {
        insert(b, letter);
        return;
    }
    letter.phase = 0;
    letter.at_ms = b->told_ms;
    insert(b, b->opening);
    insert(b, letter);
}

static void add_phases(struct builder *b)
{
    const struct assignment *a = b->a;
    struct days soon = {-b->policy->soon.count, b->policy->soon.working};

    add(b, ladder_count(&b->days, a->to, soon), 0, (struct ladder_step){.phase = PHASE_SOON});
    add(b, a->to, 0, (struct ladder_step){.phase = PHASE_TODAY});
    add(b, a->to + 1, 0, (struct ladder_step){.phase = PHASE_OVERDUE});
}

/* A rung may call it critical before the due day: later and milder phases do not take that back. */
static void only_grow(struct builder *b)
{
    enum phase reached = PHASE_PLANNED;

    for (uint32_t i = 0; i < b->count; i++) {
        if (b->steps[i].phase > reached) {
            reached = b->steps[i].phase;
        } else {
            b->steps[i].phase = 0;
        }
    }
}

/* --- rungs -------------------------------------------------------------------------------------
 */

/* The day of the rule, before it is moved to a working day, against the last day. */
static enum letter letter_of(enum ladder_kind kind, civil_day day, civil_day to, civil_day letter)
{
    if (kind != LADDER_REMIND) {
        return kind == LADDER_ESCALATE ? LETTER_ESCALATED : LETTER_NONE;
    }
    if (day > to) {
        return LETTER_OVERDUE;
    }
    /* "today is the last day" is said on that day only */
    return letter == to ? LETTER_TODAY : LETTER_REMINDER;
}

static void add_rung(struct builder *b, const struct rung *rung, civil_day day, struct days offset,
                     struct ladder_step step)
{
    civil_day to = step.person == 0 ? b->a->to : b->a->parts[step.person - 1].to;
    civil_day letter =
        ladder_letter_day(&b->days, b->policy, day, day > to ? SHIFT_NEXT : SHIFT_PREVIOUS);

    step.letter = (uint8_t)letter_of(rung->kind, day, to, letter);
    step.offset_days = ladder_offset(offset.count);
    step.working = offset.working;
    add(b, letter, b->policy->minute, step);
}

static void add_first(struct builder *b, const struct rung *rung)
{
    struct ladder_step step = {.phase = rung->critical ? PHASE_CRITICAL : 0,
                               .levels = (uint8_t)rung->levels};

    step.deed = rung->kind == LADDER_REASSIGN ? DEED_REASSIGN : DEED_NONE;
    add_rung(b, rung, ladder_count(&b->days, b->a->to, rung->offset), rung->offset, step);
}

static void add_repeats(struct builder *b, const struct rung *rung)
{
    civil_day to = b->a->to;
    civil_day last = ladder_count(&b->days, to, rung->until);
    civil_day day = ladder_count(&b->days, to, rung->offset);
    bool alike = rung->offset.working == rung->every.working || rung->offset.count == 0;
    struct days offset = {rung->offset.count, rung->every.working};

    for (uint32_t n = 0; rung->every.count > 0 && n < LIMIT_LADDER_STEPS; n++) {
        day = ladder_count(&b->days, day, rung->every);
        offset.count += rung->every.count;
        if (day > last) {
            break;
        }
        add_rung(b, rung, day, alike ? offset : (struct days){day - to, false},
                 (struct ladder_step){.levels = (uint8_t)rung->levels});
    }
}

/* --- parts: who must be ready before the whole --------------------------------------------------
 */

static bool has_own_term(const struct assignment *a, uint32_t person)
{
    const struct part *part = &a->parts[person - 1];

    return part->state == PART_OPEN && part->to < a->to;
}

static void add_part_overdue(struct builder *b)
{
    static const struct rung after = {.kind = LADDER_REMIND};
    struct days one = {1, !b->policy->any_day};

    for (uint32_t n = 1; n < b->a->people_count; n++) {
        if (has_own_term(b->a, n)) {
            add_rung(b, &after, ladder_count(&b->days, b->a->parts[n - 1].to, one), one,
                     (struct ladder_step){.person = n});
        }
    }
}

static void add_part_reminders(struct builder *b, const struct rung *rung)
{
    if (rung->kind != LADDER_REMIND || rung->offset.count > 0) {
        return;
    }
    for (uint32_t n = 1; n < b->a->people_count; n++) {
        if (has_own_term(b->a, n)) {
            add_rung(b, rung, ladder_count(&b->days, b->a->parts[n - 1].to, rung->offset),
                     rung->offset, (struct ladder_step){.person = n});
        }
    }
}

/* --- absences -----------------------------------------------------------------------------------
 */

/* While the body is absent its deputy comes and goes too: then the line is looked at anew. */
static void add_deputy(struct builder *b, const struct absence *absence, uint32_t person,
                       int64_t begin_ms, int64_t end_ms, int depth)
{
    const struct body *deputy = world_body(b->world, bytes_of(absence->deputy));
    struct ladder_days days = {.zone = deputy != NULL ? deputy->zone : NULL};

    for (uint32_t i = 0; deputy != NULL && i < deputy->absence_count; i++) {
        const struct absence *own = &deputy->absences[i];
        int64_t ends[] = {ladder_moment(&days, own->days.from, 0),
                          ladder_moment(&days, own->days.to + 1, 0)};
        int64_t from_ms = ends[0] > begin_ms ? ends[0] : begin_ms;
        int64_t to_ms = ends[1] < end_ms ? ends[1] : end_ms;
        for (int n = 0; n < 2; n++) {
            if (ends[n] > begin_ms && ends[n] < end_ms && b->count < b->room) {
                insert(b, (struct ladder_step){
                              .at_ms = ends[n], .deed = DEED_HAND_OVER, .person = person});
            }
        }
        if (from_ms < to_ms && depth < DEPUTIES_MAX) {
            add_deputy(b, own, person, from_ms, to_ms, depth + 1);
        }
    }
}

/* Both or none: work that is handed over comes back. Civil days where the body itself is. */
static void add_absence(struct builder *b, const struct body *body, uint32_t person,
                        const struct absence *absence)
{
    struct ladder_days days = {.zone = body->zone};
    int64_t begin_ms = ladder_moment(&days, absence->days.from, 0);
    int64_t end_ms = ladder_moment(&days, absence->days.to + 1, 0);

    if (begin_ms < b->opening.at_ms) {
        begin_ms = b->opening.at_ms;
    }
    if (end_ms <= begin_ms || end_ms <= b->world->now_ms || b->count + 2 > b->room ||
        absence->days.from > b->a->to + ABSENCE_DAYS_AHEAD) {
        return;
    }
    insert(b, (struct ladder_step){.at_ms = begin_ms, .deed = DEED_HAND_OVER, .person = person});
    insert(b, (struct ladder_step){.at_ms = end_ms, .deed = DEED_HAND_BACK, .person = person});
    add_deputy(b, absence, person, begin_ms, end_ms, 1);
}

static void add_absences(struct builder *b, uint32_t person)
{
    const struct body *body = ladder_person(b->world, b->a, person);

    for (uint32_t i = 0; body != NULL && i < body->absence_count; i++) {
        add_absence(b, body, person, &body->absences[i]);
    }
}

/* Of those without whom it stands still; the others' come after what must not be left out. */
static void add_main_absences(struct builder *b)
{
    add_absences(b, 0);
    if (b->a->controller.size > 0 && assignment_find_person(b->a, b->a->controller) < 0) {
        add_absences(b, PERSON_CONTROLLER);
    }
}

/* --- all ----------------------------------------------------------------------------------------
 */

void ladder_build(const struct world *world, struct assignment *a, const struct policy *policy)
{
    struct builder b = {.world = world, .a = a, .policy = policy};

    must(a->people_count > 0 && a->from <= a->to);
    b.days = ladder_days_of(world, a->people[0]);
    begin(&b);
    add_phases(&b);
    for (uint32_t i = 0; i < policy->rung_count; i++) {
        add_first(&b, &policy->rungs[i]);
    }
    add_main_absences(&b);
    add_part_overdue(&b);
    for (uint32_t n = 1; n < a->people_count; n++) {
        add_absences(&b, n);
    }
    for (uint32_t i = 0; i < policy->rung_count; i++) {
        add_repeats(&b, &policy->rungs[i]);
    }
    for (uint32_t i = 0; i < policy->rung_count; i++) {
        add_part_reminders(&b, &policy->rungs[i]);
    }
    open(&b);
    only_grow(&b);
    a->steps = arena_alloc(world->arena, b.count * sizeof *a->steps);
    memcpy(a->steps, b.steps, b.count * sizeof *a->steps);
    a->step_count = b.count;
    a->next_step = 0;
}
