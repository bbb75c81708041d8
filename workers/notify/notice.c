/* notice.c - reading the JSON of a notice
 *
 * Owns:    the fields of docs/letters.md §1 and what is refused in them.
 * In:      post.c, with the input of a task.
 * Out:     struct notice.
 * Always:  ids are task ids (digits and a dot), so they may stand in file names and headers.
 * See:     docs/letters.md §1
 */
#include "workers/notify/notice.h"

#include "base/must.h"
#include "workers/notify/text.h"

#include <stdlib.h>
#include <string.h>

#define DAYS_MAX 100000 /* beyond two centuries the calendar ends */

static const char *const kind_names[NOTICE_KIND_COUNT] = {"opened",  "reminder",  "today",
                                                          "overdue", "escalated", "returned"};

const char *notice_kind_name(enum notice_kind kind)
{
    must(kind < NOTICE_KIND_COUNT);
    return kind_names[kind];
}

static bool refuse(struct error *err, const char *field)
{
    return error_set(err, ERROR_INVALID, "the notice has no usable field \"%s\"", field);
}

static const char *optional(const json_t *object, const char *field)
{
    const char *text = json_string_value(json_object_get(object, field));

    return text != NULL && text[0] != '\0' ? text : NULL;
}

static bool read_kind(const json_t *root, struct notice *n, struct error *err)
{
    const char *name = optional(root, "kind");

    for (int i = 0; name != NULL && i < NOTICE_KIND_COUNT; i++) {
        if (strcmp(name, kind_names[i]) == 0) {
            n->kind = (enum notice_kind)i;
            return true;
        }
    }
    return refuse(err, "kind");
}

static bool read_id(const json_t *object, const char *field, char ret_text[TASK_ID_TEXT_MAX],
                    struct task_id *ret_id, struct error *err)
{
    const char *text = optional(object, field);

    if (text == NULL || !task_id_parse(bytes_of(text), ret_id)) {
        return refuse(err, field);
    }
    task_id_print(*ret_id, ret_text);
    return true;
}

static bool read_party(const json_t *value, const char *field, struct party *ret_party,
                       struct error *err)
{
    ret_party->id = optional(value, "id");
    ret_party->name = optional(value, "name");
    ret_party->short_name = optional(value, "short");
    ret_party->email = optional(value, "email");
    if (ret_party->id == NULL) {
        return refuse(err, field);
    }
    if (ret_party->name == NULL) {
        ret_party->name = ret_party->id;
    }
    if (ret_party->short_name == NULL) {
        ret_party->short_name = ret_party->name;
    }
    return true;
}

static bool read_day(const json_t *object, const char *field, civil_day *ret_day, struct error *err)
{
    return civil_parse(bytes_of(optional(object, field)), ret_day) || refuse(err, field);
}

static bool read_days(const json_t *root, struct notice *n, struct error *err)
{
    json_int_t days = json_integer_value(json_object_get(root, "days"));
    json_int_t levels = json_integer_value(json_object_get(root, "levels"));
    const json_t *made = json_object_get(root, "made_ms");

    if (days < -DAYS_MAX || days > DAYS_MAX || levels < 0 || levels > DAYS_MAX) {
        return refuse(err, "days");
    }
    n->days = (int)days;
    n->levels = (int)levels;
    n->made_ms = json_integer_value(made);
    /* what a letter's Date can say: from 1970 to the end of the calendar */
    if (!json_is_integer(made) || n->made_ms < 0 || n->made_ms > 84000ll * 86400000) {
        return refuse(err, "made_ms");
    }
    return true;
}

static bool read_people(const json_t *a, struct notice *n, struct error *err)
{
    const json_t *list = json_object_get(a, "co_executors");
    const json_t *controller = json_object_get(a, "controller");
    size_t count = json_array_size(list);

    if (!read_party(json_object_get(a, "responsible"), "responsible", &n->responsible, err)) {
        return false;
    }
    n->co_executors = xcalloc(count + 1, sizeof *n->co_executors);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(list, i);
        struct party *party = &n->co_executors[n->co_executor_count];
        if (json_is_null(one)) { /* a body that is known no more */
            continue;
        }
        if (!read_party(one, "co_executors", party, err)) {
            return false;
        }
        n->co_executor_count++;
    }
    return controller == NULL || json_is_null(controller) ||
           read_party(controller, "controller", &n->controller, err);
}

static bool blank(const char *text)
{
    struct buffer line = BUFFER_INIT;

    text_append_line(&line, text, 1);
    bool nothing = line.size == 0;
    buffer_fini(&line);
    return nothing;
}

/* What is no text is left out, as with other texts that may be missing. */
static void read_bullets(const json_t *list, struct notice *n)
{
    size_t count = json_array_size(list);

    n->bullets = xcalloc(count + 1, sizeof *n->bullets);
    for (size_t i = 0; i < count; i++) {
        const char *text = json_string_value(json_array_get(list, i));
        if (text != NULL && !blank(text)) {
            n->bullets[n->bullet_count++] = text;
        }
    }
}

static bool read_assignment(const json_t *a, struct notice *n, struct error *err)
{
    struct task_id ignored;

    n->title = optional(a, "title");
    n->no = optional(a, "no");
    n->plan = optional(a, "plan_title");
    n->plan = n->plan ? n->plan : optional(a, "plan");
    n->result = optional(a, "result");
    n->due_phrase = optional(a, "due_phrase");
    read_bullets(json_object_get(a, "bullets"), n);
    if (!read_id(a, "id", n->assignment, &ignored, err) || !read_day(a, "from", &n->from, err) ||
        !read_day(a, "to", &n->to_day, err)) {
        return false;
    }
    return read_people(a, n, err);
}

bool notice_parse(struct bytes json, struct notice *ret_notice, struct error *err)
{
    struct notice n = {0};
    json_error_t trouble;

    n.root = json_loadb(json.data ? json.data : "", json.size, JSON_REJECT_DUPLICATES, &trouble);
    if (n.root == NULL) {
        return error_set(err, ERROR_SYNTAX, "the notice is not JSON: %s", trouble.text);
    }
    n.reason = optional(n.root, "reason");
    if (!read_id(n.root, "notice", n.id, &n.number, err) || !read_kind(n.root, &n, err) ||
        !read_days(n.root, &n, err) ||
        !read_party(json_object_get(n.root, "to"), "to", &n.to, err) ||
        !read_assignment(json_object_get(n.root, "assignment"), &n, err)) {
        notice_fini(&n);
        return false;
    }
    *ret_notice = n;
    return true;
}

void notice_fini(struct notice *notice)
{
    free(notice->bullets);
    free(notice->co_executors);
    json_decref(notice->root);
    *notice = (struct notice){0};
}
