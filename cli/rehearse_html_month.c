/* rehearse_html_month.c - a month of the printed calendar
 *
 * Owns:    the grid of weeks, what stands in a day, and the list of titles below.
 * Always:  a day names bodies and numbers only, so that the fullest day still fits a sheet.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_html.h"
#include "cli/rehearse_notices.h"
#include "cli/rehearse_term.h"
#include "cli/rehearse_words.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

#define TITLE_COLUMNS 130 /* two lines of a column of the list */

struct month {
    const struct rehearsal *rehearsal;
    civil_day first;
    civil_day last;
    struct buffer *out;
};

static bool is_told(const struct month *m, civil_day day)
{
    return day >= m->first && day <= m->last && rehearsal_tells(m->rehearsal, day);
}

/* --- a day --------------------------------------------------------------------------------- */

/* Is the day, or this body on it, among what is too much at once? */
static bool is_overloaded(const struct month *m, civil_day day, const char *body)
{
    const json_t *finding;
    char text[CIVIL_TEXT_MAX];
    size_t i;

    civil_print(day, text);
    json_array_foreach(m->rehearsal->findings, i, finding)
    {
        const char *from = field_text(finding, "from");
        const char *to = field_text(finding, "to");
        if (strcmp(field_text(finding, "kind"), "overload") == 0 && strcmp(from, text) == 0 &&
            strcmp(to, text) == 0 &&
            (body == NULL || strcmp(field_text(finding, "body"), body) == 0)) {
            return true;
        }
    }
    return false;
}

static uint32_t letters_of(const struct rehearsal *r, civil_day day)
{
    uint32_t letters = 0;
    uint32_t size;

    for (uint32_t i = 0; i < r->notice_count; i += size) {
        size = rehearse_notices_group(r, i);
        if (r->notices[i].day == day) {
            letters += rehearse_notices_letters(&r->notices[i], size);
        }
    }
    return letters;
}

static bool same_body(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Has a term before this one, on the same day, the same body? */
static bool told_before(const struct rehearsal *r, uint32_t at)
{
    const struct rehearsed_term *t = &r->terms[r->by_day[at]];

    while (at-- > 0 && r->terms[r->by_day[at]].to == t->to) {
        if (same_body(term_responsible(&r->terms[r->by_day[at]]), term_responsible(t))) {
            return true;
        }
    }
    return false;
}

/* <li><b>КОПО ЛО</b> 1.4, 2.1</li>: all that this body has on the day of the term at `at`. */
static void put_body(const struct month *m, uint32_t at)
{
    const struct rehearsal *r = m->rehearsal;
    const struct rehearsed_term *first = &r->terms[r->by_day[at]];
    const char *body = term_responsible(first);
    const char *comma = "";

    buffer_text(m->out, body != NULL && is_overloaded(m, first->to, body) ? "<li class=\"over\"><b>"
                                                                          : "<li><b>");
    html_text(m->out, rehearsal_body(r, body));
    buffer_text(m->out, "</b> ");
    for (; at < r->term_count && r->terms[r->by_day[at]].to == first->to; at++) {
        const struct rehearsed_term *t = &r->terms[r->by_day[at]];
        if (same_body(term_responsible(t), body)) {
            buffer_text(m->out, comma);
            html_text(m->out, term_no(t));
            comma = ", ";
        }
    }
    buffer_text(m->out, "</li>");
}

static const char *class_of(const struct month *m, civil_day day)
{
    enum day_kind kind = workdays_kind(catalog_workdays(m->rehearsal->catalog, NULL), day);
    bool over = is_overloaded(m, day, NULL);

    if (day < m->first || day > m->last) {
        return "beside";
    }
    if (kind == DAY_HOLIDAY) {
        return over ? "holiday over" : "holiday";
    }
    if (kind == DAY_WEEKEND || kind == DAY_OFF) {
        return over ? "off over" : "off";
    }
    return over ? "over" : kind == DAY_SHORT ? "short" : "";
}

static void put_day(const struct month *m, civil_day day)
{
    const struct rehearsal *r = m->rehearsal;
    uint32_t letters = is_told(m, day) ? letters_of(r, day) : 0;

    text_put(m->out, "<td class=\"%s\">", class_of(m, day));
    if (day < m->first || day > m->last) {
        buffer_text(m->out, "</td>");
        return;
    }
    text_put(m->out, "<div><span class=\"day\">%d</span>", civil_of_day(day).day);
    if (letters > 0) {
        text_put(m->out, "<span class=\"mail\">✉ %u</span>", letters);
    }
    buffer_text(m->out, "</div><ul>");
    for (uint32_t i = 0; i < r->term_count; i++) {
        if (r->terms[r->by_day[i]].to == day && is_told(m, day) && !told_before(r, i)) {
            put_body(m, i);
        }
    }
    buffer_text(m->out, "</ul></td>");
}

/* --- the grid ------------------------------------------------------------------------------ */

static void put_grid(const struct month *m)
{
    civil_day day = m->first - (civil_weekday(m->first) - 1);

    buffer_text(m->out, "<table class=\"grid\"><thead><tr>");
    for (int i = 1; i <= 7; i++) {
        buffer_text(m->out, "<th>");
        html_text(m->out, rehearse_weekday_long(i));
        buffer_text(m->out, "</th>");
    }
    buffer_text(m->out, "</tr></thead>\n<tbody>\n");
    while (day <= m->last) {
        buffer_text(m->out, "<tr>");
        for (int i = 0; i < 7; i++) {
            put_day(m, day++);
        }
        buffer_text(m->out, "</tr>\n");
    }
    buffer_text(m->out, "</tbody></table>\n");
}

/* --- titles -------------------------------------------------------------------------------- */

static void put_title(const struct month *m, const struct rehearsed_term *t)
{
    char *item = rehearse_item(m->rehearsal, t);
    char *title = text_title(term_title(t));
    char *fitted = text_fit(title, TITLE_COLUMNS);

    text_put(m->out, "<li><span class=\"when\">%d</span> <b>", civil_of_day(t->to).day);
    html_text(m->out, item);
    buffer_text(m->out, "</b> ");
    html_text(m->out, fitted);
    buffer_text(m->out, " <i>");
    html_text(m->out, rehearsal_body(m->rehearsal, term_responsible(t)));
    buffer_text(m->out, "</i></li>\n");
    free(fitted);
    free(title);
    free(item);
}

static void put_titles(const struct month *m)
{
    bool any = false;

    for (uint32_t i = 0; i < m->rehearsal->term_count; i++) {
        const struct rehearsed_term *t = &m->rehearsal->terms[m->rehearsal->by_day[i]];
        if (is_told(m, t->to)) {
            buffer_text(m->out, any ? "" : "<ul class=\"titles\">\n");
            put_title(m, t);
            any = true;
        }
    }
    buffer_text(m->out, any ? "</ul>\n" : "");
}

bool html_month(const struct rehearsal *r, int year, int month, struct buffer *out)
{
    struct civil next =
        month == 12 ? (struct civil){year + 1, 1, 1} : (struct civil){year, month + 1, 1};
    struct month m = {.rehearsal = r,
                      .first = civil_to_day((struct civil){year, month, 1}),
                      .last = civil_to_day(next) - 1,
                      .out = out};
    if (!rehearsal_has(r, m.first, m.last)) {
        return false;
    }
    char *name = rehearse_month(year, month);
    buffer_text(out, "<section class=\"month\">\n<h2>");
    html_text(out, name);
    buffer_text(out, "</h2>\n");
    put_grid(&m);
    put_titles(&m);
    buffer_text(out, "</section>\n");
    free(name);
    return true;
}
