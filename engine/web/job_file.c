/* job_file.c - what is known of jobs, on disk
 *
 * Owns:    the files of FOLDER/jobs: <id>.json, <id>.request.json, targets and results.
 * Always:  a file is whole: written beside, synced, then renamed. What can't be read is left alone.
 * See:     docs/http.md §4
 */
#include "engine/web/disk_file.h"
#include "engine/web/gateway.h"
#include "engine/web/jobs_part.h"

#include "base/clock.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "base/must.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_BYTES_MAX ((size_t)64 << 20) /* of one: a rehearsal of all plans has some 5 MiB */

static const char *const suffixes[] = {"json",        "request.json", "targets",
                                       "result.json", "html",         "new"};

void job_path(const struct job *job, const char *suffix, char path[JOB_PATH_MAX])
{
    snprintf(path, JOB_PATH_MAX, "%s/jobs/%llu.%s", web_folder(job->jobs->web),
             (unsigned long long)job->id, suffix);
}

/* --- writing ------------------------------------------------------------------------------- */

static void sync_folder(const struct job *job)
{
    char path[JOB_PATH_MAX];

    snprintf(path, sizeof path, "%s/jobs", web_folder(job->jobs->web));
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd);
        close(fd);
    }
}

static bool put_file(const char *path, struct bytes text, struct error *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && descriptor_write(fd, text) && fsync(fd) == 0;
    int code = errno;

    if (fd >= 0) {
        close(fd);
    }
    return good || disk_file_refuse(path, code, err);
}

bool job_write(const struct job *job, const char *suffix, struct bytes text, struct error *err)
{
    char path[JOB_PATH_MAX];
    char beside[JOB_PATH_MAX];

    job_path(job, suffix, path);
    job_path(job, "new", beside);
    if (!put_file(beside, text, err)) {
        return false;
    }
    if (rename(beside, path) != 0) {
        return disk_file_refuse(path, errno, err);
    }
    sync_folder(job);
    return true;
}

void job_save(struct job *job)
{
    json_t *row = jobs_row(job);
    struct error err;

    json_object_set_new(row, "once", json_string(job->once));
    json_object_set_new(row, "language",
                        json_string(job->language == LANGUAGE_RUSSIAN ? "ru" : "en"));
    json_object_set_new(row, "began_ms", json_integer(job->began_ms));
    json_object_set_new(row, "ended_ms", json_integer(job->ended_ms));
    char *text = json_dumps(row, JSON_INDENT(1));
    must(text != NULL);
    if (!job_write(job, "json", bytes_of(text), &err)) {
        log_warn("MR-JOB-UNWRITTEN", "job=%llu: %s", (unsigned long long)job->id, err.text);
    }
    job->saved_ms = monotonic_ms();
    free(text);
    json_decref(row);
}

/* --- reading ------------------------------------------------------------------------------- */

bool job_read(const struct job *job, const char *suffix, struct buffer *text)
{
    char path[JOB_PATH_MAX];
    struct stat about;

    job_path(job, suffix, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode) &&
                (uint64_t)about.st_size <= FILE_BYTES_MAX;
    ssize_t n = 1;
    if (good) {
        buffer_reserve(text, (size_t)about.st_size + 1);
    }
    while (good && n > 0 && text->size < text->capacity) {
        n = read(fd, text->data + text->size, text->capacity - text->size);
        text->size += n > 0 ? (size_t)n : 0;
        good = n >= 0 || errno == EINTR;
    }
    if (fd >= 0) {
        close(fd);
    }
    return good;
}

static json_t *read_json(const struct job *job, const char *suffix)
{
    struct buffer text = BUFFER_INIT;
    json_t *value =
        job_read(job, suffix, &text) ? json_loadb((char *)text.data, text.size, 0, NULL) : NULL;

    buffer_fini(&text);
    if (!json_is_object(value)) {
        json_decref(value);
        return NULL;
    }
    return value;
}

static bool read_state(const json_t *row, enum job_state *ret_state)
{
    const char *name = json_string_value(json_object_get(row, "state"));

    for (int i = 0; name != NULL && i < JOB_STATE_COUNT; i++) {
        if (strcmp(job_state_name((enum job_state)i), name) == 0) {
            *ret_state = (enum job_state)i;
            return true;
        }
    }
    return false;
}

static uint64_t number_of(const json_t *row, const char *field)
{
    json_int_t value = json_integer_value(json_object_get(row, field));

    return value > 0 ? (uint64_t)value : 0;
}

static const char *text_of(const json_t *row, const char *field)
{
    const char *text = json_string_value(json_object_get(row, field));

    return text != NULL ? text : "";
}

static bool fill(struct job *job, const json_t *row)
{
    json_t *refused = json_object_get(row, "refused");

    job->kind = job_kind_find(text_of(row, "kind"));
    if (job->kind == NULL || job->request == NULL || !read_state(row, &job->state)) {
        return false;
    }
    job->done = number_of(row, "done");
    job->of = number_of(row, "of");
    job->began_ms = (int64_t)number_of(row, "began_ms");
    job->ended_ms = (int64_t)number_of(row, "ended_ms");
    job->refused_count = number_of(row, "refused_count");
    job->has_result = json_is_true(json_object_get(row, "has_result"));
    job->language =
        strcmp(text_of(row, "language"), "ru") == 0 ? LANGUAGE_RUSSIAN : LANGUAGE_ENGLISH;
    job->problem = json_incref(json_object_get(row, "problem"));
    job->refused = json_is_array(refused) ? json_incref(refused) : json_array();
    snprintf(job->by, sizeof job->by, "%s", text_of(row, "by"));
    snprintf(job->once, sizeof job->once, "%s", text_of(row, "once"));
    return true;
}

struct job *job_load(struct jobs *jobs, uint64_t id)
{
    struct job *job = xcalloc(1, sizeof *job);

    job->jobs = jobs;
    job->id = id;
    json_t *row = read_json(job, "json");
    job->request = read_json(job, "request.json");
    if (row == NULL || !fill(job, row)) {
        job_destroy(job);
        job = NULL;
    }
    json_decref(row);
    return job;
}

void job_destroy(struct job *job)
{
    if (job->work != NULL) {
        job->kind->release(job);
    }
    json_decref(job->request);
    json_decref(job->problem);
    json_decref(job->refused);
    free(job);
}

/* --- removing ------------------------------------------------------------------------------ */

void job_remove_files(const struct job *job)
{
    char path[JOB_PATH_MAX];

    job_folders_remove(job);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        job_path(job, suffixes[i], path);
        unlink(path);
    }
}
