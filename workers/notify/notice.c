/* notice.c - reading the JSON of a notice
 *
 * Owns:    what is around the news: id, recipient, moment; which notice has several.
 * In:      post.c, with the input of a task.
 * Out:     struct notice.
 * Always:  a notice that lacks what is needed is refused as a whole, with the name of the field.
 * See:     docs/letters.md §1
 */
#include "workers/notify/notice.h"

#include "base/must.h"
#include "workers/notify/words.h"

#include <stdlib.h>
#include <string.h>

#define DAY_MINUTES 1440

static bool read_moment(const json_t *root, struct notice *n, struct error *err)
{
    const json_t *made = json_object_get(root, "made_ms");

    n->made_ms = json_integer_value(made);
    /* what a letter's Date can say: from 1970 to the end of the calendar */
    return (json_is_integer(made) && n->made_ms >= 0 && n->made_ms <= 84000ll * 86400000) ||
           news_refuse(err, "made_ms");
}

/* Notices of older engines do not say it: Moscow's then. */
static bool read_offset(const json_t *root, struct notice *n, struct error *err)
{
    const json_t *offset = json_object_get(root, "utc_offset");
    json_int_t minutes = offset != NULL ? json_integer_value(offset) : WORDS_MOSCOW_OFFSET;

    n->utc_offset = (int)minutes;
    return (minutes >= -DAY_MINUTES && minutes <= DAY_MINUTES) || news_refuse(err, "utc_offset");
}

static bool read_digest(struct notice *n, struct error *err)
{
    const json_t *items = json_object_get(n->root, "items");
    const char *day = json_string_value(json_object_get(n->root, "day"));
    json_int_t more = json_integer_value(json_object_get(n->root, "more"));
    size_t count = json_array_size(items);

    if (count == 0) {
        return news_refuse(err, "items");
    }
    if (more < 0 || more > INT32_MAX) {
        return news_refuse(err, "more");
    }
    if (!civil_parse(bytes_of(day), &n->day)) {
        return news_refuse(err, "day");
    }
    n->more = (unsigned)more;
    n->news = xcalloc(count, sizeof *n->news);
    for (size_t i = 0; i < count; i++) {
        if (!news_read(json_array_get(items, i), &n->news[n->news_count++], err)) {
            return false;
        }
    }
    return true;
}

static bool read_news(struct notice *n, struct error *err)
{
    const char *kind = json_string_value(json_object_get(n->root, "kind"));

    if (!notice_kind_of(kind, &n->kind)) {
        return news_refuse(err, "kind");
    }
    if (n->kind == NOTICE_DIGEST) {
        return read_digest(n, err);
    }
    n->news = xcalloc(1, sizeof *n->news);
    n->news_count = 1;
    return news_read(n->root, n->news, err);
}

bool notice_parse(struct bytes json, struct notice *ret_notice, struct error *err)
{
    struct notice n = {.day = CIVIL_DAY_NONE};
    json_error_t trouble;

    n.root = json_loadb(json.data ? json.data : "", json.size, JSON_REJECT_DUPLICATES, &trouble);
    if (n.root == NULL) {
        return error_set(err, ERROR_SYNTAX, "the notice is not JSON: %s", trouble.text);
    }
    if (!news_read_id(n.root, "notice", n.id, &n.number, err) || !read_moment(n.root, &n, err) ||
        !read_offset(n.root, &n, err) ||
        !news_read_party(json_object_get(n.root, "to"), "to", &n.to, err) || !read_news(&n, err)) {
        notice_fini(&n);
        return false;
    }
    *ret_notice = n;
    return true;
}

void notice_fini(struct notice *notice)
{
    for (size_t i = 0; i < notice->news_count; i++) {
        news_fini(&notice->news[i]);
    }
    free(notice->news);
    json_decref(notice->root);
    *notice = (struct notice){0};
}
