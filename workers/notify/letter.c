/* letter.c - a letter put together: greeting, what happened, the assignment, what to do, why
 *
 * Owns:    the order of its parts, and what stands above and below them.
 * In:      post.c, with a checked notice.
 * Out:     struct letter; message.c makes a message of it.
 * Always:  the same notice gives the same letter; text from outside passes text_append_line().
 * See:     docs/letters.md §2; subject.c, sentence.c, answer.c, duty.c and why.c have the words
 */
#include "workers/notify/letter.h"

#include "workers/notify/digest.h"
#include "workers/notify/extract.h"
#include "workers/notify/wording.h"

#include <string.h>

/* Is the recipient one official? The name of a post begins with such a word. */
static bool is_official(const struct party *to)
{
    static const char *const posts[] = {
        "Первый заместитель", "Заместитель", "Председатель", "Начальник",  "Директор",
        "Заведующий",         "Заведующая",  "Глава ",       "Министр ",   "Руководитель",
        "Методист",           "Ректор",      "Проректор",    "Специалист", "Секретарь",
        "Главный специалист", "Ведущий",     "Консультант",  "Эксперт"};

    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++) {
        if (strncmp(to->name, posts[i], strlen(posts[i])) == 0) {
            return true;
        }
    }
    return false;
}

static void say_greeting(const struct notice *n, struct buffer *out)
{
    buffer_text(out, "Кому: ");
    say_name(out, &n->to);
    buffer_text(out,
                is_official(&n->to) ? "\n\nУважаемый коллега!\n\n" : "\n\nУважаемые коллеги!\n\n");
}

static void say_footer(const struct notice *n, struct buffer *out)
{
    buffer_text(out, "\n\n-- \nСоставлено автоматически ");
    say_day(out, words_day_at(n->made_ms, n->utc_offset));
    buffer_text(out, " системой «Маршрут». ");
    if (n->kind != NOTICE_DIGEST) {
        say(out, "Поручение ", n->news->assignment, ", письмо ", n->id, ".\n", NULL);
    } else {
        say(out, "Письмо ", n->id, ".\n", NULL);
    }
}

static void word_body(const struct facts *f, const struct letter *letter, struct buffer *out)
{
    say_greeting(f->n, out);
    word_news(f, out);
    buffer_text(out, "\n\n");
    extract_write(f->w, out);
    buffer_text(out, "Что сделать: ");
    word_duty(f, out);
    buffer_text(out, "\n\nПочему вы получили это письмо: ");
    buffer_append(out, letter->why.data, letter->why.size);
    say(out, ".", NULL);
    say_footer(f->n, out);
}

static void word_day(const struct notice *n, struct letter *letter)
{
    digest_subject(n, &letter->subject);
    digest_why(n, &letter->why);
    say_greeting(n, &letter->body);
    digest_body(n, &letter->body);
    buffer_text(&letter->body, "Почему вы получили это письмо: ");
    buffer_append(&letter->body, letter->why.data, letter->why.size);
    say(&letter->body, ".", NULL);
    say_footer(n, &letter->body);
}

void letter_word(const struct notice *notice, struct letter *letter)
{
    struct facts f;

    if (notice->kind == NOTICE_DIGEST) {
        word_day(notice, letter);
        return;
    }
    facts_find(notice, notice->news, &f);
    word_subject(&f, &letter->subject);
    word_why(&f, &letter->why);
    word_body(&f, letter, &letter->body);
}

void letter_fini(struct letter *letter)
{
    buffer_fini(&letter->subject);
    buffer_fini(&letter->why);
    buffer_fini(&letter->body);
}
