/* diff.c - two outlines, part against part
 *
 * Owns:    what is said of a part: gone, new, another name, another place, another value.
 * In:      diff_definitions() from programs.
 * Out:     struct differences; nothing of the definitions is borrowed.
 * Always:  a definition does not differ from itself; the other way round there are as many
 *          differences, with before and after exchanged.
 * See:     diff.h, outline.h, matches.h
 */
#include "language/diff.h"

#include "base/must.h"
#include "language/matches.h"
#include "language/outline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *part_kind_name(enum part_kind kind)
{
    static const char *const names[PART_KIND_COUNT] = {[PART_DOCUMENT] = "document",
                                                       [PART_SECTION] = "section",
                                                       [PART_ITEM] = "item",
                                                       [PART_BODY] = "body",
                                                       [PART_RUNG] = "rung",
                                                       [PART_HOLIDAY] = "holiday",
                                                       [PART_YEAR] = "year",
                                                       [PART_DAY_OFF] = "day-off",
                                                       [PART_TRANSFER] = "transfer",
                                                       [PART_WORKING_DAY] = "working-day",
                                                       [PART_SHORT_DAY] = "short-day",
                                                       [PART_ROUTE] = "route",
                                                       [PART_INDICATOR] = "indicator",
                                                       [PART_STEP] = "step",
                                                       [PART_CASE] = "case"};

    return names[kind];
}

const char *change_name(enum change change)
{
    static const char *const names[CHANGE_COUNT] = {[CHANGE_ADDED] = "added",
                                                    [CHANGE_REMOVED] = "removed",
                                                    [CHANGE_RENAMED] = "renamed",
                                                    [CHANGE_MOVED] = "moved",
                                                    [CHANGE_VALUE] = "changed"};

    return names[change];
}

static void add(struct differences *differences, const struct part *part, enum change change,
                const char *what, json_t *before, json_t *after)
{
    if (differences->count == differences->room) {
        differences->room = differences->room ? 2 * differences->room : 16;
        differences->items =
            xrealloc(differences->items, differences->room * sizeof *differences->items);
    }
    differences->items[differences->count++] =
        (struct difference){.part = part->kind,
                            .change = change,
                            .path = xstrdup(part->path),
                            .what = what ? xstrdup(what) : NULL,
                            .fields = json_incref(part->fields),
                            .before = json_incref(before),
                            .after = json_incref(after)};
}

/* --- values ------------------------------------------------------------------------------------
 */

/* Where in a part the comparison is: "due.windows". */
struct spot {
    struct differences *differences;
    const struct part *part;
    const struct spot *above;
    const char *word; /* NULL: the whole part */
};

static void print_spot(const struct spot *spot, struct buffer *out)
{
    if (spot == NULL || spot->word == NULL) {
        return;
    }
    print_spot(spot->above, out);
    buffer_text(out, out->size > 0 ? "." : "");
    buffer_text(out, spot->word);
}

static void compare_values(const struct spot *spot, json_t *before, json_t *after);

static void compare_member(const struct spot *above, const char *word, json_t *before,
                           json_t *after)
{
    struct spot spot = {above->differences, above->part, above, word};

    compare_values(&spot, before, after);
}

static void compare_maps(const struct spot *spot, json_t *before, json_t *after)
{
    const char *word;
    json_t *value;

    json_object_foreach(after, word, value)
    {
        compare_member(spot, word, json_object_get(before, word), value);
    }
    json_object_foreach(before, word, value)
    {
        if (json_object_get(after, word) == NULL) {
            compare_member(spot, word, value, NULL);
        }
    }
}

/* Lists of maps, event filters, are compared one by one; texts and windows as a whole. */
static bool lists_of_maps(const json_t *before, const json_t *after)
{
    size_t count = json_array_size(before);
    bool maps = count > 0 && count == json_array_size(after);

    for (size_t i = 0; i < count && maps; i++) {
        maps =
            json_is_object(json_array_get(before, i)) && json_is_object(json_array_get(after, i));
    }
    return maps;
}

static void compare_lists(const struct spot *spot, const json_t *before, const json_t *after)
{
    for (size_t i = 0; i < json_array_size(before); i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        compare_member(spot, number, json_array_get(before, i), json_array_get(after, i));
    }
}

