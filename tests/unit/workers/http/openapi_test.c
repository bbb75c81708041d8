/* openapi_test.c - an operation of an OpenAPI document as a request */
#include "workers/http/openapi.h"

#include "sample.h"
#include "workers/http/document.h"

#include <string.h>

#define THREE(operation)                                                                           \
    "{'openapi':'3.1.0','servers':[{'url':'http://h/v1/'}],'paths':{'/a/{id}':{'get':"             \
    "{'operationId':'op'," operation "}}}}"
#define ID "{'name':'id','in':'path','required':true,'schema':{}}"

static json_t *request(const char *document, const char *source, const char *with,
                       struct problem *problem)
{
    json_t *d = json(document);
    json_t *w = json(with);
    json_t *result = openapi_request(d, source, w, problem);

    json_decref(d);
    json_decref(w);
    return result;
}

static void gives(const char *document, const char *source, const char *with, const char *expected)
{
    struct problem problem = PROBLEM_INIT;
    json_t *got = request(document, source, with, &problem);

    cr_assert(got != NULL, "%s", problem.title);
    expect_json(got, expected);
    json_decref(got);
}

static void refuses(const char *document, const char *with, enum problem_type type)
{
    struct problem problem = PROBLEM_INIT;

    cr_expect(request(document, NULL, with, &problem) == NULL, "%s", with);
    cr_expect_eq(problem.type, type, "%s: %s", with, problem.title);
}

Test(openapi, parameters_go_where_the_document_says)
{
    gives(THREE("'parameters':[" ID ",{'name':'q','in':'query','schema':{}},"
                "{'name':'l','in':'query','schema':{},'explode':false},{'name':'X-H','in':'header',"
                "'schema':{}}]"),
          NULL,
          "{'operationId':'op','parameters':{'id':'a/b','q':[1,2],'l':[1,2],'X-H':true},"
          "'output':'raw','redirect':true,'authentication':{'use':'s'}}",
          "{'method':'get','output':'raw','redirect':true,'headers':{'X-H':'true'},"
          "'query':{'q':[1,2],'l':'1,2'},"
          "'endpoint':{'uri':'http://h/v1/a/a%2Fb','authentication':{'use':'s'}}}");
}

Test(openapi, references_inside_the_document_are_followed)
{
    gives("{'openapi':'3.0.0','servers':[{'url':'http://h'}],'components':{'parameters':"
          "{'a/b':" ID ",'c':{'$ref':'#/components/parameters/a~1b'}}},"
          "'paths':{'/a/{id}':{'parameters':[{'$ref':'#/components/parameters/c'}],"
          "'get':{'operationId':'op'}}}}",
          NULL, "{'operationId':'op','parameters':{'id':1}}",
          "{'method':'get','headers':{},'query':{},'endpoint':{'uri':'http://h/a/1'}}");
    refuses("{'openapi':'3.0.0','x':{'$ref':'#/x'},'paths':{'/':{'get':{'operationId':'op',"
            "'parameters':[{'$ref':'#/x'}]}}}}",
            "{'operationId':'op'}", PROBLEM_CONFIGURATION);
}

Test(openapi, a_body_is_given_as_the_parameter_body)
{
    gives(THREE("'parameters':[" ID "],'requestBody':{'content':{'application/json':{}}}"), NULL,
          "{'operationId':'op','parameters':{'id':1,'body':{'a':1}}}",
          "{'method':'get','body':{'a':1},'headers':{},'query':{},'endpoint':{'uri':'http://h/v1/a/"
          "1'}}");
    gives(THREE("'parameters':[" ID "],'requestBody':{'content':{'text/xml':{}}}"), NULL,
          "{'operationId':'op','parameters':{'id':1,'body':'<a/>'}}",
          "{'method':'get','body':'<a/>','headers':{'Content-Type':'text/xml'},'query':{},"
          "'endpoint':{'uri':'http://h/v1/a/1'}}");
}

Test(openapi, swagger_2_is_understood_too)
{
    const char *document = "{'swagger':'2.0','host':'h:81','basePath':'/"
                           "v2','schemes':['http'],'paths':{'/a':{'post':{'operationId':"
                           "'op','parameters':[{'name':'pet','in':'body','required':true},{'name':'"
                           "s','in':'query','type':'array',"
                           "'collectionFormat':'multi'},{'name':'t','in':'query','type':'array'}]},"
                           "'put':{'operationId':'form',"
                           "'parameters':[{'name':'f','in':'formData'}]}}}}";

    gives(document, NULL,
          "{'operationId':'op','parameters':{'pet':{'n':1},'s':['a','b'],'t':['a','b']}}",
          "{'method':'post','body':{'n':1},'headers':{},'query':{'s':['a','b'],'t':'a,b'},"
          "'endpoint':{'uri':'http://h:81/v2/a'}}");
    gives(document, NULL, "{'operationId':'form','parameters':{'f':'x'}}",
          "{'method':'put','body':{'f':'x'},'query':{},'endpoint':{'uri':'http://h:81/v2/a'},"
          "'headers':{'Content-Type':'application/x-www-form-urlencoded'}}");
}

