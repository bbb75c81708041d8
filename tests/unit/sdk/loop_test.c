/* loop_test.c - watches and timers in a worker's loop; what a worker is refused */
#include "engine.h"
#include "hand.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zmq.h>

/* Everything here runs in the test's thread: the worker is stopped from its own handlers. */
struct scene {
    struct mr_worker *worker;
    struct mr_client *client;
    struct mr_subscriber *subscriber;
    int count;
    int other;
    int timer;
    int fds[2];
};

static void nothing(struct mr_task *task, void *arg)
{
    (void)arg;
    mr_task_done(task, "", 0);
}

static void stop(void *arg)
{
    struct scene *scene = arg;

    scene->count++;
    mr_worker_stop(scene->worker);
}

static void count_to_three(void *arg)
{
    struct scene *scene = arg;

    if (++scene->count == 3) {
        mr_worker_stop(scene->worker);
    }
}

static void never(void *arg)
{
    struct scene *scene = arg;

    scene->other++;
}

static struct scene begin(const char *endpoint)
{
    struct scene scene = {.worker = mr_worker_create(endpoint, "scene", 1, NULL)};

    cr_assert(scene.worker != NULL);
    cr_assert(mr_worker_offer(scene.worker, "nothing", nothing, NULL, NULL));
    return scene;
}

Test(loop, a_timer_repeats_until_it_is_cancelled_and_one_fires_once)
{
    struct scene scene = begin("ipc:///tmp/marshrut-nobody-is-here");
    struct scene once = {.worker = scene.worker};

    mr_worker_every(scene.worker, 5, count_to_three, &scene);
    mr_worker_after(scene.worker, 1, never, &once);
    mr_worker_cancel_timer(scene.worker, mr_worker_every(scene.worker, 1, never, &scene));
    mr_worker_cancel_timer(scene.worker, 12345);
    mr_worker_run(scene.worker);
    cr_assert_eq(scene.count, 3);
    cr_assert_eq(once.other, 1);
    cr_assert_eq(scene.other, 0);
    mr_worker_destroy(scene.worker);
}

static void unwatch_both(void *arg)
{
    struct scene *scene = arg;

    scene->count++;
    mr_worker_unwatch_fd(scene->worker, scene->fds[0]);
    mr_worker_after(scene->worker, 1, stop, scene);
}

Test(loop, a_watch_that_was_removed_in_the_same_pass_is_not_called)
{
    struct scene scene = begin("ipc:///tmp/marshrut-nobody-is-here");

    cr_assert(pipe(scene.fds) == 0 && write(scene.fds[1], "x", 1) == 1);
    mr_worker_watch_fd(scene.worker, scene.fds[0], unwatch_both, &scene);
    mr_worker_watch_fd(scene.worker, scene.fds[0], never, &scene);
    mr_worker_unwatch_fd(scene.worker, 12345);
    mr_worker_run(scene.worker);
    cr_assert_eq(scene.count, 2);
    cr_assert_eq(scene.other, 0);
    mr_worker_destroy(scene.worker);
}

Test(loop, end_of_file_wakes_a_watch)
{
    struct scene scene = begin("ipc:///tmp/marshrut-nobody-is-here");

    cr_assert(pipe(scene.fds) == 0 && close(scene.fds[1]) == 0);
    mr_worker_watch_fd(scene.worker, scene.fds[0], stop, &scene);
    mr_worker_run(scene.worker);
    cr_assert_eq(scene.count, 1);
    mr_worker_destroy(scene.worker);
}

static void read_answer(void *arg)
{
    struct scene *scene = arg;
    struct mr_answer answer;

    cr_assert(mr_client_receive(scene->client, 0, &answer, NULL));
    stop(scene);
}

Test(loop, a_worker_hears_the_answers_to_its_client)
{
    struct engine engine;
    engine_open(&engine);
    struct scene scene = begin("ipc:///tmp/marshrut-nobody-is-here");
    scene.client = mr_client_create(engine.endpoint, NULL);
    uint64_t request;

    cr_assert(mr_client_send(scene.client, "STATS", "", 0, &request, NULL));
    engine_expect(&engine, "MC1 STATS 1");
    engine_say(&engine, "MC1 OK 1", "{}");
    mr_worker_watch_client(scene.worker, scene.client, read_answer, &scene);
    mr_worker_run(scene.worker);
    cr_assert_eq(scene.count, 1);
    mr_worker_destroy(scene.worker);
    mr_client_destroy(scene.client);
    engine_close(&engine);
}

Test(loop, names_capacities_and_endpoints_that_are_none_are_refused)
{
    struct mr_error err;

    cr_assert(mr_worker_create("tcp://127.0.0.1:5", "a b", 1, &err) == NULL);
    cr_assert_str_eq(err.code, "invalid");
    cr_assert(mr_worker_create("tcp://127.0.0.1:5", "a", 0, &err) == NULL);
    cr_assert_str_eq(err.code, "too-large");
    cr_assert(mr_worker_create("tcp://127.0.0.1:5", "a", 10001, &err) == NULL);
    cr_assert_str_eq(err.code, "too-large");
    cr_assert(mr_worker_create("nonsense", "a", 1, &err) == NULL);
    cr_assert_str_eq(err.code, "invalid");
    struct mr_worker *largest = mr_worker_create("tcp://127.0.0.1:5", "a", 10000, &err);
    cr_assert(largest != NULL);
    mr_worker_destroy(largest);
    mr_worker_destroy(NULL);
}

Test(loop, at_most_64_services_are_offered_each_once)
{
    struct mr_worker *worker = mr_worker_create("tcp://127.0.0.1:5", "a", 1, NULL);
    struct mr_error err;
    char service[16];

    for (int i = 0; i < 64; i++) {
        snprintf(service, sizeof service, "s%d", i);
        cr_assert(mr_worker_offer(worker, service, nothing, NULL, NULL));
    }
    cr_assert_not(mr_worker_offer(worker, "s0", nothing, NULL, &err));
    cr_assert_str_eq(err.code, "conflict");
    cr_assert_not(mr_worker_offer(worker, "s64", nothing, NULL, &err));
    cr_assert_str_eq(err.code, "too-large");
    mr_worker_destroy(worker);
}
