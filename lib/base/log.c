/* log.c - log lines to standard error, one write each */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 2048 /* a longer line is cut; nobody reads it */

static enum log_level shown = LOG_LEVEL_INFO;
static const char *const level_names[] = {"ERROR", "WARN", "INFO", "DEBUG"};

void log_set_level(enum log_level level)
{
    shown = level;
}

void log_line(enum log_level level, const char *id, const char *fmt, ...)
{
    char line[LINE_MAX_BYTES];
    struct timespec now;
    struct tm tm;
    va_list args;

    if (level > shown) {
        return;
    }
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &tm);
    int used = snprintf(line, sizeof line, "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ %s %s ",
                        tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min,
                        tm.tm_sec, now.tv_nsec / 1000000, level_names[level], id);
    va_start(args, fmt);
    int more = vsnprintf(line + used, sizeof line - (size_t)used - 1, fmt, args);
    va_end(args);
    used += more < 0 ? 0 : more;
    if (used > (int)sizeof line - 2) {
        used = (int)sizeof line - 2;
    }
    line[used] = '\n';
    ssize_t written = write(STDERR_FILENO, line, (size_t)used + 1);
    (void)written; /* nowhere left to complain */
}
