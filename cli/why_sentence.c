/* why_sentence.c - the frame of the sentence: one wait after the other
 *
 * Owns:    the order of the parts, and which function words which kind of waiting.
 * In:      {"waiting":[…]} (docs/protocol.md §3.6), times of the engine, the zone to show them in.
 * Out:     one sentence of official Russian (or English).
 * Always:  what strangers wrote comes out harmless.
 */
#include "cli/why_sentence.h"

#include "cli/fields.h"
#include "cli/language.h"
#include "cli/text.h"
#include "cli/why_part.h"

#include <stdlib.h>
#include <string.h>

#define WHY_RANKS 6 /* of rank() */

static const char *kind_of(const json_t *wait)
{
    const char *kind = field_text(wait, "kind");

    return kind != NULL ? kind : "";
}

static bool is_kind(const json_t *wait, const char *kind)
{
    return strcmp(kind_of(wait), kind) == 0;
}

static void put_wait(const struct why *w)
{
    static const struct {
        const char *kind;
        void (*put)(const struct why *w);
    } kinds[] = {
        {"assignment", why_put_assignment},
        {"decision", why_put_decision},
        {"pause", why_put_stand},
        {"delegated", why_put_delegated},
        {"call", why_put_call},
        {"notice", why_put_notice},
        {"letter", why_put_letter},
        {"wait", why_put_pause},
        {"listen", why_put_listen},
        {"incident", why_put_incident},
        {"backoff", why_put_backoff},
        {"children", why_put_children},
        {"suspended", why_put_suspended},
        {"fork", why_put_fork},
        {"for", why_put_for},
        {"run", why_put_run},
        {"schedule", why_put_schedule},
        {"emit", why_put_emit},
    };

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (is_kind(w->wait, kinds[i].kind)) {
            kinds[i].put(w);
            return;
        }
    }
    buffer_text(w->out, kind_of(w->wait));
}

static bool about_people(const json_t *wait)
{
    return is_kind(wait, "assignment") || is_kind(wait, "decision") || is_kind(wait, "pause") ||
           is_kind(wait, "delegated");
}

/* «Процесс № 17 («Утверждение плана»)» */
static void put_instance(const struct why *w)
{
    const char *title = field_text(w->answer, "title");
    long long number = (long long)field_number(w->answer, "instance");

    if (title != NULL && title[0] != '\0') {
        char *cut = text_fit(title, WHY_TITLE_COLUMNS);
        text_put(w->out, _("instance %lld («%s»)"), number, cut);
        free(cut);
    } else {
        text_put(w->out, _("instance %lld"), number);
    }
}

static void put_nothing(const struct why *w)
{
    const char *state = why_or_dash(field_text(w->answer, "state"));

    why_put_closed(w);
    put_instance(w);
    if (strcmp(state, "completed") == 0) {
        buffer_text(w->out, _(" is completed and waits for nothing"));
    } else if (strcmp(state, "cancelled") == 0) {
        buffer_text(w->out, _(" is cancelled and waits for nothing"));
    } else if (strcmp(state, "faulted") == 0) {
        const char *title = field_text(json_object_get(w->answer, "problem"), "title");
        text_put(w->out, _(" was ended by an error: %s"), why_or_dash(title));
    } else {
        buffer_text(w->out, _(" waits for nothing at this moment"));
    }
}

/* What somebody can do something about comes first; what only holds the others, last. */
static int rank(const json_t *wait)
{
    static const char *const first[] = {"suspended", "incident", "assignment", "decision"};
    static const char *const last[] = {"notice", "listen", "for", "fork"};

    if (is_kind(wait, "pause") || is_kind(wait, "delegated")) {
        return 2; /* after the one that it was delegated to */
    }
    for (int i = 0; i < 4; i++) {
        if (is_kind(wait, first[i])) {
            return i / 2;
        }
        if (is_kind(wait, last[i])) {
            return i < 2 ? 3 + i : WHY_RANKS - 1;
        }
    }
    return 2;
}

static void put_in_order(struct why *w, const json_t *waiting)
{
    size_t count = json_array_size(waiting);
    size_t put = 0;

    for (int r = 0; r < WHY_RANKS; r++) {
        for (size_t i = 0; i < count && put < WHY_WAITS_SHOWN; i++) {
            w->wait = json_array_get(waiting, i);
            if (rank(w->wait) == r) {
                buffer_text(w->out, put++ > 0 ? "; " : "");
                put_wait(w);
            }
        }
    }
}

static void put_waits(struct why *w, const json_t *waiting)
{
    size_t count = json_array_size(waiting);
    size_t letters = 0;
    bool people = true;

    for (size_t i = 0; i < count; i++) {
        people = people && about_people(json_array_get(waiting, i));
        letters += is_kind(json_array_get(waiting, i), "notice");
    }
    if (letters == count) { /* what they tell of is over, and that is what was asked */
        why_put_closed(w);
    }
    if (!people) {
        put_instance(w);
        buffer_text(w->out, ": ");
    }
    put_in_order(w, waiting);
    if (count > WHY_WAITS_SHOWN) {
        size_t more = count - WHY_WAITS_SHOWN;
        text_put(w->out, ngettext("; and %zu more wait", "; and %zu more waits", more), more);
    }
}

char *why_sentence(const json_t *why, const struct zone *zone)
{
    const json_t *waiting = json_object_get(why, "waiting");
    struct buffer out = BUFFER_INIT;
    struct why w = {.answer = why, .zone = zone, .out = &out};

    if (json_array_size(waiting) == 0) {
        put_nothing(&w);
    } else {
        put_waits(&w, waiting);
    }
    if (out.size == 0 || out.data[out.size - 1] != '.') {
        buffer_text(&out, "."); /* a date ends with «г.» already */
    }
    char *harmless = text_harmless((const char *)out.data, out.size);
    char *sentence = text_large_first(harmless);
    free(harmless);
    buffer_fini(&out);
    return sentence;
}
