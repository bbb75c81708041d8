/* expected.c - the ladder of an occurrence, and who is told because of it */
#include "tests/simulation/expected.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS_MAX 64

/* --- lists --------------------------------------------------------------------------------- */

void letters_add(struct letters *list, const char *kind, int days, bool working, uint64_t instance,
                 const char *to, civil_day day)
{
    char text[256];
    char date[CIVIL_TEXT_MAX];

    civil_print(day, date);
    snprintf(text, sizeof text, "%s %s %d%s %llu.1 %s", date, kind, days, working ? "w" : "",
             (unsigned long long)instance, to);
    if ((list->count & (list->count - 1)) == 0) {
        size_t room = list->count ? list->count * 2 : 1;
        list->texts = xrealloc(list->texts, room * sizeof *list->texts);
    }
    list->texts[list->count++] = xstrdup(text);
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

void letters_sort(struct letters *list)
{
    qsort(list->texts, list->count, sizeof *list->texts, compare);
}

void letters_fini(struct letters *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->texts[i]);
    }
    free(list->texts);
}

/* --- the ladder ---------------------------------------------------------------------------- */

/* A step of the ladder, worked out from the policy and the calendar. */
struct rung_step {
    civil_day day; /* of its letter, at LETTER_AT */
    enum letter letter;
    int offset;
    bool working;
    uint32_t levels;
};

struct expected_ladder {
    struct rung_step steps[STEPS_MAX];
    size_t count;
};

/* In time order; of equal days in the order of the policy. */
static void add_step(struct expected_ladder *l, struct rung_step step)
{
    size_t at = l->count;

    for (size_t i = 0; i < l->count; i++) {
        const struct rung_step *other = &l->steps[i];
        if (other->day == step.day && other->letter == step.letter &&
            other->levels == step.levels) {
            return;
        }
    }
    cr_assert_lt(l->count, STEPS_MAX);
    while (at > 0 && l->steps[at - 1].day > step.day) {
        l->steps[at] = l->steps[at - 1];
        at--;
    }
    l->steps[at] = step;
    l->count++;
}

static void add_rung(struct expected_ladder *l, const struct rung *r, civil_day day, civil_day to,
                     int offset)
{
    struct rung_step step = {.offset = offset, .working = r->offset.working, .levels = r->levels};

    step.day = workdays_shift(conduct_workdays(), day, day > to ? SHIFT_NEXT : SHIFT_PREVIOUS);
    step.letter = r->kind == LADDER_ESCALATE ? LETTER_ESCALATED
                  : day > to                 ? LETTER_OVERDUE
                  : step.day == to           ? LETTER_TODAY
                                             : LETTER_REMINDER;
    if (step.day > l->steps[0].day) {
        add_step(l, step);
    }
}

static civil_day after(civil_day day, struct days days)
{
    return days.working ? workdays_add(conduct_workdays(), day, days.count) : day + days.count;
}

/* The first working day of what is left; when there is none, the last before the window. */
static civil_day opening_day(const struct conduct *c, civil_day given)
{
    civil_day first = c->opens > given ? c->opens : given;
    civil_day day = workdays_shift(conduct_workdays(), first, SHIFT_NEXT);

    return day <= conduct_due_day(c) ? day
                                     : workdays_shift(conduct_workdays(), c->opens, SHIFT_PREVIOUS);
}

static void expect_ladder(const struct conduct *c, const struct policy *p, civil_day given,
                          struct expected_ladder *ret_ladder)
{
    civil_day to = conduct_due_day(c);

    ret_ladder->count = 0;
    add_step(ret_ladder, (struct rung_step){.day = opening_day(c, given),
                                            .letter = LETTER_OPENED,
                                            .offset = c->opens - to});
    for (uint32_t i = 0; i < p->rung_count; i++) {
        const struct rung *r = &p->rungs[i];
        add_rung(ret_ladder, r, after(to, r->offset), to, r->offset.count);
    }
    for (uint32_t i = 0; i < p->rung_count; i++) {
        const struct rung *r = &p->rungs[i];
        civil_day day = after(to, r->offset);
        int offset = r->offset.count;
        while (r->every.count > 0 && (day = after(day, r->every)) <= after(to, r->until)) {
            offset += r->every.count;
            add_rung(ret_ladder, r, day, to, offset);
        }
    }
}

static struct letters *into; /* the list of this call */

