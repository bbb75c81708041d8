/* diff_values.c - windows, bodies, texts and expressions in words
 *
 * Owns:    how long a value may be, and «1–30 сентября 2023 г.».
 * In:      diff_words.c.
 * Out:     text in buffers of the caller.
 * Always:  what cannot be read as it should is printed as JSON, and not guessed at.
 * See:     diff_values.h
 */
#include "cli/diff_values.h"

#include "base/must.h"
#include "cli/dates.h"
#include "cli/language.h"
#include "cli/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LONG_BYTES 160 /* from here on only the surroundings of a change are shown */
#define NEAR_BYTES 40  /* of them on either side */

/* --- days --------------------------------------------------------------------------------------
 */

static bool read_day(const json_t *value, civil_day *ret_day)
{
    const char *text = json_string_value(value);

    return text != NULL && civil_parse(bytes_of(text), ret_day);
}

/* The first day without what the last one says too: its year, or its month and year. */
static void print_days(civil_day from, civil_day to, struct buffer *out)
{
    struct civil first = civil_of_day(from);
    struct civil last = civil_of_day(to);
    char text[DATES_TEXT_MAX];
    char year[16];

    dates_day(from, text);
    if (first.year == last.year && first.month == last.month) {
        text_put(out, "%d–", first.day);
    } else if (first.year == last.year) {
        snprintf(year, sizeof year, " %d", first.year);
        char *end = strstr(text, year);
        text_put(out, "%.*s – ", end ? (int)(end - text) : (int)strlen(text), text);
    } else {
        text_put(out, "%s – ", text);
    }
    dates_day(to, text);
    buffer_text(out, text);
}

/* In one line: a line end and the blanks around it are one blank. */
static void put_in_line(const char *text, struct buffer *out)
{
    while (*text != '\0') {
        size_t blanks = strspn(text, " \t\r\n");
        bool breaks = memchr(text, '\n', blanks) != NULL;
        size_t size = blanks > 0 ? blanks : strcspn(text, " \t\r\n");
        buffer_append(out, breaks ? " " : text, breaks ? 1 : size);
        text += size;
    }
}

static void print_plain(const json_t *value, struct buffer *out)
{
    char *dump = json_is_string(value) ? NULL : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);

    put_in_line(dump != NULL ? dump : json_string_value(value), out);
    free(dump);
}

static void print_window(const json_t *window, struct buffer *out)
{
    civil_day from;
    civil_day to;

    if (!read_day(json_array_get(window, 0), &from) || !read_day(json_array_get(window, 1), &to)) {
        print_plain(window, out);
        return;
    }
    if (from == to) {
        char text[DATES_TEXT_MAX];
        dates_day(from, text);
        buffer_text(out, text);
    } else {
        print_days(from, to, out);
    }
}

static void print_day(const json_t *value, struct buffer *out)
{
    char text[DATES_TEXT_MAX];
    civil_day day;

    if (read_day(value, &day)) {
        dates_day(day, text);
        buffer_text(out, text);
    } else {
        print_plain(value, out);
    }
}

/* --- names -------------------------------------------------------------------------------------
 */

static void print_body(const json_t *value, const struct catalog *names, struct buffer *out)
{
    const char *id = json_string_value(value);
    const struct body *body = id && names ? catalog_find_body(names, id) : NULL;

    if (body != NULL) {
        text_put(out, "%s (%s)", body->short_name, id);
    } else {
        print_plain(value, out);
    }
}

static void print_due_kind(const json_t *value, struct buffer *out)
{
    static const struct {
        const char *name;
        const char *word;
    } kinds[] = {{"date", N_("due|a date")},
                 {"window", N_("due|a window of dates")},
                 {"recurring", N_("due|again and again")},
                 {"continuous", N_("due|all the time")},
                 {"on_demand", N_("due|when it is needed")},
                 {"per_other_plan", N_("due|by another plan")},
                 {"relative", N_("due|counted from what happens")}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (json_is_string(value) && strcmp(json_string_value(value), kinds[i].name) == 0) {
            text_put(out, "«%s»", language_word(kinds[i].word));
            return;
        }
    }
    print_plain(value, out);
}

