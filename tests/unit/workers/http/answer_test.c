/* answer_test.c - what an answer means for the task */
#include "workers/http/answer.h"

#include "sample.h"

#include "base/limits.h"
#include <stdio.h>
#include <string.h>

static struct request request;
static struct response response;
static struct problem problem;

static void set_up(void)
{
    request =
        (struct request){.method = "GET", .uri = "http://h/a?key=1", .headers = json_object()};
    response = (struct response){.status = 200, .headers = json_object()};
}

static void tear_down(void)
{
    request.uri = NULL;
    request_fini(&request);
    response_fini(&response);
}

TestSuite(answer, .init = set_up, .fini = tear_down);

static void answered(const char *type, const char *content)
{
    buffer_clear(&response.content);
    buffer_text(&response.content, content);
    json_object_clear(response.headers);
    if (type != NULL) {
        json_object_set_new(response.headers, "content-TYPE", json_string(type));
    }
}

static void gives(const char *type, const char *content, const char *expected)
{
    struct buffer output = BUFFER_INIT;

    answered(type, content);
    cr_assert(answer_of(&request, &response, &output, &problem), "%s", problem.title);
    expect_text(&output, expected);
}

Test(answer, content_follows_its_type)
{
    gives("application/json", "{\"a\": 0.10}", "{\"a\": 0.10}");
    gives("application/vnd.api+json; charset=utf-8", "[1]", "[1]");
    gives("text/html", "<p>\"я\"", "\"<p>\\\"я\\\"\"");
    gives("application/atom+xml", "<a/>", "\"<a/>\"");
    gives("application/pdf", "%PDF", "\"JVBERg==\"");
    gives("text/plain; charset=windows-1251", "\xE4\xE0", "\"5OA=\"");
    gives("application/json", "", "null");
    gives("application/json", "\xEF\xBB\xBF{}", "{}");
}

Test(answer, content_without_a_type_is_what_fits_first)
{
    gives(NULL, "[1]", "[1]");
    gives(NULL, "words", "\"words\"");
    gives(NULL, "\xFF", "\"/w==\"");
}

Test(answer, raw_is_base64_of_whatever_came)
{
    request.output = OUTPUT_RAW;
    gives("application/json", "{oops", "\"e29vcHM=\"");
    gives(NULL, "", "\"\"");
}

Test(answer, the_response_is_shown_without_what_identifies_the_sender)
{
    request.output = OUTPUT_RESPONSE;
    json_object_set_new(request.headers, "X-A", json_string("1"));
    json_object_set_new(request.headers, "authorization", json_string("hidden"));
    json_object_set_new(request.headers, "COOKIE", json_string("hidden"));
    gives(
        "application/json", "[1]",
        "{\"request\":{\"method\":\"GET\",\"uri\":\"http://h/"
        "a?key=1\",\"headers\":{\"X-A\":\"1\"}},"
        "\"statusCode\":200,\"headers\":{\"content-TYPE\":\"application/json\"},\"content\":[1]}");
}

static void refuses(unsigned status, bool retry)
{
    struct buffer output = BUFFER_INIT;

    response.status = status;
    cr_expect(!answer_of(&request, &response, &output, &problem), "%u", status);
    cr_expect(problem.type == PROBLEM_COMMUNICATION && problem.status == status);
    cr_expect_eq(problem.retry, retry, "%u", status);
    cr_expect_eq(output.size, 0);
}

Test(answer, statuses_decide_and_say_whether_to_try_again)
{
    static const unsigned retried[] = {408, 429, 500, 502, 503, 599};
    static const unsigned final[] = {300, 304, 400, 401, 404, 409, 499};

    for (size_t i = 0; i < sizeof retried / sizeof *retried; i++) {
        refuses(retried[i], true);
    }
    for (size_t i = 0; i < sizeof final / sizeof *final; i++) {
        refuses(final[i], false);
    }
    response.status = 299;
    gives("text/plain", "x", "\"x\"");
}

Test(answer, with_redirect_three_hundreds_are_no_error)
{
    request.redirect = true;
    response.status = 399;
    gives("text/plain", "x", "\"x\"");
    refuses(400, false);
}

Test(answer, the_detail_has_the_address_without_query_and_what_the_server_said)
{
    answered("text/plain", "no\nsuch\tpet");
    refuses(404, false);
    cr_expect_str_eq(problem.detail, "GET http://h/a: no such pet");
    answered("text/plain", "\xFF");
    refuses(404, false);
    cr_expect_str_eq(problem.detail, "GET http://h/a");
}

Test(answer, json_that_is_none_is_refused)
{
    struct buffer output = BUFFER_INIT;

    answered("application/json", "{oops");
    cr_expect(!answer_of(&request, &response, &output, &problem));
    cr_expect(problem.type == PROBLEM_COMMUNICATION && problem.status == 502 && !problem.retry);
}

static bool fits(size_t size)
{
    struct buffer output = BUFFER_INIT;
    char *text = calloc(size + 1, 1);

    memset(text, 'x', size);
    answered("text/plain", text);
    bool good = answer_of(&request, &response, &output, &problem);
    buffer_fini(&output);
    free(text);
    return good;
}

Test(answer, the_largest_output_fits_and_one_byte_more_does_not)
{
    cr_expect(fits(LIMIT_PAYLOAD_BYTES - 2)); /* and two quotes */
    cr_expect(!fits(LIMIT_PAYLOAD_BYTES - 1));
    cr_expect_eq(problem.type, PROBLEM_COMMUNICATION);
}

static bool nests(size_t levels)
{
    struct buffer output = BUFFER_INIT;
    char text[2 * LIMIT_JSON_DEPTH + 8] = "";

    memset(text, '[', levels);
    memset(text + levels, ']', levels);
    answered("application/json", text);
    bool good = answer_of(&request, &response, &output, &problem);
    buffer_fini(&output);
    return good;
}

Test(answer, nesting_is_bounded)
{
    cr_expect(nests(LIMIT_JSON_DEPTH));
    cr_expect(!nests(LIMIT_JSON_DEPTH + 1));
}
