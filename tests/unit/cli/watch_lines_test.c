/* watch_lines_test.c - from rows of the journal to lines, and the joining of letters */
#include "speech.h"

#include "cli/text.h"
#include "cli/watch_lines.h"

#include <string.h>

struct seen {
    struct zone *zone;
    struct watch_lines *lines;
    struct buffer out; /* "day|word|item|title|fact|who\n" */
};

static struct seen seen;

static void remember(const struct watch_line *line, void *arg)
{
    struct seen *s = arg;

    text_put(&s->out, "%s|%d|%s|%s|%s|%s\n", line->day, (int)line->word,
             line->item ? line->item : "", line->title, line->fact, line->who);
}

static void open_seen(void)
{
    speak_russian();
    seen = (struct seen){.zone = moscow()};
    seen.lines = watch_lines_create(seen.zone, remember, &seen);
}

static void close_seen(void)
{
    watch_lines_destroy(seen.lines);
    buffer_fini(&seen.out);
    zone_close(&seen.zone);
}

TestSuite(watch_lines, .init = open_seen, .fini = close_seen);

static void row(const char *text)
{
    json_t *json = json_of(text);

    watch_lines_row(seen.lines, json);
    json_decref(json);
}

/* A letter about assignment 17.1 (item 1.1) at 09:00 of this day. */
static void letter(const char *day, const char *kind, int days, const char *to)
{
    struct buffer text = BUFFER_INIT;

    text_put(
        &text,
        "{'kind':'assignment.noticed','task':'17.1','instance':17,"
        "'time':'%sT06:00:00.000Z','notice':'%s','days':%d,'to':{'id':'id-%s',"
        "'short':'%s'},'assignment':{'task':'17.1','no':'1.1','title':'План','from':'2023-01-01',"
        "'to':'2023-02-28','responsible':{'id':'kopo','short':'КОПО ЛО'}}}",
        day, kind, days, to, to);
    char *json = text_take(&text);
    row(json);
    free(json);
}

static void expect(const char *lines)
{
    struct buffer empty = BUFFER_INIT;

    watch_lines_flush(seen.lines);
    char *made = text_take(&seen.out);
    cr_expect_str_eq(made, lines);
    free(made);
    seen.out = empty;
}

#define WORD_IS(word, n) cr_assert_eq((int)(word), n)

Test(watch_lines, the_words_of_these_tests_are_the_enum)
{
    WORD_IS(WATCH_STARTED, 0);
    WORD_IS(WATCH_OPENED, 1);
    WORD_IS(WATCH_REMINDER, 2);
    WORD_IS(WATCH_TODAY, 3);
    WORD_IS(WATCH_OVERDUE, 4);
    WORD_IS(WATCH_ESCALATED, 5);
    WORD_IS(WATCH_REPORTED, 6);
    WORD_IS(WATCH_ACCEPTED, 7);
    WORD_IS(WATCH_RETURNED, 8);
    WORD_IS(WATCH_WITHDRAWN, 9);
    WORD_IS(WATCH_INCIDENT, 10);
    WORD_IS(WATCH_FINISHED, 11);
    WORD_IS(WATCH_CANCELLED, 12);
    WORD_IS(WATCH_SUSPENDED, 13);
    WORD_IS(WATCH_RESUMED, 14);
}

Test(watch_lines, letters_of_one_occasion_are_one_line)
{
    letter("2023-01-09", "opened", -50, "КОПО ЛО");
    letter("2023-01-09", "opened", -50, "ЛОИРО");
    expect("09.01.2023|1|п. 1.1|План|срок до 28.02.2023|КОПО ЛО, ЛОИРО\n");
}

Test(watch_lines, more_than_three_recipients_are_counted)
{
    letter("2023-01-09", "opened", -50, "А");
    letter("2023-01-09", "opened", -50, "Б");
    letter("2023-01-09", "opened", -50, "В");
    letter("2023-01-09", "opened", -50, "Г");
    letter("2023-01-09", "opened", -50, "Д");
    expect("09.01.2023|1|п. 1.1|План|срок до 28.02.2023|А, Б, В и ещё 2\n");
}

Test(watch_lines, letters_of_another_occasion_begin_a_line)
{
    letter("2023-02-18", "reminder", -10, "КОПО ЛО");
    letter("2023-02-25", "today", 0, "КОПО ЛО");
    expect("18.02.2023|2|п. 1.1|План|осталось 10 дней|КОПО ЛО\n"
           "25.02.2023|3|п. 1.1|План||КОПО ЛО\n");
}

