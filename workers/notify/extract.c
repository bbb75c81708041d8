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
#include "workers/notify/words.h"

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
static void write_bullets(const struct news *n, struct buffer *out)
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

/* Both days are named: a reader who knows the plan must see where its day has gone. */
void extract_shift(const struct news *n, const char *before, struct buffer *out)
{
    if (n->literal == CIVIL_DAY_NONE) {
        return;
    }
    buffer_text(out, before);
    say_day(out, n->literal);
    buffer_text(out, " — ");
    say_day_off(out, n->literal, n->holiday);
    buffer_text(out, n->to_day < n->literal ? "; срок исполнения — предшествующий рабочий день, "
                                            : "; срок исполнения — следующий рабочий день, ");
    say_day(out, n->to_day);
}

static void write_window(const struct news *n, struct buffer *out)
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
    extract_shift(n, "", out);
    buffer_text(out, n->literal != CIVIL_DAY_NONE ? "\n" : "");
}

/* --- results ------------------------------------------------------------------------------- */

static const char *text_of(const json_t *object, const char *field)
{
    const char *text = json_string_value(json_object_get(object, field));

    return text != NULL && text[0] != '\0' ? text : NULL;
}

/* A text, or {kind, title}: «приказ «О плане»». */
static void say_result(const json_t *result, struct buffer *out)
{
    const char *kind = json_is_string(result) ? json_string_value(result) : text_of(result, "kind");
    const char *title = text_of(result, "title");

    text_append_line(out, kind, EXTRACT_NAME_CHARS);
    if (title != NULL) {
        buffer_text(out, kind != NULL ? " «" : "«");
        text_append_line(out, title, EXTRACT_NAME_CHARS);
        buffer_text(out, "»");
    }
}

static void write_results(const json_t *result, struct buffer *out)
{
    size_t count = json_array_size(result);

    if (json_is_string(result) && json_string_length(result) > 0) {
        line(out, "Ожидаемый результат: ", json_string_value(result), EXTRACT_NAME_CHARS);
    }
    for (size_t i = 0; i < count && i < EXTRACT_RESULTS_MAX; i++) {
        buffer_text(out, i > 0        ? "; "
                         : count == 1 ? "Ожидаемый результат: "
                                      : "Ожидаемые результаты: ");
        say_result(json_array_get(result, i), out);
    }
    if (json_is_object(result)) {
        buffer_text(out, "Ожидаемый результат: ");
        say_result(result, out);
        buffer_text(out, "\n");
    }
    buffer_text(out, count > EXTRACT_RESULTS_MAX ? " и другие\n" : count > 0 ? "\n" : "");
}

/* «приказ от 20 февраля 2023 г. № 12-р «О плане», https://…» */
static void say_reported(const json_t *result, struct buffer *out)
{
    const char *number = text_of(result, "number");
    const char *title = text_of(result, "title");
    const char *link = text_of(result, "link");
    civil_day day;

    text_append_line(out, text_of(result, "kind") ? text_of(result, "kind") : "документ",
                     EXTRACT_NAME_CHARS);
    if (civil_parse(bytes_of(text_of(result, "date")), &day)) {
        char date[CIVIL_TEXT_MAX];
        civil_print_ru(day, date);
        buffer_text(out, " от ");
        buffer_text(out, date);
    }
    if (number != NULL) {
        buffer_text(out, " № ");
        text_append_line(out, number, EXTRACT_SHORT_CHARS);
    }
    if (title != NULL) {
        buffer_text(out, " «");
        text_append_line(out, title, EXTRACT_NAME_CHARS);
        buffer_text(out, "»");
    }
    if (link != NULL) {
        buffer_text(out, ", ");
        text_append_line(out, link, EXTRACT_NAME_CHARS);
    }
}

void extract_report(const json_t *report, struct buffer *out)
{
    const json_t *results = json_object_get(report, "documents");
    const char *text = text_of(report, "text");
    size_t count = json_array_size(results);

    if (text != NULL) {
        buffer_text(out, "\nПояснение: ");
        text_append_line(out, text, BULLET_CHARS);
    }
    if (count == 0 && (text_of(report, "kind") != NULL || text_of(report, "number") != NULL)) {
        buffer_text(out, "\nПодтверждающий документ: ");
        say_reported(report, out);
    }
    for (size_t i = 0; i < count && i < EXTRACT_RESULTS_MAX; i++) {
        buffer_text(out, "\nПодтверждающий документ: ");
        say_reported(json_array_get(results, i), out);
    }
    if (count > EXTRACT_RESULTS_MAX) {
        buffer_text(out, "\nи другие документы");
    }
}

/* --- the whole ----------------------------------------------------------------------------- */

static void write_part(const struct news *n, struct buffer *out)
{
    char day[CIVIL_TEXT_MAX];

    if (n->part.id != NULL) {
        civil_print_ru(n->part_to, day);
        line(out, "Соисполнитель: ", n->part.name, EXTRACT_NAME_CHARS);
        line(out, "Срок представления его сведений: ", day, EXTRACT_SHORT_CHARS);
    }
}

void extract_write(const struct news *n, struct buffer *out)
{
    buffer_text(out, "ПОРУЧЕНИЕ\n");
    line(out, "Пункт: ", n->no, EXTRACT_SHORT_CHARS);
    line(out, "Наименование: ", n->title, TITLE_CHARS);
    write_bullets(n, out);
    line(out, "План: ", n->plan, EXTRACT_NAME_CHARS);
    line(out, "Целевая аудитория: ", n->audience, EXTRACT_NAME_CHARS);
    write_window(n, out);
    write_results(n->result, out);
    line(out, "Ответственный исполнитель: ", n->responsible.name, EXTRACT_NAME_CHARS);
    for (size_t i = 0; i < n->co_executor_count; i++) {
        buffer_text(out, i == 0 ? "Соисполнители: " : "; ");
        text_append_line(out, n->co_executors[i].name, EXTRACT_NAME_CHARS);
    }
    buffer_text(out, n->co_executor_count > 0 ? "\n" : "");
    write_part(n, out);
    line(out, "Контроль за исполнением: ", n->controller.name, EXTRACT_NAME_CHARS);
    buffer_text(out, "\n");
}
