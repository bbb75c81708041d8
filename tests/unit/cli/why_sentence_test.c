/* why_sentence_test.c - one sentence for each kind of waiting, as an official would write it */
#include "speech.h"

#include "cli/why_sentence.h"

#include <string.h>

TestSuite(why, .init = speak_russian);

#define KOPO                                                                                       \
    "{'id':'kopo','short':'КОПО ЛО','name':'Комитет общего и профессионального образования'}"
#define BOSS  "{'id':'boss','short':'Первый заместитель'}"
#define SINCE "'since':'2023-01-09T06:00:00.000Z'"

static void expect(const char *why, const char *sentence)
{
    struct zone *zone = moscow();
    json_t *json = json_of(why);
    char *made = why_sentence(json, zone);

    cr_expect_str_eq(made, sentence);
    free(made);
    json_decref(json);
    zone_close(&zone);
}

static void expect_begin(const char *why, const char *begin)
{
    struct zone *zone = moscow();
    json_t *json = json_of(why);
    char *made = why_sentence(json, zone);

    cr_expect_eq(strncmp(made, begin, strlen(begin)), 0, "%s", made);
    free(made);
    json_decref(json);
    zone_close(&zone);
}

Test(why, an_open_assignment_names_item_body_term_and_next_event)
{
    expect("{'instance':17,'state':'running','waiting':[{'kind':'assignment','no':'1.4',"
           "'plan':'lo-2023','phase':'open','on':" KOPO "," SINCE
           ",'from':'2023-01-01','to':'2023-06-30',"
           "'next':{'what':'reminder','at':'2023-06-20T06:00:00.000Z'}}]}",
           "Поручение по п. 1.4 плана lo-2023 с 9 января 2023 г. ждёт отчёта, исполнитель — КОПО "
           "ЛО (Комитет общего и профессионального образования); срок — 30 июня 2023 г., следующее "
           "событие: напоминание 20 июня 2023 г. в 09:00.");
}

Test(why, an_assignment_waits_since_its_window_opened)
{
    expect("{'waiting':[{'kind':'assignment','no':'1.6','phase':'open','on':" BOSS "," SINCE
           ",'from':'2023-10-01','to':'2023-10-31'}]}",
           "Поручение по п. 1.6 с 1 октября 2023 г. ждёт отчёта, исполнитель — Первый "
           "заместитель; срок — 31 октября 2023 г.");
}

Test(why, a_return_is_said_with_its_reason)
{
    expect("{'waiting':[{'kind':'assignment','no':'1.6','phase':'open','on':" BOSS "," SINCE
           ",'returns':1,'reason':'нет приложения'}]}",
           "Поручение по п. 1.6 с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель "
           "(возвращено на доработку: нет приложения).");
    expect("{'waiting':[{'kind':'assignment','no':'1.6','phase':'open','on':" BOSS "," SINCE
           ",'returns':1}]}",
           "Поручение по п. 1.6 с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель "
           "(возвращено на доработку).");
}

Test(why, a_planned_assignment_says_who_and_when)
{
    expect(
        "{'instance':17,'waiting':[{'kind':'assignment','no':'1.4','phase':'planned','on':" BOSS
        ",'from':'2023-02-01','to':'2023-02-28',"
        "'next':{'what':'opens','at':'2023-02-01T06:00:00.000Z'}}]}",
        "Поручение по п. 1.4 запланировано: исполнитель — Первый заместитель, срок — с 1 февраля "
        "2023 г. по 28 февраля 2023 г., следующее событие: выдача поручения 1 февраля 2023 г. в "
        "09:00.");
}

Test(why, the_state_of_the_term_is_said)
{
    expect("{'waiting':[{'kind':'assignment','title':'Отчёт','phase':'today','on':" BOSS "," SINCE
           ",'to':'2023-02-28'}]}",
           "Поручение «Отчёт» с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель; "
           "срок истекает "
           "сегодня, 28 февраля 2023 г.");
    expect(
        "{'waiting':[{'kind':'assignment','title':'Отчёт','phase':'overdue','on':" BOSS "," SINCE
        ",'to':'2023-02-28','next':{'what':'escalated','at':'2023-03-05T06:00:00.000Z','on':" BOSS
        "}}]}",
        "Поручение «Отчёт» с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель; срок "
        "истёк 28 "
        "февраля 2023 г., поручение просрочено, следующее событие: доклад о просрочке 5 марта "
        "2023 г. в 09:00 — Первый заместитель.");
    expect("{'waiting':[{'kind':'assignment','title':'Отчёт','phase':'critical','on':" BOSS
           "," SINCE ",'to':'2023-02-28'}]}",
           "Поручение «Отчёт» с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель; "
           "срок истёк 28 "
           "февраля 2023 г., поручение просрочено давно.");
}

