/* rehearse_html.c - a rehearsal as a page to print: a calendar, and what to look at
 *
 * Owns:    the frame of the page, its heading, the findings.
 * Out:     one HTML file without scripts and without anything from elsewhere.
 * Always:  all text is escaped.
 */
#include "cli/rehearse_html.h"

#include "base/must.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_show.h"
#include "cli/rehearse_words.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

void html_text(struct buffer *out, const char *text)
{
    char *harmless = text_harmless(text, strlen(text));

    for (const char *c = harmless; *c != '\0'; c++) {
        switch (*c) {
        case '&':
            buffer_text(out, "&amp;");
            break;
        case '<':
            buffer_text(out, "&lt;");
            break;
        case '>':
            buffer_text(out, "&gt;");
            break;
        case '"':
            buffer_text(out, "&quot;");
            break;
        default:
            buffer_append(out, c, 1);
        }
    }
    free(harmless);
}

void html_owned(struct buffer *out, const char *before, char *text, const char *after)
{
    buffer_text(out, before);
    html_text(out, text);
    buffer_text(out, after);
    free(text);
}

/* --- heading ------------------------------------------------------------------------------- */

static void put_totals(const struct rehearsal *r, struct buffer *out)
{
    struct rehearsal_totals t = rehearsal_count(r);

    buffer_text(out, "<p class=\"totals\">");
    text_put(out, ngettext("%u term", "%u terms", t.terms), t.terms);
    buffer_text(out, " · ");
    text_put(out, ngettext("%u letter", "%u letters", t.letters), t.letters);
    buffer_text(out, "</p>\n");
    if (rehearsal_is_limited(r)) {
        html_owned(out, "<p class=\"totals\">", rehearse_outside_sentence(r), ".</p>\n");
    }
}

static const char *name_of(const struct rehearsal *r)
{
    return r->plan_count > 1 ? _("Rehearsal of the plans") : _("Rehearsal of the plan");
}

static void put_heading(const struct rehearsal *r, struct buffer *out)
{
    buffer_text(out, "<header>\n");
    html_owned(out, "<h1>", xstrdup(name_of(r)), "</h1>\n");
    for (uint32_t i = 0; i < r->plan_count; i++) {
        const struct definition *d = r->plans[i].definition;
        html_owned(out, "<p class=\"plan\"><b>", text_title(d->title), "</b> <span>");
        html_text(out, d->name);
        html_owned(out, ", ", rehearse_span(d->roadmap.period.from, d->roadmap.period.to),
                   "</span></p>\n");
    }
    html_owned(out, "<p class=\"people\">", rehearse_people_sentence(r), ".</p>\n");
    put_totals(r, out);
    buffer_text(out, "<p class=\"legend\">");
    html_owned(out, "<span class=\"key off\"></span>", xstrdup(_("day off")), " ");
    html_owned(out, "<span class=\"key holiday\"></span>", xstrdup(_("holiday")), " ");
    html_owned(out, "<span class=\"key over\"></span>", xstrdup(_("too much at once")), " ");
    html_owned(out, "<span class=\"mail\">✉ 3</span> ", xstrdup(_("letters of this day")), "");
    buffer_text(out, "</p>\n</header>\n");
}

/* --- findings ------------------------------------------------------------------------------ */

static void put_findings(const struct rehearsal *r, struct buffer *out)
{
    const char *before = NULL;
    const json_t *finding;
    size_t i;

    buffer_text(out, "<section class=\"findings\">\n");
    html_owned(out, "<h2>", xstrdup(_("What to look at")), "</h2>\n");
    if (json_array_size(r->findings) == 0) {
        html_owned(out, "<p>", xstrdup(_("There is nothing to look at.")), "</p>\n");
    }
    json_array_foreach(r->findings, i, finding)
    {
        const char *kind = field_text(finding, "kind");
        if (before == NULL || strcmp(kind, before) != 0) {
            buffer_text(out, before != NULL ? "</ul>\n" : "");
            html_owned(out, "<h3>", rehearse_finding_heading(r, kind), "</h3>\n<ul>\n");
        }
        before = kind;
        html_owned(out, "<li>", rehearse_finding_sentence(r, finding), "</li>\n");
    }
    buffer_text(out, before != NULL ? "</ul>\n</section>\n" : "</section>\n");
}

/* --- the page ------------------------------------------------------------------------------ */

static void put_head(const struct rehearsal *r, struct buffer *out)
{
    text_put(out, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
             language_get() == LANGUAGE_RUSSIAN ? "ru" : "en");
    buffer_text(out, "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    html_text(out, name_of(r));
    for (uint32_t i = 0; i < r->plan_count; i++) {
        buffer_text(out, i == 0 ? ": " : ", ");
        html_text(out, r->plans[i].definition->name);
    }
    buffer_text(out, "</title>\n<style>\n");
    buffer_text(out, html_style);
    buffer_text(out, "</style>\n</head>\n<body>\n");
}

static void put_months(const struct rehearsal *r, struct buffer *out)
{
    struct civil at = civil_of_day(r->first);
    struct civil last = civil_of_day(r->last);
    struct buffer empty = BUFFER_INIT;

    buffer_text(out, "<main>\n");
    while (at.year < last.year || (at.year == last.year && at.month <= last.month)) {
        if (!html_month(r, at.year, at.month, out)) {
            char *name = rehearse_month(at.year, at.month);
            text_put(&empty, "%s%s", empty.size > 0 ? ", " : "", name);
            free(name);
        }
        at.year += at.month == 12 ? 1 : 0;
        at.month = at.month == 12 ? 1 : at.month + 1;
    }
    buffer_text(out, "</main>\n");
    char *names = text_take(&empty);
    if (names[0] != '\0') {
        html_owned(out, "<p class=\"empty\">", xstrdup(_("Months without terms and letters")),
                   ": ");
        html_owned(out, "", xstrdup(names), "</p>\n");
    }
    free(names);
}

void rehearse_html(const struct rehearsal *r, struct buffer *out)
{
    put_head(r, out);
    put_heading(r, out);
    put_findings(r, out);
    put_months(r, out);
    html_letters(r, out);
    buffer_text(out, "</body>\n</html>\n");
}
