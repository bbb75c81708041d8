/* rehearse_sentences.c - findings of a rehearsal as sentences
 *
 * Owns:    the words of each kind of finding.
 * In:      the JSON of rehearse_findings.h.
 * Always:  what came from a document is made harmless.
 */
#include "cli/dates.h"
#include "cli/fields.h"
#include "cli/language.h"
#include "cli/rehearse_term.h"
#include "cli/rehearse_words.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

typedef void sentence_fn(const struct rehearsal *r, const json_t *finding, struct buffer *out);

/* A text of the finding, harmless. */
static void put_field(struct buffer *out, const json_t *finding, const char *name)
{
    char *text = field_harmless(finding, name);

    text_put(out, "%s", text != NULL ? text : "?");
    free(text);
}

static void put_day(struct buffer *out, const json_t *finding, const char *name)
{
    char day[DATES_TEXT_MAX];

    dates_day_of(field_text(finding, name), day);
    text_put(out, "%s", day);
}

/* "1.4 (2 из 4)", of {"no","occurrence","occurrences"} */
static void put_number(const json_t *item, struct buffer *out)
{
    put_field(out, item, "no");
    if (field_number(item, "occurrences") > 1) {
        text_put(out, _(" (%u of %u)"), (unsigned)field_number(item, "occurrence"),
                 (unsigned)field_number(item, "occurrences"));
    }
}

static void put_item(const struct rehearsal *r, const json_t *item, struct buffer *out)
{
    const char *plan = field_text(item, "plan");

    if (r->plan_count > 1 && plan != NULL) {
        text_put(out, "%s ", plan);
    }
    put_number(item, out);
}

/* At the beginning of a sentence. */
static void put_lead(const struct rehearsal *r, const json_t *item, struct buffer *out)
{
    text_put(out, _("item "));
    put_item(r, item, out);
}

/* "lo-2023 1.4 (2 из 2), 1.6, dubna 3": the name of a plan once for those in a row. */
static void put_terms(const struct rehearsal *r, const json_t *finding, struct buffer *out)
{
    const json_t *terms = json_object_get(finding, "terms");
    const char *before = "";
    const json_t *one;
    size_t i;

    json_array_foreach(terms, i, one)
    {
        const char *plan = field_text(one, "plan");
        text_put(out, "%s", i == 0 ? "" : ", ");
        if (r->plan_count > 1 && plan != NULL && strcmp(plan, before) != 0) {
            text_put(out, "%s ", plan);
            before = plan;
        }
        put_number(one, out);
    }
}

#define WINDOWS_SHOWN 4 /* of a recurring item: the rest is as the first */

static void put_windows(const json_t *finding, struct buffer *out)
{
    const json_t *windows = json_object_get(finding, "windows");
    size_t count = json_array_size(windows);
    size_t shown = count > WINDOWS_SHOWN + 1 ? WINDOWS_SHOWN : count;

    for (size_t i = 0; i < shown; i++) {
        const json_t *one = json_array_get(windows, i);
        const char *from = field_text(one, "from");
        const char *to = field_text(one, "to");
        char day[DATES_TEXT_MAX];
        text_put(out, "%s", i == 0 ? "" : ", ");
        if (from != NULL && to != NULL && strcmp(from, to) != 0) {
            dates_short_of(from, day);
            text_put(out, "%s – ", day);
        }
        dates_short_of(to, day);
        text_put(out, "%s", day);
    }
    if (shown < count) {
        text_put(out, _(" and %zu more"), count - shown);
    }
}

/* --- each kind ----------------------------------------------------------------------------- */

static void overload(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    unsigned count = (unsigned)field_number(f, "count");
    unsigned own = (unsigned)field_number(f, "responsible");

    put_day(out, f, "from");
    if (strcmp(field_text(f, "from"), field_text(f, "to")) != 0) {
        text_put(out, " – ");
        put_day(out, f, "to");
    }
    text_put(out, ", ");
    put_field(out, f, "short");
    text_put(out, ngettext(": %u term", ": %u terms", count), count);
    if (own < count) {
        text_put(out, _(" (responsible for %u)"), own);
    }
    text_put(out, ": ");
    put_terms(r, f, out);
}

