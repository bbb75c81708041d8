/* smtp_test.c - what answers of servers mean; the dialogue itself: tests/system/notify_smtp.py */
#include "workers/notify/smtp.h"

#include <criterion/criterion.h>

Test(smtp, only_a_good_end_is_taken)
{
    cr_assert_eq(smtp_judge(SMTP_END_WELL, 250, true), SMTP_TAKEN);
    cr_assert_eq(smtp_judge(SMTP_END_TROUBLE, 250, true), SMTP_LATER);
    cr_assert_eq(smtp_judge(SMTP_END_TROUBLE, 354, true), SMTP_LATER);
}

Test(smtp, a_server_that_is_not_there_or_is_busy_is_tried_again)
{
    cr_assert_eq(smtp_judge(SMTP_END_TROUBLE, 0, false), SMTP_LATER);
    cr_assert_eq(smtp_judge(SMTP_END_COMMAND_REFUSED, 451, false), SMTP_LATER);
    cr_assert_eq(smtp_judge(SMTP_END_COMMAND_REFUSED, 499, false), SMTP_LATER);
    cr_assert_eq(smtp_judge(SMTP_END_COMMAND_REFUSED, 600, false), SMTP_LATER);
    cr_assert_eq(smtp_judge(SMTP_END_REPLY_REFUSED, 452, true), SMTP_LATER);
}

Test(smtp, a_letter_that_was_refused_for_good_is_not_tried_again)
{
    cr_assert_eq(smtp_judge(SMTP_END_COMMAND_REFUSED, 500, false), SMTP_REFUSED);
    cr_assert_eq(smtp_judge(SMTP_END_COMMAND_REFUSED, 599, false), SMTP_REFUSED);
    cr_assert_eq(smtp_judge(SMTP_END_REPLY_REFUSED, 554, true), SMTP_REFUSED);
}

Test(smtp, trouble_of_the_server_or_the_login_is_not_the_letters_fault)
{
    cr_assert_eq(smtp_judge(SMTP_END_REPLY_REFUSED, 554, false), SMTP_LATER);
    cr_assert_eq(smtp_judge(SMTP_END_TROUBLE, 535, false), SMTP_LATER);
}

Test(smtp, only_mail_servers_are_addresses)
{
    cr_assert(smtp_url_valid("smtp://mail.example:25"));
    cr_assert(smtp_url_valid("smtps://[::1]:465"));
    cr_assert_not(smtp_url_valid("http://mail.example"));
    cr_assert_not(smtp_url_valid("smtp://"));
    cr_assert_not(smtp_url_valid("smtp://:25"));
    cr_assert_not(smtp_url_valid("smtp://user:secret@mail.example"));
    cr_assert_not(smtp_url_valid("smtp://mail.example/helo"));
    cr_assert_not(smtp_url_valid(NULL));
}
