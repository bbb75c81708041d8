/* definitions.c - documents in the store
 *
 * Owns:    the table `definition`: number -> format, version, file, YAML text.
 * In:      DEPLOY and the configuration; at start everything that was deployed.
 * Always:  a document is checked before it is stored; what is stored is never changed; numbers and
 *          versions only grow.
 */
#include "base/log.h"
#include "base/must.h"
#include "engine/engine.h"
#include "engine/file.h"
#include "engine/snapshot.h"
#include "language/document.h"

#include <stdlib.h>
#include <string.h>

#define DEFINITION_FORMAT 1

/* --- at start ------------------------------------------------------------------------------ */

static bool load_one(struct engine *e, struct bytes key, struct bytes value, struct error *err)
{
    struct cursor k = cursor_of(key);
    struct cursor v = cursor_of(value);
    struct definition *definition;

    unpack_u8(&k);
    uint32_t number = (uint32_t)unpack_key64(&k);
    unsigned format = unpack_u8(&v);
    uint32_t version = (uint32_t)unpack_uint(&v);
    char *file = unpack_text(&v);
    struct bytes text = unpack_bytes(&v);
    bool ok = format == DEFINITION_FORMAT && cursor_done(&v);
    if (!ok) {
        error_set(err, ERROR_FORMAT, "definition %u has format %u; this program reads %d", number,
                  format, DEFINITION_FORMAT);
    } else {
        /* form only: its names were checked when it was deployed */
        ok = document_parse(file, text, NULL, &definition, err);
    }
    if (ok) {
        catalog_add(e->catalog, &definition, number, version);
    }
    free(file);
    return ok;
}

bool engine_load_definitions(struct engine *e, struct error *err)
{
    struct store_txn *txn;
    struct bytes key;
    struct bytes value;
    bool ok = true;

    if (!store_begin_read(e->store, &txn, err)) {
        return false;
    }
    struct store_cursor *c = store_cursor_open(txn, TABLE_DEFINITION);
    for (bool found = store_seek(c, (struct bytes){"", 0}, &key, &value); found && ok;
         found = store_next(c, &key, &value)) {
        ok = load_one(e, key, value, err);
    }
    store_cursor_close(&c);
    store_abort(&txn);
    return ok;
}

/* --- deploying ----------------------------------------------------------------------------- */

static void store_definition(struct engine *e, const struct definition *d, const char *file)
{
    unsigned char key[SNAPSHOT_KEY_BYTES];
    struct buffer value = BUFFER_INIT;

    pack_u8(&value, DEFINITION_FORMAT);
    pack_uint(&value, d->version);
    pack_text(&value, file);
    pack_text(&value, d->source);
    store_put(e->turn.txn, TABLE_DEFINITION, snapshot_instance_key(d->number, key),
              buffer_bytes(&value));
    buffer_fini(&value);
    world_record(turn_world(&e->turn), NULL,
                 (struct record){.kind = RECORD_DEPLOYED,
                                 .number = d->number,
                                 .other = d->version,
                                 .text = bytes_of(file),
                                 .data = bytes_of(d->source)});
    log_info("MR-DEPLOYED", "kind=%s name=%s version=%u number=%u", definition_kind_name(d->kind),
             d->name, d->version, d->number);
}

bool engine_deploy(struct engine *e, const char *file, struct bytes text,
                   const struct definition **ret_definition, bool *ret_changed, struct error *err)
{
    struct definition *parsed;

    if (!document_parse(file, text, e->catalog, &parsed, err)) {
        return false;
    }
    const struct definition *known = catalog_find(e->catalog, parsed->kind, parsed->name);
    *ret_changed = known == NULL || strcmp(known->source, parsed->source) != 0;
    if (!*ret_changed) {
        definition_destroy(parsed);
        *ret_definition = known;
        return true;
    }
    if (!engine_in_turn(e, err)) {
        definition_destroy(parsed);
        return false;
    }
    uint32_t number = catalog_next_number(e->catalog);
    catalog_add(e->catalog, &parsed, number, known ? known->version + 1 : 1);
    *ret_definition = catalog_find_number(e->catalog, number);
    store_definition(e, *ret_definition, file);
    return true;
}

/* --- from the configuration ---------------------------------------------------------------- */

bool engine_deploy_file(struct engine *e, const char *path, struct error *err)
{
    struct buffer text = BUFFER_INIT;
    const struct definition *definition;
    bool changed;
    bool ok = file_read(path, &text, err) &&
              engine_deploy(e, path, buffer_bytes(&text), &definition, &changed, err) &&
              engine_settle(e, err);

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
