/* template_test.c - URI templates, with the examples of RFC 6570 §3.2 */
#include "workers/http/template.h"

#include "sample.h"

static json_t *data;

static void set_up(void)
{
    data = json("{'var':'value','hello':'Hello World!','path':'/foo/bar','x':'1024','y':768,"
                "'empty':'','none':null,'pet.id':5,'кто':'я','list':[1],'map':{},'half':'50%'}");
}

static void tear_down(void)
{
    json_decref(data);
}

TestSuite(template, .init = set_up, .fini = tear_down);

static void gives(const char *text, const char *expected)
{
    struct buffer out = BUFFER_INIT;
    struct problem problem = PROBLEM_INIT;

    cr_expect(template_expand(&out, text, data, &problem), "%s: %s", text, problem.title);
    expect_text(&out, expected);
}

static void refuses(const char *text, enum problem_type type)
{
    struct buffer out = BUFFER_INIT;
    struct problem problem = PROBLEM_INIT;

    buffer_text(&out, "before");
    cr_expect(!template_expand(&out, text, data, &problem), "%s", text);
    cr_expect_eq(problem.type, type, "%s", text);
    cr_expect_eq(problem.status, 400);
    expect_text(&out, "before");
}

Test(template, level_1_and_2)
{
    gives("{var}", "value");
    gives("{hello}", "Hello%20World%21");
    gives("{half}", "50%25");
    gives("{+hello}", "Hello%20World!");
    gives("{+path}/here", "/foo/bar/here");
    gives("here?ref={+path}", "here?ref=/foo/bar");
    gives("X{#var}", "X#value");
    gives("X{#hello}", "X#Hello%20World!");
}

Test(template, level_3)
{
    gives("map?{x,y}", "map?1024,768");
    gives("{x,hello,y}", "1024,Hello%20World%21,768");
    gives("{+x,hello,y}", "1024,Hello%20World!,768");
    gives("{#path,x}/here", "#/foo/bar,1024/here");
    gives("X{.x,y}", "X.1024.768");
    gives("{/var,x}/here", "/value/1024/here");
    gives("{;x,y,empty}", ";x=1024;y=768;empty");
    gives("{?x,y,empty}", "?x=1024&y=768&empty=");
    gives("?fixed=yes{&x}", "?fixed=yes&x=1024");
}

Test(template, what_is_missing_or_null_is_left_out)
{
    gives("a{unknown}b{none}c", "abc");
    gives("a{?unknown,none}", "a");
    gives("{?unknown,x,none,y}", "?x=1024&y=768");
    gives("a{empty}b", "ab");
}

Test(template, names_are_taken_verbatim)
{
    gives("/{pet.id}", "/5");
    gives("/{кто}{?кто}", "/%D1%8F?%D0%BA%D1%82%D0%BE=%D1%8F");
}

Test(template, text_around_is_kept_and_made_a_uri)
{
    gives("https://{var}.example.org:80/a b/ж?q=%41#f",
          "https://value.example.org:80/a%20b/%D0%B6?q=%41#f");
    gives("https://школа.рф/{x}", "https://школа.рф/1024");
    gives("https://example.org", "https://example.org");
    gives("", "");
}

Test(template, a_value_cannot_leave_its_place)
{
    struct buffer out = BUFFER_INIT;
    json_t *evil = json("{'a':'x/../../b?c#d@e:f'}");

    cr_expect(template_expand(&out, "https://h/{a}", evil, &(struct problem){.title = ""}));
    expect_text(&out, "https://h/x%2F..%2F..%2Fb%3Fc%23d%40e%3Af");
    json_decref(evil);
}

Test(template, lists_and_objects_are_an_expression_problem)
{
    refuses("/{list}", PROBLEM_EXPRESSION);
    refuses("/{x}{map}", PROBLEM_EXPRESSION);
}

Test(template, broken_templates_are_refused)
{
    refuses("/{x", PROBLEM_VALIDATION);
    refuses("/x}", PROBLEM_VALIDATION);
    refuses("/{x{y}}", PROBLEM_VALIDATION);
    refuses("/{}", PROBLEM_VALIDATION);
    refuses("/{x,}", PROBLEM_VALIDATION);
    refuses("/{x*}", PROBLEM_VALIDATION);
    refuses("/{x:3}", PROBLEM_VALIDATION);
}
