/* ics_words.c - the two tables of words
 *
 * Owns:    what the fields of an assignment are called in a calendar.
 * Always:  names of bodies stand where Russian needs no case of them.
 */
#include "calendar/ics_words.h"

const struct ics_words ics_words_russian = {
    .terms = "Сроки",
    .done = "Исполнено: ",
    .control = "Контроль: ",
    .instead = "За отсутствующего (",
    .item = "п. ",
    .co_executor = " (соисполнитель)",
    .assignment = "Поручение",
    .plan = "План",
    .item_no = "Пункт",
    .responsible = "Ответственный",
    .deputy = "Замещает",
    .for_whom = " — вместо: ",
    .until = ", по ",
    .term = "Срок",
    .expected = "Ожидается",
    .state = "Состояние",
    .moved = "Срок перенесён",
    .states = {{"planned", "запланировано"},
               {"open", "в работе"},
               {"reported", "отчёт ждёт решения"},
               {"accepted", "принято"},
               {"withdrawn", "снято с контроля"},
               {"delegated", "перепоручено"},
               {"paused", "приостановлено"},
               {"accepted_in_part", "принято частично"}},
    .print_day = civil_print_ru,
};

const struct ics_words ics_words_english = {
    .terms = "Terms",
    .done = "Done: ",
    .control = "Control: ",
    .instead = "For who is absent (",
    .item = "item ",
    .co_executor = " (co-executor)",
    .assignment = "Assignment",
    .plan = "Plan",
    .item_no = "Item",
    .responsible = "Responsible",
    .deputy = "Deputy",
    .for_whom = " — instead of: ",
    .until = ", until ",
    .term = "Term",
    .expected = "Expected",
    .state = "State",
    .moved = "The term was moved",
    .states = {{"planned", "planned"},
               {"open", "open"},
               {"reported", "report to decide"},
               {"accepted", "accepted"},
               {"withdrawn", "withdrawn"},
               {"delegated", "delegated"},
               {"paused", "paused"},
               {"accepted_in_part", "accepted in part"}},
    .print_day = civil_print_en,
};
