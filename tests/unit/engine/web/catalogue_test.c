/* catalogue_test.c - Russian sentences out of a compiled catalogue, also a damaged one */
#include "engine/web/catalogue.h"

#include <criterion/criterion.h>
#include <string.h>

/* Two strings, "" and "there is no instance %llu" with its translation; as msgfmt lays them out. */
static void make(struct buffer *b)
{
    static const char *const ids[] = {"", "there is no instance %llu"};
    static const char *const texts[] = {"", "процесса № %llu нет"};
    uint32_t head[7] = {0x950412deu, 0, 2, 28, 28 + 16, 0, 0};
    uint32_t at = 28 + 32;

    buffer_append(b, head, sizeof head);
    for (int table = 0; table < 2; table++) {
        for (int i = 0; i < 2; i++) {
            const char *text = (table == 0 ? ids : texts)[i];
            uint32_t pair[2] = {(uint32_t)strlen(text), at};
            buffer_append(b, pair, sizeof pair);
            at += pair[0] + 1;
        }
    }
    for (int table = 0; table < 2; table++) {
        for (int i = 0; i < 2; i++) {
            const char *text = (table == 0 ? ids : texts)[i];
            buffer_append(b, text, strlen(text) + 1);
        }
    }
}

Test(catalogue, a_sentence_is_said_with_its_arguments)
{
    struct buffer bytes = BUFFER_INIT;
    struct catalogue *c;
    const char *args[] = {"17"};
    char text[128];

    make(&bytes);
    cr_assert(catalogue_read(&bytes, &c, NULL));
    cr_assert(catalogue_say(c, "there is no instance %llu", args, 1, text, sizeof text));
    cr_expect_str_eq(text, "процесса № 17 нет");
    cr_expect(!catalogue_say(c, "another %llu", args, 1, text, sizeof text));
    cr_expect(!catalogue_say(c, "there is no instance %llu", args, 0, text, sizeof text));
    cr_expect(!catalogue_say(c, "there is no instance %llu", args, 1, text, 5));
    cr_expect_str_eq(catalogue_find(c, ""), "");
    cr_expect_str_eq(catalogue_find(NULL, "x"), "x");
    catalogue_close(c);
}

Test(catalogue, a_file_that_is_cut_or_lies_is_refused)
{
    struct buffer whole = BUFFER_INIT;
    struct catalogue *c;

    make(&whole);
    for (size_t size = 0; size < whole.size; size++) {
        struct buffer part = BUFFER_INIT;
        buffer_append(&part, whole.data, size);
        cr_expect(!catalogue_read(&part, &c, NULL), "%zu", size);
    }
    for (size_t at = 0; at < 28 + 32; at++) { /* never outside the file, whatever the tables say */
        struct buffer part = BUFFER_INIT;
        buffer_append(&part, whole.data, whole.size);
        part.data[at] ^= 0xff;
        if (catalogue_read(&part, &c, NULL)) {
            catalogue_find(c, "there is no instance %llu");
            catalogue_close(c);
        }
    }
    buffer_fini(&whole);
}
