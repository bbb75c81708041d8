/* removal.h - a version of a definition is taken out of force (protocol §3.5, REMOVE) */
#ifndef ENGINE_REMOVAL_H
#define ENGINE_REMOVAL_H

#include "engine/engine.h"

struct removal {
    const char *name;
    const char *kind; /* NULL: the one kind that has this name */
    uint32_t version;
};

/* Refused with ERROR_CONFLICT while open instances use it ("used" in *ret_answer says how many), or
 * when others need it and nothing else serves them ("needed_by"). In an open turn. */
bool removal_run(struct engine *engine, const struct removal *removal, json_t **ret_answer,
                 struct error *err);

#endif
