/* bulk_targets.c - what an action on many touches
 *
 * Owns:    the file "targets" of a job: a line "instance.task" each, task 0 for the instance.
 * In:      job_bulk.c collects them; job_again.c looks at them when all is over.
 * Always:  at most LIMIT_BULK.
 * See:     docs/http.md §4.2
 */
#include "engine/web/bulk_targets.h"

#include "base/must.h"
#include "engine/web/jobs_part.h"

#include <stdio.h>
#include <stdlib.h>

static bool same(struct bulk_target a, struct bulk_target b)
{
    return a.instance == b.instance && a.task == b.task;
}

void bulk_targets_add(struct bulk_targets *t, struct bulk_target target)
{
    if (t->count > 0 && same(t->list[t->count - 1], target)) {
        return;
    }
    if (t->count == t->room) {
        t->room = t->room > 0 ? 2 * t->room : 256;
        t->list = xrealloc(t->list, t->room * sizeof *t->list);
    }
    t->list[t->count++] = target;
}

bool bulk_targets_write(const struct bulk_targets *t, const struct job *job, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    char line[64];

    for (size_t i = 0; i < t->count; i++) {
        snprintf(line, sizeof line, "%llu.%lu\n", (unsigned long long)t->list[i].instance,
                 (unsigned long)t->list[i].task);
        buffer_text(&text, line);
    }
    bool good = job_write(job, "targets", buffer_bytes(&text), err);
    buffer_fini(&text);
    return good;
}

bool bulk_targets_read(struct bulk_targets *t, const struct job *job)
{
    struct buffer text = BUFFER_INIT;
    bool good = job_read(job, "targets", &text);

    buffer_append(&text, "", 1);
    const char *at = (const char *)text.data;
    while (good && *at != '\0' && t->count < LIMIT_BULK) {
        char *end;
        uint64_t instance = strtoull(at, &end, 10);
        uint32_t task = *end == '.' ? (uint32_t)strtoul(end + 1, &end, 10) : 0;
        good = *end == '\n' && instance != 0;
        if (good) {
            bulk_targets_add(t, (struct bulk_target){instance, task});
            at = end + 1;
        }
    }
    buffer_fini(&text);
    return good;
}

void bulk_targets_fini(struct bulk_targets *t)
{
    free(t->list);
    *t = (struct bulk_targets){0};
}
