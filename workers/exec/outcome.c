/* outcome.c - what the end of a program means for its task
 *
 *   ended by                     output      the task
 *   more than 1 MiB of output    -           FAIL final
 *   the time limit, or a drop    -           FAIL retry
 *   a signal                     -           FAIL retry
 *   exit 0                       JSON, none  DONE
 *   exit 0                       other       FAIL final
 *   exit 75                      -           FAIL retry
 *   exit with another code       -           FAIL final
 *
 * Owns:    this table and the sentences for operators.
 * In:      run.c, when a child is over.
 * Out:     struct outcome. Pure.
 * Always:  only JSON becomes a result.
 * See:     docs/workers.md §2
 */
#include "workers/exec/outcome.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>

static struct outcome told(enum outcome_kind kind, const char *fmt, ...) PRINTF_LIKE(2, 3);

static struct outcome told(enum outcome_kind kind, const char *fmt, ...)
{
    struct outcome outcome = {.kind = kind};
    va_list args;

    va_start(args, fmt);
    vsnprintf(outcome.title, sizeof outcome.title, fmt, args);
    va_end(args);
    return outcome;
}

static bool blank(struct bytes text)
{
    const char *s = text.data;

    for (size_t i = 0; i < text.size; i++) {
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r' && s[i] != '\n') {
            return false;
        }
    }
    return true;
}

static bool is_json(struct bytes text)
{
    json_t *value = json_loadb(text.data, text.size, JSON_DECODE_ANY, NULL);

    json_decref(value);
    return value != NULL;
}

struct outcome outcome_of(const char *service, struct child_end end, struct bytes output)
{
    if (end.overflowed) {
        return told(OUTCOME_FINAL, "Программа службы %s вернула больше 1 МиБ", service);
    }
    if (end.stopped) {
        return told(OUTCOME_RETRY, "Программа службы %s не уложилась в отведённое время", service);
    }
    if (end.signal != 0) {
        return told(OUTCOME_RETRY, "Программа службы %s остановлена сигналом %d", service,
                    end.signal);
    }
    if (end.exit_code == EXIT_TRY_LATER) {
        return told(OUTCOME_RETRY, "Программа службы %s просит повторить позже (код %d)", service,
                    end.exit_code);
    }
    if (end.exit_code != 0) {
        return told(OUTCOME_FINAL, "Программа службы %s завершилась с кодом %d", service,
                    end.exit_code);
    }
    if (!blank(output) && !is_json(output)) {
        return told(OUTCOME_FINAL, "Программа службы %s вернула не JSON", service);
    }
    return (struct outcome){.kind = OUTCOME_DONE};
}

enum gap { GAP_NONE, GAP_BLANK, GAP_LINE };

static enum gap gap_of(char c)
{
    if (c == '\n' || c == '\r') {
        return GAP_LINE;
    }
    return c == ' ' || c == '\t' || c == '\0' ? GAP_BLANK : GAP_NONE;
}

/* The end of a longer text, from the beginning of a character on. */
static struct bytes end_of(struct bytes text)
{
    const unsigned char *at = text.data;
    size_t from = text.size > CHILD_STDERR_MAX ? text.size - CHILD_STDERR_MAX : 0;

    while (from > 0 && from < text.size && (at[from] & 0xC0u) == 0x80u) {
        from++;
    }
    return (struct bytes){at ? at + from : NULL, text.size - from};
}

void outcome_complaint(struct bytes complaint, struct buffer *out)
{
    static const char *const between[] = {"", " ", " / "};
    struct buffer line = BUFFER_INIT;
    const char *s = complaint.data;
    enum gap gap = GAP_NONE;

    for (size_t i = 0; i < complaint.size; i++) {
        enum gap here = gap_of(s[i]);
        if (here != GAP_NONE) {
            gap = here > gap ? here : gap;
            continue;
        }
        buffer_text(&line, line.size > 0 ? between[gap] : "");
        buffer_append(&line, &s[i], 1);
        gap = GAP_NONE;
    }
    struct bytes end = end_of(buffer_bytes(&line));
    buffer_append(out, end.data, end.size);
    buffer_fini(&line);
}
