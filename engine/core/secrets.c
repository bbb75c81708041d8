/* secrets.c - $secrets of a workflow: those it declares, and no others
 *
 * Owns:    which secrets an expression needs.
 * In:      world->secrets, whatever the engine was given; use.secrets of the workflow.
 * Out:     a map, or a refusal that names what is missing.
 * Always:  no refusal holds a secret.
 * See:     docs/language.md §2
 */
#include "engine/core/secrets.h"

#include <string.h>

static const char variable[] = "secrets";
static const char mention[] = "$secrets";

/* Behind `$secrets`: does this ask for the secret? `.name` and `["name"]` ask for one, all else for
 * the map. */
static bool asks_for(const char *behind, const char *name)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_";
    size_t size = strlen(name);

    if (behind[0] == '.' && behind[1] != '\0' && strchr(letters, behind[1]) != NULL) {
        return strspn(behind + 1, letters) == size && strncmp(behind + 1, name, size) == 0;
    }
    if (strncmp(behind, "[\"", 2) == 0) {
        return strcspn(behind + 2, "\"") == size && strncmp(behind + 2, name, size) == 0;
    }
    return true;
}

static bool needs(const char *text, const char *name)
{
    const char *at = strstr(text, mention);

    while (at != NULL && !asks_for(at + strlen(mention), name)) {
        at = strstr(at + 1, mention);
    }
    return at != NULL;
}

bool secrets_check(const struct site *s, uint32_t expression, struct error *err)
{
    const struct workflow *w = s->workflow;

    if (w->secret_count == 0 || !program_uses(w->program, expression, variable)) {
        return true;
    }
    for (uint32_t i = 0; i < w->secret_count; i++) {
        if (json_object_get(s->world->secrets, w->secrets[i]) == NULL &&
            needs(program_text(w->program, expression), w->secrets[i])) {
            return error_set(err, ERROR_REFUSED, "this engine has no secret \"%s\"", w->secrets[i]);
        }
    }
    return true;
}

void secrets_hush(const struct site *s, uint32_t expression, struct error *err)
{
    const struct workflow *w = s->workflow;

    if (err != NULL && w->secret_count > 0 && program_uses(w->program, expression, variable)) {
        error_set(err, err->code, "an expression with $secrets failed: why could quote a secret");
    }
}

json_t *secrets_variable(const struct site *s)
{
    json_t *map = json_object();

    for (uint32_t i = 0; i < s->workflow->secret_count; i++) {
        const char *name = s->workflow->secrets[i];
        json_t *secret = json_object_get(s->world->secrets, name);
        if (secret != NULL) {
            json_object_set(map, name, secret);
        }
    }
    return map;
}
