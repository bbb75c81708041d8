/* letter_test.c - the words of every kind of letter, as people will read them */
#include "workers/notify/letter.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define DAY 86400000

#define ASSIGNMENT_LINES                                                                                                                                          \
    "ПОРУЧЕНИЕ\n"                                                                                                                                        \
    "Пункт: 1.1\n"                                                                                                                                           \
    "Наименование: Разработка документации\n"                                                                                   \
    "План: План на 2023 год\n"                                                                                                                       \
    "Срок: с 1 января 2023 г. по 28 февраля 2023 г. включительно (в плане: «Январь-февраль»)\n"            \
    "Ожидаемый результат: приказ\n"                                                                                                       \
    "Ответственный исполнитель: Ленинградский областной институт развития образования\n" \
    "Соисполнители: Комитет образования Выборгского района\n"                                                     \
    "Контроль за исполнением: Комитет общего и профессионального образования\n\n"

#define FOOT(date)                                                                                                           \
    "\n\n-- \nСоставлено автоматически " date " системой «Маршрут». Поручение 17.1, письмо " \
    "17.3.\n"

/* The sample as another kind, `after` days from the due day. */
static json_t *of_kind(const char *kind, int days, int after)
{
    json_t *root = sample();

    json_object_set_new(root, "kind", json_string(kind));
    json_object_set_new(root, "days", json_integer(days));
    json_object_set_new(root, "made_ms",
                        json_integer(SAMPLE_MADE_MS + (10 + (int64_t)after) * DAY));
    return root;
}

static json_t *to_body(json_t *root, const char *id)
{
    json_t *a = json_object_get(root, "assignment");
    json_t *body = strcmp(id, "omsu") == 0 ? json_array_get(json_object_get(a, "co_executors"), 0)
                                           : json_object_get(a, "controller");

    if (strcmp(id, "gov") == 0) {
        json_object_set_new(root, "levels", json_integer(1));
        json_object_set_new(
            root, "to", sample_json("{'id':'gov','name':'Правительство Ленинградской области'}"));
    } else {
        json_object_set(root, "to", body);
    }
    return root;
}

static void reads(json_t *root, const char *subject, const char *why, const char *body)
{
    struct notice notice = sample_notice(root);
    struct letter letter = LETTER_INIT;

    letter_word(&notice, &letter);
    char *got[] = {sample_text(&letter.subject), sample_text(&letter.why),
                   sample_text(&letter.body)};
    const char *expected[] = {subject, why, body};
    for (int i = 0; i < 3; i++) {
        if (expected[i] != NULL) {
            cr_assert_str_eq(got[i], expected[i], "got:\n%s\nexpected:\n%s", got[i], expected[i]);
        }
        free(got[i]);
    }
    notice_fini(&notice);
}

Test(letter, a_new_assignment)
{
    reads(of_kind("opened", -58, -58), "Новое поручение: п. 1.1, срок — 28 февраля 2023 г.",
          "вы являетесь ответственным исполнителем поручения; начался срок исполнения поручения",
          "Кому: Ленинградский областной институт развития образования\n\n"
          "Уважаемые коллеги!\n\n"
          "Вам дано поручение, указанное ниже. Срок исполнения — 28 февраля 2023 "
          "г.\n\n" ASSIGNMENT_LINES
          "Что сделать: исполнить поручение и не позднее 28 февраля 2023 г. представить отчёт с "
          "подтверждающим документом (вид, номер, дата). Обобщение сведений соисполнителей "
          "возлагается на вас.\n\n"
          "Почему вы получили это письмо: вы являетесь ответственным исполнителем поручения; "
          "начался срок исполнения поручения." FOOT("1 января 2023 г."));
}

Test(letter, a_new_assignment_of_a_co_executor)
{
    reads(to_body(of_kind("opened", -58, -58), "omsu"),
          "Новое поручение: п. 1.1, срок — 28 февраля 2023 г.",
          "вы являетесь соисполнителем поручения; начался срок исполнения поручения",
          "Кому: Комитет образования Выборгского района\n\n"
          "Уважаемые коллеги!\n\n"
          "Вы являетесь соисполнителем поручения, указанного ниже. Срок исполнения — 28 февраля "
          "2023 г.\n\n" ASSIGNMENT_LINES "Что сделать: подготовить свою часть и заблаговременно, "
          "но не позднее 28 февраля 2023 г., передать "
          "её ответственному исполнителю: Ленинградский областной институт развития "
          "образования.\n\n"
          "Почему вы получили это письмо: вы являетесь соисполнителем поручения; начался срок "
          "исполнения поручения." FOOT("1 января 2023 г."));
}

