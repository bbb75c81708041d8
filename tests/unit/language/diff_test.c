/* diff_test.c - what holds of any differences: drawn steps, bundled documents */
#include "tests/unit/language/differing.h"
#include "tests/unit/language/reading.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

static uint64_t random_state;

static unsigned below(unsigned n)
{
    random_state = random_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((random_state >> 33) % n);
}

/* A flow list of steps with names of few letters, in any order, in lists in lists. */
static void draw_steps(struct buffer *out, int depth)
{
    bool taken[8] = {false};
    unsigned count = 1 + below(5);
    char text[64];

    buffer_text(out, "[");
    for (unsigned i = 0; i < count; i++) {
        unsigned name = below(8);
        if (taken[name] && i > 0) {
            continue;
        }
        taken[name] = true;
        snprintf(text, sizeof text, "%s%c: ", i > 0 ? ", " : "", (int)('a' + name));
        buffer_text(out, text);
        if (depth < 3 && below(3) == 0) {
            buffer_text(out, "{do: ");
            draw_steps(out, depth + 1);
            buffer_text(out, "}");
        } else {
            snprintf(text, sizeof text, "{call: s, with: {x: %u}}", below(3));
            buffer_text(out, text);
        }
    }
    buffer_text(out, "]");
}

static struct definition *drawn(unsigned seed)
{
    struct buffer out = BUFFER_INIT;

    random_state = seed;
    buffer_text(&out, "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\ndo: ");
    draw_steps(&out, 0);
    char *text = bytes_strdup(buffer_bytes(&out));
    struct definition *d = parsed(text);
    free(text);
    buffer_fini(&out);
    return d;
}

Test(diff, any_steps_differ_as_much_in_either_direction)
{
    struct differences differences;

    for (unsigned seed = 1; seed < 100; seed++) {
        struct definition *old = drawn(seed);
        struct definition *same = drawn(seed);
        struct definition *new = drawn(seed + 1000);
        diff_definitions(old, same, &differences);
        cr_assert_eq(differences.count, 0, "seed %u", seed);
        differences_fini(&differences);
        diff_definitions(old, new, &differences);
        check_mirror(old, new, &differences);
        differences_fini(&differences);
        definition_destroy(old);
        definition_destroy(same);
        definition_destroy(new);
    }
}

static struct definition *bundled(const char *file)
{
    char path[256];
    static char text[1 << 20];

    snprintf(path, sizeof path, "%s/workflows/%s", SOURCE_DIR, file);
    FILE *f = fopen(path, "rb");
    cr_assert_not_null(f, "%s", path);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    return parsed(text);
}

Test(diff, bundled_documents_do_not_differ_from_themselves)
{
    static const char *const files[] = {
        "bodies/lo.yaml",        "calendars/ru.yaml",     "cycles/teacher-cycle.yaml",
        "indicators/lo.yaml",    "policies/default.yaml", "roadmap-item.yaml",
        "roadmaps/lo-2023.yaml", "routes/teachers.yaml",  "policies/lo-2021.yaml"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct differences differences;
        struct definition *old = bundled(files[i]);
        struct definition *new = bundled(files[i]);
        diff_definitions(old, new, &differences);
        cr_assert_eq(differences.count, 0, "%s", files[i]);
        differences_fini(&differences);
        definition_destroy(old);
        definition_destroy(new);
    }
}
