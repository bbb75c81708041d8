/* migrations.h - instances go on with another version, a page at a time (protocol §3.5, MIGRATE) */
#ifndef ENGINE_MIGRATIONS_H
#define ENGINE_MIGRATIONS_H

#include "engine/engine.h"

struct migration {
    const char *name;        /* of the workflow */
    uint32_t to;             /* version; 0 = the newest */
    const json_t *instances; /* numbers; NULL: all that are open of the version `from` … */
    uint32_t from;           /* … or of every other version (0) */
    const char *after;       /* cursor of the page before, or NULL */
    bool preview;            /* only look */
};

/* In an open turn that has nothing undecided in the tables. What has no safe place is left as it
 * was, and says so in its row. */
bool migrations_run(struct engine *engine, const struct migration *migration, json_t **ret_answer,
                    struct error *err);

#endif
