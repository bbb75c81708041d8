/* config_test.c - services and programs are read, and nonsense is refused with its place */
#include "workers/exec/config.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* JSON with ' for " */
static bool parses(const char *text, struct config **ret_config, struct error *err)
{
    char *copy = xstrdup(text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    bool good = config_parse(bytes_of(copy), ret_config, err);
    free(copy);
    return good;
}

static void refuses(const char *text, const char *words)
{
    struct config *config = NULL;
    struct error err = ERROR_INIT;

    cr_assert_not(parses(text, &config, &err), "%s", text);
    cr_assert_null(config);
    cr_assert(strstr(err.text, words) != NULL, "%s: %s", text, err.text);
}

Test(config, everything_that_can_be_said_is_read)
{
    struct config *config = NULL;

    cr_assert(parses("{'capacity':7,'services':{'score':{'program':'/usr/bin/python3',"
                     "'args':['x.py','-v'],'limit_s':30,'folder':'/srv',"
                     "'environment':{'LANG':'C','A':''}},'b':{'program':'/bin/true'}}}",
                     &config, NULL));
    cr_assert_eq(config->capacity, 7);
    cr_assert_eq(config->count, 2);
    const struct program *p = &config->programs[0];
    cr_assert_str_eq(p->service, "score");
    cr_assert_str_eq(p->args[0], "/usr/bin/python3");
    cr_assert_str_eq(p->args[2], "-v");
    cr_assert_null(p->args[3]);
    cr_assert_eq(p->limit_s, 30);
    cr_assert_str_eq(p->folder, "/srv");
    cr_assert_str_eq(p->variables[0], "LANG=C");
    cr_assert_str_eq(p->variables[1], "A=");
    cr_assert_null(p->variables[2]);
    cr_assert_null(config->programs[1].folder);
    cr_assert_eq(config->programs[1].limit_s, 0);
    config_destroy(&config);
    cr_assert_null(config);
}

Test(config, nonsense_is_refused_by_name)
{
    refuses("{'services':{}}", "1 to 64");
    refuses("{'services':{'a b':{'program':'/x'}}}", "name");
    refuses("{'services':{'a':{'program':'python3'}}}", "absolute");
    refuses("{'services':{'a':{}}}", "absolute");
    refuses("{'services':{'a':{'program':'/x','folder':'y'}}}", "folder");
    refuses("{'services':{'a':{'program':'/x','args':'y'}}}", "args");
    refuses("{'services':{'a':{'program':'/x','args':[1]}}}", "args");
    refuses("{'services':{'a':{'program':'/x','limit_s':86401}}}", "limit_s");
    refuses("{'services':{'a':{'program':'/x','limit_s':'1'}}}", "limit_s");
    refuses("{'services':{'a':{'program':'/x','environment':{'A=B':'c'}}}}", "environment");
    refuses("{'services':{'a':{'program':'/x','environment':[]}}}", "environment");
    refuses("{'services':{'a':{'program':'/x','shell':true}}}", "shell");
    refuses("{'services':{'a':{'program':'/x'}},'other':1}", "other");
    refuses("{'services':{'a':{'program':'/x'}},'capacity':201}", "capacity");
    refuses("{'services':{'a':{'program':'/x'}},'capacity':0}", "capacity");
}

Test(config, what_is_not_json_is_refused_with_line_and_column)
{
    struct config *config = NULL;
    struct error err = ERROR_INIT;

    cr_assert_not(parses("{\n'services': oops}", &config, &err));
    cr_assert_eq(err.code, ERROR_SYNTAX);
    cr_assert_eq(err.line, 2);
    cr_assert_gt(err.column, 0);
}

Test(config, a_file_that_is_missing_or_huge_is_refused)
{
    struct config *config = NULL;
    struct error err = ERROR_INIT;
    char file[] = "/tmp/marshrut-exec-XXXXXX";
    int fd = mkstemp(file);

    cr_assert_not(config_read("/nonexistent/file", &config, &err));
    cr_assert_eq(err.code, ERROR_IO);
    cr_assert_eq(ftruncate(fd, (1 << 20) + 1), 0);
    cr_assert_not(config_read(file, &config, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    close(fd);
    unlink(file);
}
