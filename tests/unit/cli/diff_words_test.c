/* diff_words_test.c - differences in sentences, in both languages */
#include "cli/diff_words.h"
#include "language/document.h"
#include "speech.h"

static struct definition *parsed(const char *text)
{
    struct error err = ERROR_INIT;
    struct definition *d = NULL;

    cr_assert(document_parse("t.yaml", bytes_of(text), NULL, &d, &err), "%d:%d: %s", err.line,
              err.column, err.text);
    return d;
}

static void told(const char *before, const char *after, const struct catalog *names,
                 const char *lines)
{
    struct definition *old = parsed(before);
    struct definition *new = parsed(after);
    struct differences differences;
    struct buffer out = BUFFER_INIT;

    diff_definitions(old, new, &differences);
    diff_print(&differences, names, &out);
    char *text = bytes_strdup(buffer_bytes(&out));
    cr_assert_str_eq(text, lines, "\n%s\n%s", text, lines);
    free(text);
    buffer_fini(&out);
    differences_fini(&differences);
    definition_destroy(old);
    definition_destroy(new);
}

static struct catalog *bodies(void)
{
    struct catalog *catalog = catalog_create();
    struct definition *d = parsed("document: {kind: bodies, name: b, version: '1'}\n"
                                  "timezone: Europe/Moscow\n"
                                  "bodies:\n"
                                  "  - {id: a, name: Комитет образования, short: Комитет}\n"
                                  "  - {id: b, name: Школа № 1}\n");

    catalog_add(catalog, &d, 1, 1);
    return catalog;
}

#define PLAN(period, controller)                                                                   \
    "document: {kind: roadmap, name: p, version: '1'}\n"                                           \
    "period: {from: 2023-01-01, to: " period "}\n"                                                 \
    "controller: " controller "\npolicy: default\n"                                                \
    "sections: [{no: 1, title: One}]\nitems:\n"
#define ITEM(no, title, executors, windows, more)                                                  \
    "  - {no: " no ", section: 1, title: " title ", responsible: [" executors                      \
    "], due: {phrase: x, kind: recurring, windows: [" windows "]}" more "}\n"
#define SEPTEMBER "{from: 2023-09-01, to: 2023-09-30}"
#define OCTOBER   "{from: 2023-10-01, to: 2023-10-31}"
#define AUTUMN    "{from: 2023-09-01, to: 2023-11-30}"
#define WINTER    "{from: 2023-12-01, to: 2024-02-29}"
#define A_DAY     "{from: 2023-05-09, to: 2023-05-09}"

Test(diff_words, a_due_date_a_co_executor_and_a_document_of_an_item)
{
    struct catalog *names = bodies();
    const char *old = PLAN("2023-12-31", "a") ITEM("3.2", "T", "a", SEPTEMBER, "");
    const char *new = PLAN("2023-12-31", "a") ITEM("3.2", "T", "a, b", OCTOBER, ", result: приказ");

    speak_russian();
    told(old, new, names,
         "п. 3.2:\n"
         "  срок перенесён: было 1–30 сентября 2023 г., стало 1–31 октября 2023 г.\n"
         "  добавлен соисполнитель: Школа № 1 (b)\n"
         "  указан ожидаемый документ: «приказ»\n");
    told(new, old, NULL,
         "п. 3.2:\n"
         "  срок перенесён: было 1–31 октября 2023 г., стало 1–30 сентября 2023 г.\n"
         "  исключён соисполнитель: b\n"
         "  исключён ожидаемый документ: «приказ»\n");
    speak_english();
    told(old, new, names,
         "item 3.2:\n"
         "  the due date is moved: was 1–30 September 2023, is now 1–31 October 2023\n"
         "  a co-executor is added: Школа № 1 (b)\n"
         "  an expected document is added: «приказ»\n");
    catalog_destroy(names);
}

