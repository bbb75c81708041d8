/* worker.h - the one worker process: what it does, and the board it shares with the bench
 *
 * The board is memory that both processes have mapped. The worker counts on it; what is counted
 * there steers the load and is never a figure of itself: figures come from the engine's own
 * answers, which are durable.
 */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

#include "base/error.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/types.h>

/* A task that came when a timer was due. */
struct arrival {
    uint64_t instance;
    int64_t at_ms; /* real clock, as the engine's */
};

struct board {
    atomic_ullong finished; /* last steps handed back */
    atomic_ullong wake_at;  /* ring the bell when finished gets there */
    atomic_ullong arrived;  /* of the arrivals, how many are filled */
    uint64_t arrival_room;
    int bell; /* an eventfd */
    struct arrival arrivals[];
};

struct board *board_create(uint64_t arrivals);
void board_destroy(struct board **board);
/* Sleep until finished (or arrived) gets there or ms are over; for the bench. */
void board_wait(struct board *board, uint64_t wake_at, int ms);

/* Fork a worker that offers all services of documents.h: it gives each task's input back as its
 * output, at once. It dies with this process. Fork it before this process has sockets. */
bool worker_start(const char *endpoint, unsigned capacity, struct board *board, pid_t *ret_pid,
                  struct error *err);

#endif
