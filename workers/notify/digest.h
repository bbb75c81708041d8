/* digest.h - the words of the letter of the day: several assignments in one letter
 *
 * For notices of kind NOTICE_DIGEST; the sections of the body end with a blank line.
 */
#ifndef NOTIFY_DIGEST_H
#define NOTIFY_DIGEST_H

#include "workers/notify/notice.h"

void digest_subject(const struct notice *notice, struct buffer *out);
void digest_why(const struct notice *notice, struct buffer *out);
void digest_body(const struct notice *notice, struct buffer *out);

#endif
