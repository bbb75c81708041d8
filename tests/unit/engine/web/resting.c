/* resting.c - walks that a test holds up: a byte says that one has begun, a byte lets one go */
#include "resting.h"

#include "base/must.h"

#include <criterion/criterion.h>
#include <unistd.h>

static int begun[2];
static int go[2];

void resting_init(void)
{
    cr_assert(pipe(begun) == 0 && pipe(go) == 0);
}

void resting_fini(void)
{
    for (int i = 0; i < 2; i++) {
        close(begun[i]);
        close(go[i]);
    }
}

json_t *rest(const struct view *view, const json_t *request, struct error *err)
{
    char byte;

    (void)view;
    (void)err;
    must(write(begun[1], "", 1) == 1);
    must(read(go[0], &byte, 1) == 1);
    return json_pack("{sO}", "asked", (json_t *)(uintptr_t)request);
}

void resting_wait(void)
{
    char byte;

    cr_assert_eq(read(begun[0], &byte, 1), 1);
}

void resting_let_go(size_t count)
{
    for (size_t i = 0; i < count; i++) {
        cr_assert_eq(write(go[1], "", 1), 1);
    }
}
