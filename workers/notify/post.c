/* post.c - the service `notify`: a task comes in, a letter goes out, once
 *
 *            ┌─ files: NOTICE.eml is there? ── yes ─▶ done
 *   notice ──┤            no ─▶ write, fsync, rename, fsync ─▶ done
 *            └─ SMTP:  in the ledger? ── yes ─▶ done
 *                         no ─▶ send ─▶ 250 ─▶ ledger, fsync ─▶ done
 *
 * Owns:    what the engine is told about a letter.
 * In:      tasks of the service `notify`.
 * Out:     one file or one SMTP dialogue per notice, and the end of each task.
 * Always:  the same notice is never under way twice; a letter that cannot be written now is tried
 *          again, one that can never be written becomes an incident with the reason.
 * See:     docs/letters.md §4, §5
 */
#include "workers/notify/post.h"

#include "base/log.h"
#include "base/must.h"
#include "workers/notify/refusal.h"
#include "workers/sdk/marshrut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT_MAX 512

/* --- what the engine is told ----------------------------------------------------------------- */

static void tell_done(struct mr_task *task, const char *notice, const char *where, bool repeated)
{
    char output[OUTPUT_MAX];
    int size = snprintf(output, sizeof output,
                        "{\"delivered\":true,\"notice\":\"%s\",\"by\":\"%s\",\"repeated\":%s}",
                        notice, where, repeated ? "true" : "false");

    log_info("MR-LETTER-SENT", "notice=%s task=%s by=%s%s", notice, mr_task_id(task), where,
             repeated ? ": it had been already" : "");
    mr_task_done(task, output, (size_t)size);
}

static void tell_failed(struct mr_task *task, bool retry, const char *title, const char *detail)
{
    if (retry) {
        log_warn("MR-LETTER-LATER", "task=%s: %s: %s", mr_task_id(task), title, detail);
    } else {
        log_error("MR-LETTER-REFUSED", "task=%s: %s: %s", mr_task_id(task), title, detail);
    }
    mr_task_fail(task, retry, title, detail);
}

/* --- files ----------------------------------------------------------------------------------- */

static void word_message(const struct notice *notice, const struct sender *sender,
                         struct buffer *out)
{
    struct letter letter = LETTER_INIT;

    letter_word(notice, &letter);
    message_write(notice, &letter, sender, out);
    letter_fini(&letter);
}

bool post_as_file(const struct folder *folder, const struct notice *notice,
                  const struct sender *sender, bool *ret_repeated, struct error *err)
{
    struct buffer message = BUFFER_INIT;
    char name[TASK_ID_TEXT_MAX + 4];
    bool written = true;

    snprintf(name, sizeof name, "%s.eml", notice->id);
    *ret_repeated = folder_has(folder, name);
    if (!*ret_repeated) {
        word_message(notice, sender, &message);
        written = folder_write(folder, name, buffer_bytes(&message), err);
        buffer_fini(&message);
    }
    return written;
}

static void write_letter(struct post *post, struct mr_task *task, const struct notice *notice)
{
    struct error err = ERROR_INIT;
    bool repeated = false;

    if (post_as_file(post->folder, notice, &post->sender, &repeated, &err)) {
        tell_done(task, notice->id, "file", repeated);
    } else {
        tell_failed(task, true, "Письмо не удалось записать в папку", err.text);
    }
}

/* --- SMTP ------------------------------------------------------------------------------------ */

struct sending {
    struct post *post;
    struct mr_task *task;
    struct task_id notice;
};

static void tell_refused(const struct sending *sending, const struct smtp_result *result)
{
    struct refusal refusal = {BUFFER_INIT, BUFFER_INIT};

    refusal_word(result, sending->post->server, &refusal);
    char *title = bytes_strdup(buffer_bytes(&refusal.title));
    char *detail = bytes_strdup(buffer_bytes(&refusal.detail));
    tell_failed(sending->task, result->outcome == SMTP_LATER, title, detail);
    free(title);
    free(detail);
    refusal_fini(&refusal);
}

static void on_sent(const struct smtp_result *result, void *arg)
{
    struct sending *sending = arg;
    struct error err = ERROR_INIT;
    char id[TASK_ID_TEXT_MAX];

    task_id_print(sending->notice, id);
    map_take(&sending->post->under_way, sending->notice.instance, sending->notice.seq);
    if (result->outcome == SMTP_TAKEN &&
        !ledger_add(sending->post->ledger, sending->notice, &err)) {
        /* it is on its way: failing now would send it again */
        log_error("MR-LEDGER-FAILED", "notice=%s: %s", id, err.text);
    }
    if (sending->post->closing) {
        free(sending);
        return;
    }
    if (result->outcome == SMTP_TAKEN) {
        tell_done(sending->task, id, "smtp", false);
    } else {
        tell_refused(sending, result);
    }
    free(sending);
}

static void send_letter(struct post *post, struct mr_task *task, const struct notice *notice)
{
    struct task_id id = notice->number;
    struct buffer message = BUFFER_INIT;

    if (ledger_has(post->ledger, id)) {
        tell_done(task, notice->id, "smtp", true);
        return;
    }
    if (map_find(&post->under_way, id.instance, id.seq) != NULL) {
        tell_failed(task, true, "Это письмо уже отправляется", "прежняя попытка ещё не закончена");
        return;
    }
    if (!message_address_valid(notice->to.email)) {
        tell_failed(task, false, "Письмо некуда отправить",
                    notice->to.email ? "адрес электронной почты получателя записан с ошибкой"
                                     : "у получателя не указан адрес электронной почты");
        return;
    }
    struct sending *sending = xcalloc(1, sizeof *sending);
    *sending = (struct sending){post, task, id};
    map_put(&post->under_way, id.instance, id.seq, sending);
    word_message(notice, &post->sender, &message);
    smtp_send(post->smtp, notice->to.email, &message, on_sent, sending);
}

void post_fini(struct post *post)
{
    size_t at = 0;

    for (void *sending = map_next(&post->under_way, &at); sending != NULL;
         sending = map_next(&post->under_way, &at)) {
        free(sending);
    }
    map_fini(&post->under_way);
}

void post_letter(struct mr_task *task, void *arg)
{
    struct post *post = arg;
    struct notice notice;
    struct error err = ERROR_INIT;
    struct bytes input;

    input.data = mr_task_input(task, &input.size);
    if (!notice_parse(input, &notice, &err)) {
        tell_failed(task, false, "Уведомление записано с ошибкой", err.text);
        return;
    }
    if (post->smtp != NULL) {
        send_letter(post, task, &notice);
    } else {
        write_letter(post, task, &notice);
    }
    notice_fini(&notice);
}
