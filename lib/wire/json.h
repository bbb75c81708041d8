/* json.h - what can be said of JSON text without reading it
 *
 * Every JSON text that comes in is put into others when it is shown, so its nesting must leave room
 * below the limit of whoever reads those.
 */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include "base/buffer.h"

/* Are lists and maps nested at most `levels` deep? Of text that is not JSON the answer means
 * nothing; it never reads past the end. */
bool wire_json_within(struct bytes text, unsigned levels);

#endif
