/* paper.c - what simulated officials write
 *
 * Owns:    the invented documents, their numbers, and the reasons.
 * In:      desk.c.
 * Out:     the `report` and `reason` of commands.
 * Always:  every text says that it is of the demonstration.
 * See:     docs/workers.md §3
 */
#include "workers/officials/paper.h"

#include "base/must.h"

#include <stdio.h>
#include <string.h>

/* Only orders are numbered with «-р»; reports belong to a year; the rest is just counted. */
static void print_number(const char *kind, unsigned count, civil_day today, char *buf, size_t size)
{
    if (strcmp(kind, "распоряжение") == 0) {
        snprintf(buf, size, "%u-р", count);
    } else if (strcmp(kind, "отчёт") == 0) {
        snprintf(buf, size, "%u/%d-отчёт", count, civil_of_day(today).year);
    } else {
        snprintf(buf, size, "%u", count);
    }
}

static json_t *document(const struct habits *habits, const struct row *row, const char *kind,
                        size_t slot, civil_day today)
{
    uint64_t draw = plan_draw(habits, row->task, "document") + slot * 8;
    char number[48];
    char date[CIVIL_TEXT_MAX];

    print_number(kind, 1 + (unsigned)(draw / 8 % 400), today, number, sizeof number);
    civil_print(today, date);
    return json_pack("{ss ss ss}", "kind", kind, "number", number, "date", date);
}

static const char *kind_of(const json_t *slot)
{
    const char *kind =
        json_is_object(slot) ? json_string_value(json_object_get(slot, "kind")) : NULL;

    return json_is_string(slot) ? json_string_value(slot) : kind;
}

/* A document for each that is expected, or one of the usual kinds. */
static json_t *documents(const struct habits *habits, const struct row *row, civil_day today)
{
    static const char *const kinds[] = {"отчёт",    "приказ",  "распоряжение",
                                        "протокол", "справка", "план"};
    const char *usual = kinds[plan_draw(habits, row->task, "document") % 6];
    json_t *list = json_array();

    for (size_t i = 0; i < json_array_size(row->result); i++) {
        const char *kind = kind_of(json_array_get(row->result, i));
        json_array_append_new(list, document(habits, row, kind ? kind : usual, i, today));
    }
    if (json_array_size(list) == 0) {
        const char *kind = kind_of(row->result);
        bool said = kind != NULL && *kind != '\0';
        json_array_append_new(list, document(habits, row, said ? kind : usual, 0, today));
    }
    return list;
}

static json_t *text_about(const struct row *row, const char *done)
{
    struct buffer text = BUFFER_INIT;

    buffer_text(&text, done);
    if (row->title != NULL) {
        buffer_text(&text, ": ");
        buffer_text(&text, row->title);
    }
    buffer_text(&text, row->returns > 0 ? ". Замечания устранены. " : ". ");
    buffer_text(&text, DESK_MARK);
    json_t *value = json_stringn((const char *)text.data, text.size);
    must(value != NULL);
    buffer_fini(&text);
    return value;
}

json_t *paper_report(const struct habits *habits, const struct row *row, civil_day today)
{
    json_t *report = json_pack("{so so sb}", "text", text_about(row, "Поручение исполнено"),
                               "documents", documents(habits, row, today), "simulated", 1);

    must(report != NULL);
    return report;
}

json_t *paper_part(const struct habits *habits, const struct row *row, const char *body,
                   civil_day today)
{
    char purpose[160];
    char number[48];
    char date[CIVIL_TEXT_MAX];

    snprintf(purpose, sizeof purpose, "part %s", body);
    print_number("письмо", 1 + (unsigned)(plan_draw(habits, row->task, purpose) % 900), today,
                 number, sizeof number);
    civil_print(today, date);
    json_t *report = json_pack("{so s[{ss ss ss}] sb}", "text",
                               text_about(row, "Сведения по своей части представлены"), "documents",
                               "kind", "письмо", "number", number, "date", date, "simulated", 1);
    must(report != NULL);
    return report;
}

/* --- reasons -------------------------------------------------------------------------------- */

const char *paper_return_reason(const struct habits *habits, const struct row *row)
{
    static const char *const reasons[] = {"Не приложен подтверждающий документ (демонстрация).",
                                          "В отчёте нет сведений от соисполнителей (демонстрация).",
                                          "Не указаны реквизиты документа (демонстрация)."};

    return reasons[plan_draw(habits, row->task, "reason") % 3];
}

const char *paper_extension_reason(const struct habits *habits, const struct row *row)
{
    static const char *const reasons[] = {
        "Требуется согласование проекта документа с соисполнителями (демонстрация).",
        "Не поступили сведения из муниципальных образований (демонстрация).",
        "Перенесено заседание, на котором утверждается документ (демонстрация)."};

    return reasons[plan_draw(habits, row->task, "extension reason") % 3];
}

const char *paper_refusal_reason(const struct habits *habits, const struct row *row)
{
    static const char *const reasons[] = {
        "Срок определён планом, оснований для переноса нет (демонстрация).",
        "Сведения необходимы для сводного отчёта к установленному сроку (демонстрация)."};

    return reasons[plan_draw(habits, row->task, "refusal") % 2];
}
