/* beside.h - what stands in the folder of the running program, or near it */
#ifndef BASE_BESIDE_H
#define BASE_BESIDE_H

#include <stdbool.h>

#define BESIDE_PATH_MAX 4096

/* place, as seen from that folder: "marshrut-jq", "../share/locale". mode is access(2)'s: R_OK,
 * X_OK. false: it is not there for us, and ret_path is "". */
bool beside_find(const char *place, int mode, char ret_path[BESIDE_PATH_MAX]);

/* A program: there, or else its name alone, as a shell would look for it. A name with a slash stays
 * as it is. */
void beside_program(const char *name, char ret_path[BESIDE_PATH_MAX]);

#endif