Test(openapi, servers_may_have_variables_and_be_relative_to_the_document)
{
    gives("{'openapi':'3.0.0','servers':[{'url':'https://{r}.h/"
          "','variables':{'r':{'default':'lo'}}}],"
          "'paths':{'/a':{'get':{'operationId':'op'}}}}",
          NULL, "{'operationId':'op'}",
          "{'method':'get','headers':{},'query':{},'endpoint':{'uri':'https://lo.h/a'}}");
    gives("{'openapi':'3.0.0','servers':[{'url':'/api/v3'}],'paths':{'/"
          "a':{'get':{'operationId':'op'}}}}",
          "http://h:81/x/openapi.json", "{'operationId':'op'}",
          "{'method':'get','headers':{},'query':{},'endpoint':{'uri':'http://h:81/api/v3/a'}}");
    refuses("{'openapi':'3.0.0','paths':{'/a':{'get':{'operationId':'op'}}}}",
            "{'operationId':'op'}", PROBLEM_CONFIGURATION);
}

Test(openapi, what_does_not_fit_is_refused)
{
    refuses("{'paths':{}}", "{'operationId':'op'}", PROBLEM_CONFIGURATION);
    refuses(THREE("'parameters':[" ID "]"), "{'operationId':'other'}", PROBLEM_CONFIGURATION);
    refuses(THREE("'parameters':[" ID "]"), "{}", PROBLEM_VALIDATION);
    refuses(THREE("'parameters':[" ID "]"), "{'operationId':'op'}", PROBLEM_VALIDATION);
    refuses(THREE("'parameters':[" ID "]"), "{'operationId':'op','parameters':{'id':null}}",
            PROBLEM_VALIDATION);
    refuses(THREE("'parameters':[" ID "]"), "{'operationId':'op','parameters':{'id':1,'x':1}}",
            PROBLEM_VALIDATION);
    refuses(THREE("'parameters':[" ID "]"), "{'operationId':'op','parameters':[1]}",
            PROBLEM_VALIDATION);
    refuses(THREE("'parameters':[{'name':'c','in':'cookie','schema':{}}]"),
            "{'operationId':'op','parameters':{'c':1}}", PROBLEM_CONFIGURATION);
}

Test(openapi, documents_are_files_or_addresses)
{
    struct problem problem = PROBLEM_INIT;
    json_t *file = json("{'endpoint':'a/b.json'}");
    json_t *address = json("{'endpoint':{'uri':'http://h/','authentication':{'use':'s'}}}");
    json_t *with = NULL;

    cr_expect(document_source(file, NULL, &with, &problem) && with == NULL);
    cr_expect(document_source(address, NULL, &with, &problem));
    expect_json(with, "{'method':'get','output':'content','endpoint':{'uri':'http://h/"
                      "','authentication':{'use':'s'}}}");
    cr_expect(document_read(NULL, file, &problem) == NULL);
    cr_expect_eq(problem.type, PROBLEM_CONFIGURATION);
    json_decref(with);
    json_decref(file);
    json_decref(address);
}

Test(openapi, files_outside_the_folder_are_not_opened)
{
    static const char *const names[] = {"{'endpoint':'" SOURCE_DIR "/CMakePresets.json'}",
                                        "{'endpoint':'../CMakePresets.json'}",
                                        "{'endpoint':'unit/../../CMakePresets.json'}",
                                        "{'endpoint':'..'}",
                                        "{'endpoint':''}",
                                        "{'endpoint':'file:////etc/passwd'}",
                                        "{'endpoint':'file:///../CMakePresets.json'}"};
    struct problem problem = PROBLEM_INIT;

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        json_t *document = json(names[i]);
        cr_expect(document_read(SOURCE_DIR "/tests", document, &problem) == NULL, "%s", names[i]);
        cr_expect_eq(problem.type, PROBLEM_CONFIGURATION);
        json_decref(document);
    }
}

Test(openapi, files_below_the_folder_are_read)
{
    static const char *const names[] = {"{'endpoint':'CMakePresets.json'}",
                                        "{'endpoint':{'uri':'file:///CMakePresets.json'}}",
                                        "{'endpoint':'file://tests/../CMakePresets.json'}"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct problem problem = PROBLEM_INIT;
        json_t *document = json(names[i]);
        json_t *with = NULL;
        cr_expect(document_source(document, NULL, &with, &problem) && with == NULL);
        json_t *read = document_read(SOURCE_DIR, document, &problem);
        cr_expect((read != NULL) == (i < 2), "%s", names[i]);
        json_decref(read);
        json_decref(document);
    }
}

Test(openapi, yaml_is_refused_by_name)
{
    struct problem problem = PROBLEM_INIT;

    cr_expect(document_parse(bytes_of("openapi: 3.1.0\n"), &problem) == NULL);
    cr_expect(strstr(problem.title, "YAML") != NULL);
}
