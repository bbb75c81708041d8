/* ledger_people.c - reads what the journal says of assignments with distrust
 *
 * Knows the rules of docs/states.md §3 in its own words: it does not call the functions that apply
 * or decide.
 */
#include "ledger.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static bool is_over(enum assignment_state state)
{
    return state == ASSIGNMENT_ACCEPTED || state == ASSIGNMENT_ACCEPTED_IN_PART ||
           state == ASSIGNMENT_WITHDRAWN;
}

static void come_to(struct ledger *l, struct ledger_task *task, enum assignment_state state)
{
    task->given->state = state;
    l->lived[state]++;
}

/* --- who ------------------------------------------------------------------------------------- */

static bool acts_for(const struct assignment *a, struct bytes by, struct bytes body)
{
    bool acts = bytes_equal(by, body);

    for (uint32_t i = 0; i < a->acting_count; i++) {
        acts |= bytes_equal(a->acting[i].body, body) && bytes_equal(a->acting[i].deputy, by);
    }
    return acts;
}

/* Nobody decides about their own: not itself, not for whom it acts, not who acts for it. */
static void assert_other(const struct assignment *a, const struct record *r, struct bytes own)
{
    claim(own.size == 0 || (!acts_for(a, r->text, own) && !acts_for(a, own, r->text)),
          WHERE_FORMAT ": %.*s decides about its own", WHERE(r), (int)r->text.size,
          (const char *)r->text.data);
}

/* Rare, and never many: lists are made anew. */
static void handed(struct ledger *l, struct assignment *a, const struct record *r)
{
    struct bytes body = r->index == PERSON_CONTROLLER ? a->controller : a->people[r->index];
    struct acting *acting = arena_alloc(&l->arena, (a->acting_count + 1) * sizeof *acting);
    uint32_t count = 0;

    for (uint32_t i = 0; i < a->acting_count; i++) {
        if (!bytes_equal(a->acting[i].body, body)) {
            acting[count++] = a->acting[i];
        }
    }
    if (r->text.size > 0) {
        acting[count++] =
            (struct acting){body, arena_copy(&l->arena, r->text), (civil_day)r->number};
    }
    a->acting = acting;
    a->acting_count = count;
}

static void reassigned(struct ledger *l, struct assignment *a, const struct record *r)
{
    int32_t part = assignment_find_person(a, r->text);

    claim(part != 0, WHERE_FORMAT ": to whom it has it", WHERE(r));
    claim(!bytes_equal(r->text, a->controller), WHERE_FORMAT ": to its controller", WHERE(r));
    for (uint32_t i = part > 0 ? (uint32_t)part : a->people_count; i + 1 < a->people_count; i++) {
        a->people[i] = a->people[i + 1];
        a->parts[i - 1] = a->parts[i];
    }
    a->people_count -= part > 0;
    a->people[0] = arena_copy(&l->arena, r->text);
    uint32_t count = 0;
    for (uint32_t i = 0; i < a->acting_count; i++) {
        if (bytes_equal(a->acting[i].body, a->controller) ||
            assignment_find_person(a, a->acting[i].body) >= 0) {
            a->acting[count++] = a->acting[i];
        }
    }
    a->acting_count = count;
}

/* --- time ------------------------------------------------------------------------------------ */

static void new_ladder(struct ledger *l, struct assignment *a, const struct record *r)
{
    struct cursor c = cursor_of(r->extra);

    if (r->extra.size > 0) {
        claim(ladder_decode(&l->arena, &c, &a->steps, &a->step_count), WHERE_FORMAT, WHERE(r));
        a->next_step = 0;
    }
}

/* Steps are taken one by one and never early; while the clock stands, only those of deputies and of
 * who is to decide. */
static void stepped(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;

    claim((uint32_t)r->number == a->next_step && a->next_step < a->step_count,
          WHERE_FORMAT ": step %d", WHERE(r), (int)r->number);
    const struct ladder_step *step = &a->steps[a->next_step++];
    bool steady = step->deed == DEED_HAND_OVER || step->deed == DEED_HAND_BACK ||
                  step->letter == LETTER_UNDECIDED;
    bool stands = a->state == ASSIGNMENT_REPORTED || a->state == ASSIGNMENT_PAUSED;
    claim(step->at_ms <= r->time_ms, WHERE_FORMAT ": before its time", WHERE(r));
    claim(steady || !stands, WHERE_FORMAT ": its clock stands", WHERE(r));
    if (r->other != 0 && a->state == ASSIGNMENT_PLANNED) {
        come_to(l, task, ASSIGNMENT_OPEN);
    }
}

