/* event_fuzz.c - any bytes as a CloudEvent
 *
 * Holds: JSON is an event, or refused with a code and a sentence; what was accepted has texts that
 * fit into keys of the store, and is accepted again, with the same meaning, from its own text.
 */
#include "base/limits.h"
#include "base/must.h"
#include "engine/event_check.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *text)
{
    must(strlen(text) <= LIMIT_KEY_BYTES && strpbrk(text, "\n\r\t\x7f") == NULL);
}

static void check_again(const struct event *event)
{
    char *text = json_dumps(event->json, JSON_COMPACT);
    json_t *json = json_loads(text, 0, NULL);
    struct event again;
    struct error err = ERROR_INIT;

    must(json != NULL && event_read(json, &again, &err));
    must(strcmp(event->id, again.id) == 0 && strcmp(event->source, again.source) == 0);
    must(strcmp(event->type, again.type) == 0 && strcmp(event->subject, again.subject) == 0);
    must(event->ttl_ms == again.ttl_ms && json_equal(event->json, again.json));
    event_fini(&again);
    json_decref(json);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    json_t *json = json_loadb((const char *)data, size, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    struct event event;
    struct error err = ERROR_INIT;

    if (json == NULL) {
        return 0;
    }
    if (event_read(json, &event, &err)) {
        check_text(event.id);
        check_text(event.source);
        check_text(event.type);
        check_text(event.subject);
        must(event.ttl_ms >= EVENT_TTL_USUAL);
        check_again(&event);
        event_fini(&event);
    } else {
        must(err.code > ERROR_NONE && err.code < ERROR_CODE_COUNT && err.text[0] != '\0');
    }
    json_decref(json);
    return 0;
}