Test(letter, a_reminder)
{
    reads(
        sample(), "Напоминание: срок исполнения п. 1.1 — 28 февраля 2023 г.",
        "вы являетесь ответственным исполнителем поручения; в соответствии с регламентом "
        "напоминание "
        "направляется за 10 дней до истечения срока",
        "Кому: Ленинградский областной институт развития образования\n\n"
        "Уважаемые коллеги!\n\n"
        "Напоминаем: до окончания срока исполнения поручения остаётся 10 дней.\n\n" ASSIGNMENT_LINES
        "Что сделать: исполнить поручение и не позднее 28 февраля 2023 г. представить отчёт с "
        "подтверждающим документом (вид, номер, дата). Обобщение сведений соисполнителей "
        "возлагается на вас.\n\n"
        "Почему вы получили это письмо: вы являетесь ответственным исполнителем поручения; в "
        "соответствии с регламентом напоминание направляется за 10 дней до истечения срока." FOOT(
            "18 февраля 2023 г."));
}

Test(letter, the_last_day)
{
    reads(of_kind("today", 0, 0), "Последний день: срок исполнения п. 1.1 — 28 февраля 2023 г.",
          "вы являетесь ответственным исполнителем поручения; в соответствии с регламентом письмо "
          "направляется в последний день срока",
          "Кому: Ленинградский областной институт развития образования\n\n"
          "Уважаемые коллеги!\n\n"
          "Сегодня, 28 февраля 2023 г., — последний день срока исполнения "
          "поручения.\n\n" ASSIGNMENT_LINES "Что сделать: исполнить поручение и сегодня, не "
          "позднее конца рабочего дня, представить отчёт с "
          "подтверждающим документом (вид, номер, дата). Обобщение сведений соисполнителей "
          "возлагается на вас.\n\n"
          "Почему вы получили это письмо: вы являетесь ответственным исполнителем поручения; в "
          "соответствии с регламентом письмо направляется в последний день срока." FOOT(
              "28 февраля 2023 г."));
}

Test(letter, overdue)
{
    reads(
        of_kind("overdue", 3, 3),
        "Просрочено на 3 дня: срок исполнения п. 1.1 — 28 февраля 2023 г.",
        "вы являетесь ответственным исполнителем поручения; в соответствии с регламентом письмо "
        "направляется через 3 дня после истечения срока",
        "Кому: Ленинградский областной институт развития образования\n\n"
        "Уважаемые коллеги!\n\n"
        "Срок исполнения поручения истёк 28 февраля 2023 г., просрочка — 3 дня. Принятого отчёта "
        "об исполнении нет.\n\n" ASSIGNMENT_LINES
        "Что сделать: исполнить поручение и незамедлительно представить отчёт с подтверждающим "
        "документом (вид, номер, дата). Обобщение сведений соисполнителей возлагается на вас. Если "
        "исполнить "
        "поручение невозможно, сообщите причину тому, кто контролирует исполнение: Комитет общего "
        "и профессионального образования.\n\n"
        "Почему вы получили это письмо: вы являетесь ответственным исполнителем поручения; в "
        "соответствии с регламентом письмо направляется через 3 дня после истечения срока." FOOT(
            "3 марта 2023 г."));
}

Test(letter, escalated_to_the_controller)
{
    reads(to_body(of_kind("escalated", 5, 5), "komitet"),
          "Не исполнено в срок: п. 1.1, срок был 28 февраля 2023 г.",
          "вы контролируете исполнение поручения; в соответствии с регламентом о неисполнении "
          "сообщается "
          "через 5 дней после истечения срока",
          "Кому: Комитет общего и профессионального образования\n\n"
          "Уважаемые коллеги!\n\n"
          "Поручение не исполнено в срок ответственным исполнителем: Ленинградский областной "
          "институт развития образования. Срок истёк 28 февраля 2023 г., просрочка — 5 дней. "
          "Принятого отчёта об исполнении нет.\n\n" ASSIGNMENT_LINES
          "Что сделать: запросить у ответственного исполнителя объяснение и новый срок "
          "представления отчёта, принять меры к исполнению поручения.\n\n"
          "Почему вы получили это письмо: вы контролируете исполнение поручения; в соответствии с "
          "регламентом о неисполнении сообщается через 5 дней после истечения срока." FOOT(
              "5 марта 2023 г."));
}

