/* definitions.c - documents: put into force, taken out of it
 *
 * Owns:    which number and version a document gets; the rows are of stored_definitions.c.
 * In:      DEPLOY and the configuration; at start everything that was deployed; removal.c.
 * Always:  a document is checked before it is stored; what is stored keeps its text, and is at most
 *          marked as removed; numbers and versions only grow.
 */
#include "base/log.h"
#include "base/must.h"
#include "engine/engine.h"
#include "engine/file.h"
#include "engine/schedules.h"
#include "engine/snapshot.h"
#include "engine/stored_definitions.h"
#include "language/document.h"

#include <stdlib.h>
#include <string.h>

bool engine_load_definitions(struct engine *e, struct error *err)
{
    struct store_txn *txn;

    if (!store_begin_read(e->store, &txn, err)) {
        return false;
    }
    bool ok = stored_definitions_load(txn, e->catalog, err);
    store_abort(&txn);
    return ok;
}

/* --- deploying ----------------------------------------------------------------------------- */

static void store_definition(struct engine *e, const struct definition *d, const char *file)
{
    stored_definition_put(e->turn.txn, d->number,
                          &(struct stored_definition){.version = d->version,
                                                      .file = bytes_of(file),
                                                      .text = bytes_of(d->source)});
    world_record(turn_world(&e->turn), NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = d->number,
                                 .other = d->version,
                                 .text = bytes_of(file),
                                 .data = bytes_of(d->source)});
    log_info("MR-DEPLOYED", "kind=%s name=%s version=%u number=%u", definition_kind_name(d->kind),
             d->name, d->version, d->number);
}

/* One past the greatest that ever was, removed or not. */
static uint32_t next_version(const struct catalog *catalog, const struct definition *like)
{
    const struct definition *d;
    uint32_t greatest = 0;

    for (uint32_t i = 0; (d = catalog_at(catalog, i)) != NULL; i++) {
        bool same = d->kind == like->kind && strcmp(d->name, like->name) == 0;
        greatest = same && d->version > greatest ? d->version : greatest;
    }
    return greatest + 1;
}

static void first_error(const struct problems *problems, struct error *err)
{
    for (uint32_t i = 0; i < problems->count; i++) {
        if (problems->items[i].severity == SEVERITY_ERROR) {
            *err = problems->items[i].error;
            return;
        }
    }
}

bool engine_deploy(struct engine *e, const char *file, struct bytes text,
                   struct deployment *deployment, struct error *err)
{
    struct document_options options = {.catalog = e->catalog, .evaluator = e->turn.evaluator};
    struct definition *parsed;

    if (!document_check(file, text, &options, &deployment->problems, &parsed)) {
        first_error(&deployment->problems, err);
        return false;
    }
    const struct definition *known = catalog_find(e->catalog, parsed->kind, parsed->name);
    deployment->changed = known == NULL || strcmp(known->source, parsed->source) != 0;
    if (!deployment->changed) {
        definition_destroy(parsed);
        deployment->definition = known;
        return true;
    }
    if (!engine_in_turn(e, err)) {
        definition_destroy(parsed);
        return false;
    }
    uint32_t number = catalog_next_number(e->catalog);
    uint32_t version = next_version(e->catalog, parsed);
    catalog_add(e->catalog, &parsed, number, version);
    deployment->definition = catalog_find_number(e->catalog, number);
    store_definition(e, deployment->definition, file);
    schedules_replace(&e->turn, known, deployment->definition);
    return true;
}

void engine_mark_removed(struct engine *e, const struct definition *d)
{
    struct stored_definition stored;

    must(stored_definition_get(e->turn.txn, d->number, &stored));
    char *file = bytes_strdup(stored.file); /* what is borrowed ends with the put */
    stored_definition_put(e->turn.txn, d->number,
                          &(struct stored_definition){.flags = STORED_REMOVED,
                                                      .version = stored.version,
                                                      .file = bytes_of(file),
                                                      .text = bytes_of(d->source)});
    free(file);
    world_record(turn_world(&e->turn), NULL,
                 (struct record){.kind = RECORD_REMOVED, .number = d->number});
    bool newest = catalog_is_newest(e->catalog, d);
    catalog_remove(e->catalog, d->number);
    if (newest) {
        schedules_replace(&e->turn, d, catalog_find(e->catalog, d->kind, d->name));
    }
    log_info("MR-REMOVED", "kind=%s name=%s version=%u number=%u", definition_kind_name(d->kind),
             d->name, d->version, d->number);
}

/* --- from the configuration ---------------------------------------------------------------- */

bool engine_deploy_file(struct engine *e, const char *path, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    struct deployment deployment = {0};
    bool ok = file_read(path, &text, err) &&
              engine_deploy(e, path, buffer_bytes(&text), &deployment, err) &&
              engine_settle(e, err);

    problems_fini(&deployment.problems);
    buffer_fini(&text);
    return ok;
}

/* Asked before a turn is opened: an engine whose disk is full starts, and answers queries. */
static bool started_already(struct engine *e, const char *definition, const char *key)
{
    struct store_txn *txn;

    if (!store_begin_read(e->store, &txn, NULL)) {
        return false;
    }
    uint64_t id = snapshot_find_key(txn, definition, bytes_of(key));
    store_abort(&txn);
    return id != 0;
}

bool engine_start(struct engine *e, const char *definition, const char *key, struct error *err)
{
    struct client_message header = {.verb = CLIENT_START, .request = 1, .priority = 5};
    struct bytes answer;

    if (started_already(e, definition, key)) {
        return true;
    }
    snprintf(header.definition, sizeof header.definition, "%s", definition);
    snprintf(header.key, sizeof header.key, "%s", key);
    return engine_in_turn(e, err) && engine_command(e, &header, bytes_of("{}"), &answer, err) &&
           engine_settle(e, err);
}
