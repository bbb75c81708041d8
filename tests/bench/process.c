/* process.c - what the kernel tells of a process
 *
 * Owns:    the reading of /proc/PID and of the sizes of files.
 * Out:     numbers; a refusal when the kernel does not tell.
 * See:     docs/performance.md §2.3
 */
#include "tests/bench/process.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool process_private_bytes(pid_t pid, uint64_t *ret_bytes, struct error *err)
{
    char path[64];
    char line[256];
    uint64_t kilobytes = 0;
    uint64_t sum = 0;
    int found = 0;

    snprintf(path, sizeof path, "/proc/%ld/smaps_rollup", (long)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return error_set(err, ERROR_IO, "can't read %s: %s", path, strerror(errno));
    }
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "Anonymous: %" SCNu64 " kB", &kilobytes) == 1 ||
            sscanf(line, "Swap: %" SCNu64 " kB", &kilobytes) == 1) {
            sum += kilobytes;
            found++;
        }
    }
    fclose(file);
    if (found < 2) {
        return error_set(err, ERROR_IO, "%s does not tell anonymous memory", path);
    }
    *ret_bytes = sum * 1024;
    return true;
}

int64_t process_cpu_us(pid_t pid)
{
    char path[64];
    char line[1024];
    unsigned long user = 0;
    unsigned long kernel = 0;

    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    const char *read = fgets(line, sizeof line, file);
    fclose(file);
    /* the second field is the name, in parentheses, with anything in it */
    const char *rest = read ? strrchr(line, ')') : NULL;
    if (rest == NULL || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                               &user, &kernel) != 2) {
        return 0;
    }
    return (int64_t)(user + kernel) * (1000000 / sysconf(_SC_CLK_TCK));
}

/* The first line of a file of the kernel; "" when it can't be read. */
static void read_line(const char *path, char *line, int room)
{
    FILE *file = fopen(path, "r");

    if (file == NULL || fgets(line, room, file) == NULL) {
        line[0] = '\0';
    }
    if (file != NULL) {
        fclose(file);
    }
}

int64_t process_others_ns(pid_t pid)
{
    char path[320];
    char own[64];
    char name[64];
    char times[128];
    int64_t sum = 0;
    int64_t ns;

    snprintf(path, sizeof path, "/proc/%ld/task", (long)pid);
    DIR *dir = opendir(path);
    snprintf(path, sizeof path, "/proc/%ld/comm", (long)pid);
    read_line(path, own, sizeof own);
    for (struct dirent *e = dir ? readdir(dir) : NULL; e != NULL; e = readdir(dir)) {
        snprintf(path, sizeof path, "/proc/%ld/task/%s/comm", (long)pid, e->d_name);
        read_line(path, name, sizeof name);
        snprintf(path, sizeof path, "/proc/%ld/task/%s/schedstat", (long)pid, e->d_name);
        read_line(path, times, sizeof times);
        bool other = strcmp(own, name) == 0 && strtol(e->d_name, NULL, 10) != (long)pid;
        sum += other && sscanf(times, "%" SCNd64, &ns) == 1 ? ns : 0;
    }
    if (dir != NULL) {
        closedir(dir);
    }
    return sum;
}

bool folder_disk_bytes(const char *folder, uint64_t *ret_bytes, struct error *err)
{
    DIR *dir = opendir(folder);
    struct stat st;
    uint64_t bytes = 0;

    if (dir == NULL) {
        return error_set(err, ERROR_IO, "can't read %s: %s", folder, strerror(errno));
    }
    for (struct dirent *e = readdir(dir); e != NULL; e = readdir(dir)) {
        if (fstatat(dirfd(dir), e->d_name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(st.st_mode)) {
            bytes += (uint64_t)st.st_blocks * 512;
        }
    }
    closedir(dir);
    *ret_bytes = bytes;
    return true;
}
