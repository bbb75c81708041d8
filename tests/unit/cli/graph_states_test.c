/* graph_states_test.c - records and open tasks as states of steps in a picture */
#include "cli/graph_states.h"

#include <criterion/criterion.h>

static struct graph_states states;

static void init(void)
{
    graph_states_init(&states);
}

static void fini(void)
{
    graph_states_fini(&states);
}

TestSuite(graph_states, .init = init, .fini = fini);

static json_t *parsed(const char *text)
{
    json_error_t error;
    json_t *value = json_loads(text, 0, &error);

    cr_assert(value != NULL, "%s: %s", error.text, text);
    return value;
}

static void page(const char *text)
{
    json_t *rows = parsed(text);

    graph_states_add_page(&states, rows);
    json_decref(rows);
}

static void open_tasks(const char *text)
{
    json_t *tasks = parsed(text);

    graph_states_add_open(&states, tasks);
    json_decref(tasks);
}

static enum picture_state of(const char *path)
{
    struct step step = {.pointer = (char *)path, .parent = STEP_NONE};

    return graph_states_of(&states, &step, 0);
}

#define OPENED(task, path) "{\"kind\":\"task.opened\",\"task\":\"" task "\",\"path\":\"" path "\"}"
#define ENDED(kind, task)  "{\"kind\":\"task." kind "\",\"task\":\"" task "\"}"

Test(graph_states, each_end_of_a_task_is_a_state)
{
    page("[" OPENED("1.1", "/a") "," ENDED("done", "1.1") "," OPENED("1.2", "/b") "," ENDED(
        "skipped",
        "1.2") "," OPENED("1.3",
                          "/c") "," ENDED("faulted",
                                          "1.3") "," OPENED("1.4",
                                                            "/d") "," ENDED("cancelled",
                                                                            "1.4") "," OPENED("1.5",
                                                                                              "/e") "," ENDED("joined",
                                                                                                              "1.5") "]");
    cr_expect_eq(of("/a"), PICTURE_DONE);
    cr_expect_eq(of("/b"), PICTURE_SKIPPED);
    cr_expect_eq(of("/c"), PICTURE_FAULTED);
    cr_expect_eq(of("/d"), PICTURE_CANCELLED);
    cr_expect_eq(of("/e"), PICTURE_DONE);
    cr_expect_eq(of("/f"), PICTURE_NONE);
}

Test(graph_states, a_step_without_a_task_was_passed_or_skipped)
{
    page("[{\"kind\":\"step.passed\",\"path\":\"/a\",\"taken\":\"big\"},"
         "{\"kind\":\"step.passed\",\"path\":\"/b\",\"taken\":\"skipped\"},"
         "{\"kind\":\"step.passed\",\"path\":\"/c\"}]");
    cr_expect_eq(of("/a"), PICTURE_DONE);
    cr_expect_eq(of("/b"), PICTURE_SKIPPED);
    cr_expect_eq(of("/c"), PICTURE_DONE);
}

Test(graph_states, what_a_step_did_last_counts_in_a_page_and_over_pages)
{
    page("[" OPENED("1.3", "/a") "," ENDED("done", "1.3") "," OPENED("1.4", "/b") "," ENDED(
        "cancelled", "1.4") "]");
    page("[" OPENED("1.1", "/a") "," ENDED("cancelled", "1.1") "," OPENED("1.2", "/b") "," ENDED(
        "done", "1.2") "]");
    cr_expect_eq(of("/a"), PICTURE_DONE);
    cr_expect_eq(of("/b"), PICTURE_CANCELLED);
}

Test(graph_states, the_end_of_a_task_may_be_on_a_newer_page_than_its_beginning)
{
    page("[" ENDED("done", "1.1") "]");
    page("[" OPENED("1.1", "/a") "]");
    cr_expect_eq(of("/a"), PICTURE_DONE);
}

Test(graph_states, what_did_not_end_and_is_not_open_was_given_up)
{
    page("[" OPENED("1.1", "/a") "," OPENED("1.2", "/b") "]");
    open_tasks("[{\"path\":\"/a\",\"kind\":\"call\",\"state\":\"ready\",\"status\":\"running\"}]");
    cr_expect_eq(of("/a"), PICTURE_OPEN);
    cr_expect_eq(of("/b"), PICTURE_CANCELLED);
}