Test(why, the_next_event_at_midnight_has_no_time_of_day)
{
    expect("{'waiting':[{'kind':'assignment','no':'2','phase':'open','on':" BOSS "," SINCE
           ",'to':'2023-06-30','next':{'what':'soon','at':'2023-06-19T21:00:00.000Z'}}]}",
           "Поручение по п. 2 с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель; "
           "срок — 30 июня "
           "2023 г., следующее событие: приближение срока 20 июня 2023 г.");
}

Test(why, a_report_waits_for_the_controller)
{
    expect("{'waiting':[{'kind':'decision','no':'1.4','plan':'lo-2023','on':" BOSS "," SINCE
           ",'phase':'soon','to':'2023-06-30'}]}",
           "Отчёт по п. 1.4 плана lo-2023 ждёт с 9 января 2023 г. решения, принять или вернуть: "
           "Первый заместитель; срок — 30 июня 2023 г.");
    expect("{'waiting':[{'kind':'decision','title':'Отчёт','on':null," SINCE "}]}",
           "Отчёт по поручению «Отчёт» ждёт с 9 января 2023 г. решения: принять или вернуть.");
}

Test(why, a_call_is_with_a_program_or_waits_for_one)
{
    expect(
        "{'instance':17,'title':'Цикл','waiting':[{'kind':'call','step':'send','service':'notify',"
        "'worker':'notify-1','attempt':2," SINCE "}]}",
        "Процесс № 17 («Цикл»): шаг «send» (служба notify) выполняет программа notify-1 с 9 "
        "января 2023 г. в 09:00 (попытка № 2).");
    expect("{'instance':17,'waiting':[{'kind':'call','step':'send','service':'notify','attempt':"
           "1," SINCE "}]}",
           "Процесс № 17: шаг «send» ждёт свободной программы службы notify с 9 января 2023 г. в "
           "09:00.");
}

Test(why, a_letter_is_on_its_way)
{
    expect("{'instance':17,'waiting':[{'kind':'notice','on':" BOSS ",'attempt':3," SINCE "}]}",
           "Процесс № 17: письмо (адресат — Первый заместитель) ждёт отправки (служба notify) с "
           "9 января "
           "2023 г. в 09:00 (попытка № 3).");
    expect("{'instance':17,'waiting':[{'kind':'notice','service':'letter'," SINCE "}]}",
           "Процесс № 17: письмо ждёт отправки (служба letter) с 9 января 2023 г. в 09:00.");
}

Test(why, a_letter_of_the_day_gathers_until_it_leaves)
{
    expect("{'instance':17,'waiting':[{'kind':'letter','on':" BOSS ",'count':2," SINCE
           ",'next':{'what':'leaves','at':'2023-01-10T06:00:00.000Z'}}]}",
           "Процесс № 17: письмо за день (адресат — Первый заместитель) собирается с 9 января "
           "2023 г. в "
           "09:00, в нём пока 2 поручения, следующее событие: отправка 10 января 2023 г. в 09:00.");
}

Test(why, a_pause_goes_on_at_a_moment)
{
    expect("{'instance':17,'waiting':[{'kind':'wait','step':'pause'," SINCE
           ",'next':{'what':'goes on','at':'2023-01-10T06:00:00.000Z'}}]}",
           "Процесс № 17: шаг «pause» — пауза с 9 января 2023 г. в 09:00, следующее событие: "
           "продолжение 10 января 2023 г. в 09:00.");
}

Test(why, a_listening_step_names_its_event)
{
    expect(
        "{'instance':17,'waiting':[{'kind':'listen','step':'result','events':['ru.asoup.result'],"
        "'mode':'one'," SINCE "}]}",
        "Процесс № 17: шаг «result» ждёт события ru.asoup.result с 9 января 2023 г. в 09:00.");
    expect("{'instance':17,'waiting':[{'kind':'listen','step':'any','events':[],'mode':'any'," SINCE
           "}]}",
           "Процесс № 17: шаг «any» ждёт события любого типа с 9 января 2023 г. в 09:00.");
}

