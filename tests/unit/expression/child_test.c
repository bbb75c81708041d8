/* child_test.c - marshrut-jq by itself: frames, and what the kernel ends it for */
#include "base/limits.h"
#include "base/must.h"
#include "expression/child.h"
#include "expression/frames.h"

#include <criterion/criterion.h>
#include <signal.h>

static struct child child;
static struct buffer request;
static struct buffer answer;

static void setup(void)
{
    struct error err = ERROR_INIT;

    child = CHILD_INIT;
    cr_assert(child_start(&child, NULL, &err), "%s", err.text);
}

static void teardown(void)
{
    child_stop(&child);
    buffer_fini(&request);
    buffer_fini(&answer);
}

TestSuite(child, .init = setup, .fini = teardown, .timeout = 300);

static enum child_end ask(int64_t limit_ms, int *ret_signal)
{
    return child_ask(&child, &request, limit_ms, &answer, ret_signal);
}

static void load(uint64_t slot, const char *text)
{
    int signal;

    buffer_clear(&request);
    pack_u8(&request, REQUEST_LOAD);
    pack_uint(&request, slot);
    pack_text(&request, text);
    cr_assert_eq(ask(LIMIT_COMPILE_MS, &signal), CHILD_ANSWERED);
}

static void begin_run(uint64_t slot, const char *input)
{
    buffer_clear(&request);
    pack_u8(&request, REQUEST_RUN);
    pack_uint(&request, slot);
    pack_uint(&request, 7);
    pack_uint(&request, 1);
    pack_text(&request, input);
}

static void answers(enum answer_kind kind, const char *text)
{
    struct cursor cursor = cursor_of(buffer_bytes(&answer));

    cr_assert_eq(unpack_u8(&cursor), kind);
    cr_assert(bytes_equal(unpack_bytes(&cursor), bytes_of(text)));
    cr_assert(cursor_done(&cursor));
}

Test(child, keeps_several_programs_in_their_slots)
{
    int signal;

    load(0, "[.[0], .[1].b, .[1].a]");
    load(FRAME_SLOTS - 1, "{z: 1, a: .[1]}");
    begin_run(0, "{\"a\":\"\\u0001\\\"ж\",\"b\":1e2}");
    cr_assert_eq(ask(LIMIT_COMPILE_MS, &signal), CHILD_ANSWERED);
    answers(ANSWER_VALUE, "[7,100,\"\\u0001\\\"ж\"]");
    begin_run(FRAME_SLOTS - 1, "null");
    cr_assert_eq(ask(LIMIT_COMPILE_MS, &signal), CHILD_ANSWERED);
    answers(ANSWER_VALUE, "{\"a\":null,\"z\":1}");
}

Test(child, says_all_that_jq_has_against_a_text)
{
    load(0, "foo + bar");
    struct cursor cursor = cursor_of(buffer_bytes(&answer));

    cr_assert_eq(unpack_u8(&cursor), ANSWER_COMPLAINTS);
    cr_assert_eq(unpack_uint(&cursor), 2);
}

Test(child, is_ended_by_the_kernel_when_it_computes_too_long)
{
    int signal = 0;

    load(0, "last(range(1e15))");
    begin_run(0, "null");
    cr_assert_eq(ask((int64_t)100 * LIMIT_COMPILE_MS, &signal), CHILD_DIED);
    cr_assert_eq(signal, SIGPROF);
    cr_assert_eq(child.pid, 0);
}

Test(child, is_killed_when_the_time_is_over)
{
    int signal = 0;

    load(0, ".[1]");
    kill(child.pid, SIGSTOP);
    begin_run(0, "null");
    cr_assert_eq(ask(1, &signal), CHILD_LATE);
    cr_assert_eq(child.pid, 0);
}
