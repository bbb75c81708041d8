/* rehearse_html_letters.c - the letters of a rehearsal, on paper
 *
 * Owns:    the table of recipients, and the list of every letter by day, hour and recipient.
 * Always:  the list is in columns: a year of letters is a few sheets.
 */
#include "base/must.h"
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

/* --- how many each gets -------------------------------------------------------------------- */

static const char *const kinds[] = {"opened", "reminder", "today", "overdue", "escalated"};
#define KINDS (sizeof kinds / sizeof *kinds)

struct recipient {
    const char *id;
    uint32_t letters;
    uint32_t of[KINDS + 1]; /* the last: all others */
};

struct recipients {
    struct recipient *items;
    size_t count;
};

static struct recipient *find_recipient(struct recipients *list, const char *id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->items[i].id, id) == 0) {
            return &list->items[i];
        }
    }
    list->items = xrealloc(list->items, (list->count + 1) * sizeof *list->items);
    list->items[list->count] = (struct recipient){.id = id};
    return &list->items[list->count++];
}

static void count_letters(const struct rehearsal *r, struct recipients *list)
{
    uint32_t size;

    for (uint32_t i = 0; i < r->notice_count; i += size) {
        size = rehearse_notices_group(r, i);
        if (!rehearsal_tells(r, r->notices[i].day)) {
            continue;
        }
        struct recipient *to = find_recipient(list, r->notices[i].to);
        to->letters += rehearse_notices_letters(&r->notices[i], size);
        for (uint32_t j = i; j < i + size; j++) {
            size_t kind = 0;
            while (kind < KINDS && strcmp(kinds[kind], r->notices[j].kind) != 0) {
                kind++;
            }
            to->of[kind]++;
        }
    }
}

static int compare(const void *a, const void *b)
{
    const struct recipient *x = a;
    const struct recipient *y = b;

    return x->letters != y->letters ? (x->letters > y->letters ? -1 : 1) : strcmp(x->id, y->id);
}

static void put_number(struct buffer *out, uint32_t number)
{
    if (number > 0) {
        text_put(out, "<td>%u</td>", number);
    } else {
        buffer_text(out, "<td class=\"none\">–</td>");
    }
}

static void put_letters_heading(struct buffer *out)
{
    buffer_text(out, "<section class=\"letters\">\n");
    html_owned(out, "<h2>", xstrdup(_("Letters by recipient")), "</h2>\n");
    html_owned(out, "<p>",
               xstrdup(_("How many letters each gets, and how many notices are in them")),
               ".</p>\n<table>\n<thead><tr>");
    html_owned(out, "<th>", xstrdup(_("Recipient")), "</th>");
    html_owned(out, "<th>", xstrdup(_("Letters")), "</th>");
    for (size_t i = 0; i < KINDS; i++) {
        html_owned(out, "<th>", xstrdup(word_letter(kinds[i])), "</th>");
    }
    html_owned(out, "<th>", xstrdup(_("other")), "</th></tr></thead>\n<tbody>\n");
}

static void put_recipients(const struct rehearsal *r, struct buffer *out)
{
    struct recipients list = {0};

    count_letters(r, &list);
    qsort(list.items, list.count, sizeof *list.items, compare);
    put_letters_heading(out);
    for (size_t i = 0; i < list.count; i++) {
        const struct body *body = catalog_find_body(r->catalog, list.items[i].id);
        html_owned(out, "<tr><td>", xstrdup(body != NULL ? body->name : list.items[i].id), "</td>");
        put_number(out, list.items[i].letters);
        for (size_t kind = 0; kind <= KINDS; kind++) {
            put_number(out, list.items[i].of[kind]);
        }
        buffer_text(out, "</tr>\n");
    }
    buffer_text(out, "</tbody></table>\n</section>\n");
    free(list.items);
}

/* --- every one ----------------------------------------------------------------------------- */

static void put_month(struct buffer *out, civil_day day)
{
    struct civil c = civil_of_day(day);

    html_owned(out, "<h3>", rehearse_month(c.year, c.month), "</h3>\n");
}

static void put_day(struct buffer *out, civil_day day)
{
    char text[DATES_TEXT_MAX];

    dates_day(day, text);
    html_owned(out, "<h4>", xstrdup(text), ", ");
    html_text(out, rehearse_weekday_long(civil_weekday(day)));
    buffer_text(out, "</h4>\n<ul>\n");
}

static void put_letter(const struct rehearsal *r, const struct rehearsed_notice *n, uint32_t size,
                       struct buffer *out)
{
    text_put(out, "<li><span class=\"when\">%02d:%02d</span> ", n->minute / 60, n->minute % 60);
    html_owned(out, "<b>", rehearse_recipient(r, n, size), "</b> ");
    html_owned(out, "— ", rehearse_about(r, n, size), "</li>\n");
}

static void put_days(const struct rehearsal *r, struct buffer *out)
{
    civil_day before = CIVIL_DAY_NONE;
    uint32_t size;

    for (uint32_t i = 0; i < r->notice_count; i += size) {
        const struct rehearsed_notice *n = &r->notices[i];
        size = rehearse_notices_group(r, i);
        if (!rehearsal_tells(r, n->day)) {
            continue;
        }
        if (n->day != before) {
            buffer_text(out, before != CIVIL_DAY_NONE ? "</ul>\n" : "");
            if (before == CIVIL_DAY_NONE ||
                civil_of_day(before).month != civil_of_day(n->day).month ||
                civil_of_day(before).year != civil_of_day(n->day).year) {
                put_month(out, n->day);
            }
            put_day(out, n->day);
        }
        before = n->day;
        put_letter(r, n, size, out);
    }
    buffer_text(out, before != CIVIL_DAY_NONE ? "</ul>\n" : "");
}

void html_letters(const struct rehearsal *r, struct buffer *out)
{
    if (rehearsal_count(r).letters == 0) {
        return;
    }
    put_recipients(r, out);
    buffer_text(out, "<section class=\"days\">\n");
    html_owned(out, "<h2>", xstrdup(_("All letters by day")), "</h2>\n");
    put_days(r, out);
    buffer_text(out, "</section>\n");
}
