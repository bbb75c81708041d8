/* beside.c - paths from the place of the running program
 *
 * Always:  asked of the system each time: it costs a call, and the program may have been moved.
 */
#include "base/beside.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

bool beside_find(const char *place, int mode, char ret_path[BESIDE_PATH_MAX])
{
    char self[BESIDE_PATH_MAX];
    ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);

    self[size > 0 ? size : 0] = '\0';
    char *slash = strrchr(self, '/');
    if (slash != NULL) {
        slash[1] = '\0';
        int length = snprintf(ret_path, BESIDE_PATH_MAX, "%s%s", self, place);
        if (length < BESIDE_PATH_MAX && access(ret_path, mode) == 0) {
            return true;
        }
    }
    ret_path[0] = '\0';
    return false;
}

void beside_program(const char *name, char ret_path[BESIDE_PATH_MAX])
{
    if (strchr(name, '/') != NULL || !beside_find(name, X_OK, ret_path)) {
        snprintf(ret_path, BESIDE_PATH_MAX, "%s", name);
    }
}
