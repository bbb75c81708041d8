/* config.c - reading the JSON that maps services to programs
 *
 * Owns:    the fields of docs/workers.md §2 and what is refused in them.
 * In:      main.c, once.
 * Out:     struct config, never changed afterwards.
 * Always:  what was read can be started as it is: paths are absolute, lists end in NULL.
 * See:     docs/workers.md §2
 */
#include "workers/exec/config.h"

#include "base/must.h"
#include "wire/worker.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFIG_BYTES_MAX (1u << 20)
#define CAPACITY_DEFAULT 4u /* programs compute: as many as a small machine has cores, and some */

static bool refuse(struct error *err, const char *service, const char *sentence)
{
    return error_set(err, ERROR_INVALID, "service \"%s\": %s", service, sentence);
}

/* Only these fields, NULL last. */
static bool known_fields(const json_t *object, const char *const *fields, const char **ret_unknown)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)object, key, value)
    {
        const char *const *field = fields;
        while (*field != NULL && strcmp(*field, key) != 0) {
            field++;
        }
        if (*field == NULL) {
            *ret_unknown = key;
            return false;
        }
    }
    return true;
}

static bool read_args(const json_t *list, struct program *p, struct error *err)
{
    size_t count = json_array_size(list);

    if (list != NULL && !json_is_array(list)) {
        return refuse(err, p->service, "args is a list of texts");
    }
    p->args = xcalloc(count + 2, sizeof *p->args);
    p->args[0] = p->path;
    for (size_t i = 0; i < count; i++) {
        p->args[i + 1] = json_string_value(json_array_get(list, i));
        if (p->args[i + 1] == NULL) {
            return refuse(err, p->service, "args is a list of texts");
        }
    }
    return true;
}

static bool read_environment(json_t *object, struct program *p, struct error *err)
{
    const char *name;
    json_t *value;
    size_t at = 0;

    if (object != NULL && !json_is_object(object)) {
        return refuse(err, p->service, "environment is an object of texts");
    }
    p->variables = xcalloc(json_object_size(object) + 1, sizeof *p->variables);
    json_object_foreach(object, name, value)
    {
        if (!json_is_string(value) || name[0] == '\0' || strchr(name, '=') != NULL) {
            return refuse(err, p->service, "environment is an object of texts");
        }
        struct buffer pair = BUFFER_INIT;
        buffer_text(&pair, name);
        buffer_text(&pair, "=");
        buffer_text(&pair, json_string_value(value));
        p->variables[at++] = bytes_strdup(buffer_bytes(&pair));
        buffer_fini(&pair);
    }
    return true;
}

static bool read_program(const char *service, json_t *value, struct program *p, struct error *err)
{
    static const char *const fields[] = {"program", "args",        "limit_s",
                                         "folder",  "environment", NULL};
    const json_t *limit = json_object_get(value, "limit_s");
    const json_t *folder = json_object_get(value, "folder");
    const char *unknown;

    p->service = service;
    p->path = json_string_value(json_object_get(value, "program"));
    p->folder = json_string_value(folder);
    if (!wire_name_valid(bytes_of(service))) {
        return refuse(err, service, "a name has 1 to 128 of A-Z a-z 0-9 . _ : / -");
    }
    if (p->path == NULL || p->path[0] != '/') {
        return refuse(err, service, "program is an absolute path");
    }
    if (folder != NULL && (p->folder == NULL || p->folder[0] != '/')) {
        return refuse(err, service, "folder is an absolute path");
    }
    if (limit != NULL && (!json_is_integer(limit) || json_integer_value(limit) < 0 ||
                          json_integer_value(limit) > EXEC_LIMIT_S_MAX)) {
        return refuse(err, service, "limit_s is a number of seconds, at most 86400");
    }
    p->limit_s = (unsigned)json_integer_value(limit);
    if (!known_fields(value, fields, &unknown)) {
        return error_set(err, ERROR_INVALID, "service \"%s\": what is \"%s\"?", service, unknown);
    }
    return read_args(json_object_get(value, "args"), p, err) &&
           read_environment(json_object_get(value, "environment"), p, err);
}

static bool read_root(struct config *config, struct error *err)
{
    static const char *const fields[] = {"services", "capacity", NULL};
    const json_t *capacity = json_object_get(config->root, "capacity");
    json_t *services = json_object_get(config->root, "services");
    const char *name;
    json_t *value;

    config->capacity = CAPACITY_DEFAULT;
    if (capacity != NULL) {
        json_int_t number = json_integer_value(capacity);
        if (number < 1 || number > EXEC_CAPACITY_MAX) {
            return error_set(err, ERROR_INVALID, "capacity is a number from 1 to %u",
                             EXEC_CAPACITY_MAX);
        }
        config->capacity = (unsigned)number;
    }
    if (!known_fields(config->root, fields, &name)) {
        return error_set(err, ERROR_INVALID, "what is \"%s\"?", name);
    }
    if (json_object_size(services) == 0 || json_object_size(services) > LIMIT_SERVICES) {
        return error_set(err, ERROR_INVALID, "services is an object with 1 to %u services",
                         LIMIT_SERVICES);
    }
    json_object_foreach(services, name, value)
    {
        if (!read_program(name, value, &config->programs[config->count++], err)) {
            return false;
        }
    }
    return true;
}

bool config_parse(struct bytes json, struct config **ret_config, struct error *err)
{
    struct config *config = xcalloc(1, sizeof *config);
    json_error_t trouble;

    config->root =
        json_loadb(json.data ? json.data : "", json.size, JSON_REJECT_DUPLICATES, &trouble);
    bool good = config->root != NULL || error_set_at(err, ERROR_SYNTAX, NULL, trouble.line,
                                                     trouble.column, "not JSON: %s", trouble.text);
    if (good && !read_root(config, err)) {
        good = false;
    }
    if (!good) {
        config_destroy(&config);
        return false;
    }
    *ret_config = config;
    return true;
}

bool config_read(const char *file, struct config **ret_config, struct error *err)
{
    char *text = xmalloc(CONFIG_BYTES_MAX + 1);
    FILE *stream = fopen(file, "re");
    size_t size = stream ? fread(text, 1, CONFIG_BYTES_MAX + 1, stream) : 0;
    bool good = stream != NULL && !ferror(stream);

    if (!good) {
        error_set(err, ERROR_IO, "cannot read %s: %s", file, strerror(errno));
    } else if (size > CONFIG_BYTES_MAX) {
        good = error_set(err, ERROR_TOO_LARGE, "%s has more than 1 MiB", file);
    }
    if (stream != NULL) {
        fclose(stream);
    }
    if (good) {
        good = config_parse((struct bytes){text, size}, ret_config, err);
    }
    free(text);
    return good;
}

void config_destroy(struct config **config)
{
    struct config *c = *config;

    if (c == NULL) {
        return;
    }
    for (unsigned i = 0; i < c->count; i++) {
        for (const char **v = c->programs[i].variables; v != NULL && *v != NULL; v++) {
            free((void *)*v);
        }
        free(c->programs[i].variables);
        free(c->programs[i].args);
    }
    json_decref(c->root);
    free(c);
    *config = NULL;
}
