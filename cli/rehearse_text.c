/* rehearse_text.c - a rehearsal for people at a terminal
 *
 * Owns:    the tables of a month, and the summary.
 * Out:     text; nothing is cut in files and pipes.
 */
#include "base/must.h"
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_notices.h"
#include "cli/rehearse_show.h"
#include "cli/rehearse_term.h"
#include "cli/rehearse_words.h"
#include "cli/table.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* "09.01.2023 пн" */
static void print_day(civil_day day, char buf[DATES_TEXT_MAX + 16])
{
    char text[DATES_TEXT_MAX];

    dates_short(day, text);
    snprintf(buf, DATES_TEXT_MAX + 16, "%s %s", text, rehearse_weekday(civil_weekday(day)));
}

static void print_heading(const char *text, const struct output *output)
{
    fprintf(output->file, "\n%s%s%s\n", output_style(output, STYLE_BOLD), text,
            output_plain(output));
}

/* --- terms of a month ---------------------------------------------------------------------- */

static void add_term(struct table *table, const struct rehearsal *r, const struct rehearsed_term *t)
{
    char day[DATES_TEXT_MAX + 16];
    char *item = rehearse_item(r, t);
    char *title = text_title(term_title(t));

    print_day(t->to, day);
    table_add(table,
              (const char *const[]){day, item, rehearsal_body(r, term_responsible(t)), title});
    free(title);
    free(item);
}

static void print_terms(const struct rehearsal *r, civil_day first, civil_day last,
                        const struct output *output)
{
    const struct column columns[] = {{.heading = _("Due")},
                                     {.heading = _("Item")},
                                     {.heading = _("Responsible")},
                                     {.heading = _("Title"), .flexible = true}};
    struct table *table = table_create(columns, 4);

    for (uint32_t i = 0; i < r->term_count; i++) {
        const struct rehearsed_term *t = &r->terms[r->by_day[i]];
        if (t->to >= first && t->to <= last && rehearsal_tells(r, t->to)) {
            add_term(table, r, t);
        }
    }
    if (table_rows(table) > 0) {
        table_print(table, output);
    }
    table_destroy(table);
}

/* --- letters of a month -------------------------------------------------------------------- */

static void print_letters(const struct rehearsal *r, civil_day first, civil_day last,
                          const struct output *output)
{
    const struct column columns[] = {{.heading = _("Letters")},
                                     {.heading = _("At")},
                                     {.heading = _("To")},
                                     {.heading = _("About"), .flexible = true}};
    struct table *table = table_create(columns, 4);
    uint32_t size;

    for (uint32_t i = 0; i < r->notice_count; i += size) {
        const struct rehearsed_notice *n = &r->notices[i];
        size = rehearse_notices_group(r, i);
        if (n->day < first || n->day > last || !rehearsal_tells(r, n->day)) {
            continue;
        }
        char day[DATES_TEXT_MAX + 16];
        char at[16];
        char *to = rehearse_recipient(r, n, size);
        char *about = rehearse_about(r, n, size);
        print_day(n->day, day);
        snprintf(at, sizeof at, "%02d:%02d", n->minute / 60, n->minute % 60);
        table_add(table, (const char *const[]){day, at, to, about});
        free(about);
        free(to);
    }
    if (table_rows(table) > 0) {
        table_print(table, output);
    }
    table_destroy(table);
}

/* --- months -------------------------------------------------------------------------------- */

static void print_months(const struct rehearsal *r, const struct output *output)
{
    struct civil c = civil_of_day(r->first);
    civil_day first = civil_to_day((struct civil){c.year, c.month, 1});

    while (first <= r->last) {
        c = civil_of_day(first);
        civil_day next = civil_to_day(c.month == 12 ? (struct civil){c.year + 1, 1, 1}
                                                    : (struct civil){c.year, c.month + 1, 1});
        if (rehearsal_has(r, first, next - 1)) {
            char *month = rehearse_month(c.year, c.month);
            print_heading(month, output);
            free(month);
            print_terms(r, first, next - 1, output);
            print_letters(r, first, next - 1, output);
        }
        first = next;
    }
}

/* --- findings ------------------------------------------------------------------------------ */

static void print_finding(const struct rehearsal *r, const json_t *finding,
                          const struct output *output)
{
    size_t columns = output_columns(output);
    char *sentence = rehearse_finding_sentence(r, finding);
    char *wrapped = text_wrap(sentence, columns > 4 ? columns - 4 : 0);

    fputs("  - ", output->file);
    for (const char *c = wrapped; *c != '\0'; c++) {
        fputc(*c, output->file);
        if (*c == '\n') {
            fputs("    ", output->file);
        }
    }
    fputc('\n', output->file);
    free(wrapped);
    free(sentence);
}

static void print_findings(const struct rehearsal *r, const struct output *output)
{
    const char *before = "";
    const json_t *finding;
    size_t i;

    if (json_array_size(r->findings) == 0) {
        fprintf(output->file, "\n%s\n", _("There is nothing to look at."));
        return;
    }
    print_heading(_("What to look at"), output);
    json_array_foreach(r->findings, i, finding)
    {
        const char *kind = field_text(finding, "kind");
        if (strcmp(kind, before) != 0) {
            char *heading = rehearse_finding_heading(r, kind);
            fprintf(output->file, "%s:\n", heading != NULL ? heading : kind);
            free(heading);
        }
        before = kind;
        print_finding(r, finding, output);
    }
}

/* --- the whole ----------------------------------------------------------------------------- */

static void print_plans(const struct rehearsal *r, const struct output *output)
{
    for (uint32_t i = 0; i < r->plan_count; i++) {
        const struct definition *d = r->plans[i].definition;
        char *title = text_title(d->title);
        char *span = rehearse_span(d->roadmap.period.from, d->roadmap.period.to);
        fprintf(output->file, _("Rehearsal: %s, %s: %s\n"), d->name, span, title);
        free(span);
        free(title);
    }
    char *people = rehearse_people_sentence(r);
    fprintf(output->file, "%s.\n", people);
    free(people);
}

static void print_totals(const struct rehearsal *r, const struct output *output)
{
    struct rehearsal_totals t = rehearsal_count(r);

    fprintf(output->file, ngettext("%u term", "%u terms", t.terms), t.terms);
    fputs(", ", output->file);
    fprintf(output->file, ngettext("%u letter", "%u letters", t.letters), t.letters);
    fputs(", ", output->file);
    fprintf(output->file, ngettext("%u notice in them", "%u notices in them", t.notices),
            t.notices);
    fputs(".\n", output->file);
    if (rehearsal_is_limited(r)) {
        char *outside = rehearse_outside_sentence(r);
        fprintf(output->file, "%s.\n", outside);
        free(outside);
    }
}

void rehearse_text_print(const struct rehearsal *r, bool brief, const struct output *output)
{
    print_plans(r, output);
    print_totals(r, output);
    if (!brief) {
        print_months(r, output);
    }
    print_findings(r, output);
}
