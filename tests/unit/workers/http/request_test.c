/* request_test.c - what is to be sent */
#include "workers/http/request.h"

#include "sample.h"

#include <string.h>

static const struct surroundings anywhere = {.secrets = NULL};

static void read(const char *text, struct request *request)
{
    struct problem problem = PROBLEM_INIT;
    json_t *with = json(text);

    cr_assert(request_read(with, &anywhere, request, &problem), "%s", problem.title);
    json_decref(with);
}

static void expect_uri(const char *members, const char *expected)
{
    struct request request;
    struct buffer with = BUFFER_INIT;

    buffer_text(&with, "{'method':'get',");
    buffer_text(&with, members);
    buffer_append(&with, "}", 2);
    read((const char *)with.data, &request);
    cr_expect_str_eq(request.uri, expected);
    request_fini(&request);
    buffer_fini(&with);
}

Test(request, defaults)
{
    struct request r;

    read("{'method':'get','endpoint':'http://h/'}", &r);
    cr_expect_str_eq(r.method, "GET");
    cr_expect(r.output == OUTPUT_CONTENT && !r.redirect && !r.has_body);
    cr_expect_eq(json_object_size(r.headers), 0);
    cr_expect_eq(r.credentials.scheme, SCHEME_NONE);
    request_fini(&r);
}

Test(request, the_query_is_added_to_the_one_that_is_there)
{
    expect_uri("'endpoint':'http://h/a','query':{'b':1}", "http://h/a?b=1");
    expect_uri("'endpoint':'http://h/a?c=2','query':{'b':1}", "http://h/a?c=2&b=1");
    expect_uri("'endpoint':'http://h/a?','query':{'b':1}", "http://h/a?b=1");
    expect_uri("'endpoint':'http://h/a?c&','query':{'b':1}", "http://h/a?c&b=1");
    expect_uri("'endpoint':'http://h/a#f','query':{'b':1}", "http://h/a?b=1");
    expect_uri("'endpoint':'http://h/a','query':{'b':null,'c':[]}", "http://h/a");
    expect_uri("'endpoint':'http://h/a','query':{'b':['x','y'],'&':'='}",
               "http://h/a?b=x&b=y&%26=%3D");
    expect_uri("'endpoint':{'uri':'http://h/{id}'},'data':{'id':7.0}", "http://h/7");
    expect_uri("'endpoint':'http://h/{id}','data':[1]", "http://h/");
}

static void expect_body(const char *members, const char *body, const char *type)
{
    struct request request;
    struct buffer with = BUFFER_INIT;

    buffer_text(&with, "{'method':'post','endpoint':'http://h/',");
    buffer_text(&with, members);
    buffer_append(&with, "}", 2);
    read((const char *)with.data, &request);
    cr_expect_eq(request.has_body, body != NULL);
    expect_text(&request.body, body != NULL ? body : "");
    expect_json(request.headers, type);
    request_fini(&request);
    buffer_fini(&with);
}

Test(request, a_body_is_json_text_or_a_form)
{
    expect_body("'body':null", NULL, "{}");
    expect_body("'body':{'a':[1,0.1,'я']}", "{\"a\":[1,0.1,\"я\"]}",
                "{'Content-Type':'application/json'}");
    expect_body("'body':false", "false", "{'Content-Type':'application/json'}");
    expect_body("'body':''", "", "{'Content-Type':'text/plain; charset=utf-8'}");
    expect_body("'body':'<a/>','headers':{'content-type':'text/xml'}", "<a/>",
                "{'content-type':'text/xml'}");
    expect_body("'body':{'a':'1&2'},'headers':{'Content-Type':'application/x-www-form-urlencoded'}",
                "a=1%262", "{'Content-Type':'application/x-www-form-urlencoded'}");
}

Test(request, headers_are_texts_on_one_line)
{
    struct request r;
    struct problem problem = PROBLEM_INIT;

    read("{'method':'get','endpoint':'http://h/','headers':{'A':1,'B':true,'C':null,'D':'д'}}", &r);
    expect_json(r.headers, "{'A':'1','B':'true','D':'д'}");
    request_fini(&r);
    json_t *with = json("{'method':'get','endpoint':'http://h/','headers':{'A':'1\\nB: 2'}}");
    cr_expect(!request_read(with, &anywhere, &r, &problem));
    cr_expect_eq(problem.type, PROBLEM_VALIDATION);
    request_fini(&r);
    json_decref(with);
}

Test(request, where_it_may_go_is_checked_after_the_template_is_filled)
{
    static const struct surroundings bounded = {.targets = {.hosts = {"good.org"}, .count = 1}};
    struct request r;
    struct problem problem = PROBLEM_INIT;
    json_t *with = json("{'method':'get','endpoint':'{+to}','data':{'to':'http://evil.org/'}}");

    cr_expect(!request_read(with, &bounded, &r, &problem));
    cr_expect_eq(problem.type, PROBLEM_AUTHORIZATION);
    request_fini(&r);
    json_decref(with);
}

Test(request, what_is_no_object_is_refused)
{
    struct request r;
    struct problem problem = PROBLEM_INIT;
    json_t *with = json("[]");

    cr_expect(!request_read(with, &anywhere, &r, &problem));
    cr_expect_eq(problem.type, PROBLEM_VALIDATION);
    json_decref(with);
}