static void moved(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;

    if (r->attempt == TERM_EXTENDED || r->attempt == TERM_MOVED) {
        assert_other(a, r, a->extension.by);
        assert_other(a, r, a->people[0]);
    }
    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        bool with_whole = a->parts[i].to == a->to;
        a->parts[i].to =
            with_whole || a->parts[i].to > r->number ? (civil_day)r->number : a->parts[i].to;
    }
    a->to = (civil_day)r->number;
    a->extension.by.size = 0;
    a->term_count++;
    if (r->index > PHASE_PLANNED && a->state == ASSIGNMENT_PLANNED) {
        come_to(l, task, ASSIGNMENT_OPEN);
    }
}

/* --- what is told ---------------------------------------------------------------------------- */

static uint64_t hash(const char *text, uint64_t h)
{
    for (; *text != '\0'; text++) {
        h = (h ^ (unsigned char)*text) * 0x100000001b3u;
    }
    return h;
}

static bool is_of_term(uint64_t letter)
{
    return letter >= LETTER_OPENED && letter <= LETTER_ESCALATED;
}

/* An own day of a part has reminders of its own, which may be so many days before as well. */
static uint32_t days_of_own(const struct assignment *a)
{
    uint32_t own = 0;

    for (uint32_t i = 0; i + 1 < a->people_count; i++) {
        own += a->parts[i].to != a->to;
    }
    return own;
}

/* Nothing is announced for what is closed; the same of one term to one body only once. */
static void noticed(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    const struct assignment *a = task->given;
    char told[512];

    claim(!is_over(a->state), WHERE_FORMAT ": announced, but it is closed", WHERE(r));
    l->letters++;
    if (!is_of_term(r->other)) {
        return;
    }
    claim(a->state == ASSIGNMENT_OPEN || a->state == ASSIGNMENT_PLANNED ||
              a->state == ASSIGNMENT_DELEGATED,
          WHERE_FORMAT ": announced, but its clock stands", WHERE(r));
    snprintf(told, sizeof told, "%llu.%u %d %d %d %d %.*s for %.*s, %u",
             (unsigned long long)r->instance, r->task, (int)r->other, (int)r->number, (int)r->index,
             (int)r->parent, (int)r->text.size, (const char *)r->text.data, (int)r->data.size,
             (const char *)r->data.data, r->other == LETTER_OPENED ? task->bodies : task->changes);
    uint64_t x = hash(told, 0xcbf29ce484222325u);
    uint64_t y = hash(told, 0x9e3779b97f4a7c15u);
    uint32_t *times = map_find(&l->notices, x, y);
    claim(times == NULL || *times <= days_of_own(a), WHERE_FORMAT ": %s was told before", WHERE(r),
          told);
    if (times == NULL) {
        times = xcalloc(1, sizeof *times);
        map_put(&l->notices, x, y, times);
    }
    (*times)++;
}

/* --- records --------------------------------------------------------------------------------- */

static void given(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct cursor c = cursor_of(r->data);

    claim(r->kind == RECORD_ASSIGNMENT_GIVEN &&
              (task->given == NULL || is_over(task->given->state)),
          WHERE_FORMAT, WHERE(r));
    task->given = assignment_decode(&l->arena, &c);
    claim(task->given != NULL, WHERE_FORMAT, WHERE(r));
    task->state = TASK_WAITING;
    come_to(l, task, ASSIGNMENT_PLANNED);
}

/* What is over in this record. One that was delegated is closed by it. */
static void ended(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;

    claim(a->child == 0, WHERE_FORMAT ": what was delegated is open", WHERE(r));
    if (r->kind == RECORD_ASSIGNMENT_WITHDRAWN) {
        come_to(l, task, ASSIGNMENT_WITHDRAWN);
    } else {
        claim(a->state == ASSIGNMENT_REPORTED, WHERE_FORMAT ": without a report", WHERE(r));
        claim((r->number != 0) == (assignment_open_parts(a) > 0), WHERE_FORMAT ": parts", WHERE(r));
        assert_other(a, r, a->reporter);
        assert_other(a, r, a->people[0]);
        come_to(l, task, r->number ? ASSIGNMENT_ACCEPTED_IN_PART : ASSIGNMENT_ACCEPTED);
    }
    if (a->parent != 0) {
        task->state = TASK_CLOSED;
    }
}

static void reported(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;

    if (r->kind == RECORD_ASSIGNMENT_PART) {
        claim(r->index > 0 && r->index < a->people_count, WHERE_FORMAT, WHERE(r));
        claim(r->other != (uint64_t)a->parts[r->index - 1].state, WHERE_FORMAT ": twice", WHERE(r));
        a->parts[r->index - 1].state = (enum part_state)r->other;
    } else if (r->kind == RECORD_ASSIGNMENT_REPORTED) {
        a->reporter = arena_copy(&l->arena, r->text);
        come_to(l, task, ASSIGNMENT_REPORTED);
    } else {
        assert_other(a, r, a->reporter);
        assert_other(a, r, a->people[0]);
        come_to(l, task, ASSIGNMENT_OPEN);
        task->changes++; /* a reminder that fell due meanwhile is not the one of before */
    }
    new_ladder(l, a, r);
}

