/* ledger.h - which letters an SMTP server has taken, so that none is sent twice
 *
 * Two files in the mail folder, one notice id a line: `delivered` grows until it has LEDGER_LINES
 * lines, then becomes `delivered.old` and a new one begins. What is older is forgotten: a notice
 * comes again only while the engine does not have its result, or when an operator retries it.
 */
#ifndef NOTIFY_LEDGER_H
#define NOTIFY_LEDGER_H

#include "wire/worker.h"
#include "workers/notify/folder.h"

#define LEDGER_LINES 100000u /* of each of the two: 3 MB on disk, 10 MB in memory */

struct ledger;

/* The folder must outlive it. lines_max: LEDGER_LINES; tests take less. A last line without its end
 * (a crash while it was written) is dropped; any other that is no id is ERROR_FORMAT. */
bool ledger_open(const struct folder *folder, size_t lines_max, struct ledger **ret_ledger,
                 struct error *err);
void ledger_close(struct ledger **ledger);

bool ledger_has(const struct ledger *ledger, struct task_id notice);

/* On disk when it returns true. A notice that is there already is fine. */
bool ledger_add(struct ledger *ledger, struct task_id notice, struct error *err);

#endif