static void print_list(enum value_form form, const json_t *list, const struct catalog *names,
                       struct buffer *out)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *value = json_array_get(list, i);
        buffer_text(out, i > 0 ? ", " : "");
        if (form == FORM_WINDOWS) {
            print_window(value, out);
        } else {
            value_print(form == FORM_BODIES ? FORM_BODY : FORM_TEXT, value, names, out);
        }
    }
}

void value_print(enum value_form form, const json_t *value, const struct catalog *names,
                 struct buffer *out)
{
    switch (form) {
    case FORM_NONE:
        break;
    case FORM_PLAIN:
        print_plain(value, out);
        break;
    case FORM_TEXT:
        buffer_text(out, "«");
        print_plain(value, out);
        buffer_text(out, "»");
        break;
    case FORM_DAY:
        print_day(value, out);
        break;
    case FORM_DUE_KIND:
        print_due_kind(value, out);
        break;
    case FORM_BODY:
        print_body(value, names, out);
        break;
    case FORM_BODIES:
    case FORM_TEXTS:
    case FORM_WINDOWS:
        print_list(form, value, names, out);
        break;
    }
}

/* --- two values --------------------------------------------------------------------------------
 */

static bool inside_character(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* The text from start to end, with "…" where something was left out. */
static char *cut_out(const char *text, size_t start, size_t end)
{
    struct buffer out = BUFFER_INIT;
    size_t size = strlen(text);

    buffer_text(&out, start > 0 ? "…" : "");
    buffer_append(&out, text + start, end - start);
    buffer_text(&out, end < size ? "…" : "");
    return text_take(&out);
}

static void shorten(char **before, char **after)
{
    size_t size_before = strlen(*before);
    size_t size_after = strlen(*after);
    size_t least = size_before < size_after ? size_before : size_after;
    size_t head = 0;
    size_t tail = 0;

    while (head < least && (*before)[head] == (*after)[head]) {
        head++;
    }
    while (tail < least - head &&
           (*before)[size_before - 1 - tail] == (*after)[size_after - 1 - tail]) {
        tail++;
    }
    head = head > NEAR_BYTES ? head - NEAR_BYTES : 0;
    tail = tail > NEAR_BYTES ? tail - NEAR_BYTES : 0;
    while (head > 0 && inside_character((*before)[head])) {
        head--;
    }
    while (tail > 0 && inside_character((*before)[size_before - tail])) {
        tail--;
    }
    char *short_before = cut_out(*before, head, size_before - tail);
    char *short_after = cut_out(*after, head, size_after - tail);
    free(*before);
    free(*after);
    *before = short_before;
    *after = short_after;
}

static char *printed(enum value_form form, const json_t *value, const struct catalog *names)
{
    struct buffer out = BUFFER_INIT;

    value_print(form, value, names, &out);
    return text_take(&out);
}

void value_print_both(enum value_form form, const json_t *before, const json_t *after,
                      const struct catalog *names, char **ret_before, char **ret_after)
{
    *ret_before = printed(form, before, names);
    *ret_after = printed(form, after, names);
    if (strlen(*ret_before) > LONG_BYTES && strlen(*ret_after) > LONG_BYTES) {
        shorten(ret_before, ret_after);
    }
}

json_t *value_missing(const json_t *list, const json_t *other)
{
    json_t *missing = json_array();

    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *value = json_array_get(list, i);
        bool found = false;
        for (size_t j = 0; j < json_array_size(other) && !found; j++) {
            found = json_equal(value, json_array_get(other, j));
        }
        if (!found) {
            json_array_append(missing, value);
        }
    }
    return missing;
}
