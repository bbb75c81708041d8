/* config.c - the configuration file, read with the same care as any document
 *
 * Owns:    the words of docs/configuration.md and their defaults.
 * Out:     struct config; refusals name file, line and column.
 */
#include "engine/config_part.h"

#include "base/log.h"
#include "base/must.h"
#include "engine/file.h"
#include "language/duration.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEARTBEAT_MS     2000
#define EVENT_TTL_MS     86400000 /* P1D: who is to take an event is often late by hours */
#define EVENT_SEEN_MS    INT64_C(604800000) /* P7D: senders repeat within hours */
#define DEMO_DAY_SECONDS 4

static const char *const root_words[] = {
    "folder",    "secrets",    "endpoints", "zone",  "clock",  "heartbeat_ms",
    "event_ttl", "event_seen", "turn",      "store", "deploy", "start",
    "programs",  "limits",     "log",       "http",  NULL};
static const char *const endpoint_words[] = {"workers", "clients", "events", NULL};

/* --- paths --------------------------------------------------------------------------------- */

char *config_join(const char *folder, const char *path)
{
    size_t size = strlen(folder) + strlen(path) + 2;
    char *joined;

    if (path[0] == '/') {
        return xstrdup(path);
    }
    joined = xmalloc(size);
    snprintf(joined, size, "%s/%s", folder, path);
    return joined;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash ? xstrndup(path, (size_t)(slash - path)) : xstrdup(".");
}

/* --- sections ------------------------------------------------------------------------------ */

static bool read_endpoints(const struct reader *r, const struct node *root, struct config *c)
{
    static const struct words words = {"endpoints", endpoint_words, NULL};
    const struct node *map = NULL;

    if (!fields_node(r, root, "endpoints", OPTIONAL, NODE_MAP, &map)) {
        return false;
    }
    if (map != NULL && !fields_check(r, map, &words)) {
        return false;
    }
    for (int i = 0; i < SERVER_SOCKET_COUNT; i++) {
        if (map != NULL &&
            !fields_text(r, map, endpoint_words[i], OPTIONAL, 200, &c->endpoints[i])) {
            return false;
        }
        if (c->endpoints[i] == NULL) {
            size_t size = strlen(c->folder) + 32;
            c->endpoints[i] = xmalloc(size);
            snprintf(c->endpoints[i], size, "ipc://%s/%s.sock", c->folder, endpoint_words[i]);
        }
    }
    return true;
}

static bool two_digits(const char *text, int below, int *ret_number)
{
    bool digits = text[0] >= '0' && text[0] <= '9' && text[1] >= '0' && text[1] <= '9';

    *ret_number = digits ? (text[0] - '0') * 10 + (text[1] - '0') : 0;
    return digits && *ret_number < below;
}

/* "2023-01-09T09:00" in the zone of the configuration */
static bool read_start(const struct reader *r, const struct node *demo, struct config *c)
{
    char *text = NULL;
    struct zone *zone = NULL;
    civil_day day;
    int hour = 0;
    int minute = 0;
    const struct node *at = node_find(demo, "start");

    if (!fields_text(r, demo, "start", REQUIRED, 32, &text)) {
        return false;
    }
    bool ok = strlen(text) == 16 && civil_parse((struct bytes){text, 10}, &day) &&
              text[10] == 'T' && two_digits(text + 11, 24, &hour) && text[13] == ':' &&
              two_digits(text + 14, 60, &minute);
    free(text);
    if (!ok) {
        return refuse(r, at, ERROR_INVALID, "write the start as 2023-01-09T09:00");
    }
    if (!zone_open(c->zone, &zone, r->err)) {
        return false;
    }
    c->demo_start_ms = zone_utc_ms(zone, day, hour * 60 + minute);
    zone_close(&zone);
    return true;
}

bool config_other(const struct reader *r, const struct node *place, const char *variable,
                  int64_t least, int64_t most, int64_t *number)
{
    const char *text = getenv(variable);
    char *end;

    if (text == NULL || text[0] == '\0') {
        return true;
    }
    long long other = strtoll(text, &end, 10);
    if (*end != '\0' || other < least || other > most) {
        return refuse(r, place, ERROR_INVALID, "%s is a number from %lld to %lld", variable,
                      (long long)least, (long long)most);
    }
    *number = other;
    return true;
}

