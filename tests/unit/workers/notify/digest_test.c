/* digest_test.c - the letter of the day, as people read it */
#include "workers/notify/letter.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define MMS "{'id':'mms','name':'Методическая служба','short':'ММС'}"

struct item {
    const char *kind;
    const char *urgency;
    const char *fields;
    int number;
    const char *responsible;
};

static json_t *item_json(const struct item *item)
{
    char text[2048];

    snprintf(
        text, sizeof text,
        "{'kind':'%s','urgency':'%s',%s,'assignment':{'id':'17.%d','no':'1.%d',"
        "'title':'Дело %d','plan':'План на %d год','from':'2023-01-01','to':'2023-02-28',"
        "'responsible':%s,'controller':{'id':'kopo','name':'Комитет области','short':'КОПО'}}}",
        item->kind, item->urgency, item->fields, item->number, item->number, item->number,
        item->number == 5 ? 2024 : 2023, item->responsible);
    return sample_json(text);
}

static json_t *digest(const struct item *items, size_t count, int more)
{
    json_t *root = sample_json("{'notice':'40.2','kind':'digest','day':'2023-02-28','to':" SAMPLE_TO
                               ",'items':[]}");

    for (size_t i = 0; i < count; i++) {
        json_array_append_new(json_object_get(root, "items"), item_json(&items[i]));
    }
    json_object_set_new(root, "more", json_integer(more));
    json_object_set_new(root, "made_ms", json_integer(SAMPLE_MADE_MS + 10 * (int64_t)86400000));
    return root;
}

static void reads(json_t *root, const char *subject, const char *body)
{
    struct notice notice = sample_notice(root);
    struct letter letter = LETTER_INIT;

    letter_word(&notice, &letter);
    char *got_subject = sample_text(&letter.subject);
    char *got_body = sample_text(&letter.body);
    cr_assert_str_eq(got_subject, subject);
    cr_assert_str_eq(got_body, body, "got:\n%s\nexpected:\n%s", got_body, body);
    buffer_fini(&letter.why);
    free(got_subject);
    free(got_body);
    notice_fini(&notice);
}

#define HEAD                                                                                                                                                     \
    "Кому: Ленинградский областной институт развития образования\n\nУважаемые коллеги!\n\n" \
    "Сведения о поручениях на 28 февраля 2023 г.\n"
#define FOOT                                                                                                                                                       \
    "Почему вы получили это письмо: регламентом предусмотрено одно письмо в день со всеми " \
    "сведениями о поручениях; основание указано при каждом поручении.\n\n-- \n"                             \
    "Составлено автоматически 28 февраля 2023 г. системой «Маршрут». Письмо 40.2.\n"

static const struct item four[] = {
    {"reminder", "soon", "'days':-3,'working':true,'left':5,'left_working':3", 1, SAMPLE_TO},
    {"overdue", "overdue", "'days':1,'left':-1", 2, SAMPLE_TO},
    {"opened", "new", "'days':-58,'left':58", 3, MMS},
    {"overdue", "overdue", "'days':1,'left':-4,'for':" MMS ",'until':'2023-03-03'", 4, MMS},
};

static const char read_in_order[] = HEAD
    "План: План на 2023 год\n\n"
    "ПРОСРОЧЕНО: 2\n\n"
    "1. Пункт 1.2. Дело 2\n"
    "   Срок: 28 февраля 2023 г., просрочка — 1 день\n"
    "   Что сделать: исполнить поручение и незамедлительно представить отчёт с подтверждающим "
    "документом (вид, номер, дата). Если исполнить поручение невозможно, сообщите причину "
    "тому, "
    "кто контролирует исполнение: Комитет области.\n"
    "   Почему указано: вы являетесь ответственным исполнителем поручения; в соответствии с "
    "регламентом письмо направляется через 1 день после истечения срока.\n\n"
    "2. Пункт 1.4. Дело 4\n"
    "   Срок: 28 февраля 2023 г., просрочка — 4 дня\n"
    "   Ответственный исполнитель: Методическая служба\n"
    "   Что сделать: исполнить поручение и незамедлительно представить отчёт с подтверждающим "
    "документом (вид, номер, дата). Если исполнить поручение невозможно, сообщите причину "
    "тому, "
    "кто контролирует исполнение: Комитет области.\n"
    "   Почему указано: вы замещаете ответственного исполнителя поручения (ММС) до 3 марта "
    "2023 г. включительно; в соответствии с регламентом письмо направляется через 1 день после "
    "истечения срока; письмо составлено позже.\n\n"
    "СРОК БЛИЗКО: 1\n\n"
    "3. Пункт 1.1. Дело 1\n"
    "   Срок: 28 февраля 2023 г., остаётся 3 рабочих дня\n"
    "   Что сделать: исполнить поручение и не позднее 28 февраля 2023 г. представить отчёт с "
    "подтверждающим документом (вид, номер, дата).\n"
    "   Почему указано: вы являетесь ответственным исполнителем поручения; в соответствии с "
    "регламентом напоминание направляется за 3 рабочих дня до истечения срока.\n\n"
    "НОВЫЕ ПОРУЧЕНИЯ: 1\n\n"
    "4. Пункт 1.3. Дело 3\n"
    "   Срок: 28 февраля 2023 г., остаётся 58 дней\n"
    "   Ответственный исполнитель: Методическая служба\n"
    "   Что сделать: подготовить свою часть и заблаговременно, но не позднее 28 февраля 2023 г., "
    "передать "
    "её ответственному исполнителю: Методическая служба.\n"
    "   Почему указано: вы являетесь соисполнителем поручения; начался срок исполнения "
    "поручения.\n\n" FOOT;

