/* diff_words.c - differences of two documents in sentences
 *
 * Owns:    the form of a sentence: what changed, what it was, what it is.
 * In:      diff.c.
 * Out:     lines in a buffer of the caller.
 * Always:  every difference is told in at least one line; what authors wrote is made harmless.
 * See:     diff_phrases.h, diff_values.h
 */
#include "cli/diff_words.h"

#include "base/must.h"
#include "cli/diff_phrases.h"
#include "cli/diff_places.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

/* The sentences about one part, separated by line ends. */
struct telling {
    const struct catalog *names;
    struct buffer *out;
};

static void begin(const struct telling *t)
{
    buffer_text(t->out, t->out->size > 0 ? "\n" : "");
}

/* --- values ------------------------------------------------------------------------------------
 */

static void tell_both(const struct telling *t, enum value_form form, const char *phrase,
                      const json_t *before, const json_t *after)
{
    char *was;
    char *is;

    begin(t);
    value_print_both(form, before, after, t->names, &was, &is);
    text_put(t->out, _("%s: was %s, is now %s"), phrase, was, is);
    free(was);
    free(is);
}

static char *printed(const struct telling *t, enum value_form form, const json_t *value)
{
    struct buffer out = BUFFER_INIT;

    value_print(form, value, t->names, &out);
    return text_take(&out);
}

/* own: the phrase is about coming or going, and says all but the value. */
static void tell_one(const struct telling *t, enum value_form form, const char *phrase, bool own,
                     const json_t *before, const json_t *after)
{
    char *value = printed(t, form, before != NULL ? before : after);

    begin(t);
    if (form == FORM_NONE) {
        buffer_text(t->out, phrase);
    } else if (own) {
        text_put(t->out, "%s: %s", phrase, value);
    } else if (after != NULL) {
        text_put(t->out, _("%s: was not given, is now %s"), phrase, value);
    } else {
        text_put(t->out, _("%s: was %s, is not given now"), phrase, value);
    }
    free(value);
}

static void tell_phrase(const struct telling *t, const struct phrase *phrase, const json_t *before,
                        const json_t *after)
{
    const char *own = before == NULL ? phrase->added : phrase->removed;

    if (before != NULL && after != NULL) {
        tell_both(t, phrase->form, _(phrase->changed), before, after);
    } else {
        tell_one(t, phrase->form, _(own != NULL ? own : phrase->changed), own != NULL, before,
                 after);
    }
}

/* --- lists -------------------------------------------------------------------------------------
 */

static void tell_co_executors(const struct telling *t, const json_t *gone, const json_t *come)
{
    size_t gone_count = json_array_size(gone);
    size_t come_count = json_array_size(come);

    if (come_count > 0) {
        tell_one(t, FORM_BODIES,
                 ngettext("a co-executor is added", "co-executors are added", come_count), true,
                 NULL, come);
    }
    if (gone_count > 0) {
        tell_one(t, FORM_BODIES,
                 ngettext("a co-executor is removed", "co-executors are removed", gone_count), true,
                 gone, NULL);
    }
}

static void tell_texts(const struct telling *t, const char *phrase, const json_t *gone,
                       const json_t *come)
{
    char *was = printed(t, FORM_TEXTS, gone);
    char *is = printed(t, FORM_TEXTS, come);

    begin(t);
    if (*was != '\0' && *is != '\0') {
        text_put(t->out, _("%s: removed: %s; added: %s"), phrase, was, is);
    } else if (*was != '\0') {
        text_put(t->out, _("%s: removed: %s"), phrase, was);
    } else if (*is != '\0') {
        text_put(t->out, _("%s: added: %s"), phrase, is);
    } else {
        text_put(t->out, _("%s: another order"), phrase);
    }
    free(was);
    free(is);
}

/* Only what is not in both is told: one window of twelve that moved. */
static void tell_list(const struct telling *t, const struct phrase *phrase, const json_t *before,
                      const json_t *after)
{
    json_t *gone = value_missing(before, after);
    json_t *come = value_missing(after, before);

    if (phrase->form == FORM_BODIES) {
        tell_co_executors(t, gone, come);
    } else if (phrase->form == FORM_TEXTS) {
        tell_texts(t, _(phrase->changed), gone, come);
    } else {
        tell_phrase(t, phrase, json_array_size(gone) > 0 ? gone : NULL,
                    json_array_size(come) > 0 ? come : NULL);
    }
    json_decref(gone);
    json_decref(come);
}

