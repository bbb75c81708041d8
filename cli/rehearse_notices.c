/* rehearse_notices.c - who was written to, when, and about what
 *
 * Owns:    the reading of letters from the journal: what was told to whom, and when the letter left
 *          that tells it.
 * In:      rows of JOURNAL.
 * Out:     the notices of a rehearsal.
 * See:     docs/protocol.md §3.6, docs/letters.md §1
 */
#include "cli/rehearse_notices.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"

#include <stdlib.h>
#include <string.h>

static bool is_kind(const json_t *row, const char *field, const char *kind)
{
    const char *text = field_text(row, field);

    return text != NULL && strcmp(text, kind) == 0;
}

static void set_time(const struct rehearsal *r, struct rehearsed_notice *n, int64_t time_ms)
{
    const struct body *body = catalog_find_body(r->catalog, n->to);

    n->time_ms = time_ms;
    if (body != NULL) {
        zone_civil(body->zone, time_ms, &n->day, &n->minute);
    }
}

static struct rehearsed_notice *append(struct rehearsal *r)
{
    if (r->notice_count == r->notice_room) {
        r->notice_room = r->notice_room ? r->notice_room * 2 : 1024;
        r->notices = xrealloc(r->notices, r->notice_room * sizeof *r->notices);
    }
    return &r->notices[r->notice_count++];
}

/* "assignment.noticed": *letter* is missing when the notice is a letter of its own. */
static void add_notice(struct rehearsal *r, const json_t *row, int64_t time_ms)
{
    const char *to = field_text(json_object_get(row, "to"), "id");
    const char *kind = field_text(row, "notice");
    const char *for_whom = field_text(json_object_get(row, "for"), "id");
    const struct rehearsed_term *term = rehearsal_find_term(r, field_text(row, "task"));
    int64_t letter = (int64_t)field_number(row, "letter");

    if (to == NULL || kind == NULL || catalog_find_body(r->catalog, to) == NULL) {
        return;
    }
    struct rehearsed_notice *n = append(r);
    *n = (struct rehearsed_notice){.to = xstrdup(to),
                                   .for_whom = for_whom != NULL ? xstrdup(for_whom) : NULL,
                                   .kind = xstrdup(kind),
                                   .letter = letter != 0 ? letter : -field_number(row, "seq"),
                                   .days = (int)field_number(row, "days"),
                                   .working = json_is_true(json_object_get(row, "working")),
                                   .plan = term ? term->plan : PLAN_NONE,
                                   .term = term ? (uint32_t)(term - r->terms) : TERM_NONE};
    set_time(r, n, time_ms);
}

/* The letter of a day leaves at its hour, with all that was gathered for it until then. */
static void let_leave(struct rehearsal *r, int64_t letter, int64_t time_ms)
{
    for (uint32_t i = 0; i < r->notice_count; i++) {
        if (r->notices[i].letter == letter) {
            set_time(r, &r->notices[i], time_ms);
        }
    }
}

void rehearse_notices_add(struct rehearsal *r, const json_t *row)
{
    int64_t time_ms;

    if (!dates_parse_moment(field_text(row, "time"), &time_ms)) {
        return;
    }
    if (is_kind(row, "kind", "assignment.noticed")) {
        add_notice(r, row, time_ms);
    } else if (is_kind(row, "kind", "task.opened") && is_kind(row, "task_kind", "notice")) {
        let_leave(r, (int64_t)field_number(row, "instance"), time_ms);
    }
}

void rehearsed_notice_fini(struct rehearsed_notice *n)
{
    free(n->to);
    free(n->for_whom);
    free(n->kind);
}

/* --- looking ------------------------------------------------------------------------------- */

bool rehearsed_notice_counts(const struct rehearsed_notice *n)
{
    static const char *const kinds[] = {"reminder", "overdue", "escalated"};
    bool counts = false;

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !counts; i++) {
        counts = strcmp(kinds[i], n->kind) == 0;
    }
    return counts;
}

/* As what is told follows upon each other in the life of a term. */
static int rank_of(const char *kind)
{
    static const char *const kinds[] = {"opened", "reminder", "today", "overdue", "escalated"};
    int count = (int)(sizeof kinds / sizeof *kinds);

    for (int i = 0; i < count; i++) {
        if (strcmp(kinds[i], kind) == 0) {
            return i;
        }
    }
    return count;
}

static int compare_numbers(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int compare_texts(const char *a, const char *b)
{
    return a == NULL || b == NULL ? (a != NULL) - (b != NULL) : strcmp(a, b);
}

/* What is told for the same reason stands side by side. */
static int compare_reasons(const struct rehearsed_notice *x, const struct rehearsed_notice *y)
{
    int order = compare_numbers(rank_of(x->kind), rank_of(y->kind));

    order = order != 0 ? order : strcmp(x->kind, y->kind);
    order = order != 0 ? order : compare_texts(x->for_whom, y->for_whom);
    if (order == 0 && rehearsed_notice_counts(x)) {
        order = compare_numbers(x->working, y->working);
        order = order != 0 ? order : compare_numbers(y->days, x->days); /* the nearest first */
    }
    order = order != 0 ? order : compare_numbers(x->plan, y->plan);
    return order != 0 ? order : compare_numbers(x->term, y->term);
}

static int compare(const void *a, const void *b)
{
    const struct rehearsed_notice *x = a;
    const struct rehearsed_notice *y = b;
    int order = compare_numbers(x->day, y->day);

    order = order != 0 ? order : compare_numbers(x->minute, y->minute);
    order = order != 0 ? order : strcmp(x->to, y->to);
    order = order != 0 ? order : compare_reasons(x, y);
    order = order != 0 ? order : compare_numbers(x->time_ms, y->time_ms);
    return order != 0 ? order : compare_numbers(x->letter, y->letter);
}

void rehearse_notices_sort(struct rehearsal *r)
{
    if (r->notice_count > 0) {
        qsort(r->notices, r->notice_count, sizeof *r->notices, compare);
    }
}

uint32_t rehearse_notices_group(const struct rehearsal *r, uint32_t first)
{
    const struct rehearsed_notice *n = &r->notices[first];
    uint32_t next = first;

    while (next < r->notice_count && r->notices[next].day == n->day &&
           r->notices[next].minute == n->minute && strcmp(r->notices[next].to, n->to) == 0) {
        next++;
    }
    return next - first;
}

uint32_t rehearse_notices_letters(const struct rehearsed_notice *notices, uint32_t count)
{
    uint32_t letters = 0;

    for (uint32_t i = 0; i < count; i++) {
        uint32_t j = 0;
        while (notices[j].letter != notices[i].letter) {
            j++;
        }
        letters += j == i ? 1 : 0;
    }
    return letters;
}