Test(diff_words, of_many_windows_only_those_that_differ)
{
    speak_russian();
    told(
        PLAN("2024-12-31", "a") ITEM("1", "T", "a", A_DAY ", " SEPTEMBER ", " WINTER, ""),
        PLAN("2024-12-31", "a") ITEM("1", "T", "a", A_DAY ", " AUTUMN ", " WINTER, ""), NULL,
        "п. 1: срок перенесён: было 1–30 сентября 2023 г., стало 1 сентября – 30 ноября 2023 г.\n");
    told(PLAN("2024-12-31", "a") ITEM("1", "T", "a", SEPTEMBER, ""),
         PLAN("2024-12-31", "a") ITEM("1", "T", "a", A_DAY ", " SEPTEMBER ", " WINTER, ""), NULL,
         "п. 1: добавлен срок: 9 мая 2023 г., 1 декабря 2023 г. – 29 февраля 2024 г.\n");
    told(PLAN("2024-12-31", "a") ITEM("1", "T", "a", A_DAY ", " SEPTEMBER, ""),
         PLAN("2024-12-31", "a") ITEM("1", "T", "a", SEPTEMBER, ""), NULL,
         "п. 1: исключён срок: 9 мая 2023 г.\n");
}

Test(diff_words, items_come_and_go_with_what_they_are)
{
    struct catalog *names = bodies();

    speak_russian();
    told(PLAN("2023-12-31", "a") ITEM("1", "Один", "a", A_DAY, "") ITEM("2", "Два", "a", A_DAY, ""),
         PLAN("2024-01-31", "b") ITEM("1", "Ноль", "a, b", SEPTEMBER, "")
             ITEM("2", "Один", "a", A_DAY, ""),
         names,
         "документ:\n"
         "  изменён период: было 1 января – 31 декабря 2023 г., стало 1 января 2023 г. – 31 января "
         "2024 г.\n"
         "  изменён контролирующий: было Комитет (a), стало Школа № 1 (b)\n"
         "п. 1: пункт добавлен: «Ноль», срок: 1–30 сентября 2023 г., ответственный исполнитель: "
         "Комитет (a)\n"
         "п. 2: изменён номер: было 1, стало 2\n"
         "п. 2: пункт исключён: «Два», срок: 9 мая 2023 г., ответственный исполнитель: Комитет "
         "(a)\n");
    catalog_destroy(names);
}

Test(diff_words, lists_of_works_say_what_came_and_went)
{
    const char *old = PLAN("2023-12-31", "a") ITEM("1", "T", "a", A_DAY, ", bullets: [x, y]");

    speak_russian();
    told(old, PLAN("2023-12-31", "a") ITEM("1", "T", "a", A_DAY, ", bullets: [y, z]"), NULL,
         "п. 1: изменён перечень работ: исключено: «x»; добавлено: «z»\n");
    told(old, PLAN("2023-12-31", "a") ITEM("1", "T", "a", A_DAY, ", bullets: [y, x]"), NULL,
         "п. 1: изменён перечень работ: другой порядок\n");
    told(old, PLAN("2023-12-31", "a") ITEM("1", "T", "a", A_DAY, ""), NULL,
         "п. 1: изменён перечень работ: исключено: «x», «y»\n");
}

#define POLICY(at)                                                                                 \
    "document: {kind: policy, name: p, version: '1'}\nat: '" at "'\nsoon: 10\nladder:\n"

Test(diff_words, rungs_are_called_by_what_they_do)
{
    speak_russian();
    told(POLICY("09:00") "  - remind: 3 days before\n"
                         "  - remind: on the day\n"
                         "  - escalate: 1 day after\n    to: parent\n",
         POLICY("10:00") "  - remind: 1 day before\n"
                         "  - escalate: 1 day after\n    to: parent\n    critical: true\n"
                         "  - escalate: 5 days after\n    to: controller\n",
         NULL,
         "документ: изменено время подготовки писем: было 09:00, стало 10:00\n"
         "напоминание за 1 день до срока: ступень добавлена\n"
         "напоминание за 3 дня до срока: ступень исключена\n"
         "напоминание в день срока: ступень исключена\n"
         "доклад о просрочке через 1 день после срока на 1 уровень выше: с этой ступени поручение "
         "считается просроченным давно\n"
         "доклад о просрочке через 5 дней после срока контролирующему: ступень добавлена\n");
}

#define BODIES "document: {kind: bodies, name: b, version: '1'}\ntimezone: Europe/Moscow\nbodies:\n"

