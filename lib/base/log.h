/* log.h - one line per thing that happened: level, stable id, key=value, words
 *
 * 2023-01-09T06:00:00.123Z INFO MR-LEASE-LOST task=17.2 worker=notify-1: no heartbeat for 10 s
 *
 * Ids are listed in docs/configuration.md §Log; tests assert ids, not words. Lines go to standard
 * error. Only programs log; libraries return errors.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include "base/compiler.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* Lines above this level are dropped. INFO until told. */
void log_set_level(enum log_level level);

/* id is a literal like "MR-LEASE-LOST"; fmt gives the rest of the line. */
void log_line(enum log_level level, const char *id, const char *fmt, ...) PRINTF_LIKE(3, 4);

#define log_error(id, ...) log_line(LOG_LEVEL_ERROR, id, __VA_ARGS__)
#define log_warn(id, ...)  log_line(LOG_LEVEL_WARN, id, __VA_ARGS__)
#define log_info(id, ...)  log_line(LOG_LEVEL_INFO, id, __VA_ARGS__)
#define log_debug(id, ...) log_line(LOG_LEVEL_DEBUG, id, __VA_ARGS__)

#endif