Test(why, a_step_that_gathers_events_names_them_their_key_and_its_end)
{
    expect("{'instance':17,'waiting':[{'kind':'listen','step':'results','events':['org.a','org.b'],"
           "'mode':'all','subject':'t-100','correlation':{'route':17},'taken':1," SINCE "}]}",
           "Процесс № 17: шаг «results» ждёт всех событий org.a, org.b с 9 января 2023 г. в 09:00"
           ", предмет t-100, ключ route = 17 (принято: 1).");
    expect("{'instance':17,'waiting':[{'kind':'listen','step':'results','events':['org.a','org.b'],"
           "'mode':'any','until':'event','until_events':['org.end']," SINCE "}]}",
           "Процесс № 17: шаг «results» ждёт одного из событий org.a, org.b с 9 января 2023 г. в "
           "09:00, до события org.end.");
    expect("{'instance':17,'waiting':[{'kind':'listen','step':'results','events':['org.a'],"
           "'mode':'any','until':'condition'," SINCE "}]}",
           "Процесс № 17: шаг «results» ждёт события org.a с 9 января 2023 г. в 09:00, пока не "
           "выполнится условие.");
}

Test(why, branches_and_turns_of_a_loop_are_counted)
{
    expect("{'instance':17,'waiting':[{'kind':'fork','step':'both','step_title':'Обе ветви',"
           "'ended':1,'of':2,'needed':2}]}",
           "Процесс № 17: шаг «Обе ветви» ждёт 1 из 2 ветвей.");
    expect("{'instance':17,'waiting':[{'kind':'fork','step':'both','ended':1,'of':3,'needed':3},"
           "{'kind':'for','step':'each','ended':2,'of':5}]}",
           "Процесс № 17: шаг «both» ждёт 2 из 3 ветвей; цикл «each»: закончено 2 из 5 "
           "повторений.");
    expect("{'instance':17,'waiting':[{'kind':'fork','step':'race','ended':0,'of':3,'needed':1}]}",
           "Процесс № 17: шаг «race» ждёт первую из 3 ветвей.");
    expect("{'instance':17,'waiting':[{'kind':'fork','step':'n','ended':2,'of':3,'joined':true}]}",
           "Процесс № 17: после шага «n» работа идёт дальше; из 3 ветвей ещё не закончены 1.");
}

Test(why, another_instance_and_the_next_start_are_named)
{
    expect("{'instance':17,'waiting':[{'kind':'run','step':'training','child':18," SINCE "}]}",
           "Процесс № 17: шаг «training» ждёт окончания процесса № 18 с 9 января 2023 г. в "
           "09:00.");
    expect("{'instance':3,'waiting':[{'kind':'schedule','next':{'what':'starts','at':"
           "'2023-01-10T06:00:00.000Z'}}]}",
           "Процесс № 3: начинает процессы по расписанию, следующее событие: очередной запуск "
           "10 января 2023 г. в 09:00.");
    expect("{'instance':3,'waiting':[{'kind':'schedule','events':['org.x']}]}",
           "Процесс № 3: начинает процессы по событию org.x.");
}

Test(why, an_instance_that_an_error_ended_names_it)
{
    expect("{'instance':17,'state':'faulted','problem':{'title':'Нет мест'},'waiting':[]}",
           "Процесс № 17 прерван ошибкой: Нет мест.");
}

Test(why, an_incident_names_its_cause_and_the_ways_out)
{
    expect(
        "{'instance':17,'waiting':[{'kind':'incident','task':'17.2','step':'send','attempt':5,"
        "'problem':{'title':'почта не отвечает','detail':'нет связи'}," SINCE "}]}",
        "Процесс № 17: шаг «send» (задача 17.2) остановлен с 9 января 2023 г. в 09:00: почта не "
        "отвечает: нет связи (попытка № 5); решает оператор: повторить (retry), пропустить (skip) "
        "или отменить (cancel).");
}

Test(why, a_letter_that_is_an_incident_names_its_recipient)
{
    expect(
        "{'instance':12,'waiting':[{'kind':'incident','task':'12.2','service':'notify','letter':"
        "'opened','on':{'id':'t','short':'Тарский район'},'problem':{'title':'почта не отвечает'}"
        "," SINCE "}]}",
        "Процесс № 12: письмо 12.2 («поручение дано», адресат — Тарский район) не "
        "доставлено с 9 января 2023 г. в 09:00: почта не отвечает; решает оператор: повторить "
        "(retry), пропустить (skip) или отменить (cancel).");
}