static void tell_value(const struct telling *t, const struct difference *d)
{
    const struct phrase *phrase = phrase_find(d->part, d->what);

    if (phrase == NULL) {
        phrase = &(struct phrase){.what = d->what, .form = FORM_PLAIN, .changed = d->what};
        tell_phrase(t, phrase, d->before, d->after);
    } else if (phrase->form == FORM_BODIES || phrase->form == FORM_TEXTS ||
               phrase->form == FORM_WINDOWS) {
        tell_list(t, phrase, d->before, d->after);
    } else if (strcmp(phrase->what, d->what) == 0) {
        tell_phrase(t, phrase, d->before, d->after);
    } else { /* a part of what the phrase is about */
        struct buffer words = BUFFER_INIT;
        text_put(&words, "%s (%s)", _(phrase->changed), d->what);
        char *changed = text_take(&words);
        struct phrase inner = {.what = d->what, .form = phrase->form, .changed = changed};
        tell_phrase(t, &inner, d->before, d->after);
        free(changed);
    }
}

/* --- parts -------------------------------------------------------------------------------------
 */

/* What a part is called, and of an item when it is due and who is responsible. */
static void tell_whole(const struct telling *t, const struct difference *d, const char *phrase)
{
    const json_t *title = json_object_get(d->fields, "title");
    const json_t *windows = json_object_get(json_object_get(d->fields, "due"), "windows");
    const json_t *responsible = json_object_get(d->fields, "responsible");

    begin(t);
    buffer_text(t->out, phrase);
    title = title != NULL || d->part != PART_BODY ? title : json_object_get(d->fields, "name");
    if (title != NULL) {
        buffer_text(t->out, ": ");
        value_print(FORM_TEXT, title, t->names, t->out);
    }
    if (windows != NULL) {
        buffer_text(t->out, _(", due "));
        value_print(FORM_WINDOWS, windows, t->names, t->out);
    }
    if (responsible != NULL) {
        buffer_text(t->out, _(", responsible: "));
        value_print(FORM_BODY, responsible, t->names, t->out);
    }
}

static void tell_moved(const struct telling *t, const struct difference *d)
{
    const char *was = json_string_value(d->before);
    const char *is = json_string_value(d->after);

    begin(t);
    if (was == NULL) {
        text_put(t->out, _("moved: stood first, comes now after %s"), is);
    } else if (is == NULL) {
        text_put(t->out, _("moved: came after %s, stands first now"), was);
    } else if (strcmp(was, is) == 0) {
        text_put(t->out, _("moved together with %s"), is);
    } else {
        text_put(t->out, _("moved: came after %s, comes now after %s"), was, is);
    }
}

static void tell_renamed(const struct telling *t, const struct difference *d)
{
    const char *phrase =
        d->part == PART_STEP || d->part == PART_CASE ? _("it stands elsewhere or has another name")
        : d->part == PART_ITEM || d->part == PART_SECTION ? _("it has another number")
                                                          : _("it has another id");

    tell_both(t, FORM_PLAIN, phrase, d->before, d->after);
}

static void tell(const struct telling *t, const struct difference *d)
{
    switch (d->change) {
    case CHANGE_ADDED:
        tell_whole(t, d, language_word(phrase_added(d->part)));
        break;
    case CHANGE_REMOVED:
        tell_whole(t, d, language_word(phrase_removed(d->part)));
        break;
    case CHANGE_RENAMED:
        tell_renamed(t, d);
        break;
    case CHANGE_MOVED:
        tell_moved(t, d);
        break;
    case CHANGE_VALUE:
        tell_value(t, d);
        break;
    case CHANGE_COUNT:
        must(false);
    }
}

/* --- lines -------------------------------------------------------------------------------------
 */

static void put_line(struct buffer *out, const char *indent, const char *text, size_t size,
                     const char *end)
{
    char *harmless = text_harmless(text, size);

    text_put(out, "%s%s%s", indent, harmless, end);
    free(harmless);
}

/* An item that is new and one that is gone may have the same number. */
static bool same_part(const struct difference *a, const struct difference *b)
{
    return a->part == b->part && strcmp(a->path, b->path) == 0 &&
           (a->change == CHANGE_REMOVED) == (b->change == CHANGE_REMOVED);
}

static void print_part(const struct difference *first, struct buffer *sentences, struct buffer *out)
{
    struct buffer place = BUFFER_INIT;
    char *text = text_take(sentences);

    diff_place_print(first, &place);
    put_line(out, "", (const char *)place.data, place.size, ":");
    if (strchr(text, '\n') == NULL) {
        put_line(out, " ", text, strlen(text), "\n");
    } else {
        buffer_text(out, "\n");
        for (char *at = text; at != NULL;) {
            size_t size = strcspn(at, "\n");
            put_line(out, "  ", at, size, "\n");
            at = at[size] == '\n' ? at + size + 1 : NULL;
        }
    }
    buffer_fini(&place);
    free(text);
}

void diff_print(const struct differences *differences, const struct catalog *names,
                struct buffer *out)
{
    const struct difference *items = differences->items;

    for (uint32_t i = 0, end; i < differences->count; i = end) {
        struct buffer sentences = BUFFER_INIT;
        struct telling telling = {names, &sentences};
        for (end = i; end < differences->count && same_part(&items[i], &items[end]); end++) {
            tell(&telling, &items[end]);
        }
        print_part(&items[i], &sentences, out);
        buffer_fini(&sentences);
    }
}