static bool read_clock(const struct reader *r, const struct node *root, struct config *c)
{
    static const char *const clock_words[] = {"demo", "stands", NULL};
    static const char *const demo_words[] = {"start", "day_seconds", NULL};
    static const struct words words = {"clock", clock_words, NULL};
    static const char *const stands_words[] = {"start", NULL};
    static const struct words inner = {"demo", demo_words, NULL};
    static const struct words still = {"stands", stands_words, NULL};
    const struct node *clock = node_find(root, "clock");
    const struct node *demo = NULL;
    const struct node *stands = NULL;
    int64_t day_seconds = DEMO_DAY_SECONDS;

    if (clock == NULL || (clock->kind == NODE_TEXT && strcmp(clock->text, "real") == 0)) {
        return true;
    }
    if (clock->kind != NODE_MAP) {
        return refuse(r, clock, ERROR_INVALID, "clock is \"real\", or demo with a start");
    }
    if (!fields_check(r, clock, &words) ||
        !fields_node(r, clock, "stands", OPTIONAL, NODE_MAP, &stands)) {
        return false;
    }
    if (stands != NULL) {
        c->demo = c->stands = true;
        c->demo_rate = 1;
        return fields_check(r, stands, &still) && read_start(r, stands, c);
    }
    if (!fields_node(r, clock, "demo", REQUIRED, NODE_MAP, &demo) ||
        !fields_check(r, demo, &inner) || !read_start(r, demo, c) ||
        !fields_integer(r, demo, "day_seconds", OPTIONAL, 1, 86400, &day_seconds) ||
        !config_other(r, demo, "MARSHRUT_DAY_SECONDS", 1, 86400, &day_seconds)) {
        return false;
    }
    c->demo = true;
    c->demo_rate = 86400 / day_seconds;
    return true;
}

static bool read_numbers(const struct reader *r, const struct node *root, struct config *c)
{
    static const char *const turn_words[] = {"commands", "ms", NULL};
    static const char *const store_words[] = {"map_bytes_max", "free_bytes_min", "memory", NULL};
    static const struct words turn_w = {"turn", turn_words, NULL};
    static const struct words store_w = {"store", store_words, NULL};
    const struct node *turn = NULL;
    const struct node *store = NULL;
    int64_t heartbeat = HEARTBEAT_MS;
    int64_t commands = LIMIT_TURN_COMMANDS;
    int64_t ms = LIMIT_TURN_MS;
    int64_t map = 0;
    int64_t free_bytes = 0;

    if (!fields_integer(r, root, "heartbeat_ms", OPTIONAL, 10, 600000, &heartbeat) ||
        !fields_node(r, root, "turn", OPTIONAL, NODE_MAP, &turn) ||
        !fields_node(r, root, "store", OPTIONAL, NODE_MAP, &store) ||
        (turn && (!fields_check(r, turn, &turn_w) ||
                  !fields_integer(r, turn, "commands", OPTIONAL, 4, 100000, &commands) ||
                  !fields_integer(r, turn, "ms", OPTIONAL, 1, 1000, &ms))) ||
        (store &&
         (!fields_check(r, store, &store_w) ||
          !fields_integer(r, store, "map_bytes_max", OPTIONAL, 1 << 20, INT64_MAX, &map) ||
          !fields_integer(r, store, "free_bytes_min", OPTIONAL, 0, INT64_MAX, &free_bytes) ||
          !fields_flag(r, store, "memory", OPTIONAL, &c->memory)))) {
        return false;
    }
    c->heartbeat_ms = (uint32_t)heartbeat;
    c->turn_commands = (uint32_t)commands;
    c->turn_ms = (uint32_t)ms;
    c->map_bytes_max = (uint64_t)map;
    c->free_bytes_min = (uint64_t)free_bytes;
    return true;
}

