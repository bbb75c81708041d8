/* retry.c - exponential pauses with jitter, without a random number generator */
#include "engine/core/retry.h"

const struct retry_policy retry_notice = {
    .attempts_max = 0,
    .delay_ms = 5000,           /* a mail server that restarts is back in seconds */
    .delay_max_ms = 15 * 60000, /* one that is down for a day should not be asked every second */
    .factor_percent = 200,
    .jitter_percent = 20,
};

bool retry_allowed(const struct retry_policy *policy, uint32_t tries)
{
    return policy->attempts_max == 0 || tries < policy->attempts_max;
}

/* Any well-mixed function of the seed does: the point is that a thousand tasks that failed together
 * do not come back together. */
static uint64_t scatter(uint64_t seed)
{
    seed += 0x9e3779b97f4a7c15u;
    seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9u;
    seed = (seed ^ (seed >> 27)) * 0x94d049bb133111ebu;
    return seed ^ (seed >> 31);
}

int64_t retry_delay_ms(const struct retry_policy *policy, uint32_t tries, uint64_t seed)
{
    int64_t delay_ms = policy->delay_ms;

    for (uint32_t i = 1; i < tries && delay_ms < policy->delay_max_ms; i++) {
        int64_t next_ms =
            delay_ms / 100 * policy->factor_percent + delay_ms % 100 * policy->factor_percent / 100;
        if (next_ms <= delay_ms) {
            break; /* a factor of 100 % or less, or nothing to multiply */
        }
        delay_ms = next_ms;
    }
    if (delay_ms > policy->delay_max_ms) {
        delay_ms = policy->delay_max_ms;
    }
    int64_t spread_ms = delay_ms / 100 * policy->jitter_percent;
    if (spread_ms > 0) {
        delay_ms += (int64_t)(scatter(seed) % (uint64_t)(2 * spread_ms + 1)) - spread_ms;
    }
    return delay_ms;
}