Test(graph_states, an_error_names_the_step_that_had_no_task)
{
    page("[" OPENED("1.1",
                    "/t") ","
                          "{\"kind\":\"task.caught\",\"task\":\"1.1\",\"problem\":{\"instance\":\"/"
                          "t/try/0/r\"}},"
                          "{\"kind\":\"instance.faulted\",\"problem\":{\"instance\":\"/x\"}}]");
    cr_expect_eq(of("/t/try/0/r"), PICTURE_FAULTED);
    cr_expect_eq(of("/x"), PICTURE_FAULTED);
}

Test(graph_states, open_tasks_say_whether_somebody_works_waits_or_is_needed)
{
    page("[" OPENED("1.9", "/a") "," ENDED("done", "1.9") "]");
    open_tasks(
        "[{\"path\":\"/a\",\"kind\":\"call\",\"state\":\"ready\",\"status\":\"running\"},"
        "{\"path\":\"/b\",\"kind\":\"listen\",\"state\":\"waiting\",\"status\":\"waiting\"},"
        "{\"path\":\"/c\",\"kind\":\"call\",\"state\":\"incident\",\"status\":\"faulted\"},"
        "{\"path\":\"/d\",\"kind\":\"assignment\",\"state\":\"waiting\",\"status\":\"pending\"},"
        "{\"path\":\"/e\",\"kind\":\"call\",\"state\":\"ready\",\"status\":\"suspended\"},"
        "{\"path\":\"/f\",\"kind\":\"assignment\",\"state\":\"closed\",\"status\":\"completed\"}]");
    cr_expect_eq(of("/a"), PICTURE_OPEN);
    cr_expect_eq(of("/b"), PICTURE_WAITING);
    cr_expect_eq(of("/c"), PICTURE_INCIDENT);
    cr_expect_eq(of("/d"), PICTURE_WAITING);
    cr_expect_eq(of("/e"), PICTURE_WAITING);
    cr_expect_eq(of("/f"), PICTURE_NONE);
}

Test(graph_states, of_several_tasks_of_a_step_the_one_that_needs_somebody_counts)
{
    open_tasks("[{\"path\":\"/a\",\"kind\":\"call\",\"state\":\"incident\",\"status\":\"faulted\"},"
               "{\"path\":\"/a\",\"kind\":\"call\",\"state\":\"ready\",\"status\":\"running\"},"
               "{\"path\":\"/b\",\"kind\":\"call\",\"state\":\"backoff\",\"status\":\"waiting\"},"
               "{\"path\":\"/b\",\"kind\":\"call\",\"state\":\"ready\",\"status\":\"running\"},"
               "{\"path\":\"/b\",\"kind\":\"call\",\"state\":\"backoff\",\"status\":\"waiting\"}]");
    cr_expect_eq(of("/a"), PICTURE_INCIDENT);
    cr_expect_eq(of("/b"), PICTURE_OPEN);
}

Test(graph_states, turns_of_a_loop_do_not_speak_for_the_loop)
{
    page("[" OPENED("1.1", "/for") ","
                                   "{\"kind\":\"task.opened\",\"task\":\"1.2\",\"path\":\"/"
                                   "for\",\"task_kind\":\"iteration\"}," ENDED(
                                       "done", "1.2") "," ENDED("cancelled", "1.1") "]");
    open_tasks("[{\"path\":\"/for\",\"kind\":\"iteration\",\"state\":\"waiting\","
               "\"status\":\"running\"}]");
    cr_expect_eq(of("/for"), PICTURE_CANCELLED);
}

Test(graph_states, rows_of_nothing_and_of_other_kinds_change_nothing)
{
    graph_states_add_page(&states, NULL);
    graph_states_add_open(&states, NULL);
    page("[{\"kind\":\"task.opened\",\"task\":\"1.1\",\"task_kind\":\"notice\"},{},"
         "{\"kind\":\"data.set\",\"path\":\"/a\"}]");
    cr_expect_eq(json_object_size(states.paths), 0);
}

