/* job_folder.c - documents in a folder, for a program that reads them there
 *
 * Owns:    FOLDER/jobs/<id>.work and <id>.with, while a job needs them.
 * In:      jobs that run the command line program: rehearsals, imports.
 * Always:  nobody needs them on the disk after a power cut, so they are not synced; they are
 * removed when the job ends, or when it is found interrupted.
 */
#include "engine/web/disk_file.h"
#include "engine/web/jobs_part.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP_DOCUMENTS 16 /* written in one step */

static const char *const folders[] = {"work", "with"};

static void remove_one(const struct job *job, const char *suffix)
{
    char path[JOB_PATH_MAX];
    const struct dirent *entry;

    job_path(job, suffix, path);
    DIR *folder = opendir(path);
    while (folder != NULL && (entry = readdir(folder)) != NULL) {
        if (entry->d_name[0] != '.') {
            unlinkat(dirfd(folder), entry->d_name, 0);
        }
    }
    if (folder != NULL) {
        closedir(folder);
        rmdir(path);
    }
}

void job_folders_remove(const struct job *job)
{
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        remove_one(job, folders[i]);
    }
}

bool job_folders_make(const struct job *job, struct error *err)
{
    char path[JOB_PATH_MAX];

    job_folders_remove(job);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        job_path(job, folders[i], path);
        if (mkdir(path, 0700) != 0) {
            return disk_file_refuse(path, errno, err);
        }
    }
    return true;
}

bool job_folder_put(const struct job *job, const char *folder, unsigned number, struct bytes text,
                    struct error *err)
{
    char name[32];
    char path[JOB_PATH_MAX];

    snprintf(name, sizeof name, "%s/%05u.yaml", folder, number);
    job_path(job, name, path);
    return disk_file_new(path, text, err);
}

bool job_folder_put_catalog(const struct job *job, const char *folder, job_wants_fn *wants,
                            uint32_t *index, bool *ret_more, struct error *err)
{
    const struct view *view = reader_begin(job->jobs->web->reader, err);
    const struct definition *d = NULL;

    for (int n = 0; view != NULL && n < STEP_DOCUMENTS; n++) {
        d = catalog_next_in_force(view->catalog, index);
        if (d == NULL) {
            break;
        }
        if (wants(job, d) && !job_folder_put(job, folder, d->number, bytes_of(d->source), err)) {
            return false;
        }
    }
    *ret_more = d != NULL;
    return view != NULL;
}
