/* event_check.h - is it a CloudEvent 1.0 in JSON?
 *
 * Pure: no store, no clock. What is refused is named with its reason, so that whoever builds an
 * event by hand can mend it. Source: CloudEvents 1.0.2 §3, and its JSON format §2 and §3.
 */
#ifndef ENGINE_EVENT_CHECK_H
#define ENGINE_EVENT_CHECK_H

#include "base/error.h"

#include <jansson.h>
#include <stdint.h>

#define EVENT_TTL_USUAL INT64_C(-1) /* the event does not say how long it is kept */

/* What the engine looks at. Texts are those of json, at most LIMIT_KEY_BYTES, without control
 * characters. */
struct event {
    json_t *json; /* all of it, without members that are null: they count as absent */
    const char *id;
    const char *source;
    const char *type;
    const char *subject; /* "" = none */
    int64_t ttl_ms;      /* the extension attribute `ttl`; or EVENT_TTL_USUAL */
};

/* ERROR_INVALID, ERROR_TOO_LARGE, or ERROR_UNSUPPORTED for another version of CloudEvents. The
 * payload limits (bytes, depth) are the caller's. event_fini() it. */
bool event_read(const json_t *json, struct event *ret_event, struct error *err);
void event_fini(struct event *event);

/* "2023-08-10T09:00:00.5+03:00", as RFC 3339 has it. */
bool event_time_is_good(const char *text);

#endif
