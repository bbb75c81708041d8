/* process.h - what the kernel tells of a process: memory of its own, processor time, bytes on disk
 */
#ifndef BENCH_PROCESS_H
#define BENCH_PROCESS_H

#include "base/error.h"

#include <stdint.h>
#include <sys/types.h>

/* Memory that is this process's alone and behind no file (heap, stacks; swapped out too). The map
 * of the store is file memory: the kernel drops it whenever it wants the room, so it is not
 * counted. */
bool process_private_bytes(pid_t pid, uint64_t *ret_bytes, struct error *err);

/* Processor time used until now, in user and kernel mode, all threads; 0 when it is gone. */
int64_t process_cpu_us(pid_t pid);

/* Processor time of the threads that have the name of the program and are not its first: of the
 * engine, the one that serves HTTP. 0 when there is none. */
int64_t process_others_ns(pid_t pid);

/* Blocks on disk of the files in a folder (no folders in it), as `du` counts. */
bool folder_disk_bytes(const char *folder, uint64_t *ret_bytes, struct error *err);

#endif
