/* speech.h - tests choose the language, whatever the machine's is; the catalogue is the build's own
 */
#ifndef TESTS_CLI_SPEECH_H
#define TESTS_CLI_SPEECH_H

#include "calendar/zone.h"
#include "cli/language.h"

#include <criterion/criterion.h>
#include <jansson.h>
#include <stdlib.h>

static inline void speak_russian(void)
{
    language_begin_as(LANGUAGE_RUSSIAN, BINARY_DIR "/locale");
}

static inline void speak_english(void)
{
    language_begin_as(LANGUAGE_ENGLISH, BINARY_DIR "/locale");
}

static inline struct zone *moscow(void)
{
    struct zone *zone;

    cr_assert(zone_open("Europe/Moscow", &zone, NULL));
    return zone;
}

/* JSON with ' in place of ", so that tests can be read. */
static inline json_t *json_of(const char *text)
{
    char *copy = strdup(text);

    for (char *at = copy; *at != '\0'; at++) {
        *at = *at == '\'' ? '"' : *at;
    }
    json_error_t error;
    json_t *value = json_loads(copy, JSON_DECODE_ANY, &error);
    cr_assert_not_null(value, "%s in %s", error.text, copy);
    free(copy);
    return value;
}

#endif
