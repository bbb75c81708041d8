/* inquiry.c - for whom a route is to be planned
 *
 * Owns:    the members of the input, their defaults, and the sentences about what is wrong in them.
 * In:      main.c.
 * Out:     struct inquiry.
 * Always:  no competence is needed twice; numbers are within their bounds.
 * See:     docs/workers.md §6
 */
#include "workers/route-planner/inquiry.h"

#include "base/limits.h"
#include "base/must.h"
#include "wire/json.h"

#include <stdlib.h>
#include <string.h>

static bool refuse(struct error *err, const char *what, const char *sentence)
{
    return error_set(err, ERROR_INVALID, "%s: %s", what, sentence);
}

/* A text that may be missing ("" then). */
static bool read_text(const json_t *object, const char *name, const char **ret_text)
{
    const json_t *value = json_object_get(object, name);

    *ret_text = "";
    if (value == NULL || json_is_null(value)) {
        return true;
    }
    if (!json_is_string(value) || json_string_length(value) > LIMIT_TEXT_BYTES) {
        return false;
    }
    *ret_text = json_string_value(value);
    return true;
}

/* --- deficits --------------------------------------------------------------------------------- */

static bool read_need(const json_t *value, struct inquiry *q, struct error *err)
{
    struct need need = {.score = json_object_get(value, "score"),
                        .threshold = json_object_get(value, "threshold")};

    if (!read_text(value, "competence", &need.competence) || *need.competence == '\0') {
        return error_set(err, ERROR_INVALID,
                         "Дефицит № %zu: competence — это название компетенции, строка",
                         q->need_count + 1);
    }
    if (!read_text(value, "title", &need.title) || !read_text(value, "level", &need.level)) {
        return refuse(err, need.competence, "title и level — это строки");
    }
    need.title = *need.title != '\0' ? need.title : need.competence;
    need.score = json_is_number(need.score) ? need.score : NULL;
    need.threshold = json_is_number(need.threshold) ? need.threshold : NULL;
    for (size_t i = 0; i < q->need_count; i++) {
        if (strcmp(q->needs[i].competence, need.competence) == 0) {
            return refuse(err, need.competence, "этот дефицит указан дважды");
        }
    }
    q->needs[q->need_count++] = need;
    return true;
}

static bool read_needs(struct inquiry *q, struct error *err)
{
    const json_t *deficits = json_object_get(q->input, "deficits");
    size_t count = json_array_size(deficits);

    if (!json_is_array(deficits)) {
        return refuse(err, "deficits", "нужен список дефицитов");
    }
    if (count > INQUIRY_NEEDS_MAX) {
        return error_set(err, ERROR_INVALID, "deficits: дефицитов %zu, а можно не больше %d", count,
                         INQUIRY_NEEDS_MAX);
    }
    q->needs = xcalloc(count + 1, sizeof *q->needs);
    for (size_t i = 0; i < count; i++) {
        if (!read_need(json_array_get(deficits, i), q, err)) {
            return false;
        }
    }
    return true;
}

/* --- the route before ------------------------------------------------------------------------- */

static bool read_element(const json_t *value, struct inquiry *q, struct error *err)
{
    struct past past = {.kind = KIND_PROGRAMME};
    const json_t *hours = json_object_get(value, "hours");
    const char *kind;

    if (!read_text(value, "id", &past.id) || *past.id == '\0' ||
        !read_text(value, "competence", &past.competence) || *past.competence == '\0' ||
        !read_text(value, "title", &past.title) || !read_text(value, "kind", &kind)) {
        return error_set(err, ERROR_INVALID,
                         "Прежний маршрут, элемент № %zu: нужны строки id, competence и kind",
                         q->past_count + 1);
    }
    if (!kind_find(kind, &past.kind)) {
        return refuse(err, past.id, "kind — это programme, mentor, site или masterclass");
    }
    if (hours != NULL && (!json_is_integer(hours) || json_integer_value(hours) < 0 ||
                          json_integer_value(hours) > REGISTRY_HOURS_MAX)) {
        return refuse(err, past.id, "hours — это часы, целое число до 1000");
    }
    past.hours = (int)json_integer_value(hours);
    q->past[q->past_count++] = past;
    return true;
}

static struct need *find_need(struct inquiry *q, const char *competence)
{
    for (size_t i = 0; i < q->need_count; i++) {
        if (strcmp(q->needs[i].competence, competence) == 0) {
            return &q->needs[i];
        }
    }
    return NULL;
}

