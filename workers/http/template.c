/* template.c - URI templates
 *
 *   {x} {x,y}   simple            {/x}  path segments      {?x,y}  a query
 *   {+x}        reserved stay     {;x}  path parameters    {&x}    more of a query
 *   {#x}        a fragment        {.x}  labels
 *
 * Owns:    this table of operators (RFC 6570, appendix A).
 * In:      endpoints of calls, with the data of the step.
 * Out:     a URI. Pure.
 * Always:  a value put in by a simple expression cannot leave its place: all reserved characters
 *          in it are encoded.
 * See:     docs/workers.md §4
 */
#include "workers/http/template.h"

#include "workers/http/text.h"

#include <string.h>

#define NAME_MAX_BYTES 256

struct expansion {
    char sign;
    const char *first;
    const char *between;
    bool named;
    const char *if_empty; /* named: what follows the name of an empty value */
    const char *keep;
};

static const struct expansion expansions[] = {
    {'+', "", ",", false, "", TEXT_RESERVED},
    {'#', "#", ",", false, "", TEXT_RESERVED},
    {'.', ".", ".", false, "", ""},
    {'/', "/", "/", false, "", ""},
    {';', ";", ";", true, "", ""},
    {'?', "?", "&", true, "=", ""},
    {'&', "&", "&", true, "=", ""},
};

static const struct expansion simple = {'\0', "", ",", false, "", ""};

static const struct expansion *expansion_of(char sign)
{
    for (size_t i = 0; i < sizeof expansions / sizeof *expansions; i++) {
        if (expansions[i].sign == sign) {
            return &expansions[i];
        }
    }
    return &simple;
}

static void append_value(struct buffer *out, const struct expansion *op, struct bytes name,
                         struct bytes value, bool first)
{
    buffer_text(out, first ? op->first : op->between);
    if (op->named) {
        text_percent(out, name, "");
        buffer_text(out, value.size > 0 ? "=" : op->if_empty);
    }
    text_percent(out, value, op->keep);
}

/* One variable; *first stays true while none had a value. */
static bool expand_variable(struct buffer *out, const struct expansion *op, struct bytes name,
                            const json_t *data, bool *first, struct problem *problem)
{
    struct buffer value = BUFFER_INIT;
    char text[NAME_MAX_BYTES];

    if (name.size == 0 || name.size >= sizeof text || memchr(name.data, '*', name.size) != NULL ||
        memchr(name.data, ':', name.size) != NULL) {
        return problem_set(problem, PROBLEM_VALIDATION,
                           "В шаблоне адреса переменная «%.*s» записана с ошибкой", (int)name.size,
                           (const char *)name.data);
    }
    memcpy(text, name.data, name.size);
    text[name.size] = '\0';
    const json_t *found = json_object_get(data, text);
    if (found == NULL || json_is_null(found)) {
        return true;
    }
    if (!text_scalar(&value, found)) {
        return problem_set(problem, PROBLEM_EXPRESSION,
                           "Переменная «%s» в шаблоне адреса — не строка и не число", text);
    }
    append_value(out, op, name, buffer_bytes(&value), *first);
    *first = false;
    buffer_fini(&value);
    return true;
}

/* What stands between two braces. */
static bool expand_expression(struct buffer *out, const char *at, const char *end,
                              const json_t *data, struct problem *problem)
{
    const struct expansion *op = expansion_of(at < end ? *at : '\0');
    bool first = true;

    at += op->sign != '\0' ? 1 : 0;
    for (;;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma != NULL ? comma : end;
        struct bytes name = {at, (size_t)(stop - at)};
        if (!expand_variable(out, op, name, data, &first, problem)) {
            return false;
        }
        if (comma == NULL) {
            return true;
        }
        at = comma + 1;
    }
}

/* Where the path begins: what is before it is a scheme and a host, and kept as it is. */
static const char *path_of(const char *text)
{
    const char *host = strstr(text, "://");

    return host != NULL ? host + 3 + strcspn(host + 3, "/?#") : text;
}

static void append_literal(struct buffer *out, const char *at, size_t size, bool in_path)
{
    if (in_path) {
        text_percent(out, (struct bytes){at, size}, TEXT_RESERVED);
    } else {
        buffer_append(out, at, size);
    }
}

bool template_expand(struct buffer *out, const char *text, const json_t *data,
                     struct problem *problem)
{
    const char *path = path_of(text);
    size_t before = out->size;

    for (const char *at = text; *at != '\0';) {
        size_t size = at < path ? strcspn(at, "{}/?#") : strcspn(at, "{}");
        if (size == 0 && *at != '{' && *at != '}') {
            size = 1; /* a slash of the scheme */
        }
        append_literal(out, at, size, at >= path);
        at += size;
        if (*at != '{' && *at != '}') {
            continue;
        }
        const char *end = *at == '{' ? strpbrk(at + 1, "{}") : NULL;
        if (end == NULL || *end != '}') {
            out->size = before;
            return problem_set(problem, PROBLEM_VALIDATION,
                               "В шаблоне адреса скобки { } не парные: %s", text);
        }
        if (!expand_expression(out, at + 1, end, data, problem)) {
            out->size = before;
            return false;
        }
        at = end + 1;
    }
    return true;
}