Test(why, a_call_without_any_program_says_so)
{
    expect(
        "{'instance':17,'waiting':[{'kind':'call','step':'send','service':'sms','workers':0," SINCE
        "}]}",
        "Процесс № 17: шаг «send» ждёт с 9 января 2023 г. в 09:00: нет ни одной подключённой "
        "программы службы «sms».");
}

Test(why, nearly_the_same_name_is_not_repeated)
{
    expect(
        "{'waiting':[{'kind':'decision','title':'Отчёт','on':{'short':'Первый заместитель "
        "КОПО ЛО','name':'Первый заместитель комитета (КОиПО ЛО)'}," SINCE "}]}",
        "Отчёт по поручению «Отчёт» ждёт с 9 января 2023 г. решения, принять или вернуть: Первый "
        "заместитель КОПО ЛО.");
}

Test(why, a_failed_attempt_is_tried_again)
{
    expect("{'instance':17,'waiting':[{'kind':'backoff','step':'send','problem':'нет связи'," SINCE
           ",'next':{'what':'retry','at':'2023-01-09T06:05:00.000Z'}}]}",
           "Процесс № 17: попытка шага «send» не удалась 9 января 2023 г. в 09:00: нет связи, "
           "следующее событие: новая попытка 9 января 2023 г. в 09:05.");
    expect("{'instance':17,'waiting':[{'kind':'backoff','step':'t','tries':2,'problem':'p'," SINCE
           "}]}",
           "Процесс № 17: попытка шага «t» не удалась 9 января 2023 г. в 09:00: p (попыток: 2).");
}

Test(why, children_are_counted_in_russian)
{
    expect("{'instance':1,'title':'План','waiting':[{'kind':'children','count':21," SINCE "}]}",
           "Процесс № 1 («План»): ждёт с 9 января 2023 г. окончания 21 начатого им процесса.");
    expect("{'instance':1,'title':'План','waiting':[{'kind':'children','count':46," SINCE "}]}",
           "Процесс № 1 («План»): ждёт с 9 января 2023 г. окончания 46 начатых им процессов.");
    expect("{'instance':1,'title':'План','waiting':[{'kind':'children','count':2,'late':1," SINCE
           "}]}",
           "Процесс № 1 («План»): ждёт с 9 января 2023 г. окончания 2 начатых им процессов; "
           "просрочено 1 поручение плана.");
    expect("{'instance':1,'title':'План','waiting':[{'kind':'children','count':2,'late':0," SINCE
           "}]}",
           "Процесс № 1 («План»): ждёт с 9 января 2023 г. окончания 2 начатых им процессов.");
}

Test(why, several_waits_are_one_sentence)
{
    expect(
        "{'instance':5,'waiting':[{'kind':'suspended','reason':'до уточнения'," SINCE "},"
        "{'kind':'assignment','no':'1.4','phase':'open','on':" BOSS "," SINCE
        ",'to':'2023-06-30'}]}",
        "Процесс № 5: приостановлен с 9 января 2023 г. в 09:00: до уточнения; продолжит его "
        "команда resume; поручение по п. 1.4 с 9 января 2023 г. ждёт отчёта, исполнитель — Первый "
        "заместитель; срок — 30 июня 2023 г.");
}

Test(why, what_people_can_do_comes_before_what_only_holds_it)
{
    expect("{'instance':17,'waiting':[{'kind':'fork','step':'both','ended':0,'of':2,'needed':1},"
           "{'kind':'listen','step':'left','events':['x']," SINCE "},"
           "{'kind':'assignment','no':'1.4','phase':'open','on':" BOSS "," SINCE "}]}",
           "Процесс № 17: поручение по п. 1.4 с 9 января 2023 г. ждёт отчёта, исполнитель — "
           "Первый заместитель; шаг «left» ждёт события x с 9 января 2023 г. в 09:00; шаг «both» "
           "ждёт первую из 2 ветвей.");
}

Test(why, more_than_ten_waits_are_counted)
{
    struct zone *zone = moscow();
    json_t *why = json_of("{'instance':5,'waiting':[]}");
    json_t *wait = json_of("{'kind':'notice'," SINCE "}");

    for (int i = 0; i < WHY_WAITS_SHOWN + 2; i++) {
        json_array_append(json_object_get(why, "waiting"), wait);
    }
    char *made = why_sentence(why, zone);
    cr_assert_not_null(strstr(made, "; и ещё 2 ожидания."));
    free(made);
    json_decref(wait);
    json_decref(why);
    zone_close(&zone);
}