static void compare_values(const struct spot *spot, json_t *before, json_t *after)
{
    struct buffer what = BUFFER_INIT;

    if (json_is_object(before) && json_is_object(after)) {
        compare_maps(spot, before, after);
        return;
    }
    if (lists_of_maps(before, after)) {
        compare_lists(spot, before, after);
        return;
    }
    if (before != NULL && after != NULL && values_equal(before, after)) {
        return;
    }
    print_spot(spot, &what);
    buffer_append(&what, "", 1);
    add(spot->differences, spot->part, CHANGE_VALUE, (const char *)what.data, before, after);
    buffer_fini(&what);
}

/* --- parts -------------------------------------------------------------------------------------
 */

/* A step that does something else has nothing in common with what it was. */
static bool of_another_kind(const struct part *before, const struct part *after)
{
    return after->kind == PART_STEP && !json_equal(json_object_get(before->fields, "kind"),
                                                   json_object_get(after->fields, "kind"));
}

static void compare_place(struct differences *differences, const struct matches *matches,
                          const struct part *before, const struct part *after, uint32_t number)
{
    json_t *old = NULL;
    json_t *new = NULL;

    if (matches->moved[number] == MOVE_ELSEWHERE) {
        old = json_string_nocheck(before->path);
        new = json_string_nocheck(after->path);
        add(differences, after, CHANGE_RENAMED, NULL, old, new);
    } else if (matches->moved[number] == MOVE_IN_LIST) {
        old = matches_behind(matches->before, before);
        new = matches_behind(matches->after, after);
        add(differences, after, CHANGE_MOVED, NULL, old, new);
    }
    json_decref(old);
    json_decref(new);
}

static void compare_parts(struct differences *differences, const struct matches *matches,
                          uint32_t number)
{
    const struct part *before = &matches->before->parts[matches->of_after[number]];
    const struct part *after = &matches->after->parts[number];
    struct spot spot = {differences, after, NULL, NULL};

    compare_place(differences, matches, before, after, number);
    if (of_another_kind(before, after)) {
        compare_member(&spot, "kind", json_object_get(before->fields, "kind"),
                       json_object_get(after->fields, "kind"));
    } else {
        compare_values(&spot, before->fields, after->fields);
    }
}

/* What is in a part that is gone, or new, is not told one by one. */
static void tell_removed(struct differences *differences, const struct matches *matches,
                         uint32_t number)
{
    const struct part *part = &matches->before->parts[number];

    if (matches->of_before[part->parent] != PART_NONE) {
        add(differences, part, CHANGE_REMOVED, NULL, part->fields, NULL);
    }
}

static void tell_added(struct differences *differences, const struct matches *matches,
                       uint32_t number)
{
    const struct part *part = &matches->after->parts[number];

    if (matches->of_after[part->parent] != PART_NONE) {
        add(differences, part, CHANGE_ADDED, NULL, NULL, part->fields);
    }
}

/* In the order of the new document; what is gone comes where it stood in the old one. */
static void tell_all(struct differences *differences, const struct matches *matches)
{
    uint32_t told = 0; /* of the parts before, those that are gone */

    for (uint32_t i = 0; i <= matches->after->count; i++) {
        bool end = i == matches->after->count;
        uint32_t old = end ? matches->before->count : matches->of_after[i];
        for (; old != PART_NONE && told < old; told++) {
            if (matches->of_before[told] == PART_NONE) {
                tell_removed(differences, matches, told);
            }
        }
        if (!end && old != PART_NONE) {
            compare_parts(differences, matches, i);
        } else if (!end) {
            tell_added(differences, matches, i);
        }
    }
}

void diff_definitions(const struct definition *before, const struct definition *after,
                      struct differences *ret_differences)
{
    struct outline old;
    struct outline new;
    struct matches matches;

    must(before->kind == after->kind);
    *ret_differences = (struct differences){0};
    outline_make(before, &old);
    outline_make(after, &new);
    matches_make(&old, &new, &matches);
    tell_all(ret_differences, &matches);
    matches_fini(&matches);
    outline_fini(&old);
    outline_fini(&new);
}

void differences_fini(struct differences *differences)
{
    for (uint32_t i = 0; i < differences->count; i++) {
        free(differences->items[i].path);
        free(differences->items[i].what);
        json_decref(differences->items[i].fields);
        json_decref(differences->items[i].before);
        json_decref(differences->items[i].after);
    }
    free(differences->items);
    *differences = (struct differences){0};
}
