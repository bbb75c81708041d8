/* assets.c - files of the page
 *
 * Owns:    their bytes, packed and plain, their types and tags.
 * In:      web_start(), once; then paths of requests.
 * Out:     answers that the browser keeps until their tag changes.
 * Always:  hidden files and links that lead nowhere are passed over. What is served never changes
 *          while the process lives: a new page comes with a restart.
 * See:     docs/http.md §1.8
 */
#include "engine/web/assets.h"

#include "base/beside.h"
#include "base/limits.h"
#include "base/must.h"
#include "engine/file.h"
#include "engine/web/answer.h"
#include "engine/web/pack.h"
#include "engine/web/web_part.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER_DEPTH 8

struct asset {
    char *name; /* "js/main.js" */
    const char *type;
    struct buffer body;
    struct buffer packed;
    char etag[32];
};

struct assets {
    struct asset *all;
    size_t count;
    size_t bytes;
    bool has_openapi; /* it is the last */
};

static const char *type_of(const char *name)
{
    static const struct {
        const char *ending;
        const char *type;
    } types[] = {{".html", "text/html; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".mjs", "text/javascript; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".json", "application/json"},
                 {".webmanifest", "application/manifest+json"},
                 {".yaml", "application/yaml"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".ico", "image/x-icon"},
                 {".woff2", "font/woff2"},
                 {".md", "text/plain; charset=utf-8"},
                 {".txt", "text/plain; charset=utf-8"}};
    const char *dot = strrchr(name, '.');

    for (size_t i = 0; dot != NULL && i < sizeof types / sizeof *types; i++) {
        if (strcmp(dot, types[i].ending) == 0) {
            return types[i].type;
        }
    }
    return strstr(name, "LICENSE") != NULL ? "text/plain; charset=utf-8"
                                           : "application/octet-stream";
}

static void make_etag(const struct buffer *body, char etag[static 32])
{
    uint64_t hash = bytes_hash(BYTES_HASH_SEED, buffer_bytes(body));

    snprintf(etag, 32, "\"%zx-%016llx\"", body->size, (unsigned long long)hash);
}

/* --- reading ------------------------------------------------------------------------------- */

static bool add_file(struct assets *a, const char *path, const char *name, struct error *err)
{
    struct buffer body = BUFFER_INIT;

    if (a->count == LIMIT_HTTP_ASSETS) {
        return error_set(err, ERROR_TOO_LARGE, "the page has more than %u files",
                         LIMIT_HTTP_ASSETS);
    }
    if (!file_read(path, &body, err)) {
        return false;
    }
    a->bytes += body.size;
    if (body.size > LIMIT_DOCUMENT_BYTES || a->bytes > LIMIT_HTTP_ASSETS_BYTES) {
        buffer_fini(&body);
        return error_set(err, ERROR_TOO_LARGE, "the page is too large: at \"%s\"", path);
    }
    a->all = xrealloc(a->all, (a->count + 1) * sizeof *a->all);
    struct asset *asset = &a->all[a->count++];
    *asset = (struct asset){.name = xstrdup(name), .type = type_of(name), .body = body};
    make_etag(&body, asset->etag);
    if (body.size >= PACK_BYTES_MIN) {
        pack_gzip(buffer_bytes(&body), true, &asset->packed);
    }
    return true;
}

static bool read_folder(struct assets *a, const char *folder, const char *inside, int depth,
                        struct error *err);

static bool read_entry(struct assets *a, const char *folder, const char *inside, const char *entry,
                       int depth, struct error *err)
{
    char path[PATH_MAX];
    char name[PATH_MAX];
    struct stat status;

    int path_size = snprintf(path, sizeof path, "%s/%s", folder, entry);
    int name_size = snprintf(name, sizeof name, "%s%s%s", inside, inside[0] ? "/" : "", entry);
    if (entry[0] == '.' || path_size >= (int)sizeof path || name_size >= (int)sizeof name ||
        stat(path, &status) != 0) {
        return true;
    }
    if (S_ISDIR(status.st_mode)) {
        return depth == FOLDER_DEPTH || read_folder(a, path, name, depth + 1, err);
    }
    return !S_ISREG(status.st_mode) || add_file(a, path, name, err);
}

