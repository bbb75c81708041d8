/* size_text.h - numbers for people: bytes in KiB and MiB, time that has passed */
#ifndef CLI_SIZE_TEXT_H
#define CLI_SIZE_TEXT_H

#include <stdint.h>

#define SIZE_TEXT_MAX 64

/* "1,5 МиБ" · "1.5 MiB"; whole below 1024 bytes. */
void size_text(int64_t bytes, char buf[SIZE_TEXT_MAX]);

/* "3 ч 5 мин", "2 дн. 4 ч", "12 с": the two largest units. */
void duration_text(int64_t ms, char buf[SIZE_TEXT_MAX]);

#endif
