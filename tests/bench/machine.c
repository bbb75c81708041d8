/* machine.c - what was measured on
 *
 * Owns:    the reading of /proc and uname, and the timing of the disk.
 * Out:     one JSON object, a part of every line of the report.
 * See:     docs/performance.md §1
 */
#include "tests/bench/machine.h"

#include "base/must.h"
#include "tests/bench/samples.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define SYNC_COUNT 200
#define SYNC_BYTES 4096

static void read_cpu(char *name, size_t size)
{
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[512];

    snprintf(name, size, "unknown");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon != NULL) {
            snprintf(name, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

/* Is the folder below this mount point? */
static bool is_below(const char *folder, const char *mount)
{
    size_t size = strlen(mount);

    return strncmp(folder, mount, size) == 0 &&
           (size == 1 || folder[size] == '/' || folder[size] == '\0');
}

/* The file system of the longest mount point above the folder. */
static void read_disk(const char *folder, char *name, size_t size)
{
    FILE *file = fopen("/proc/self/mountinfo", "r");
    char line[4096];
    char mount[2048];
    char type[64];
    size_t longest = 0;

    snprintf(name, size, "unknown");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        const char *dash = strstr(line, " - ");
        if (dash != NULL && sscanf(line, "%*s %*s %*s %*s %2047s", mount) == 1 &&
            sscanf(dash, " - %63s", type) == 1 && is_below(folder, mount) &&
            strlen(mount) >= longest) {
            longest = strlen(mount);
            snprintf(name, size, "%s", type);
        }
    }
    if (file != NULL) {
        fclose(file);
    }
}

static bool time_syncs(int fd, struct samples *samples)
{
    static const char block[SYNC_BYTES] = {1};

    for (int i = 0; i < SYNC_COUNT; i++) {
        int64_t before_us = stopwatch_us();
        if (write(fd, block, sizeof block) != (ssize_t)sizeof block || fdatasync(fd) != 0) {
            return false;
        }
        samples_add(samples, stopwatch_us() - before_us);
    }
    return true;
}

static bool time_disk(const char *folder, int64_t *ret_sync_us, struct error *err)
{
    struct samples samples = SAMPLES_INIT;
    size_t size = strlen(folder) + 32;
    char *path = xmalloc(size);

    snprintf(path, size, "%s/marshrut-sync-XXXXXX", folder);
    int fd = mkstemp(path);
    bool ok = fd >= 0 && time_syncs(fd, &samples);
    if (ok) {
        *ret_sync_us = samples_percentile(&samples, 0.5);
    } else {
        error_set(err, ERROR_IO, "can't write %s: %s", path, strerror(errno));
    }
    if (fd >= 0) {
        close(fd);
        unlink(path);
    }
    samples_fini(&samples);
    free(path);
    return ok;
}

bool machine_look(const char *folder, json_t **ret_machine, struct error *err)
{
    char cpu[256];
    char disk[64];
    struct utsname name;
    double load = 0.0;
    int64_t sync_us = 0;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    long long memory = (long long)sysconf(_SC_PHYS_PAGES) * sysconf(_SC_PAGESIZE);

    must(uname(&name) == 0);
    read_cpu(cpu, sizeof cpu);
    read_disk(folder, disk, sizeof disk);
    getloadavg(&load, 1);
    if (!time_disk(folder, &sync_us, err)) {
        return false;
    }
    *ret_machine = json_pack("{ss si sI ss ss sI sf}", "cpu", cpu, "cores", (int)cores,
                             "memory_mib", (json_int_t)(memory >> 20), "kernel", name.release,
                             "disk_fs", disk, "disk_sync_us", (json_int_t)sync_us, "load", load);
    must(*ret_machine != NULL);
    return true;
}
