/* config.h - what the administrator decides: the configuration file of marshrutd
 *
 * docs/configuration.md describes every option. Read once at start; immutable.
 */
#ifndef ENGINE_CONFIG_H
#define ENGINE_CONFIG_H

#include "base/error.h"
#include "engine/dispatch.h"
#include "engine/server.h"

#define CONFIG_PROGRAMS_MAX 32
#define CONFIG_DEPLOY_MAX   1000
#define CONFIG_ARGS_MAX     64

struct config_program {
    char *name;
    char *argv[CONFIG_ARGS_MAX + 1]; /* ends with NULL */
};

struct config_start {
    civil_day on; /* CIVIL_DAY_NONE, which is before all days: at once */
    char *definition;
    char *key;
};

struct config {
    char *folder;  /* data: store, mail, sockets; absolute or relative to where marshrutd runs */
    char *base;    /* the folder of the configuration file: `deploy` is relative to it */
    char *secrets; /* a folder; NULL = none */
    char *endpoints[SERVER_SOCKET_COUNT];
    char *http_address; /* a loopback address; NULL = no HTTP */
    unsigned http_port; /* 0 = the system chooses */
    char *http_web;     /* folder of the page; NULL = beside the program */
    char *zone;
    bool demo;             /* the clock: not the real one */
    bool stands;           /* it stands until ADVANCE moves it: for trying definitions */
    bool memory;           /* the store is lost with the process */
    int64_t demo_start_ms; /* UTC */
    int64_t demo_rate;     /* clock milliseconds per real one */
    uint32_t heartbeat_ms;
    int64_t event_ttl_ms;   /* how long an event is kept that nobody took */
    int64_t event_seen_ms;  /* how long an event that comes again is known */
    uint32_t turn_commands; /* N of the group commit */
    uint32_t turn_ms;       /* T of the group commit */
    uint64_t map_bytes_max;
    uint64_t free_bytes_min;
    char **deploy; /* paths, ready to open */
    uint32_t deploy_count;
    struct config_start *starts;
    uint32_t start_count;
    struct config_program *programs;
    uint32_t program_count;
    struct service_limits *limits;
    uint32_t limit_count;
    int log_level;
};

/* Read the file; unknown keys are refused with their place. */
bool config_read(const char *path, struct config **ret_config, struct error *err);
void config_destroy(struct config *config); /* NULL is fine */

#endif
