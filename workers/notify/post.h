/* post.h - the service `notify`: a task comes in, a letter goes out, once */
#ifndef NOTIFY_POST_H
#define NOTIFY_POST_H

#include "base/map.h"
#include "workers/notify/folder.h"
#include "workers/notify/ledger.h"
#include "workers/notify/message.h"
#include "workers/notify/smtp.h"

struct mr_task;

struct post {
    struct sender sender;
    struct folder *folder; /* where letters are written, or where the ledger is */
    struct ledger *ledger; /* NULL: letters are files */
    struct smtp *smtp;     /* NULL: letters are files */
    const char *server;    /* its URL, for problems; NULL: letters are files */
    struct map under_way;  /* by notice: SMTP has it */
    bool closing;          /* the worker is gone, its tasks too: only the ledger is written */
};

/* After the worker and smtp are gone: frees what letters under way held. The rest is not its own.
 */
void post_fini(struct post *post);

/* mr_task_fn; arg is the post. */
void post_letter(struct mr_task *task, void *arg);

/* A letter as the file NOTICE.eml, unless it is there. The part of post_letter() that needs no
 * engine; *ret_repeated: it was there already. */
bool post_as_file(const struct folder *folder, const struct notice *notice,
                  const struct sender *sender, bool *ret_repeated, struct error *err);

#endif