Test(why, what_is_over_waits_for_nothing)
{
    expect("{'instance':17,'title':'Цикл','state':'completed','waiting':[]}",
           "Процесс № 17 («Цикл») завершён и ничего не ждёт.");
    expect("{'instance':17,'state':'cancelled','waiting':[]}",
           "Процесс № 17 отменён и ничего не ждёт.");
    expect("{'instance':17,'state':'running'}", "Процесс № 17 сейчас ничего не ждёт.");
}

Test(why, what_is_over_says_how_by_whom_and_why)
{
    expect(
        "{'instance':8,'state':'completed','waiting':[],'closed':[{'kind':'assignment.accepted',"
        "'time':'2023-06-30T09:00:00.000Z','no':'2.1','plan':'lo-2023','in_part':true,"
        "'by':'zam','by_name':'Заместитель','for':" BOSS ",'missing':['rmc'],"
        "'missing_names':['РМЦ'],'missing_results':['приказ'],'reason':'РМЦ в стадии создания'}]}",
        "Отчёт по п. 2.1 плана lo-2023 принят частично 30 июня 2023 г., кем: Заместитель (вместо: "
        "Первый заместитель); не ответили: РМЦ; в отчёте нет: приказ; основание: РМЦ в стадии "
        "создания; процесс № 8 завершён и ничего не ждёт.");
    expect(
        "{'instance':8,'state':'completed','waiting':[],'closed':[{'kind':"
        "'assignment.withdrawn','time':'2023-06-30T09:00:00.000Z','no':'2.1','by':'kopo',"
        "'by_name':'КОПО ЛО','reason':'утратило силу'}]}",
        "Поручение по п. 2.1 снято с контроля 30 июня 2023 г., кем: КОПО ЛО; основание: утратило "
        "силу; процесс № 8 завершён и ничего не ждёт.");
}

Test(why, what_is_over_is_told_while_the_letter_about_it_waits)
{
    expect_begin("{'instance':8,'state':'running','waiting':[{'kind':'notice'}],'closed':[{'kind':"
                 "'assignment.withdrawn','time':'2023-06-30T09:00:00.000Z','no':'2.1','by':'kopo',"
                 "'by_name':'КОПО ЛО','reason':'утратило силу'}]}",
                 "Поручение по п. 2.1 снято с контроля 30 июня 2023 г., кем: КОПО ЛО; основание: "
                 "утратило силу; процесс № 8: ");
}

Test(why, of_a_term_that_was_moved_from_a_day_off_both_days_are_named)
{
    expect("{'waiting':[{'kind':'assignment','no':'1.6','phase':'open','on':" BOSS "," SINCE
           ",'from':'2023-01-01','to':'2023-03-24','literal_to':'2023-03-25','literal_is':"
           "'weekend'}]}",
           "Поручение по п. 1.6 с 9 января 2023 г. ждёт отчёта, исполнитель — Первый заместитель; "
           "срок — 24 марта 2023 г.; назван день 25 марта 2023 г. — выходной (суббота).");
}

Test(why, english_reads_as_english)
{
    speak_english();
    expect(
        "{'instance':17,'waiting':[{'kind':'assignment','no':'1.4','plan':'lo-2023','phase':'open',"
        "'on':" BOSS "," SINCE ",'to':'2023-06-30',"
        "'next':{'what':'reminder','at':'2023-06-20T06:00:00.000Z'}}]}",
        "The assignment under item 1.4 of plan lo-2023 has been waiting for a report from Первый "
        "заместитель since 9 January 2023; it is due on 30 June 2023, the next event: a reminder "
        "on 20 June 2023 at 09:00.");
}

Test(why, facts_of_any_type_are_survived_and_strangers_text_is_harmless)
{
    expect("{'waiting':[{'kind':'call','step':7,'service':[],'attempt':'x','since':{},'next':5}]}",
           "Процесс № 0: шаг «—» ждёт свободной программы службы — с —.");
    expect("{'instance':1,'waiting':[{'kind':'listen','step':'\\u001b[2J','events':['e'],'"
           "correlation':[],'taken':'x'," SINCE "}]}",
           "Процесс № 1: шаг «\xEF\xBF\xBD[2J» ждёт события e с 9 января 2023 г. в 09:00.");
    expect("{'instance':1,'waiting':['text',{'kind':'news'}]}", "Процесс № 1: ; news.");
}
