/* zone.c - civil time <-> UTC in one time zone
 *
 * Owns:    a zone's name and its table of changes, read once and never changed.
 * In:      zone_open() when documents are read; look-ups whenever a deadline is computed.
 * Out:     days, minutes and moments.
 * Always:  zone_civil(zone_utc_ms(d, m)) == (d, m) for every minute that clocks there show.
 * See:     zone.h, tzif.h; design §6
 */
#include "calendar/zone.h"

#include "base/limits.h"
#include "base/must.h"
#include "calendar/tzif.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ZONE_FOLDER    "/usr/share/zoneinfo"
#define FILE_BYTES_MAX (256u << 10) /* the largest of the database has 4 KiB */
#define DAY_S          86400
/* Clocks of the whole world are within 26 h of UTC and have jumped by at most a day. */
#define SEARCH_BACK_S (3 * DAY_S)

struct zone {
    char *name;
    struct zone_table table;
};

/* Words of letters, digits, '_', '+', '-' with '/' between: no way out of the folder. */
static bool name_valid(const char *name)
{
    size_t length = strlen(name);

    if (length == 0 || length > LIMIT_NAME_BYTES || name[0] == '/' || name[length - 1] == '/' ||
        strstr(name, "//") != NULL) {
        return false;
    }
    return strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
           length;
}

static bool read_file(const char *name, struct buffer *file, struct error *err)
{
    char path[sizeof ZONE_FOLDER + LIMIT_NAME_BYTES + 2];

    snprintf(path, sizeof path, "%s/%s", ZONE_FOLDER, name);
    FILE *f = fopen(path, "rb");
    if (f == NULL) {
        return error_set(err, ERROR_NOT_FOUND, "there is no time zone \"%s\" in %s", name,
                         ZONE_FOLDER);
    }
    buffer_reserve(file, FILE_BYTES_MAX);
    file->size = fread(file->data, 1, FILE_BYTES_MAX, f);
    bool failed = ferror(f) != 0; /* also when it is a folder, such as "Europe" */
    fclose(f);
    if (failed) {
        return error_set(err, ERROR_NOT_FOUND, "\"%s\" is not the name of a time zone", name);
    }
    return true;
}

bool zone_open(const char *name, struct zone **ret_zone, struct error *err)
{
    struct buffer file = BUFFER_INIT;
    struct zone_table table;
    const char *why;

    if (!name_valid(name)) {
        return error_set(err, ERROR_NOT_FOUND, "\"%s\" is not the name of a time zone", name);
    }
    if (!read_file(name, &file, err)) {
        buffer_fini(&file);
        return false;
    }
    bool good = tzif_decode(buffer_bytes(&file), &table, &why);
    buffer_fini(&file);
    if (!good) {
        return error_set(err, ERROR_SYNTAX, "%s/%s %s", ZONE_FOLDER, name, error_word(why));
    }
    struct zone *zone = xmalloc(sizeof *zone);
    zone->name = xstrdup(name);
    zone->table = table;
    *ret_zone = zone;
    return true;
}

void zone_close(struct zone **zone)
{
    if (*zone == NULL) {
        return;
    }
    tzif_fini(&(*zone)->table);
    free((*zone)->name);
    free(*zone);
    *zone = NULL;
}

const char *zone_name(const struct zone *zone)
{
    return zone->name;
}

/* The change in force at this moment. */
static uint32_t change_at(const struct zone_table *table, int64_t at)
{
    uint32_t low = 0;
    uint32_t high = table->count;

    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (table->changes[middle].at <= at) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return low;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0 ? 1 : 0);
}

void zone_civil(const struct zone *zone, int64_t utc_ms, civil_day *ret_day, int *ret_minute)
{
    int64_t at = floor_div(utc_ms, 1000);
    int64_t local = at + zone->table.changes[change_at(&zone->table, at)].offset;
    int64_t day = floor_div(local, DAY_S);

    must(day > INT32_MIN && day <= INT32_MAX);
    *ret_day = (civil_day)day;
    *ret_minute = (int)((local - day * DAY_S) / 60);
}

int64_t zone_utc_ms(const struct zone *zone, civil_day day, int minute)
{
    const struct zone_table *table = &zone->table;
    int64_t local = (int64_t)day * DAY_S + (int64_t)minute * 60;

    must(minute >= 0 && minute <= 1440);
    for (uint32_t i = change_at(table, local - SEARCH_BACK_S);; i++) {
        const struct zone_change *change = &table->changes[i];
        int64_t at = local - change->offset;
        if (at < change->at) {
            return change->at * 1000; /* skipped: the moment of the change */
        }
        if (i + 1 == table->count || at < change[1].at) {
            return at * 1000;
        }
    }
}