static void order(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    const json_t *after = json_object_get(f, "after");

    put_lead(r, f, out);
    text_put(out, _(": due "));
    put_day(out, f, "due");
    text_put(out, _(", before what it depends on: "));
    put_lead(r, after, out);
    text_put(out, _(", which is due "));
    put_day(out, after, "due");
}

static const char *undated_word(const char *kind)
{
    static const char *const words[][2] = {
        {"on_demand", N_("when it is needed")},
        {"per_other_plan", N_("as another plan says")},
        {"relative", N_("counted from what happens")},
        {"continuous", N_("all the time")},
    };

    for (size_t i = 0; kind != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], kind) == 0) {
            return _(words[i][1]);
        }
    }
    return _("without days of its own");
}

/* "пп. 1.4, 2.1: «в течение года»", with the name of the plan where there are several */
static void put_phrase(const struct rehearsal *r, const json_t *finding, struct buffer *out)
{
    const json_t *items = json_object_get(finding, "items");

    text_put(out, "%s", json_array_size(items) == 1 ? _("item ") : _("items "));
    if (r->plan_count > 1) {
        put_field(out, finding, "plan");
        text_put(out, " ");
    }
    for (size_t i = 0; i < json_array_size(items); i++) {
        const char *no = json_string_value(json_array_get(items, i));
        char *shown = text_harmless(no, strlen(no));
        text_put(out, "%s%s", i == 0 ? "" : ", ", shown);
        free(shown);
    }
    text_put(out, ": «");
    put_field(out, finding, "phrase");
    text_put(out, "»");
}

/* Does the phrase say just this already? Letters of its beginning may be large. */
static bool says(const json_t *finding, const char *words)
{
    char *phrase = text_small_first(field_text(finding, "phrase"));
    bool same = words != NULL && strcmp(phrase, words) == 0;

    free(phrase);
    return same;
}

static void undated(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    const char *word = undated_word(field_text(f, "due_kind"));

    put_phrase(r, f, out);
    if (!says(f, word)) {
        text_put(out, " — %s", word);
    }
    text_put(out, _("; rehearsed as "));
    put_windows(f, out);
}

static void ambiguous(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    const json_t *alternatives = json_object_get(f, "alternatives");
    const char *chosen = field_text(f, "chosen");
    const json_t *one;
    size_t i;

    put_phrase(r, f, out);
    text_put(out, " — ");
    put_field(out, f, "ambiguity");
    text_put(out, _("; taken: "));
    if (chosen != NULL && !says(f, chosen)) {
        text_put(out, "«");
        put_field(out, f, "chosen");
        text_put(out, "», ");
    }
    put_windows(f, out);
    json_array_foreach(alternatives, i, one)
    {
        text_put(out, _("; or else: «"));
        put_field(out, one, "rule");
        text_put(out, "»");
        if (json_array_size(json_object_get(one, "windows")) > 0) {
            text_put(out, ", ");
            put_windows(one, out);
        }
    }
}

static const char *day_off_word(const char *kind)
{
    static const char *const words[][2] = {
        {"weekend", N_("day|a rest day")},
        {"holiday", N_("day|a holiday")},
        {"off", N_("day|a day off by a transfer or a decision")},
    };

    for (size_t i = 0; kind != NULL && i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i][0], kind) == 0) {
            return language_word(words[i][1]);
        }
    }
    return "?";
}