Test(watch_lines, nothing_is_said_before_the_group_is_whole)
{
    letter("2023-01-09", "opened", -50, "КОПО ЛО");
    cr_assert_eq(seen.out.size, 0);
    watch_lines_flush(seen.lines);
    cr_assert_neq(seen.out.size, 0);
}

Test(watch_lines, overdue_is_said_when_the_term_ends_and_letters_about_it_are_reminders)
{
    row("{'kind':'assignment.step','phase':'overdue','time':'2023-02-28T21:00:00.000Z','assignment'"
        ":"
        "{'task':'17.1','no':'1.1','title':'План','to':'2023-02-28','responsible':{'id':'kopo',"
        "'short':'КОПО ЛО'}}}");
    letter("2023-03-02", "overdue", 2, "КОПО ЛО");
    letter("2023-03-02", "overdue", 2, "ЛОИРО");
    expect("01.03.2023|4|п. 1.1|План|срок был 28.02.2023|КОПО ЛО\n"
           "02.03.2023|2|п. 1.1|План|просрочено на 2 дня|КОПО ЛО, ЛОИРО\n");
}

Test(watch_lines, other_phases_have_letters_and_no_lines_of_their_own)
{
    row("{'kind':'assignment.step','phase':'soon','time':'2023-02-18T06:00:00.000Z','assignment':{}"
        "}");
    row("{'kind':'assignment.step','time':'2023-02-18T06:00:00.000Z','assignment':{}}");
    expect("");
}

Test(watch_lines, escalation_shows_from_whom_to_whom)
{
    letter("2023-03-05", "escalated", 5, "Первый зам");
    expect("05.03.2023|5|п. 1.1|План|просрочено на 5 дней|КОПО ЛО → Первый зам\n");
}

Test(watch_lines, a_report_names_the_document_and_how_late_it_is)
{
    letter("2023-01-09", "opened", -50, "КОПО ЛО");
    expect("09.01.2023|1|п. 1.1|План|срок до 28.02.2023|КОПО ЛО\n");
    row("{'kind':'assignment.reported','task':'17.1','time':'2023-03-01T06:00:00.000Z','by':'kopo',"
        "'report':{'kind':'приказ','number':'12-р','date':'2023-02-20'},'assignment':{'task':'17.1'"
        ","
        "'no':'1.1','title':'План','to':'2023-02-28'}}");
    expect("01.03.2023|6|п. 1.1|План|на 1 день позже срока|КОПО ЛО: приказ № 12-р от 20.02.2023\n");
}

Test(watch_lines, decisions_name_the_controller_by_the_name_that_was_learnt)
{
    letter("2023-01-09", "opened", -50, "КОПО ЛО");
    expect("09.01.2023|1|п. 1.1|План|срок до 28.02.2023|КОПО ЛО\n");
    row("{'kind':'assignment.accepted','time':'2023-02-01T06:00:00.000Z','by':'boss','by_name':'"
        "Первый зам','assignment':"
        "{'no':'1.1','title':'План','responsible':{'id':'kopo','short':'КОПО ЛО'}}}");
    row("{'kind':'assignment.returned','time':'2023-02-01T06:00:00.000Z','by':'x','reason':'нет "
        "приложения','assignment':{'no':'1.1','title':'План','responsible':{'id':'kopo','short':"
        "'КОПО ЛО'}}}");
    row("{'kind':'assignment.withdrawn','time':'2023-02-01T06:00:00.000Z','by':'boss','by_name':'"
        "Первый зам','reason':"
        "'отменено','assignment':{'title':'План'}}");
    expect("01.02.2023|7|п. 1.1|План||КОПО ЛО, контроль: Первый зам\n"
           "01.02.2023|8|п. 1.1|План||КОПО ЛО, контроль: x: нет приложения\n"
           "01.02.2023|9||План||—, контроль: Первый зам: отменено\n");
}

Test(watch_lines, the_letter_of_a_return_is_not_said_twice)
{
    letter("2023-02-01", "returned", 0, "КОПО ЛО");
    expect("");
}

Test(watch_lines, an_incident_names_the_task_and_the_cause)
{
    row("{'kind':'task.incident','task':'17.2','time':'2023-02-01T06:00:00.000Z','problem':{'title'"
        ":"
        "'почта не отвечает'}}");
    expect("01.02.2023|10||почта не отвечает||задача 17.2 ждёт оператора\n");
    row("{'kind':'task.incident','task':'17.2','step':'send','step_title':'Рассылка',"
        "'time':'2023-02-01T06:00:00.000Z','problem':{'title':'почта не отвечает'}}");
    expect("01.02.2023|10||почта не отвечает||шаг «Рассылка» (задача 17.2) ждёт оператора\n");
}