/* --- functions ----------------------------------------------------------------------------- */

#define CALLED(task, path, scope)                                                                  \
    "{\"kind\":\"task.opened\",\"task\":\"" task "\",\"path\":\"" path "\",\"scope\":\"" scope "\"}"
#define GIVE   "/use/functions/give"
#define INSIDE "/use/functions/give/do/0/inside"

/* Two calls of one function, the second in a list, and a step inside each. */
static struct step steps[] = {
    {.pointer = "/do/0/a", .kind = STEP_FUNCTION, .parent = STEP_NONE},
    {.pointer = GIVE, .kind = STEP_DO, .parent = 0},
    {.pointer = INSIDE, .kind = STEP_ASSIGNMENT, .parent = 1},
    {.pointer = "/do/1/b", .kind = STEP_DO, .parent = STEP_NONE},
    {.pointer = "/do/1/b/do/0/c", .kind = STEP_FUNCTION, .parent = 3},
    {.pointer = GIVE, .kind = STEP_DO, .parent = 4},
    {.pointer = INSIDE, .kind = STEP_ASSIGNMENT, .parent = 5},
};
enum { FIRST_CALL = 0, FIRST = 2, SECOND_CALL = 4, SECOND = 6 };

static enum picture_state of_step(uint32_t index)
{
    return graph_states_of(&states, &steps[index], index);
}

Test(graph_states, a_step_of_a_function_has_the_state_of_its_own_call)
{
    page("[" ENDED("done", "1.3") "," ENDED("done", "1.1") "," OPENED("1.4", "/do/1/b") "," CALLED(
        "1.5", "/do/1/b/do/0/c", "1.4") "," CALLED("1.6", GIVE, "1.5") "]");
    page("[" OPENED("1.1", "/do/0/a") "," CALLED("1.2", GIVE, "1.1") "," CALLED("1.3", INSIDE,
                                                                                "1.2") "]");
    open_tasks("[{\"task\":\"1.7\",\"path\":\"" INSIDE
               "\",\"scope\":\"1.6\",\"kind\":\"assignment\","
               "\"state\":\"waiting\",\"status\":\"pending\"}]");
    cr_expect_eq(of_step(FIRST_CALL), PICTURE_DONE);
    cr_expect_eq(of_step(FIRST), PICTURE_DONE);
    cr_expect_eq(of_step(SECOND), PICTURE_WAITING);
}

Test(graph_states, a_call_that_was_not_made_has_no_state)
{
    page("[" OPENED("1.1", "/do/0/a") "," CALLED(
        "1.2", GIVE, "1.1") ","
                            "{\"kind\":\"step.passed\",\"path\":\"" INSIDE
                            "\",\"scope\":\"1.2\"}]");
    open_tasks("[]");
    cr_expect_eq(of_step(FIRST), PICTURE_DONE);
    cr_expect_eq(of_step(SECOND), PICTURE_NONE);
}

Test(graph_states, an_error_in_a_function_is_shown_in_the_call_that_failed)
{
    page("[" OPENED("1.1", "/do/0/a") "," CALLED("1.2", GIVE, "1.1") "," ENDED(
        "done",
        "1.2") "," ENDED("done",
                         "1.1") "," OPENED("1.4",
                                           "/do/1/b") "," CALLED("1.5", "/do/1/b/do/0/c",
                                                                 "1.4") "," ENDED("cancelled",
                                                                                  "1.5") ","
                                                                                         "{\"kind\""
                                                                                         ":\"instan"
                                                                                         "ce."
                                                                                         "faulted\""
                                                                                         ",\"proble"
                                                                                         "m\":{"
                                                                                         "\"instanc"
                                                                                         "e\":"
                                                                                         "\"" INSIDE
                                                                                         "\"}}]");
    open_tasks("[]");
    cr_expect_eq(of_step(SECOND_CALL), PICTURE_CANCELLED);
    cr_expect_eq(of_step(SECOND), PICTURE_FAULTED);
    cr_expect_eq(of_step(FIRST), PICTURE_NONE);
}
