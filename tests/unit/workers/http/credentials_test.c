/* credentials_test.c - authentication, and keeping it out of texts */
#include "workers/http/credentials.h"

#include "sample.h"

#include <string.h>

static bool read(const char *text, struct credentials *credentials, struct problem *problem)
{
    json_t *authentication = json(text);
    bool good = credentials_read(authentication, NULL, credentials, problem);

    json_decref(authentication);
    return good;
}

Test(credentials, basic_and_bearer_may_stand_in_the_call)
{
    struct credentials c;
    struct problem problem = PROBLEM_INIT;

    cr_assert(read("{'basic':{'username':'anna','password':'a:b c'}}", &c, &problem));
    cr_expect(c.scheme == SCHEME_BASIC && strcmp(c.user, "anna") == 0 &&
              strcmp(c.secret, "a:b c") == 0);
    credentials_fini(&c);
    cr_assert(read("{'bearer':{'token':'t'}}", &c, &problem));
    cr_expect(c.scheme == SCHEME_BEARER && strcmp(c.secret, "t") == 0);
    credentials_fini(&c);
    cr_assert(credentials_read(NULL, NULL, &c, &problem));
    cr_expect_eq(c.scheme, SCHEME_NONE);
}

Test(credentials, what_could_break_a_header_is_refused_without_being_told)
{
    static const char *const refused[] = {"{'basic':{'username':'hidden:','password':'hidden'}}",
                                          "{'basic':{'username':'hidden','password':'hidden\\n'}}",
                                          "{'basic':{'username':'hidden'}}",
                                          "{'bearer':{'token':'hidden hidden'}}",
                                          "{'bearer':{'token':'hidden\\r\\nX: 1'}}",
                                          "{'bearer':{'token':''}}",
                                          "{'bearer':{'token':7}}"};

    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct credentials c;
        struct problem problem = PROBLEM_INIT;
        cr_expect(!read(refused[i], &c, &problem), "%s", refused[i]);
        cr_expect(c.scheme == SCHEME_NONE && problem.type == PROBLEM_CONFIGURATION);
        cr_expect(strstr(problem.title, "hidden") == NULL && problem.detail[0] == '\0');
        credentials_fini(&c);
    }
}

Test(credentials, other_schemes_are_refused_and_secrets_need_a_folder)
{
    struct credentials c;
    struct problem problem = PROBLEM_INIT;

    cr_expect(!read("{'oauth2':{}}", &c, &problem) && problem.type == PROBLEM_VALIDATION);
    cr_expect(!read("{'use':7}", &c, &problem) && problem.type == PROBLEM_VALIDATION);
    cr_expect(!read("{'use':'a'}", &c, &problem) && problem.type == PROBLEM_CONFIGURATION);
}

static void scrubbed(const char *authentication, const char *text, const char *expected)
{
    struct credentials c;
    struct problem problem = PROBLEM_INIT;
    struct buffer got = BUFFER_INIT;

    cr_assert(read(authentication, &c, &problem));
    buffer_text(&got, text);
    credentials_scrub(&c, &got);
    expect_text(&got, expected);
    credentials_fini(&c);
}

Test(credentials, they_are_scrubbed_in_every_form_they_may_be_said)
{
    const char *basic = "{'basic':{'username':'anna','password':'p/w'}}";

    scrubbed(basic, "p/w, p%2Fw, p\\/w, pp/ww", "***, ***, ***, p***w");
    scrubbed(basic, "Basic YW5uYTpwL3c= of anna:p/w", "Basic *** of ***");
    scrubbed(basic, "nothing of it", "nothing of it");
    scrubbed(basic, "", "");
    scrubbed("{'bearer':{'token':'ж'}}", "ж \\u0436 %D0%B6 0LY=", "*** *** *** ***");
}