static void stood(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;

    if (r->kind == RECORD_ASSIGNMENT_PAUSED) {
        a->pause.before = a->state;
        come_to(l, task, ASSIGNMENT_PAUSED);
    } else {
        claim(a->state == ASSIGNMENT_PAUSED, WHERE_FORMAT, WHERE(r));
        come_to(l, task, a->pause.before);
    }
    new_ladder(l, a, r);
}

static void delegated(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;
    bool gone = r->kind == RECORD_ASSIGNMENT_TAKEN_BACK;
    enum assignment_state after =
        a->pause.before == ASSIGNMENT_DELEGATED ? a->pause.before : ASSIGNMENT_OPEN;

    claim(a->child == (gone ? (uint32_t)r->number : 0), WHERE_FORMAT, WHERE(r));
    a->child = gone ? 0 : (uint32_t)r->number;
    if (!gone) {
        come_to(l, task, ASSIGNMENT_DELEGATED);
    } else if (a->state == ASSIGNMENT_DELEGATED) {
        come_to(l, task, ASSIGNMENT_OPEN); /* or planned: not told apart here */
    } else if (after == ASSIGNMENT_DELEGATED) {
        a->pause.before = ASSIGNMENT_OPEN;
    }
}

static void changed(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    struct assignment *a = task->given;

    switch (r->kind) {
    case RECORD_ASSIGNMENT_ASKED:
        claim(a->extension.by.size == 0, WHERE_FORMAT ": twice", WHERE(r));
        a->extension.by = arena_copy(&l->arena, r->text);
        return;
    case RECORD_ASSIGNMENT_REFUSED:
        assert_other(a, r, a->extension.by);
        assert_other(a, r, a->people[0]);
        a->extension.by.size = 0;
        return;
    case RECORD_ASSIGNMENT_TERM:
        moved(l, task, r);
        break;
    case RECORD_ASSIGNMENT_REASSIGNED:
        reassigned(l, a, r);
        task->bodies++;
        a->extension.by.size = 0;
        break;
    default:
        claim(r->kind == RECORD_ASSIGNMENT_LADDER, WHERE_FORMAT, WHERE(r));
    }
    task->changes++;
    new_ladder(l, a, r);
    if (r->other > PHASE_PLANNED && r->kind != RECORD_ASSIGNMENT_TERM &&
        a->state == ASSIGNMENT_PLANNED) {
        come_to(l, task, ASSIGNMENT_OPEN);
    }
}

void ledger_people(struct ledger *l, struct ledger_task *task, const struct record *r)
{
    bool first = r->kind == RECORD_ASSIGNMENT_GIVEN;
    bool word = r->kind == RECORD_ASSIGNMENT_COMMENTED; /* also on one that is over */

    claim(first || word || (task->given != NULL && !is_over(task->given->state)),
          WHERE_FORMAT ": it is closed", WHERE(r));
    switch (r->kind) {
    case RECORD_ASSIGNMENT_GIVEN:
        given(l, task, r);
        break;
    case RECORD_ASSIGNMENT_STEP:
        stepped(l, task, r);
        break;
    case RECORD_ASSIGNMENT_NOTICED:
        noticed(l, task, r);
        break;
    case RECORD_ASSIGNMENT_COMMENTED: /* a word: nothing comes of it */
        break;
    case RECORD_ASSIGNMENT_HANDED:
        handed(l, task->given, r);
        break;
    case RECORD_ASSIGNMENT_ACCEPTED:
    case RECORD_ASSIGNMENT_WITHDRAWN:
        ended(l, task, r);
        break;
    case RECORD_ASSIGNMENT_PART:
    case RECORD_ASSIGNMENT_REPORTED:
    case RECORD_ASSIGNMENT_RETURNED:
        reported(l, task, r);
        break;
    case RECORD_ASSIGNMENT_PAUSED:
    case RECORD_ASSIGNMENT_RESUMED:
        stood(l, task, r);
        break;
    case RECORD_ASSIGNMENT_DELEGATED:
    case RECORD_ASSIGNMENT_TAKEN_BACK:
        delegated(l, task, r);
        break;
    default:
        changed(l, task, r);
    }
}

void ledger_people_end(struct ledger *l, struct ledger_task *task)
{
    if (task->given != NULL && !is_over(task->given->state)) {
        come_to(l, task, ASSIGNMENT_WITHDRAWN);
    }
}
