/* print_test.c - JSON values as text: the same as Jansson prints */
#include "engine/core/print.h"

#include "fixture.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static json_t *any_value(uint64_t *seed, int depth)
{
    static const char *const texts[] = {"",          "слово", "a\"b", "back\\slash",
                                        "tab\there", "\x01",  "ё/€𝄞"};
    json_t *value;

    switch (random_below(seed, depth > 0 ? 8 : 6)) {
    case 0:
        return json_string(texts[random_below(seed, 7)]);
    case 1:
        return json_integer((json_int_t)random_next(seed));
    case 2:
        return json_real((double)random_below(seed, 1000) / 7);
    case 3:
        return json_boolean(random_below(seed, 2));
    case 4:
        return json_null();
    case 5:
        return json_stringn("nul\0inside", 10);
    case 6:
        value = json_array();
        for (uint32_t n = random_below(seed, 4); n > 0; n--) {
            json_array_append_new(value, any_value(seed, depth - 1));
        }
        return value;
    default:
        value = json_object();
        for (uint32_t n = random_below(seed, 4); n > 0; n--) {
            json_object_set_new(value, texts[random_below(seed, 7)], any_value(seed, depth - 1));
        }
        return value;
    }
}

Test(print, values_come_out_as_jansson_prints_them)
{
    for (uint64_t n = 0; n < 2000; n++) {
        uint64_t seed = n;
        struct buffer out = BUFFER_INIT;
        json_t *value = any_value(&seed, 4);
        char *want = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);

        cr_assert(print_json(value, 10, &out));
        cr_assert(bytes_equal(buffer_bytes(&out), bytes_of(want)), "seed %d: %s", (int)n, want);
        free(want);
        json_decref(value);
        buffer_fini(&out);
    }
}

Test(print, a_value_as_deep_as_it_may_be_is_printed_and_one_level_more_is_not)
{
    struct buffer out = BUFFER_INIT;
    json_t *value = json_loads("[[1]]", 0, NULL);

    cr_assert(print_json(value, 3, &out));
    cr_assert_not(print_json(value, 2, &out));
    json_decref(value);
    buffer_fini(&out);
}
