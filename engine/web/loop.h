/* loop.h - the thread that serves: what it waits for, and whose turn it is
 *
 * Rounds: descriptors that are ready → HTTP → the engine's answers → a step of each piece of work.
 * Nothing here may block; nothing may take longer than WEB_STEP_MS at a time.
 */
#ifndef WEB_LOOP_H
#define WEB_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct web;

typedef void loop_fd_fn(void *context, short revents); /* as of poll(2) */
/* One step; false: it has ended, and is forgotten. */
typedef bool loop_step_fn(void *context);

/* Call fn while the descriptor is ready for these events (POLLIN, POLLOUT; POLLHUP and POLLERR
 * come by themselves). Close the descriptor only after loop_unwatch(). */
void loop_watch(struct web *web, int fd, short events, loop_fd_fn *fn, void *context);
void loop_unwatch(struct web *web, int fd);

/* Work in steps: called once a round until it returns false. */
void loop_begin(struct web *web, loop_step_fn *step, void *context);
/* Forget it before its end; unknown is fine. */
void loop_drop(struct web *web, const void *context);

/* Call step at this monotonic time, once (it returns false), or again every_ms later (true). */
void loop_at(struct web *web, int64_t mono_ms, int64_t every_ms, loop_step_fn *step, void *context);

#endif
