/* extract.c - the assignment as the plan has it
 *
 * Owns:    the lines under «ПОРУЧЕНИЕ».
 * In:      letter.c, with a checked notice.
 * Out:     lines of the body.
 * Always:  a text from outside is one line, and begins with a label or a dash of ours; lists that
 *          are endless are cut, and say so.
 * See:     docs/letters.md §2
 */
#include "workers/notify/extract.h"

#include "workers/notify/text.h"

#include <stdio.h>

#define TITLE_CHARS  3000 /* the longest title known has 1,100 */
#define BULLET_CHARS 1000

static void line(struct buffer *out, const char *label, const char *text, size_t max_characters)
{
    if (text != NULL) {
        buffer_text(out, label);
        text_append_line(out, text, max_characters);
        buffer_text(out, "\n");
    }
}

/* Titles of such items end with a colon; without the list they say nothing. */
static void write_bullets(const struct notice *n, struct buffer *out)
{
    size_t shown =
        n->bullet_count < EXTRACT_BULLETS_MAX ? n->bullet_count : (size_t)EXTRACT_BULLETS_MAX;
    char rest[64];

    if (n->title == NULL && shown > 0) {
        buffer_text(out, "Наименование:\n");
    }
    for (size_t i = 0; i < shown; i++) {
        line(out, "– ", n->bullets[i], BULLET_CHARS);
    }
    if (shown < n->bullet_count) {
        snprintf(rest, sizeof rest, "– … (в плане ещё: %zu)\n", n->bullet_count - shown);
        buffer_text(out, rest);
    }
}

static void write_window(const struct notice *n, struct buffer *out)
{
    char from[CIVIL_TEXT_MAX];
    char to[CIVIL_TEXT_MAX];

    civil_print_ru(n->from, from);
    civil_print_ru(n->to_day, to);
    buffer_text(out, "Срок: с ");
    buffer_text(out, from);
    buffer_text(out, " по ");
    buffer_text(out, to);
    buffer_text(out, " включительно");
    if (n->due_phrase != NULL) {
        buffer_text(out, " (в плане: «");
        text_append_line(out, n->due_phrase, EXTRACT_NAME_CHARS);
        buffer_text(out, "»)");
    }
    buffer_text(out, "\n");
}

void extract_write(const struct notice *n, struct buffer *out)
{
    buffer_text(out, "ПОРУЧЕНИЕ\n");
    line(out, "Пункт: ", n->no, EXTRACT_SHORT_CHARS);
    line(out, "Наименование: ", n->title, TITLE_CHARS);
    write_bullets(n, out);
    line(out, "Документ: ", n->plan, EXTRACT_NAME_CHARS); /* its title begins with «План» itself */
    write_window(n, out);
    line(out, "Ожидаемый результат: ", n->result, EXTRACT_NAME_CHARS);
    line(out, "Ответственный исполнитель: ", n->responsible.name, EXTRACT_NAME_CHARS);
    for (size_t i = 0; i < n->co_executor_count; i++) {
        buffer_text(out, i == 0 ? "Соисполнители: " : "; ");
        text_append_line(out, n->co_executors[i].name, EXTRACT_NAME_CHARS);
    }
    buffer_text(out, n->co_executor_count > 0 ? "\n" : "");
    line(out, "Контроль за исполнением: ", n->controller.name, EXTRACT_NAME_CHARS);
    buffer_text(out, "\n");
}
