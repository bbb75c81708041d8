/* clock.c - real, virtual and demonstration time */
#include "base/clock.h"

#include "base/must.h"

#include <time.h>

static int64_t read_ms(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t monotonic_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}

struct stint stint_begin(int64_t work_ms)
{
    return (struct stint){.worked_ms = read_ms(CLOCK_THREAD_CPUTIME_ID) + work_ms,
                          .end_ms = monotonic_ms() + work_ms * STINT_WAITS};
}

bool stint_is_over(const struct stint *stint)
{
    return read_ms(CLOCK_THREAD_CPUTIME_ID) >= stint->worked_ms || monotonic_ms() >= stint->end_ms;
}

static int64_t real_now(const struct clock *clock)
{
    (void)clock;
    return read_ms(CLOCK_REALTIME);
}

static int64_t virtual_now(const struct clock *clock)
{
    return clock->base_ms;
}

static int64_t demo_now(const struct clock *clock)
{
    return clock->base_ms + (monotonic_ms() - clock->base_mono_ms) * clock->rate;
}

struct clock clock_real(void)
{
    return (struct clock){.now_ms = real_now, .rate = 1};
}

struct clock clock_virtual(int64_t now_ms)
{
    return (struct clock){.now_ms = virtual_now, .base_ms = now_ms};
}

struct clock clock_demo(int64_t start_ms, int64_t rate)
{
    must(rate > 0);
    return (struct clock){
        .now_ms = demo_now, .base_ms = start_ms, .base_mono_ms = monotonic_ms(), .rate = rate};
}

int64_t clock_now_ms(const struct clock *clock)
{
    return clock->now_ms(clock);
}

void clock_set(struct clock *clock, int64_t now_ms)
{
    must(clock->now_ms == virtual_now);
    clock->base_ms = now_ms;
}

int64_t clock_real_ms_until(const struct clock *clock, int64_t then_ms)
{
    int64_t left = then_ms - clock_now_ms(clock);

    if (left <= 0) {
        return 0;
    }
    if (clock->rate == 0) {
        return INT64_MAX;
    }
    return left / clock->rate + (left % clock->rate != 0);
}
