/* must.h - assertions that stay on
 *
 * A broken invariant is a bug: must() prints the place and aborts, in every build. Never use it
 * for what the outside world can cause; that is an error (error.h).
 */
#ifndef BASE_MUST_H
#define BASE_MUST_H

#define must(cond) ((cond) ? (void)0 : must_failed(#cond, __FILE__, __LINE__))

_Noreturn void must_failed(const char *cond, const char *file, int line);

/* malloc and friends that never return NULL: out of memory ends the process, and restart recovers
 * (nothing was promised before its commit). xfree's twin is plain free(). */
void *xmalloc(unsigned long size);
void *xcalloc(unsigned long count, unsigned long size);
void *xrealloc(void *p, unsigned long size);
char *xstrdup(const char *s);
char *xstrndup(const char *s, unsigned long len);

#endif