static bool read_duration(const struct reader *r, const struct node *root, const char *key,
                          int64_t *ms)
{
    char *text = NULL;

    if (!fields_text(r, root, key, OPTIONAL, 64, &text)) {
        return false;
    }
    bool good = text == NULL || duration_parse(bytes_of(text), ms, NULL);
    free(text);
    return good || refuse(r, node_find(root, key), ERROR_INVALID,
                          "%s is a duration, like P1D, PT12H or PT0S", key);
}

static bool read_events(const struct reader *r, const struct node *root, struct config *c)
{
    c->event_ttl_ms = EVENT_TTL_MS;
    c->event_seen_ms = EVENT_SEEN_MS;
    return read_duration(r, root, "event_ttl", &c->event_ttl_ms) &&
           read_duration(r, root, "event_seen", &c->event_seen_ms);
}

static bool read_log(const struct reader *r, const struct node *root, struct config *c)
{
    static const char *const levels[] = {"error", "warn", "info", "debug"};
    char *text = NULL;

    c->log_level = LOG_LEVEL_INFO;
    if (!fields_text(r, root, "log", OPTIONAL, 16, &text)) {
        return false;
    }
    for (int i = 0; text != NULL && i < 4; i++) {
        if (strcmp(levels[i], text) == 0) {
            c->log_level = i;
            free(text);
            return true;
        }
    }
    bool absent = text == NULL;
    free(text);
    return absent ||
           refuse(r, node_find(root, "log"), ERROR_INVALID, "log is error, warn, info or debug");
}

static bool read_secrets(const struct reader *r, const struct node *root, struct config *c)
{
    char *path = NULL;

    if (!fields_text(r, root, "secrets", OPTIONAL, CONFIG_TEXT_MAX, &path)) {
        return false;
    }
    c->secrets = path != NULL ? config_join(c->base, path) : NULL;
    free(path);
    return true;
}

/* --- the whole ----------------------------------------------------------------------------- */

static bool read_root(const struct reader *r, const struct node *root, struct config *c)
{
    static const struct words words = {"the configuration", root_words, NULL};

    if (!fields_check(r, root, &words) ||
        !fields_text(r, root, "folder", REQUIRED, CONFIG_TEXT_MAX, &c->folder) ||
        !fields_text(r, root, "zone", OPTIONAL, 100, &c->zone)) {
        return false;
    }
    if (c->zone == NULL) {
        c->zone = xstrdup("Europe/Moscow");
    }
    return read_secrets(r, root, c) && read_endpoints(r, root, c) && read_clock(r, root, c) &&
           read_events(r, root, c) && read_numbers(r, root, c) && read_log(r, root, c) &&
           config_read_http(r, root, c) && config_read_lists(r, root, c);
}

bool config_read(const char *path, struct config **ret_config, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    struct tree tree;
    struct reader reader = {.file = path, .err = err};
    struct config *c = xcalloc(1, sizeof *c);

    c->base = folder_of(path);
    bool ok = file_read(path, &text, err) && tree_parse(path, buffer_bytes(&text), &tree, err);
    if (ok) {
        ok = read_root(&reader, tree.root, c);
        tree_fini(&tree);
    }
    buffer_fini(&text);
    if (!ok) {
        config_destroy(c);
        return false;
    }
    *ret_config = c;
    return true;
}

void config_destroy(struct config *c)
{
    if (c == NULL) {
        return;
    }
    for (int i = 0; i < SERVER_SOCKET_COUNT; i++) {
        free(c->endpoints[i]);
    }
    free(c->secrets);
    free(c->http_address);
    free(c->http_web);
    for (uint32_t i = 0; i < c->deploy_count; i++) {
        free(c->deploy[i]);
    }
    for (uint32_t i = 0; i < c->start_count; i++) {
        free(c->starts[i].definition);
        free(c->starts[i].key);
    }
    for (uint32_t i = 0; i < c->program_count; i++) {
        free(c->programs[i].name);
        for (int a = 0; a < CONFIG_ARGS_MAX; a++) {
            free(c->programs[i].argv[a]);
        }
    }
    free(c->folder);
    free(c->base);
    free(c->zone);
    free(c->deploy);
    free(c->starts);
    free(c->programs);
    free(c->limits);
    free(c);
}
