/* hand.c - a worker in a thread of its own, led by the test */
#include "hand.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void echo(struct mr_task *task, void *arg)
{
    struct hand *hand = arg;
    size_t size;
    const char *input = mr_task_input(task, &size);

    atomic_fetch_add(&hand->begun, 1);
    mr_task_done(task, input, size);
}

static void hold(struct mr_task *task, void *arg)
{
    struct hand *hand = arg;

    atomic_fetch_add(&hand->begun, 1);
    if (hand->held_count < HAND_HELD_MAX) {
        hand->held[hand->held_count++] = task;
    }
}

static void big(struct mr_task *task, void *arg)
{
    size_t size;
    const char *input = mr_task_input(task, &size);
    char number[16] = "";

    (void)arg;
    memcpy(number, input, size < 15 ? size : 15);
    size = strtoul(number, NULL, 10);
    char *spaces = malloc(size);
    memset(spaces, ' ', size);
    mr_task_done(task, spaces, size);
    free(spaces);
}

static void drop(struct mr_task *task, void *arg)
{
    struct hand *hand = arg;

    if (mr_task_dropped(task)) {
        atomic_fetch_add(&hand->dropped, 1);
    }
}

static void report(const char *id, const char *text, void *arg)
{
    struct hand *hand = arg;

    (void)text;
    atomic_fetch_add(&hand->reports, strcmp(id, "ignored") == 0);
}

static struct mr_task *take_oldest(struct hand *hand)
{
    struct mr_task *task = hand->held[0];

    hand->held_count--;
    memmove(hand->held, hand->held + 1, (size_t)hand->held_count * sizeof *hand->held);
    return task;
}

/* An order waits for the task it is about. */
static bool ready_for(const struct hand *hand, char order)
{
    return hand->held_count > 0 && (order != 'D' || mr_task_dropped(hand->held[0]));
}

static void obey(void *arg)
{
    struct hand *hand = arg;

    if (hand->order == '\0' && read(hand->orders[0], &hand->order, 1) != 1) {
        return;
    }
    if (!ready_for(hand, hand->order)) {
        mr_worker_after(hand->worker, 1, obey, hand);
        return;
    }
    switch (hand->order) {
    case 'f':
        mr_task_fail(take_oldest(hand), true, "later", NULL);
        break;
    case 'F':
        mr_task_fail(take_oldest(hand), false, "не \"UTF-8\"\n", "a\xff\xd0 b\xed\xa0\x80");
        break;
    case 'P':
        mr_task_problem(take_oldest(hand), false, "https://example.org/late", 408, "late", "2 s");
        break;
    case 'p':
        mr_task_progress(hand->held[0], "{\"half\":true}", 13);
        break;
    default:
        mr_task_done(take_oldest(hand), "1", 1);
    }
    hand->order = '\0';
    atomic_fetch_add(&hand->obeyed, write(hand->echoes[1], "", 1) == 1);
}

void hand_create(struct hand *hand, const char *endpoint, unsigned capacity)
{
    memset(hand, 0, sizeof *hand);
    hand->worker = mr_worker_create(endpoint, "hand", capacity, NULL);
    cr_assert(hand->worker != NULL);
    cr_assert(mr_worker_offer(hand->worker, "echo", echo, hand, NULL));
    cr_assert(mr_worker_offer(hand->worker, "hold", hold, hand, NULL));
    cr_assert(mr_worker_offer(hand->worker, "big", big, hand, NULL));
    mr_worker_on_drop(hand->worker, drop, hand);
    mr_worker_on_report(hand->worker, report, hand);
    cr_assert(pipe(hand->orders) == 0 && pipe(hand->echoes) == 0);
    mr_worker_watch_fd(hand->worker, hand->orders[0], obey, hand);
}

static void *run(void *arg)
{
    mr_worker_run(arg);
    return NULL;
}

void hand_run(struct hand *hand)
{
    cr_assert(pthread_create(&hand->thread, NULL, run, hand->worker) == 0);
}

void hand_destroy(struct hand *hand)
{
    mr_worker_stop(hand->worker);
    pthread_join(hand->thread, NULL);
    mr_worker_destroy(hand->worker);
    for (int i = 0; i < 2; i++) {
        close(hand->orders[i]);
        close(hand->echoes[i]);
    }
}

void hand_order(struct hand *hand, char order)
{
    cr_assert(write(hand->orders[1], &order, 1) == 1);
    cr_assert(read(hand->echoes[0], &order, 1) == 1);
}