static void expect(const struct conduct *c, enum letter letter, const struct rung_step *step,
                   const char *to, civil_day day)
{
    letters_add(into, letter_name(letter), step != NULL ? step->offset : 0,
                step != NULL && step->working, c->instance, to, day);
}

static const char *above(const struct conduct *c, uint32_t levels)
{
    const struct body *body = catalog_find_body(stage.catalog, c->item->responsible[0]);

    for (uint32_t i = 0; i < levels && body != NULL; i++) {
        body = body->parent ? catalog_find_body(stage.catalog, body->parent) : NULL;
    }
    return levels == 0 || body == NULL ? conduct_roadmap()->controller : body->id;
}

/* answered: the report covered all parts, so only the responsible body has something to do. */
static void expect_to_people(const struct conduct *c, const struct rung_step *step, bool answered,
                             civil_day day)
{
    for (uint32_t i = 0; i < c->item->responsible_count; i++) {
        if (i == 0 || !answered || step->letter == LETTER_OPENED) {
            enum letter letter = step->letter;
            expect(c, letter, step, c->item->responsible[i], day);
        }
    }
}

/* The steps that fall due after one day up to another, as what is told because of them. */
static void expect_steps(const struct conduct *c, const struct expected_ladder *l, civil_day from,
                         civil_day upto, bool answered, civil_day day)
{
    const struct rung_step *to_people = NULL;

    for (size_t i = 0; i < l->count; i++) {
        const struct rung_step *step = &l->steps[i];
        bool due = step->day > from && step->day <= upto;
        if (due && step->letter != LETTER_ESCALATED) {
            bool opened = to_people != NULL && to_people->letter == LETTER_OPENED;
            to_people = opened ? to_people : step;
        }
        bool told_later = false;
        for (size_t j = i + 1; j < l->count; j++) {
            const struct rung_step *other = &l->steps[j];
            told_later =
                told_later || (other->day <= upto && other->letter == LETTER_ESCALATED &&
                               strcmp(above(c, other->levels), above(c, step->levels)) == 0);
        }
        if (due && step->letter == LETTER_ESCALATED && !told_later) {
            expect(c, LETTER_ESCALATED, step, above(c, step->levels), day);
        }
    }
    if (to_people != NULL) {
        expect_to_people(c, to_people, answered, day);
    }
}

static void expect_days(const struct conduct *c, const struct expected_ladder *l, civil_day from,
                        civil_day last, bool answered)
{
    for (civil_day day = from; day <= last; day++) {
        expect_steps(c, l, day - 1, day, answered, day);
    }
}

/* A report tells the controller, and so does the time that it waits. */
static void expect_report(const struct conduct *c, const struct policy *p, civil_day reported,
                          civil_day decided)
{
    struct rung_step wait = {.offset = p->decide_within.count, .working = p->decide_within.working};
    const char *controller = conduct_roadmap()->controller;

    expect(c, LETTER_REPORTED, NULL, controller, reported);
    wait.day = workdays_shift(conduct_workdays(), after(reported, p->decide_within), SHIFT_NEXT);
    if (wait.day <= decided) {
        expect(c, LETTER_UNDECIDED, &wait, controller, wait.day);
    }
}

/* All who had to do it hear that it is accepted. */
static void expect_acceptance(const struct conduct *c, civil_day end)
{
    for (uint32_t i = 0; c->accepted <= end && i < c->item->responsible_count; i++) {
        expect(c, LETTER_ACCEPTED, NULL, c->item->responsible[i], c->accepted);
    }
}

void expected_letters(const struct conduct *c, const struct policy *p, civil_day given,
                      civil_day end, struct letters *list)
{
    struct expected_ladder l;

    into = list;
    expect_ladder(c, p, given, &l);
    expect_days(c, &l, given, c->report == NEVER ? end : c->report, false);
    if (c->report != NEVER) {
        expect_report(c, p, c->report, c->returned == NEVER ? c->accepted : c->returned);
        expect_acceptance(c, end);
    }
    if (c->returned == NEVER) {
        return;
    }
    for (uint32_t i = 0; i < c->item->responsible_count; i++) {
        expect(c, LETTER_RETURNED, NULL, c->item->responsible[i], c->returned);
    }
    expect_steps(c, &l, c->report, c->returned, true, c->returned);
    expect_days(c, &l, c->returned + 1, c->again, true);
    expect_report(c, p, c->again, c->accepted);
}
