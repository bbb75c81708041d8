/* ics_rows_test.c - rows of assignments as a calendar */
#include "calendar/ics_rows.h"
#include "calendar/ics_text.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#define ROW                                                                                          \
    "'task':'17.1','no':'1.4','title':'План','plan':'lo','to':'2023-08-15','from':'2023-08-01'," \
    "'responsible':{'id':'school','short':'Школа'},'co_executors':['lyceum'],'controller':"     \
    "'region','since':'2023-01-09T06:00:01.000Z'"

static const struct ics_wish wish = {
    .token = "00ff", .alarm_days = ICS_NO_ALARM, .words = &ics_words_russian};

/* JSON with ' for ". */
static json_t *json(const char *text)
{
    char *copy = strdup(text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    json_t *value = json_loads(copy, 0, NULL);
    free(copy);
    cr_assert_not_null(value);
    return value;
}

static struct arena arena;

static void fini(void)
{
    arena_fini(&arena);
}

TestSuite(ics_rows, .fini = fini);

/* The entry of ROW and more for this body; without a summary: it has none. */
static struct ics_entry entry_of(const char *more, const char *body, bool all)
{
    struct ics_wish mine = wish;
    struct ics_entry entry = {0};
    char text[2048];

    snprintf(text, sizeof text, "{" ROW ",%s}", more);
    json_t *row = json(text);
    mine.body = body;
    mine.all = all;
    bool made = ics_row_entry(row, &mine, &arena, &entry);
    cr_assert_eq(made, entry.summary != NULL);
    json_decref(row);
    return entry;
}

Test(ics_rows, an_entry_is_told_from_those_of_other_stores)
{
    struct ics_entry entry = entry_of("'state':'open'", NULL, false);

    cr_assert_str_eq(entry.uid, "assignment-17.1@00ff.marshrut");
    cr_assert_str_eq(entry.summary, "п. 1.4 План");
    cr_assert_str_eq(entry.category, "lo");
    cr_assert_eq(entry.to, civil_to_day((struct civil){2023, 8, 15}));
    cr_assert_eq(entry.modified_ms, 1673244001000);
    cr_assert_not_null(strstr(entry.description, "\nСрок: 1 августа 2023 г. – 15 августа 2023 г."));
}

Test(ics_rows, a_body_sees_what_it_does)
{
    cr_assert_str_eq(entry_of("'state':'open'", "school", false).summary, "п. 1.4 План");
    cr_assert_str_eq(entry_of("'state':'open'", "lyceum", false).summary,
                     "п. 1.4 План (соисполнитель)");
    cr_assert_str_eq(entry_of("'state':'open'", "region", false).summary, "Контроль: п. 1.4 План");
    cr_assert_null(entry_of("'state':'open'", "nobody", false).summary);
}

Test(ics_rows, a_deputy_has_the_nearest_of_those_for_whom_it_acts)
{
    const char *acting = "'state':'open','acting':[{'body':'region','deputy':'town','body_name':"
                         "'Комитет'},{'body':'lyceum','deputy':'town','body_name':'Лицей'},{'body':"
                         "'school','deputy':'lyceum','body_name':'Школа','deputy_name':'Лицей',"
                         "'until':'2023-08-20'}]";
    struct ics_entry entry = entry_of(acting, "town", false);

    cr_assert_str_eq(entry.summary, "За отсутствующего (Лицей): п. 1.4 План (соисполнитель)");
    cr_assert_not_null(
        strstr(entry.description, "\nЗамещает: Лицей — вместо: Школа, по 20 августа 2023 г.\n"));
    cr_assert_str_eq(entry_of(acting, "lyceum", false).summary, "п. 1.4 План (соисполнитель)",
                     "its own comes first");
}

Test(ics_rows, a_part_has_its_own_day_until_it_is_answered)
{
    const char *open =
        "'state':'open','parts':[{'body':'lyceum','state':'open','to':'2023-08-05'}]";
    const char *answered =
        "'state':'open','parts':[{'body':'lyceum','state':'answered','to':'2023-08-05'}]";

    cr_assert_eq(entry_of(open, "lyceum", false).to, civil_to_day((struct civil){2023, 8, 5}));
    cr_assert_eq(entry_of(open, "school", false).to, civil_to_day((struct civil){2023, 8, 15}));
    cr_assert_null(entry_of(answered, "lyceum", false).summary);
    cr_assert_not_null(entry_of(answered, "lyceum", true).summary);
}

Test(ics_rows, the_sequence_grows_with_each_move_and_with_the_end)
{
    const char *moved = "'state':'open','terms':[{'to':'2023-08-10'},{'to':'2023-08-15','reason':"
                        "'приказ'}]";
    const char *closed = "'state':'withdrawn','closed':'2023-02-01T00:00:00Z','terms':[{'to':"
                         "'2023-08-10'},{'to':'2023-08-15'}]";

    cr_assert_eq(entry_of("'state':'open'", NULL, false).sequence, 0);
    cr_assert_eq(entry_of(moved, NULL, false).sequence, 1);
    cr_assert_eq(entry_of(closed, NULL, false).sequence, 2);
    cr_assert_eq(entry_of(closed, NULL, false).status, ICS_CANCELLED);
    cr_assert_eq(entry_of(closed, NULL, false).modified_ms, 1675209600000);
    cr_assert_not_null(strstr(entry_of(moved, NULL, false).description,
                              "Срок перенесён: 10 августа 2023 г. → 15 августа 2023 г. (приказ)"));
}

Test(ics_rows, what_is_accepted_is_there_only_with_all_that_is_done)
{
    cr_assert_null(entry_of("'state':'accepted_in_part'", NULL, false).summary);
    cr_assert_str_eq(entry_of("'state':'accepted_in_part'", NULL, true).summary,
                     "Исполнено: п. 1.4 План");
    cr_assert_eq(entry_of("'state':'accepted'", NULL, true).status, ICS_CONFIRMED);
}

Test(ics_rows, a_moment_that_is_none_is_not_known)
{
    cr_assert_eq(entry_of("'state':'open','since':'2023'", NULL, false).modified_ms, 0);
    cr_assert_eq(entry_of("'state':'open','since':null", NULL, false).modified_ms, 0);
    cr_assert_eq(entry_of("'state':'open','since':'2023-99-09T06:00:01Z'", NULL, false).modified_ms,
                 0);
}

Test(ics_rows, a_calendar_is_called_by_its_body_and_plan)
{
    struct ics_wish mine = wish;
    struct ics_rows rows;
    struct buffer out = BUFFER_INIT;
    json_t *row = json("{" ROW ",'state':'open'}");

    mine.body = "school";
    mine.plan = "lo";
    mine.domain = "lo.example";
    ics_rows_init(&rows, &mine);
    cr_assert(ics_rows_add(&rows, row, NULL));
    json_object_set_new(row, "plan", json_string("other"));
    cr_assert(ics_rows_add(&rows, row, NULL));
    cr_assert_eq(rows.count, 1);
    ics_rows_print(&rows, 0, &out);
    buffer_append(&out, "", 1);
    cr_assert_not_null(strstr((char *)out.data, "X-WR-CALNAME:Сроки: Школа, lo\r\n"));
    cr_assert_not_null(strstr((char *)out.data, "UID:assignment-17.1@lo.example\r\n"));
    buffer_fini(&out);
    ics_rows_fini(&rows);
    json_decref(row);
}

Test(ics_rows, too_many_are_refused)
{
    struct ics_rows rows;
    struct error err = ERROR_INIT;
    json_t *row = json("{" ROW ",'state':'open'}");

    ics_rows_init(&rows, &wish);
    for (int i = 0; i < ICS_ROWS_MAX; i++) {
        cr_assert(ics_rows_add(&rows, row, &err));
    }
    cr_assert_not(ics_rows_add(&rows, row, &err));
    cr_assert_eq(err.code, ERROR_TOO_LARGE);
    ics_rows_fini(&rows);
    json_decref(row);
}

/* --- text ------------------------------------------------------------------------------------ */

static void check_text(const char *text, size_t characters_max, const char *expected)
{
    struct buffer out = BUFFER_INIT;

    ics_text_put(&out, text);
    ics_text_fit(&out, characters_max);
    buffer_append(&out, "", 1);
    cr_assert_str_eq((const char *)out.data, expected);
    buffer_fini(&out);
}

Test(ics_rows, text_is_one_line_that_cannot_turn)
{
    check_text("а\nб\tв\x1b[31m", 100, "а б в\xEF\xBF\xBD[31m");
    check_text("a\xE2\x80\xAE"
               "b\xE2\x81\xA6"
               "c\xC2\x85",
               100,
               "a\xEF\xBF\xBD"
               "b\xEF\xBF\xBD"
               "c\xEF\xBF\xBD");
    check_text("№ 1 — «план» 😀", 100, "№ 1 — «план» 😀");
    check_text(NULL, 100, "");
}

Test(ics_rows, a_long_text_is_cut_between_characters)
{
    check_text("абвгд", 5, "абвгд");
    check_text("абвгде", 5, "абвг…");
    check_text("абв, где", 6, "абв…");
    check_text("😀😀😀", 2, "😀…");
}
