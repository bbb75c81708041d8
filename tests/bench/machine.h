/* machine.h - what was measured on: without it a figure means nothing */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include "base/error.h"

#include <jansson.h>

/* {"cpu","cores","memory_mib","kernel","disk_fs","disk_sync_us","load"}, yours. disk_sync_us: the
 * median of 200 appends of 4 KiB to a file in the folder, each synced: the floor of a commit. load:
 * how busy the machine was before. */
bool machine_look(const char *folder, json_t **ret_machine, struct error *err);

#endif
