/* worker.c - the one worker process
 *
 * Owns:    the board; what the worker does with a task.
 * In:      tasks from the engine, through libmarshrut.
 * Out:     results at once; counts on the board; the bell.
 * Always:  a handler does next to nothing, so that the engine is what is measured.
 */
#include "tests/bench/worker.h"

#include "base/clock.h"
#include "base/must.h"
#include "marshrut.h"
#include "tests/bench/documents.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

static size_t board_bytes(uint64_t arrivals)
{
    return sizeof(struct board) + arrivals * sizeof(struct arrival);
}

struct board *board_create(uint64_t arrivals)
{
    struct board *board = mmap(NULL, board_bytes(arrivals), PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    must(board != MAP_FAILED);
    board->bell = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    must(board->bell >= 0);
    board->arrival_room = arrivals;
    return board;
}

void board_destroy(struct board **board)
{
    if (*board != NULL) {
        close((*board)->bell);
        munmap(*board, board_bytes((*board)->arrival_room));
        *board = NULL;
    }
}

static uint64_t board_count(struct board *board)
{
    return atomic_load(&board->finished) + atomic_load(&board->arrived);
}

void board_wait(struct board *board, uint64_t wake_at, int ms)
{
    struct pollfd bell = {.fd = board->bell, .events = POLLIN};
    uint64_t rung;

    atomic_store(&board->wake_at, wake_at);
    if (board_count(board) < wake_at && poll(&bell, 1, ms) > 0) {
        ssize_t got = read(board->bell, &rung, sizeof rung);
        (void)got; /* rung twice: the next wait is short */
    }
}

static void ring_when_due(struct board *board)
{
    uint64_t one = 1;

    if (board_count(board) == atomic_load(&board->wake_at)) {
        ssize_t put = write(board->bell, &one, sizeof one);
        (void)put;
    }
}

/* --- in the worker's process ---------------------------------------------------------------- */

static void give_back(struct mr_task *task)
{
    size_t size;
    const char *input = mr_task_input(task, &size);

    mr_task_done(task, input, size);
}

static void on_step(struct mr_task *task, void *arg)
{
    (void)arg;
    give_back(task);
}

static void on_last(struct mr_task *task, void *arg)
{
    struct board *board = arg;

    give_back(task);
    atomic_fetch_add(&board->finished, 1);
    ring_when_due(board);
}

static void on_due(struct mr_task *task, void *arg)
{
    struct clock clock = clock_real();
    struct board *board = arg;
    uint64_t at = atomic_load(&board->arrived);

    if (at < board->arrival_room) {
        board->arrivals[at] = (struct arrival){.instance = strtoull(mr_task_id(task), NULL, 10),
                                               .at_ms = clock_now_ms(&clock)};
        atomic_store(&board->arrived, at + 1);
        ring_when_due(board);
    }
    give_back(task);
}

static _Noreturn void run_worker(const char *endpoint, unsigned capacity, struct board *board)
{
    struct mr_error err;
    struct mr_worker *worker = mr_worker_create(endpoint, "bench", capacity, &err);

    if (worker == NULL || !mr_worker_offer(worker, SERVICE_STEP, on_step, board, &err) ||
        !mr_worker_offer(worker, SERVICE_LAST, on_last, board, &err) ||
        !mr_worker_offer(worker, SERVICE_DUE, on_due, board, &err)) {
        fprintf(stderr, "bench: the worker can't work: %s\n", err.text);
        _exit(1);
    }
    mr_worker_run(worker); /* until it is killed */
    _exit(0);
}

bool worker_start(const char *endpoint, unsigned capacity, struct board *board, pid_t *ret_pid,
                  struct error *err)
{
    pid_t parent = getpid();
    pid_t pid = fork();

    if (pid < 0) {
        return error_set(err, ERROR_IO, "can't fork: %s", strerror(errno));
    }
    if (pid == 0) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) {
            _exit(1);
        }
        run_worker(endpoint, capacity, board);
    }
    *ret_pid = pid;
    return true;
}