static void day_off(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    civil_day day = CIVIL_DAY_NONE;

    put_day(out, f, "day");
    civil_parse(bytes_of(field_text(f, "day")), &day);
    text_put(out, ", %s — %s: ", rehearse_weekday_long(civil_weekday(day)),
             day_off_word(field_text(f, "day_kind")));
    if (strcmp(field_text(f, "day"), field_text(f, "to")) == 0) {
        text_put(out, _("not moved"));
    } else {
        text_put(out, _("moved to "));
        put_day(out, f, "to");
    }
    text_put(out, ": ");
    put_terms(r, f, out);
}

static void calendar(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    unsigned terms = (unsigned)field_number(f, "terms");

    (void)r;
    text_put(out,
             ngettext("the calendar of %d is not approved: only the holidays by law are known; "
                      "%u term lies in it",
                      "the calendar of %d is not approved: only the holidays by law are known; "
                      "%u terms lie in it",
                      terms),
             (int)field_number(f, "year"), terms);
}

static void refused(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    const char *action = field_text(f, "action");
    bool report = action != NULL && strcmp(action, "report") == 0;

    put_lead(r, f, out);
    text_put(out, ": %s (%s): ", report ? _("the report is refused") : _("it can't be accepted"),
             rehearsal_body(r, field_text(f, "by")));
    put_field(out, f, "text");
}

static void stuck(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    const char *kind = word_task_kind(field_text(f, "waits"));

    put_lead(r, f, out);
    text_put(out, _(": waits for what a rehearsal does not have: %s"), kind != NULL ? kind : "?");
    if (json_object_get(f, "step") != NULL) {
        text_put(out, " (");
        put_field(out, f, "step");
        text_put(out, ")");
    }
}

static void no_address(const struct rehearsal *r, const json_t *f, struct buffer *out)
{
    unsigned count = (unsigned)field_number(f, "notices");

    (void)r;
    put_field(out, f, "short");
    text_put(out, ngettext(": %u notice", ": %u notices", count), count);
}

/* --- all ----------------------------------------------------------------------------------- */

static const struct kind {
    const char *name;
    const char *heading;
    sentence_fn *put;
} kinds[] = {
    {"refused", N_("Refused to simulated people"), refused},
    {"stuck", N_("Not over"), stuck},
    {"order", N_("Due before what it depends on"), order},
    {"overload", N_("Too much at once"), overload},
    {"day-off", N_("On days off"), day_off},
    {"calendar", N_("Years without a calendar"), calendar},
    {"ambiguous", N_("May be read in two ways"), ambiguous},
    {"undated", N_("Without days of their own"), undated},
    {"no-address", N_("Letters to who has no address"), no_address},
};

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; name != NULL && i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].name, name) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}

/* Why terms are moved from days off, when it is one reason for all: said once. */
static void put_source(const struct rehearsal *r, struct buffer *out)
{
    const char *source = NULL;
    const json_t *finding;
    size_t i;

    json_array_foreach(r->findings, i, finding)
    {
        const char *one = field_text(finding, "source");
        if (one != NULL && source != NULL && strcmp(one, source) != 0) {
            return;
        }
        source = one != NULL ? one : source;
    }
    if (source != NULL) {
        char *shown = text_harmless(source, strlen(source));
        text_put(out, " (%s)", shown);
        free(shown);
    }
}

char *rehearse_finding_heading(const struct rehearsal *r, const char *name)
{
    const struct kind *kind = find_kind(name);
    struct buffer out = BUFFER_INIT;

    if (kind == NULL) {
        return NULL;
    }
    text_put(&out, "%s", _(kind->heading));
    if (kind->put == overload) {
        text_put(&out, _(" (%u and more in a day, %u and more in a week)"), r->options.per_day,
                 r->options.per_week);
    }
    if (kind->put == day_off) {
        put_source(r, &out);
    }
    return text_take(&out);
}

char *rehearse_finding_sentence(const struct rehearsal *r, const json_t *finding)
{
    const struct kind *kind = find_kind(field_text(finding, "kind"));
    struct buffer out = BUFFER_INIT;

    if (kind != NULL) {
        kind->put(r, finding, &out);
    }
    return text_take(&out);
}
