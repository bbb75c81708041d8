/* refusal_test.c - refusals in words, and the caret under the place */
#include "speech.h"

#include "cli/refusal.h"
#include "cli/text.h"

#include "base/error.h"

#include <string.h>

TestSuite(refusal, .init = speak_russian);

static void expect(const char *code, const char *details, const char *source, size_t columns,
                   const char *text)
{
    struct buffer out = BUFFER_INIT;
    json_t *json = details != NULL ? json_of(details) : NULL;

    refusal_print(code, json, source, columns, &out);
    char *made = text_take(&out);
    cr_expect_str_eq(made, text);
    free(made);
    json_decref(json);
}

Test(refusal, the_sentence_comes_with_the_meaning_of_its_code)
{
    expect("not-found", "{'text':'there is no instance 17'}", NULL, 0,
           "Отказ (нет такого): there is no instance 17\n");
    expect("busy", NULL, NULL, 0, "Отказ: система занята, повторите\n");
    expect("newer-word", "{'text':'x'}", NULL, 0, "Отказ (newer-word): x\n");
}

Test(refusal, a_sentence_of_the_engine_is_said_in_russian)
{
    expect("not-found",
           "{'text':'there is no instance 17','format':'there is no instance %llu','args':['17']}",
           NULL, 0, "Отказ (нет такого): процесса № 17 нет\n");
}

Test(refusal, a_state_in_a_sentence_has_the_word_that_lists_have)
{
    expect("conflict",
           "{'text':'x','format':'%s; the assignment is %s','args':['it is over',"
           "'accepted_in_part']}",
           NULL, 0,
           "Отказ (состояние этого не допускает): работа по нему окончена; состояние поручения: "
           "принято частично\n");
}

Test(refusal, what_is_in_no_catalogue_is_said_as_it_came)
{
    expect("busy", "{'text':'x 5','format':'%n of nothing','args':['5']}", NULL, 0,
           "Отказ (система занята, повторите): x 5\n");
    expect("busy", "{'text':'x','format':'','args':[]}", NULL, 0,
           "Отказ (система занята, повторите): x\n");
    expect("busy", "{'text':'x','format':'there is no instance %llu','args':[17]}", NULL, 0,
           "Отказ (система занята, повторите): x\n");
    expect("busy", "{'text':'x','format':'there is no instance %llu','args':[]}", NULL, 0,
           "Отказ (система занята, повторите): x\n");
    expect("busy", "{'text':'x','format':'there is no instance %llu'}", NULL, 0,
           "Отказ (система занята, повторите): x\n");
}

Test(refusal, every_code_of_the_protocol_has_a_meaning)
{
    for (int code = ERROR_SYNTAX; code < ERROR_TIMEOUT; code++) {
        const char *name = error_name((enum error_code)code);
        cr_expect_str_neq(refusal_code_text(name), name);
    }
}

Test(refusal, the_caret_stands_under_the_character)
{
    expect("invalid", "{'text':'нет органа','file':'план.yaml','line':2,'column':14}",
           "items:\n  исполнитель: копо\n", 0,
           "план.yaml:2:14: нет органа\n"
           "      исполнитель: копо\n"
           "                 ^\n");
}

Test(refusal, tabs_and_wide_characters_before_the_place_do_not_move_the_caret)
{
    expect("syntax", "{'text':'t','file':'f','line':1,'column':4}", "\t漢x!", 0,
           "f:1:4: t\n"
           "     漢x!\n"
           "        ^\n");
}

Test(refusal, at_the_end_of_the_file_the_last_line_is_shown)
{
    expect("syntax", "{'text':'t','file':'f','line':3,'column':1}", "a: [\n  b\n", 0,
           "f:3:1: t\n"
           "      b\n"
           "       ^\n");
}

Test(refusal, a_place_beyond_the_document_is_named_only)
{
    expect("syntax", "{'text':'t','file':'f','line':9,'column':1}", "x\n", 0, "f:9:1: t\n");
    expect("syntax", "{'text':'t','file':'f','line':3}", "a\nb\nc", 0, "f:3: t\n    c\n");
    expect("io", "{'text':'t','file':'f'}", NULL, 0, "f: t\n");
}

Test(refusal, of_a_long_line_the_part_around_the_place_is_shown)
{
    expect("syntax", "{'text':'t','file':'f','line':1,'column':31}",
           "0123456789abcdefghij0123456789ABCDEFGHIJ", 30,
           "f:1:31: t\n"
           "    …defghij0123456789ABCDEFG…\n"
           "                      ^\n");
}

Test(refusal, what_strangers_wrote_is_made_harmless)
{
    expect("invalid", "{'text':'\\u001b[2Jx','file':'\\u0007f','line':1,'column':2}", "\033c\n", 0,
           "\xEF\xBF\xBD"
           "f:1:2: \xEF\xBF\xBD[2Jx\n"
           "    \xEF\xBF\xBD"
           "c\n"
           "     ^\n");
}

Test(refusal, numbers_out_of_range_are_no_place)
{
    expect("invalid", "{'text':'t','file':'f','line':-1,'column':-5}", "x", 0, "f: t\n");
    expect("invalid", "{'text':'t','file':'f','line':1,'column':99}", "x", 0,
           "f:1:99: t\n    x\n     ^\n");
}
