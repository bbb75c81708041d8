/* ics_text.h - what strangers wrote, as text of a calendar */
#ifndef CALENDAR_ICS_TEXT_H
#define CALENDAR_ICS_TEXT_H

#include "base/buffer.h"

/* Appends valid UTF-8 as one line: line ends and tabs become blanks; what controls a screen, turns
 * the writing direction or is not shown becomes U+FFFD. NULL appends nothing. */
void ics_text_put(struct buffer *out, const char *text);

/* Cut to so many characters, the last of them "…", without punctuation before it. */
void ics_text_fit(struct buffer *text, size_t characters_max);

#endif
