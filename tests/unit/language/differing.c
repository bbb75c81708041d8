/* differing.c - differences as lines */
#include "tests/unit/language/differing.h"

#include "tests/unit/language/reading.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void print_json(struct buffer *out, const json_t *json)
{
    char *text = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);

    buffer_text(out, text ? text : "-");
    free(text);
}

/* "changed item 3.2 due.windows [..] [..]" */
static char *told(const struct difference *d)
{
    struct buffer out = BUFFER_INIT;

    buffer_text(&out, change_name(d->change));
    buffer_text(&out, " ");
    buffer_text(&out, part_kind_name(d->part));
    buffer_text(&out, d->path[0] != '\0' ? " " : "");
    buffer_text(&out, d->path);
    if (d->change == CHANGE_VALUE || d->change == CHANGE_MOVED || d->change == CHANGE_RENAMED) {
        buffer_text(&out, d->what != NULL ? " " : "");
        buffer_text(&out, d->what != NULL ? d->what : "");
        buffer_text(&out, " ");
        print_json(&out, d->before);
        buffer_text(&out, " ");
        print_json(&out, d->after);
    }
    char *text = bytes_strdup(buffer_bytes(&out));
    buffer_fini(&out);
    return text;
}

void check_mirror(const struct definition *before, const struct definition *after,
                  const struct differences *there)
{
    struct differences back;
    uint32_t added[2] = {0, 0};
    uint32_t removed[2] = {0, 0};

    diff_definitions(after, before, &back);
    cr_assert_eq(back.count, there->count);
    for (uint32_t i = 0; i < back.count; i++) {
        added[0] += there->items[i].change == CHANGE_ADDED;
        removed[0] += there->items[i].change == CHANGE_REMOVED;
        added[1] += back.items[i].change == CHANGE_ADDED;
        removed[1] += back.items[i].change == CHANGE_REMOVED;
    }
    cr_assert_eq(added[0], removed[1]);
    cr_assert_eq(removed[0], added[1]);
    differences_fini(&back);
}

void differ(const char *before, const char *after, const char *lines)
{
    struct definition *old = parsed(before);
    struct definition *new = parsed(after);
    struct differences differences;
    struct buffer out = BUFFER_INIT;

    diff_definitions(old, new, &differences);
    for (uint32_t i = 0; i < differences.count; i++) {
        char *text = told(&differences.items[i]);
        buffer_text(&out, text);
        buffer_text(&out, "\n");
        free(text);
    }
    char *all = bytes_strdup(buffer_bytes(&out));
    cr_assert_str_eq(all, lines, "\n%s\n%s", all, lines);
    check_mirror(old, new, &differences);
    free(all);
    buffer_fini(&out);
    differences_fini(&differences);
    definition_destroy(old);
    definition_destroy(new);
}
