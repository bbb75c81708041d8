/* client_test.c - requests and answers; events */
#include "engine.h"
#include "marshrut.h"

#include <criterion/criterion.h>
#include <string.h>
#include <zmq.h>

static struct engine engine;
static struct mr_client *client;
static struct mr_answer answer;
static struct mr_error error;
static uint64_t request;

static void set_up(void)
{
    engine_open(&engine);
    client = mr_client_create(engine.endpoint, NULL);
    cr_assert(client != NULL);
}

static void tear_down(void)
{
    engine_close(&engine);
    mr_client_destroy(client);
}

static void assert_json(const char *text)
{
    cr_assert_eq(answer.size, strlen(text));
    cr_assert(memcmp(answer.json, text, answer.size) == 0);
}

TestSuite(client, .init = set_up, .fini = tear_down);

Test(client, a_request_goes_out_and_its_answer_comes_in)
{
    cr_assert(mr_client_send(client, "SHOW", "{\"instance\":17}", 15, &request, NULL));
    engine_expect(&engine, "MC1 SHOW 1");
    engine_expect_payload(&engine, "{\"instance\":17}");
    engine_say(&engine, "MC1 OK 1", "{\"rows\":[]}");
    cr_assert(mr_client_receive(client, ENGINE_WAIT_MS, &answer, NULL));
    cr_assert(answer.ok && answer.request == request);
    cr_assert_str_eq(answer.code, "");
    assert_json("{\"rows\":[]}");
}

Test(client, answers_come_in_any_order_and_keep_their_numbers)
{
    for (int i = 0; i < 3; i++) {
        cr_assert(mr_client_send(client, "LIST", "", 0, &request, NULL));
        engine_hear(&engine);
    }
    engine_say(&engine, "MC1 OK 3", "3");
    engine_say(&engine, "MC1 OK 1", "1");
    engine_say(&engine, "MC1 ERROR 2 not-found", "{}");
    cr_assert(mr_client_receive(client, ENGINE_WAIT_MS, &answer, NULL));
    cr_assert_eq(answer.request, 3);
    cr_assert(mr_client_receive(client, ENGINE_WAIT_MS, &answer, NULL));
    cr_assert_eq(answer.request, 1);
    cr_assert(mr_client_receive(client, -1, &answer, NULL));
    cr_assert(answer.request == 2 && !answer.ok);
    cr_assert_str_eq(answer.code, "not-found");
}

Test(client, waiting_for_one_answer_passes_others_over)
{
    cr_assert(mr_client_send(client, "LIST", "", 0, &request, NULL));
    engine_hear(&engine);
    cr_assert(mr_client_start(client, "item", "k-1", 5, "{}", 2, &request, NULL));
    engine_expect(&engine, "MC1 START 2 item k-1 5");
    engine_say(&engine, "garbage", "{}");
    engine_say(&engine, "MC1 OK 1", "{}");
    engine_say(&engine, "MC1 OK 2", "{\"instance\":1,\"created\":true}");
    cr_assert(mr_client_wait(client, request, ENGINE_WAIT_MS, &answer, NULL));
    cr_assert_eq(answer.request, 2);
    cr_assert_not(mr_client_receive(client, 0, &answer, &error));
    cr_assert_str_eq(error.code, "timeout");
}

Test(client, no_answer_in_time_is_a_timeout)
{
    cr_assert_not(mr_client_call(client, "STATS", "", 0, 1, &answer, &error));
    cr_assert_str_eq(error.code, "timeout");
}

Test(client, a_start_without_key_sends_a_dash)
{
    cr_assert(mr_client_start(client, "item", NULL, 9, "", 0, &request, NULL));
    engine_expect(&engine, "MC1 START 1 item - 9");
    cr_assert(mr_client_start(client, "item", "", 0, "", 0, &request, NULL));
    engine_expect(&engine, "MC1 START 2 item - 0");
}

Test(client, what_cannot_be_said_is_refused_before_it_is_sent)
{
    cr_assert_not(mr_client_start(client, "a b", NULL, 5, "", 0, &request, &error));
    cr_assert_str_eq(error.code, "invalid");
    cr_assert_not(mr_client_start(client, "a", "-", 5, "", 0, &request, &error));
    cr_assert_str_eq(error.code, "invalid");
    cr_assert_not(mr_client_start(client, "a", NULL, 10, "", 0, &request, &error));
    cr_assert_str_eq(error.code, "invalid");
    cr_assert_not(mr_client_send(client, "START", "", 0, &request, &error));
    cr_assert_str_eq(error.code, "unsupported");
    cr_assert_not(mr_client_send(client, "OK", "", 0, &request, &error));
    cr_assert(mr_client_create("nonsense", &error) == NULL);
    cr_assert_str_eq(error.code, "invalid");
    cr_assert(mr_client_send(client, "STATS", "", 0, &request, &error));
    cr_assert_eq(request, 1);
}

Test(client, a_queue_that_is_full_is_busy)
{
    struct mr_client *lonely = mr_client_create("ipc:///tmp/marshrut-nobody-is-here", NULL);
    int sent = 0;

    while (sent < 300000 && mr_client_send(lonely, "STATS", "", 0, &request, &error)) {
        sent++;
    }
    cr_assert_eq(sent, 100000);
    cr_assert_str_eq(error.code, "busy");
    mr_client_destroy(lonely);
}

Test(subscriber, hears_the_topics_it_asked_for)
{
    void *context = zmq_ctx_new();
    void *pub = zmq_socket(context, ZMQ_XPUB);
    char endpoint[128];
    size_t size = sizeof endpoint;
    char subscription[64] = "";
    struct mr_event event;
    int none = 0;

    zmq_setsockopt(pub, ZMQ_LINGER, &none, sizeof none);
    cr_assert(zmq_bind(pub, "tcp://127.0.0.1:*") == 0);
    cr_assert(zmq_getsockopt(pub, ZMQ_LAST_ENDPOINT, endpoint, &size) == 0);
    struct mr_subscriber *subscriber = mr_subscriber_create(endpoint, "ru.marshrut.a", NULL);
    cr_assert(zmq_recv(pub, subscription, sizeof subscription - 1, 0) > 0);
    cr_assert_str_eq(subscription + 1, "ru.marshrut.a");
    zmq_send(pub, "ru.marshrut.b.v1", 16, ZMQ_SNDMORE);
    zmq_send(pub, "{}", 2, 0);
    zmq_send(pub, "ru.marshrut.a.lone", 18, 0);
    zmq_send(pub, "ru.marshrut.a.v1", 16, ZMQ_SNDMORE);
    zmq_send(pub, "{\"seq\":1}", 9, 0);
    cr_assert(mr_subscriber_receive(subscriber, ENGINE_WAIT_MS, &event, NULL));
    cr_assert_str_eq(event.topic, "ru.marshrut.a.v1");
    cr_assert(event.size == 9 && memcmp(event.json, "{\"seq\":1}", 9) == 0);
    cr_assert_not(mr_subscriber_receive(subscriber, 0, &event, NULL));
    mr_subscriber_destroy(subscriber);
    zmq_close(pub);
    zmq_ctx_term(context);
}