/* Without `failed` everything failed that is still a deficit. */
static bool read_failed(const json_t *failed, struct inquiry *q, struct error *err)
{
    size_t i;
    json_t *value;

    for (size_t j = 0; failed == NULL && j < q->need_count; j++) {
        q->needs[j].failed = true;
    }
    if (failed != NULL && !json_is_array(failed)) {
        return refuse(err, "failed", "нужен список компетенций, строк");
    }
    json_array_foreach((json_t *)failed, i, value)
    {
        if (!json_is_string(value)) {
            return refuse(err, "failed", "нужен список компетенций, строк");
        }
        struct need *need = find_need(q, json_string_value(value));
        if (need != NULL) {
            need->failed = true;
        }
    }
    return true;
}

static bool read_past(struct inquiry *q, struct error *err)
{
    const json_t *previous = json_object_get(q->input, "previous");
    const json_t *elements = json_object_get(previous, "elements");
    size_t count = json_array_size(elements);

    if (previous == NULL || json_is_null(previous)) {
        return true;
    }
    if (!json_is_array(elements) || count > INQUIRY_PAST_MAX) {
        return refuse(err, "previous",
                      "нужен прежний маршрут: объект со списком elements, до 1000");
    }
    q->past = xcalloc(count + 1, sizeof *q->past);
    for (size_t i = 0; i < count; i++) {
        if (!read_element(json_array_get(elements, i), q, err)) {
            return false;
        }
    }
    return read_failed(json_object_get(previous, "failed"), q, err);
}

/* --- the teacher and the bounds --------------------------------------------------------------- */

static bool read_teacher(struct inquiry *q, struct error *err)
{
    const json_t *teacher = json_object_get(q->input, "teacher");
    const json_t *years = json_object_get(teacher, "experience_years");

    q->municipality = "";
    if (teacher == NULL || json_is_null(teacher)) {
        return true;
    }
    if (!json_is_object(teacher) || !read_text(teacher, "municipality", &q->municipality)) {
        return refuse(err, "teacher", "нужен объект; municipality в нём — строка");
    }
    if (years != NULL && !json_is_null(years) && !json_is_number(years)) {
        return refuse(err, "teacher", "experience_years — это стаж в годах, число");
    }
    q->young = json_is_number(years) && json_number_value(years) < INQUIRY_YOUNG_YEARS;
    return true;
}

static bool read_taken(struct inquiry *q, struct error *err)
{
    const char *id;
    json_t *value;

    q->taken = json_object_get(q->input, "taken");
    if (q->taken != NULL && !json_is_object(q->taken)) {
        return refuse(err, "taken", "нужен объект: обозначение и число занятых мест");
    }
    json_object_foreach((json_t *)q->taken, id, value)
    {
        if (!json_is_integer(value) || json_integer_value(value) < 0) {
            return refuse(err, id, "число занятых мест — целое, не меньше нуля");
        }
    }
    return true;
}

static bool read_bounds(struct inquiry *q, struct error *err)
{
    const json_t *hours = json_object_get(q->input, "hours_max");
    const char *start;

    q->hours_max = INQUIRY_HOURS_NO_MAX;
    if (hours != NULL && !json_is_null(hours)) {
        if (!json_is_integer(hours) || json_integer_value(hours) < 0 ||
            json_integer_value(hours) > REGISTRY_HOURS_MAX * INQUIRY_NEEDS_MAX) {
            return refuse(err, "hours_max", "это наибольшее число часов маршрута, целое");
        }
        q->hours_max = (int)json_integer_value(hours);
    }
    q->start = CIVIL_DAY_NONE;
    if (!read_text(q->input, "start", &start) ||
        (*start != '\0' && !civil_parse(bytes_of(start), &q->start))) {
        return refuse(err, "start", "это дата начала маршрута, ГГГГ-ММ-ДД");
    }
    return read_taken(q, err);
}

bool inquiry_read(struct bytes input, struct inquiry *ret_inquiry, struct error *err)
{
    *ret_inquiry = (struct inquiry){.input = NULL};
    if (wire_json_within(input, LIMIT_JSON_DEPTH)) {
        ret_inquiry->input = json_loadb(input.data, input.size, 0, NULL);
    }
    if (!json_is_object(ret_inquiry->input)) {
        return error_set(err, ERROR_INVALID, "Данные для маршрута — не объект JSON");
    }
    return read_needs(ret_inquiry, err) && read_past(ret_inquiry, err) &&
           read_teacher(ret_inquiry, err) && read_bounds(ret_inquiry, err);
}

void inquiry_fini(struct inquiry *inquiry)
{
    json_decref(inquiry->input);
    free(inquiry->needs);
    free(inquiry->past);
    *inquiry = (struct inquiry){.input = NULL};
}

bool inquiry_tried(const struct inquiry *inquiry, const char *id)
{
    for (size_t i = 0; i < inquiry->past_count; i++) {
        if (strcmp(inquiry->past[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}
