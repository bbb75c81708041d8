/* tool_folder.h - a folder with files for one run of the program (tool.h) */
#ifndef WEB_TOOL_FOLDER_H
#define WEB_TOOL_FOLDER_H

#include "base/buffer.h"
#include "base/error.h"

#define TOOL_FOLDER_MAX 256
#define TOOL_GIVEN      "given" /* two folders in it: what is asked about */
#define TOOL_BESIDE     "with"  /* … and what that may name */

/* A new one in TMPDIR, else in /tmp, that nobody else can look into. "" on failure. */
bool tool_folder_make(char ret_folder[static TOOL_FOLDER_MAX], struct error *err);
/* A new file in it; name: may begin with one of them and "/". */
bool tool_folder_put(const char *folder, const char *name, struct bytes text, struct error *err);
/* With all that is in it; "" is fine. */
void tool_folder_remove(const char *folder);

#endif
