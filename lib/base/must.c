/* must.c - what happens when an invariant is broken or memory is out: say where, then abort */
#include "base/must.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void must_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "%s:%d: must (%s) does not hold\n", file, line, cond);
    abort();
}

static void *checked(void *p)
{
    must(p != NULL);
    return p;
}

void *xmalloc(unsigned long size)
{
    return checked(malloc(size ? size : 1));
}

void *xcalloc(unsigned long count, unsigned long size)
{
    return checked(calloc(count ? count : 1, size ? size : 1));
}

void *xrealloc(void *p, unsigned long size)
{
    return checked(realloc(p, size ? size : 1));
}

char *xstrdup(const char *s)
{
    return xstrndup(s, strlen(s));
}

char *xstrndup(const char *s, unsigned long len)
{
    char *copy = xmalloc(len + 1);

    if (len > 0) {
        memcpy(copy, s, len);
    }
    copy[len] = '\0';
    return copy;
}
