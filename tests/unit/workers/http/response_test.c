/* response_test.c - header lines as they come */
#include "workers/http/response.h"

#include "sample.h"

#include <string.h>

static void line(struct response *response, const char *text)
{
    response_line(response, text, strlen(text));
}

Test(response, headers_are_read_and_repeated_ones_joined)
{
    struct response r = {.headers = json_object()};

    line(&r, "HTTP/1.1 200 OK\r\n");
    line(&r, "Content-Type:text/plain \r\n");
    line(&r, "Set-Cookie: a=1\r\n");
    line(&r, "set-cookie:\tb=2\r\n");
    line(&r, "Empty:\r\n");
    line(&r, "no colon\r\n");
    line(&r, ": no name\r\n");
    line(&r, "\r\n");
    expect_json(r.headers, "{'Content-Type':'text/plain','Set-Cookie':'a=1, b=2','Empty':''}");
    cr_expect_str_eq(header_find(r.headers, "CONTENT-type"), "text/plain");
    cr_expect(header_find(r.headers, "none") == NULL && header_find(NULL, "none") == NULL);
    response_fini(&r);
}

Test(response, only_the_last_answer_counts)
{
    struct response r = {.headers = json_object()};

    line(&r, "HTTP/1.1 100 Continue\r\n");
    line(&r, "A: 1\r\n");
    line(&r, "HTTP/1.1 200 OK\r\n");
    expect_json(r.headers, "{}");
    response_fini(&r);
}

Test(response, what_is_not_ascii_is_replaced)
{
    struct response r = {.headers = json_object()};

    line(&r, "A: \xEF\xF0x\r\n");
    line(&r, "\xEF: x\r\n");
    response_line(&r, "B: \0y", 5);
    expect_json(r.headers, "{'A':'??x','B':'?y'}");
    response_fini(&r);
}