Test(watch_lines, an_instance_that_an_error_ended_is_mentioned_with_the_error)
{
    row("{'kind':'instance.faulted','instance':17,'time':'2023-02-01T06:00:00.000Z','problem':{"
        "'title':'Нет мест'}}");
    expect("01.02.2023|15||процесс № 17||Нет мест\n");
}

Test(watch_lines, a_plan_begins_and_ends_and_its_items_are_not_mentioned)
{
    watch_names_set_title(watch_lines_names(seen.lines), "lo-2023", "План мероприятий");
    row("{'kind':'instance.started','instance':1,'definition':'lo-2023','definition_kind':'roadmap'"
        ","
        "'time':'2023-01-09T06:00:00.000Z'}");
    row("{'kind':'instance.started','instance':2,'definition':'roadmap-item','definition_kind':"
        "'workflow','parent':1,'time':'2023-01-09T06:00:00.000Z'}");
    row("{'kind':'instance.completed','instance':2,'time':'2023-02-09T06:00:00.000Z'}");
    row("{'kind':'instance.completed','instance':1,'time':'2023-12-31T06:00:00.000Z'}");
    expect("09.01.2023|0|план|План мероприятий||lo-2023\n"
           "31.12.2023|11|план|План мероприятий||lo-2023\n");
}

Test(watch_lines, a_workflow_that_somebody_started_is_mentioned)
{
    json_t *definition = json_of("{'kind':'workflow','name':'cycle','title':'Цикл педагога'}");

    cr_expect_null(watch_names_learn_definition(watch_lines_names(seen.lines), definition));
    json_decref(definition);
    row("{'kind':'instance.started','instance':1,'definition':'cycle','definition_kind':'workflow',"
        "'key':'t-1','time':'2023-01-09T06:00:00.000Z'}");
    expect("09.01.2023|0|процесс|Цикл педагога||t-1\n");
}

#define OF_NO_PLAN "'assignment':{'task':'9.1','title':'Цикл','to':'2023-02-28'}"

Test(watch_lines, in_brief_what_is_in_no_plan_is_mentioned_when_it_moves_something)
{
    watch_lines_be_brief(seen.lines, true);
    row("{'kind':'task.opened','task_kind':'notice','time':'2023-02-01T06:00:00.000Z','input':{"
        "'kind':'opened','days':-3,'to':{'id':'x','short':'ЛОИРО'}," OF_NO_PLAN "}}");
    row("{'kind':'assignment.reported','time':'2023-02-02T06:00:00.000Z','by':'x'," OF_NO_PLAN "}");
    row("{'kind':'assignment.accepted','time':'2023-02-03T06:00:00.000Z','by':'y'," OF_NO_PLAN "}");
    letter("2023-02-04", "opened", 0, "ЛОИРО"); /* of a plan */
    watch_lines_flush(seen.lines);
    expect("03.02.2023|7|9.1|Цикл||—, контроль: y\n"
           "04.02.2023|1|п. 1.1|План|срок до 28.02.2023|ЛОИРО\n");
}

Test(watch_lines, a_plan_that_was_started_earlier_is_known_too)
{
    watch_names_set_plan(watch_lines_names(seen.lines), 7, "lo-2022");
    row("{'kind':'instance.completed','instance':7,'time':'2023-12-31T06:00:00.000Z'}");
    expect("31.12.2023|11|план|lo-2022||lo-2022\n");
}

#define STEERED(kind, instance)                                                                    \
    row("{'kind':'instance." kind "','instance':" instance ",'time':'2023-02-01T06:00:00.000Z',"   \
        "'reason':'приказ № 12'}")

Test(watch_lines, what_operators_do_to_one_item_is_a_line)
{
    letter("2023-01-09", "opened", -50, "КОПО ЛО");
    expect("09.01.2023|1|п. 1.1|План|срок до 28.02.2023|КОПО ЛО\n");
    STEERED("suspended", "17");
    row("{'kind':'instance.resumed','instance':17,'time':'2023-02-01T06:00:00.000Z'}");
    STEERED("cancelled", "17");
    STEERED("cancelled", "99");
    expect("01.02.2023|13|п. 1.1|План|процесс № 17|приказ № 12\n"
           "01.02.2023|14|п. 1.1|План|процесс № 17|\n"
           "01.02.2023|12|п. 1.1|План|процесс № 17|приказ № 12\n"
           "01.02.2023|12||процесс № 99||приказ № 12\n");
}

