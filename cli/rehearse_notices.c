/* rehearse_notices.c - who was written to, when, and about what
 *
 * Owns:    the reading of notices from the journal: a task of kind notice, opened.
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

/* What a row says of a notice; texts are borrowed from it. */
struct told {
    const char *to;
    const char *kind;
    const char *letter;
    const char *assignment; /* task */
    int days;
    bool working;
};

/* {"kind":"task.opened","task_kind":"notice","to":…,"input":{"kind","days","assignment":{"id"}}} */
static bool read_row(const json_t *row, struct told *ret_told)
{
    const char *kind = field_text(row, "kind");
    const char *task_kind = field_text(row, "task_kind");
    const json_t *input = json_object_get(row, "input");

    if (kind == NULL || strcmp(kind, "task.opened") != 0 || task_kind == NULL ||
        strcmp(task_kind, "notice") != 0) {
        return false;
    }
    *ret_told = (struct told){.to = field_text(row, "to"),
                              .kind = field_text(input, "kind"),
                              .letter = field_text(row, "task"),
                              .assignment = field_text(json_object_get(input, "assignment"), "id"),
                              .days = (int)field_number(input, "days")};
    return ret_told->to != NULL && ret_told->kind != NULL && ret_told->letter != NULL;
}

static struct rehearsed_notice *append(struct rehearsal *r)
{
    if (r->notice_count == r->notice_room) {
        r->notice_room = r->notice_room ? r->notice_room * 2 : 1024;
        r->notices = xrealloc(r->notices, r->notice_room * sizeof *r->notices);
    }
    return &r->notices[r->notice_count++];
}

void rehearse_notices_add(struct rehearsal *r, const json_t *row)
{
    struct told told;
    int64_t time_ms;

    if (!read_row(row, &told) || !dates_parse_moment(field_text(row, "time"), &time_ms)) {
        return;
    }
    const struct rehearsed_term *term = rehearsal_find_term(r, told.assignment);
    const struct body *body = catalog_find_body(r->catalog, told.to);
    if (body == NULL) {
        return;
    }
    struct rehearsed_notice *n = append(r);
    *n = (struct rehearsed_notice){.time_ms = time_ms,
                                   .to = xstrdup(told.to),
                                   .kind = xstrdup(told.kind),
                                   .letter = xstrdup(told.letter),
                                   .days = told.days,
                                   .working = told.working,
                                   .term = term ? (uint32_t)(term - r->terms) : TERM_NONE};
    zone_civil(body->zone, time_ms, &n->day, &n->minute);
}

void rehearsed_notice_fini(struct rehearsed_notice *n)
{
    free(n->to);
    free(n->kind);
    free(n->letter);
}

/* --- looking ------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const struct rehearsed_notice *x = a;
    const struct rehearsed_notice *y = b;

    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    int bodies = strcmp(x->to, y->to);
    int kinds = bodies != 0 ? bodies : strcmp(x->kind, y->kind);
    if (kinds != 0) {
        return kinds;
    }
    return x->time_ms != y->time_ms ? (x->time_ms < y->time_ms ? -1 : 1)
                                    : (x->term > y->term) - (x->term < y->term);
}

void rehearse_notices_sort(struct rehearsal *r)
{
    if (r->notice_count > 0) {
        qsort(r->notices, r->notice_count, sizeof *r->notices, compare);
    }
}

uint32_t rehearse_notices_group(const struct rehearsal *r, uint32_t first)
{
    uint32_t next = first;

    while (next < r->notice_count && r->notices[next].day == r->notices[first].day &&
           strcmp(r->notices[next].to, r->notices[first].to) == 0) {
        next++;
    }
    return next - first;
}

/* Letters are to one body on one day: only notices of the same group can share one. */
uint32_t rehearse_notices_letters(const struct rehearsed_notice *notices, uint32_t count)
{
    uint32_t letters = 0;

    for (uint32_t i = 0; i < count; i++) {
        bool first = true;
        for (uint32_t j = i; first && j-- > 0 && notices[j].day == notices[i].day &&
                             strcmp(notices[j].to, notices[i].to) == 0;) {
            first = strcmp(notices[j].letter, notices[i].letter) != 0;
        }
        letters += first ? 1 : 0;
    }
    return letters;
}