Test(digest, what_presses_most_comes_first_and_each_says_why)
{
    reads(digest(four, 4, 0),
          "Поручения на 28 февраля 2023 г.: просрочено 2, срок близко 1, новых 1", read_in_order);
}

static const struct item five[] = {
    {"escalated", "critical", "'days':5,'levels':1,'left':-5", 1, MMS},
    {"today", "today", "'days':0,'left':0", 2, SAMPLE_TO},
    {"undecided", "decide", "'days':3,'left':4", 3, MMS},
    {"handed_over", "deputy", "'days':0,'left':4,'body':" MMS ",'until':'2023-03-03'", 4, MMS},
    {"overdue", "overdue", "'days':1,'left':-2,'part':{'body':" MMS ",'to':'2023-02-26'}", 5,
     SAMPLE_TO},
};

static const char read_in_sections[] = HEAD
    "\nПРОСРОЧЕНО ДАВНО: 1\n\n"
    "План: План на 2023 год\n\n"
    "1. Пункт 1.1. Дело 1\n"
    "   Срок: 28 февраля 2023 г., просрочка — 5 дней\n"
    "   Ответственный исполнитель: Методическая служба\n"
    "   Что сделать: принять меры к исполнению поручения ответственным исполнителем.\n"
    "   Почему указано: вы указаны вышестоящим по отношению к ответственному исполнителю; в "
    "соответствии с регламентом о неисполнении сообщается через 5 дней после истечения "
    "срока.\n\n"
    "ПРОСРОЧЕНО: 1\n\n"
    "План: План на 2024 год\n\n"
    "2. Пункт 1.5. Дело 5\n"
    "   Срок: 28 февраля 2023 г.\n"
    "   Срок представления сведений соисполнителем: 26 февраля 2023 г., просрочка — 2 дня\n"
    "   Соисполнитель: Методическая служба\n"
    "   Что сделать: запросить сведения у соисполнителя; срок исполнения поручения в целом — "
    "28 февраля 2023 г.\n"
    "   Почему указано: вы являетесь ответственным исполнителем поручения; в соответствии с "
    "регламентом письмо направляется через 1 день после истечения срока; письмо составлено "
    "позже.\n\n"
    "СРОК СЕГОДНЯ: 1\n\n"
    "План: План на 2023 год\n\n"
    "3. Пункт 1.2. Дело 2\n"
    "   Срок: 28 февраля 2023 г. (сегодня)\n"
    "   Что сделать: исполнить поручение и сегодня, не позднее конца рабочего дня, представить "
    "отчёт с подтверждающим документом (вид, номер, дата).\n"
    "   Почему указано: вы являетесь ответственным исполнителем поручения; в соответствии с "
    "регламентом письмо направляется в последний день срока.\n\n"
    "ЖДУТ ВАШЕГО РЕШЕНИЯ: 1\n\n"
    "План: План на 2023 год\n\n"
    "4. Пункт 1.3. Дело 3\n"
    "   Срок: 28 февраля 2023 г., остаётся 4 дня\n"
    "   Ответственный исполнитель: Методическая служба\n"
    "   Что сделать: рассмотреть отчёт и принять его либо возвратить на доработку с указанием "
    "причины.\n"
    "   Почему указано: вы указаны вышестоящим по отношению к ответственному исполнителю; в "
    "соответствии с регламентом о нерассмотренном отчёте сообщается.\n\n"
    "ПЕРЕДАНО ВАМ НА ВРЕМЯ ЗАМЕЩЕНИЯ: 1\n\n"
    "План: План на 2023 год\n\n"
    "5. Пункт 1.4. Дело 4\n"
    "   Срок: 28 февраля 2023 г., остаётся 4 дня\n"
    "   Ответственный исполнитель: Методическая служба\n"
    "   Что сделать: исполнить поручение и не позднее 28 февраля 2023 г. представить отчёт с "
    "подтверждающим документом (вид, номер, дата).\n"
    "   Почему указано: вы замещаете ответственного исполнителя поручения (ММС) до 3 марта "
    "2023 г. включительно; на вас возложено исполнение обязанностей отсутствующего.\n\n"
    "Кроме того, поручений, о которых предусмотрено сообщить сегодня: 12. Их перечень — в "
    "системе «Маршрут».\n\n" FOOT;

Test(digest, every_section_has_its_heading_and_what_is_left_out_is_counted)
{
    reads(digest(five, 5, 12),
          "Поручения на 28 февраля 2023 г.: просрочено 2, в том числе давно 1, срок сегодня 1, "
          "ждут решения 1, передано на время замещения 1",
          read_in_sections);
}

static void refuses(json_t *root, const char *field)
{
    struct notice notice;
    struct error err = ERROR_INIT;
    char *text = json_dumps(root, 0);

    cr_assert_not(notice_parse(bytes_of(text), &notice, &err), "%s", field);
    cr_assert_eq(err.code, ERROR_INVALID);
    cr_assert(strstr(err.text, field) != NULL, "%s: %s", field, err.text);
    free(text);
    json_decref(root);
}

Test(digest, a_letter_of_the_day_that_makes_no_sense_is_refused_by_its_field)
{
    json_t *root = digest(four, 4, 0);

    json_object_set_new(root, "items", json_array());
    refuses(root, "items");
    refuses(digest(four, 4, -1), "more");
    root = digest(four, 4, 0);
    json_object_set_new(root, "day", json_string("завтра"));
    refuses(root, "day");
    root = digest(four, 4, 0);
    json_object_set_new(json_array_get(json_object_get(root, "items"), 1), "kind",
                        json_string("digest"));
    refuses(root, "kind");
    root = digest(four, 4, 0);
    json_object_del(json_array_get(json_object_get(root, "items"), 3), "assignment");
    refuses(root, "id");
}