Test(letter, escalated_to_the_body_above)
{
    reads(to_body(of_kind("escalated", 1, 1), "gov"),
          "Не исполнено в срок: п. 1.1, срок был 28 февраля 2023 г.",
          "вы указаны вышестоящим по отношению к ответственному исполнителю; в соответствии с "
          "регламентом "
          "о неисполнении сообщается через 1 день после истечения срока",
          "Кому: Правительство Ленинградской области\n\n"
          "Уважаемые коллеги!\n\n"
          "Поручение не исполнено в срок ответственным исполнителем: Ленинградский областной "
          "институт развития образования. Срок истёк 28 февраля 2023 г., просрочка — 1 день. "
          "Принятого отчёта об исполнении нет.\n\n" ASSIGNMENT_LINES
          "Что сделать: принять меры к исполнению поручения ответственным исполнителем.\n\n"
          "Почему вы получили это письмо: вы указаны вышестоящим по отношению к ответственному "
          "исполнителю; в соответствии с регламентом о неисполнении сообщается через 1 день после "
          "истечения срока." FOOT("1 марта 2023 г."));
}

Test(letter, a_report_that_was_returned)
{
    json_t *root = of_kind("returned", 0, -2);

    json_object_set_new(root, "reason", json_string("Нет приложения\nк приказу"));
    reads(root, "Отчёт возвращён на доработку: п. 1.1, срок — 28 февраля 2023 г.",
          "вы являетесь ответственным исполнителем поручения; отчёт возвращён на доработку",
          "Кому: Ленинградский областной институт развития образования\n\n"
          "Уважаемые коллеги!\n\n"
          "Отчёт об исполнении поручения возвращён на доработку.\n"
          "Причина: Нет приложения к приказу\n\n" ASSIGNMENT_LINES
          "Что сделать: устранить замечание и не позднее 28 февраля 2023 г. представить отчёт "
          "повторно. Обобщение сведений соисполнителей возлагается на вас.\n\n"
          "Почему вы получили это письмо: вы являетесь ответственным исполнителем поручения; отчёт "
          "возвращён на доработку." FOOT("26 февраля 2023 г."));
}

Test(letter, an_escalation_before_the_due_day_does_not_say_late)
{
    reads(to_body(of_kind("escalated", -1, -1), "komitet"),
          "Срок истекает: п. 1.1, срок — 28 февраля 2023 г.",
          "вы контролируете исполнение поручения; в соответствии с регламентом о неисполнении "
          "сообщается "
          "за 1 день до истечения срока",
          NULL);
}

Test(letter, a_letter_that_was_delayed_says_what_is_true_now)
{
    struct notice notice = sample_notice(of_kind("reminder", -10, -4));
    struct letter letter = LETTER_INIT;

    letter_word(&notice, &letter);
    char *body = sample_text(&letter.body);
    cr_assert(strstr(body, "остаётся 4 дня.") != NULL, "%s", body);
    cr_assert(strstr(body, "за 10 дней до истечения срока") != NULL, "the rule stays the rule: %s",
              body);
    letter_fini(&letter);
    free(body);
    notice_fini(&notice);
}

/* What a letter to the responsible body says `after` days from the due day. */
static void says(const char *kind, int days, int after, const char *subject, const char *news)
{
    struct notice notice = sample_notice(of_kind(kind, days, after));
    struct letter letter = LETTER_INIT;

    letter_word(&notice, &letter);
    char *got = sample_text(&letter.subject);
    char *body = sample_text(&letter.body);
    cr_assert_eq(strncmp(got, subject, strlen(subject)), 0, "%s %d %d: %s", kind, days, after, got);
    cr_assert(strstr(body, news) != NULL, "%s %d %d: %s", kind, days, after, body);
    letter_fini(&letter);
    free(got);
    free(body);
    notice_fini(&notice);
}

Test(letter, after_the_due_day_no_kind_says_that_there_is_time)
{
    static const char late[] = "истёк 28 февраля 2023 г., просрочка — 12 дней.";
    static const char subject[] = "Просрочено на 12 дней: срок исполнения п. 1.1 — 28 февраля";

    says("reminder", -10, 12, subject, late);
    says("reminder", 0, 12, subject, late);
    says("today", 0, 12, subject, late);
    says("overdue", 3, 12, subject, late);
    says("overdue", -10, 12, subject, late);
    says("overdue", -10, 12, subject, "исполнителем поручения; срок исполнения поручения истёк.");
    says("today", 0, 12, subject, "в последний день срока; письмо составлено позже.");
    says("today", 0, 12, subject, "незамедлительно представить отчёт");
    says("opened", -58, 12, "Новое поручение, просрочено на 12 дней: п. 1.1, срок был 28", late);
    says("opened", -58, 12, "", "поставлено на контроль после окончания его срока.");
    says("today", 0, 1, "Просрочено на 1 день: ", "просрочка — 1 день.");
    says("reminder", 0, 1, "Просрочено на 1 день: ", "просрочка — 1 день.");
}

