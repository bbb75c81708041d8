/* rehearse_html.c - a rehearsal as a page to print: a calendar, and what to look at
 *
 * Owns:    the frame of the page, its heading, the findings, the letters by recipient.
 * Out:     one HTML file without scripts and without anything from elsewhere.
 * Always:  all text is escaped.
 */
#include "cli/rehearse_html.h"

#include "base/must.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_notices.h"
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

/* <tag class="…">text</tag>; the text is taken. */
static void put_owned(struct buffer *out, const char *before, char *text, const char *after)
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
}

static const char *name_of(const struct rehearsal *r)
{
    return r->plan_count > 1 ? _("Rehearsal of the plans") : _("Rehearsal of the plan");
}

static void put_heading(const struct rehearsal *r, struct buffer *out)
{
    buffer_text(out, "<header>\n");
    put_owned(out, "<h1>", xstrdup(name_of(r)), "</h1>\n");
    for (uint32_t i = 0; i < r->plan_count; i++) {
        const struct definition *d = r->plans[i].definition;
        put_owned(out, "<p class=\"plan\"><b>", text_title(d->title), "</b> <span>");
        html_text(out, d->name);
        put_owned(out, ", ", rehearse_span(d->roadmap.period.from, d->roadmap.period.to),
                  "</span></p>\n");
    }
    put_owned(out, "<p class=\"people\">", rehearse_people_sentence(r), ".</p>\n");
    put_totals(r, out);
    buffer_text(out, "<p class=\"legend\">");
    put_owned(out, "<span class=\"key off\"></span>", xstrdup(_("day off")), " ");
    put_owned(out, "<span class=\"key holiday\"></span>", xstrdup(_("holiday")), " ");
    put_owned(out, "<span class=\"key over\"></span>", xstrdup(_("too much at once")), " ");
    put_owned(out, "<span class=\"mail\">✉ 3</span> ", xstrdup(_("letters of this day")), "");
    buffer_text(out, "</p>\n</header>\n");
}

/* --- findings ------------------------------------------------------------------------------ */

static void put_findings(const struct rehearsal *r, struct buffer *out)
{
    const char *before = NULL;
    const json_t *finding;
    size_t i;

    buffer_text(out, "<section class=\"findings\">\n");
    put_owned(out, "<h2>", xstrdup(_("What to look at")), "</h2>\n");
    if (json_array_size(r->findings) == 0) {
        put_owned(out, "<p>", xstrdup(_("There is nothing to look at.")), "</p>\n");
    }
    json_array_foreach(r->findings, i, finding)
    {
        const char *kind = field_text(finding, "kind");
        if (before == NULL || strcmp(kind, before) != 0) {
            buffer_text(out, before != NULL ? "</ul>\n" : "");
            put_owned(out, "<h3>", rehearse_finding_heading(r, kind), "</h3>\n<ul>\n");
        }
        before = kind;
        put_owned(out, "<li>", rehearse_finding_sentence(r, finding), "</li>\n");
    }
    buffer_text(out, before != NULL ? "</ul>\n</section>\n" : "</section>\n");
}

/* --- letters by recipient ------------------------------------------------------------------ */

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
    put_owned(out, "<h2>", xstrdup(_("Letters by recipient")), "</h2>\n");
    put_owned(out, "<p>",
              xstrdup(_("How many letters each gets, and how many notices are in them")),
              ".</p>\n<table>\n<thead><tr>");
    put_owned(out, "<th>", xstrdup(_("Recipient")), "</th>");
    put_owned(out, "<th>", xstrdup(_("Letters")), "</th>");
    for (size_t i = 0; i < KINDS; i++) {
        put_owned(out, "<th>", xstrdup(word_letter(kinds[i])), "</th>");
    }
    put_owned(out, "<th>", xstrdup(_("other")), "</th></tr></thead>\n<tbody>\n");
}

static void put_letters(const struct rehearsal *r, struct buffer *out)
{
    struct recipients list = {0};

    count_letters(r, &list);
    if (list.count == 0) {
        return;
    }
    qsort(list.items, list.count, sizeof *list.items, compare);
    put_letters_heading(out);
    for (size_t i = 0; i < list.count; i++) {
        const struct body *body = catalog_find_body(r->catalog, list.items[i].id);
        put_owned(out, "<tr><td>", xstrdup(body != NULL ? body->name : list.items[i].id), "</td>");
        put_number(out, list.items[i].letters);
        for (size_t kind = 0; kind <= KINDS; kind++) {
            put_number(out, list.items[i].of[kind]);
        }
        buffer_text(out, "</tr>\n");
    }
    buffer_text(out, "</tbody></table>\n</section>\n");
    free(list.items);
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
        put_owned(out, "<p class=\"empty\">", xstrdup(_("Months without terms and letters")), ": ");
        put_owned(out, "", xstrdup(names), "</p>\n");
    }
    free(names);
}

void rehearse_html(const struct rehearsal *r, struct buffer *out)
{
    put_head(r, out);
    put_heading(r, out);
    put_findings(r, out);
    put_months(r, out);
    put_letters(r, out);
    buffer_text(out, "</body>\n</html>\n");
}