static bool read_folder(struct assets *a, const char *folder, const char *inside, int depth,
                        struct error *err)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool ok = true;

    if (dir == NULL) {
        return error_set(err, ERROR_IO, "the folder of the page \"%s\": %s", folder,
                         strerror(errno));
    }
    while (ok && (entry = readdir(dir)) != NULL) {
        ok = read_entry(a, folder, inside, entry->d_name, depth, err);
    }
    closedir(dir);
    return ok;
}

/* In the folder of the page, or beside the program: the folder may be a link to elsewhere. */
static bool read_openapi(struct assets *a, const char *folder, struct error *err)
{
    char path[BESIDE_PATH_MAX];
    bool fits = (size_t)snprintf(path, sizeof path, "%s/openapi.yaml", folder) < sizeof path;

    a->has_openapi = (fits && access(path, R_OK) == 0) ||
                     beside_find("../openapi.yaml", R_OK, path) ||
                     beside_find("../share/marshrut/openapi.yaml", R_OK, path);
    return !a->has_openapi || add_file(a, path, "openapi.yaml", err);
}

bool assets_open(const char *folder, struct assets **ret_assets, struct error *err)
{
    struct assets *a = xcalloc(1, sizeof *a);
    char found[BESIDE_PATH_MAX];

    if (folder != NULL || beside_find("../web", R_OK, found) ||
        beside_find("../share/marshrut/web", R_OK, found)) {
        const char *where = folder != NULL ? folder : found;
        if (!read_folder(a, where, "", 0, err) || !read_openapi(a, where, err)) {
            assets_close(&a);
            return false;
        }
    }
    *ret_assets = a;
    return true;
}

void assets_close(struct assets **assets)
{
    struct assets *a = *assets;

    for (size_t i = 0; a != NULL && i < a->count; i++) {
        free(a->all[i].name);
        buffer_fini(&a->all[i].body);
        buffer_fini(&a->all[i].packed);
    }
    if (a != NULL) {
        free(a->all);
        free(a);
    }
    *assets = NULL;
}

size_t assets_count(const struct assets *a)
{
    return a->count;
}

/* --- answering ----------------------------------------------------------------------------- */

static bool is_name(const char *name, struct route_path path)
{
    for (size_t i = 0; i < path.count; i++) {
        size_t size = strlen(path.segments[i]);
        bool last = i + 1 == path.count;
        if (strncmp(name, path.segments[i], size) != 0 || name[size] != (last ? '\0' : '/')) {
            return false;
        }
        name += size + 1;
    }
    return true;
}

static const struct asset *find(const struct assets *a, struct route_path path)
{
    static const char *const index[] = {"index.html"};
    struct route_path wanted = path.count > 0 ? path : (struct route_path){index, 1};

    for (size_t i = 0; i < a->count; i++) {
        if (is_name(a->all[i].name, wanted)) {
            return &a->all[i];
        }
    }
    return NULL;
}

static void send_asset(struct exchange *x, const struct asset *asset)
{
    answer_static(x, asset->type, buffer_bytes(&asset->body), buffer_bytes(&asset->packed),
                  asset->etag);
}

static void answer_asset(struct exchange *x)
{
    struct route_path path = {x->target.segments, x->target.segment_count};
    const struct asset *asset = find(x->web->assets, path);

    must(asset != NULL);
    if (request_end(x)) {
        send_asset(x, asset);
    }
}

const struct api_route *assets_route(const struct assets *a, const char *method,
                                     struct route_path path, const char **ret_methods)
{
    static const struct api_route route = {"GET", "/", "asset", answer_asset, 0};

    if (find(a, path) == NULL) {
        return NULL;
    }
    *ret_methods = "GET, HEAD";
    return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ? &route : NULL;
}

void assets_answer_openapi(struct exchange *x)
{
    const struct assets *a = x->web->assets;
    struct error err;

    if (!request_end(x)) {
        return;
    }
    if (a->has_openapi) {
        send_asset(x, &a->all[a->count - 1]);
        return;
    }
    error_set(&err, ERROR_NOT_FOUND, "the description of the API was not found at the start");
    answer_refusal(x, &err);
}