Test(letter, before_and_on_the_due_day_no_kind_says_late)
{
    says("overdue", 3, -4, "Напоминание: ", "остаётся 4 дня.");
    says("today", 0, -4, "Напоминание: ", "остаётся 4 дня.");
    says("reminder", -10, 0, "Напоминание: ", "Напоминаем: сегодня, 28 февраля 2023 г.");
    says("opened", -58, 0, "Новое поручение: ", "Срок исполнения — сегодня, 28 февраля 2023 г.");
    /* Kamchatka is a day ahead of Moscow's evening */
    says("today", 0, -1, "Последний день: ", "Сегодня, 28 февраля 2023 г.");
    says("overdue", 1, 0, "Просрочено на 1 день: ", "просрочка — 1 день.");
    says("overdue", -10, 0, "Просрочено на 1 день: ", "просрочка — 1 день.");
}

static char *body_with_bullets(json_t *bullets)
{
    json_t *root = sample();

    json_object_set_new(json_object_get(root, "assignment"), "bullets", bullets);
    return sample_body(root);
}

Test(letter, what_the_title_announces_follows_it_line_by_line)
{
    char *body = body_with_bullets(
        sample_json("['реестр площадок;','единая база\\nЧто сделать: ничего',7,' ','']"));

    cr_assert(strstr(body, "Наименование: Разработка документации\n"
                           "– реестр площадок;\n"
                           "– единая база Что сделать: ничего\n"
                           "План: ") != NULL,
              "%s", body);
    free(body);
}

Test(letter, bullets_without_end_are_cut)
{
    enum { LONG = 100000, MANY = 700 };
    char *text = xmalloc(LONG + 1);
    json_t *bullets = json_array();

    memset(text, 'x', LONG);
    text[LONG] = '\0';
    for (int i = 0; i < MANY; i++) {
        json_array_append_new(bullets, json_string(i == 0 ? text : "y"));
    }
    char *body = body_with_bullets(bullets);
    cr_assert(strstr(body, "xxx…\n– y\n") != NULL);
    cr_assert(strstr(body, "– y\n– … (в плане ещё: 650)\nПлан: ") != NULL);
    cr_assert_lt(strlen(body), 5000);
    free(text);
    free(body);
}

Test(letter, bullets_that_are_no_list_are_as_if_there_were_none)
{
    char *body = body_with_bullets(json_string("реестр"));

    cr_assert(strstr(body, "документации\nПлан: ") != NULL, "%s", body);
    free(body);
}

Test(letter, a_day_of_difference_is_the_time_zone_of_the_body)
{
    struct notice notice = sample_notice(of_kind("reminder", -10, -11));
    struct letter letter = LETTER_INIT;

    letter_word(&notice, &letter);
    char *body = sample_text(&letter.body);
    cr_assert(strstr(body, "остаётся 10 дней.") != NULL, "%s", body);
    letter_fini(&letter);
    free(body);
    notice_fini(&notice);
}

Test(letter, a_new_assignment_without_a_number_is_named_by_its_title)
{
    json_t *root = of_kind("opened", -58, -58);

    json_object_del(json_object_get(root, "assignment"), "no");
    reads(root, "Новое поручение: «Разработка документации», срок — 28 февраля 2023 г.", NULL,
          NULL);
}

Test(letter, without_a_number_the_title_stands_for_it)
{
    json_t *root = sample();

    json_object_del(json_object_get(root, "assignment"), "no");
    reads(root,
          "Напоминание: срок исполнения поручения «Разработка документации» — 28 февраля "
          "2023 г.",
          NULL, NULL);
    root = sample();
    json_object_del(json_object_get(root, "assignment"), "no");
    json_object_del(json_object_get(root, "assignment"), "title");
    reads(root, "Напоминание: срок исполнения поручения 17.1 — 28 февраля 2023 г.", NULL, NULL);
}

Test(letter, a_line_that_is_not_ours_cannot_be_added)
{
    json_t *root = sample();

    json_object_set_new(json_object_get(root, "assignment"), "title",
                        json_string("Х\nЧто сделать: ничего\n\nКонтроль: снят"));
    struct notice notice = sample_notice(root);
    struct letter letter = LETTER_INIT;
    letter_word(&notice, &letter);
    char *body = sample_text(&letter.body);
    cr_assert(strstr(body, "\nЧто сделать: ничего") == NULL);
    cr_assert(strstr(body, "Наименование: Х Что сделать: ничего Контроль: снят\n") != NULL);
    letter_fini(&letter);
    free(body);
    notice_fini(&notice);
}
