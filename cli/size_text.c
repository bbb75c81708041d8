/* size_text.c - bytes and durations in the units people use
 *
 * Owns:    the choice of the unit.
 * In:      stats and backup.
 */
#include "cli/size_text.h"

#include "cli/language.h"

#include <stdio.h>

void size_text(int64_t bytes, char buf[SIZE_TEXT_MAX])
{
    static const char *const units[] = {N_("B"), N_("KiB"), N_("MiB"), N_("GiB"), N_("TiB")};
    int64_t tenths;
    size_t unit = 0;

    if (bytes < 0 || bytes > INT64_MAX / 10) {
        snprintf(buf, SIZE_TEXT_MAX, "%lld", (long long)bytes);
        return;
    }
    tenths = bytes * 10;
    while (tenths >= 10240 && unit + 1 < sizeof units / sizeof *units) {
        tenths = (tenths + 512) / 1024;
        unit++;
    }
    if (unit == 0) {
        snprintf(buf, SIZE_TEXT_MAX, "%lld %s", (long long)bytes, _(units[0]));
    } else {
        snprintf(buf, SIZE_TEXT_MAX, "%lld%s%lld %s", (long long)(tenths / 10),
                 language_get() == LANGUAGE_RUSSIAN ? "," : ".", (long long)(tenths % 10),
                 _(units[unit]));
    }
}

void duration_text(int64_t ms, char buf[SIZE_TEXT_MAX])
{
    long long seconds = ms > 0 ? (long long)(ms / 1000) : 0;

    if (seconds < 60) {
        snprintf(buf, SIZE_TEXT_MAX, _("%lld s"), seconds);
    } else if (seconds < 3600) {
        snprintf(buf, SIZE_TEXT_MAX, _("%lld min %lld s"), seconds / 60, seconds % 60);
    } else if (seconds < 86400) {
        snprintf(buf, SIZE_TEXT_MAX, _("%lld h %lld min"), seconds / 3600, seconds / 60 % 60);
    } else {
        snprintf(buf, SIZE_TEXT_MAX, _("%lld d %lld h"), seconds / 86400, seconds / 3600 % 24);
    }
}