Test(watch_lines, the_items_of_a_cancelled_plan_are_not_mentioned_one_by_one)
{
    watch_names_set_plan(watch_lines_names(seen.lines), 1, "lo-2023");
    row("{'kind':'instance.started','instance':17,'parent':1,'definition':'roadmap-item',"
        "'definition_kind':'workflow','input':{'no':'1.1','title':'План'}}");
    STEERED("cancelled", "1");
    STEERED("cancelled", "17");
    expect("01.02.2023|12|план|lo-2023|процесс № 1|приказ № 12\n");
}

Test(watch_lines, an_earlier_letter_teaches_names_without_a_line)
{
    json_t *json = json_of("{'kind':'task.opened','input':{'assignment':{'controller':{'id':'boss',"
                           "'short':'Первый зам'},'co_executors':[{'id':'x','short':'ЛОИРО'}]}}}");

    watch_lines_learn(seen.lines, json);
    json_decref(json);
    row("{'kind':'assignment.reported','time':'2023-02-01T06:00:00.000Z','by':'x','assignment':{"
        "'title':'План'}}");
    expect("01.02.2023|6||План||ЛОИРО\n");
}

Test(watch_lines, terms_that_move_are_told_with_the_day_and_the_reason)
{
    row("{'kind':'assignment.asked','time':'2023-02-01T06:00:00.000Z','by':'x','by_name':'ЛОИРО',"
        "'day':'2023-03-15','reason':'ждём сведения','assignment':{'title':'План'}}");
    row("{'kind':'assignment.term','time':'2023-02-02T06:00:00.000Z','by':'boss','to':'2023-03-10',"
        "'why':'extended','assignment':{'title':'План'}}");
    expect("01.02.2023|17||План|до 15.03.2023|ЛОИРО: ждём сведения\n"
           "02.02.2023|18||План|до 10.03.2023|boss\n");
}

Test(watch_lines, a_part_and_a_deputy_are_told_with_their_bodies)
{
    row("{'kind':'assignment.part','time':'2023-02-01T06:00:00.000Z','by':'x','part':'answered',"
        "'body':'omsu','report':{'documents':[{'kind':'письмо','number':'7'}]},"
        "'assignment':{'title':'План'}}");
    row("{'kind':'assignment.part','time':'2023-02-01T06:00:00.000Z','part':'open','body':'omsu'}");
    row("{'kind':'assignment.handed','time':'2023-02-02T06:00:00.000Z','body':'omsu','deputy':'x',"
        "'until':'2023-02-10','assignment':{'title':'План'}}");
    row("{'kind':'assignment.handed','time':'2023-02-11T06:00:00.000Z','body':'omsu',"
        "'assignment':{'title':'План'}}");
    expect("01.02.2023|16||План||omsu: письмо № 7\n"
           "02.02.2023|24||План||omsu → x\n"
           "11.02.2023|24||План||omsu снова на месте\n");
}

Test(watch_lines, where_several_plans_run_an_item_is_named_with_its_plan)
{
    watch_names_set_plan(watch_lines_names(seen.lines), 3, "lo-2021");
    watch_names_set_plan(watch_lines_names(seen.lines), 4, "dubna-2022");
    row("{'kind':'assignment.reported','time':'2023-02-01T06:00:00.000Z','by':'x','assignment':{"
        "'no':'1','plan':'dubna-2022','title':'План'}}");
    expect("01.02.2023|6|dubna-2022 п. 1|План||x\n");
}

Test(watch_lines, rows_of_any_shape_are_survived)
{
    row("{}");
    row("[]");
    row("7");
    row("{'kind':7}");
    row("{'kind':'task.opened','task_kind':'notice'}");
    row("{'kind':'assignment.noticed'}");
    row("{'kind':'assignment.noticed','notice':'opened','to':[],'days':'x'}");
    expect("—|1||—|срок до —|—\n");
    row("{'kind':'task.incident'}");
    row("{'kind':'assignment.reported'}");
    row("{'kind':'instance.completed'}");
    row("{'kind':'of.the.future'}");
    expect("—|10||—||задача — ждёт оператора\n—|6||—||—\n");
}