Test(diff_words, bodies_are_told_by_their_fields)
{
    speak_russian();
    told(BODIES "  - {id: a, name: Комитет}\n  - {id: b, name: Школа, email: b@example.org}\n",
         BODIES "  - {id: a, name: Комитет}\n  - {id: b, name: Лицей, parent: a, timezone: "
                "Asia/Omsk, calendar: ru-six-day}\n  - {id: c, name: Сад}\n",
         NULL,
         "орган b:\n"
         "  изменено полное наименование: было «Школа», стало «Лицей»\n"
         "  указан вышестоящий орган: a\n"
         "  изменён часовой пояс: было Europe/Moscow, стало Asia/Omsk\n"
         "  указан календарь: ru-six-day\n"
         "  исключён адрес электронной почты: b@example.org\n"
         "орган c: орган добавлен: «Сад»\n");
}

#define CALENDAR "document: {kind: calendar, name: c, version: '1'}\nweek: five-day\n"

Test(diff_words, days_of_a_calendar_are_written_as_days)
{
    speak_russian();
    told(CALENDAR "holidays: [{day: '01-07', title: Рождество}]\n"
                  "years: [{year: 2023, source: N, short: [2023-02-22]}]\n",
         CALENDAR "holidays: [{day: '01-07', title: Рождество Христово}]\n"
                  "years: [{year: 2023, source: N, transfers: [{from: 2023-01-01, to: "
                  "2023-02-24}]}]\n",
         NULL,
         "праздник 7 января: изменено наименование: было «Рождество», стало «Рождество Христово»\n"
         "перенос выходного дня на 24 февраля 2023 г.: добавлен\n"
         "сокращённый день 22 февраля 2023 г.: исключён\n");
}

#define FLOW "document: {dsl: '1.0.3', namespace: m, name: w, version: '1.0.0'}\ndo:\n"

Test(diff_words, steps_are_told_by_path_and_words_of_the_language)
{
    const char *old = FLOW "  - a: {call: s, with: {days: 21}}\n"
                           "  - b: {call: s}\n"
                           "  - c: {call: s}\n";
    const char *new = FLOW "  - c: {call: s, if: '${ .x\n    == 1 }'}\n"
                           "  - a: {call: s, with: {days: 14}}\n"
                           "  - d: {do: [b: {call: s}]}\n";

    speak_russian();
    told(old, new, NULL,
         "шаг do/c:\n"
         "  изменён порядок: было после «b», теперь первое\n"
         "  добавлено условие: ${ .x == 1 }\n"
         "шаг do/a: with.days: было 21, стало 14\n"
         "шаг do/d: шаг добавлен\n"
         "шаг do/d/do/b: изменено место или имя: было do/b, стало do/d/do/b\n");
    speak_english();
    told(old, new, NULL,
         "step do/c:\n"
         "  moved: came after b, stands first now\n"
         "  a condition is added: ${ .x == 1 }\n"
         "step do/a: with.days: was 21, is now 14\n"
         "step do/d: added\n"
         "step do/d/do/b: it stands elsewhere or has another name: was do/b, is now do/d/do/b\n");
}

/* 100 and 20 characters of two bytes each */
#define LONG                                                                                               \
    "жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж" \
    "жжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжжж"
#define NEAR "жжжжжжжжжжжжжжжжжжжж"

Test(diff_words, of_long_values_the_surroundings_of_the_change)
{
    speak_russian();
    told(FLOW "  - a: {call: s, with: {t: x" LONG "A" LONG "}}\n",
         FLOW "  - a: {call: s, with: {t: x" LONG "B" LONG "}}\n", NULL,
         "шаг do/a: with.t: было …" NEAR "A" NEAR "…, стало …" NEAR "B" NEAR "…\n");
    told(FLOW "  - a: {call: s, with: {t: " LONG "xA" LONG "}}\n",
         FLOW "  - a: {call: s, with: {t: " LONG "xB" LONG "}}\n", NULL,
         "шаг do/a: with.t: было …" NEAR "xA" NEAR "…, стало …" NEAR "xB" NEAR "…\n");
}

Test(diff_words, what_authors_wrote_is_made_harmless)
{
    speak_russian();
    told(BODIES "  - {id: a, name: A}\n", BODIES "  - {id: a, name: \"A\\u202EB\"}\n", NULL,
         "орган a: изменено полное наименование: было «A», стало «A\xEF\xBF\xBD"
         "B»\n");
}
