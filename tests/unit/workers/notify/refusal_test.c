/* refusal_test.c - operators read whether the server is away or said no */
#include "workers/notify/refusal.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void reads(struct smtp_result result, const char *title, const char *detail)
{
    struct refusal refusal = {BUFFER_INIT, BUFFER_INIT};

    refusal_word(&result, "smtp://mail.example:25", &refusal);
    char *got[] = {bytes_strdup(buffer_bytes(&refusal.title)),
                   bytes_strdup(buffer_bytes(&refusal.detail))};
    cr_assert_str_eq(got[0], title);
    cr_assert_str_eq(got[1], detail);
    free(got[0]);
    free(got[1]);
    refusal_fini(&refusal);
}

Test(refusal, a_server_that_is_not_there_did_not_refuse)
{
    static const char away[] = "Нет соединения с почтовым сервером mail.example:25, будет повтор";

    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_CONNECT, 0, "Failed to connect"}, away,
          "соединение не установлено: Failed to connect");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_HOST, 0, "Could not resolve host"}, away,
          "имя сервера не найдено: Could not resolve host");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_TIME, 0, "Timeout"}, away,
          "истекло время ожидания: Timeout");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_CUT, 0, "x"}, away,
          "соединение прервано: x");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_NONE, 0, "x"}, away, "x");
}

Test(refusal, a_server_that_answered_is_quoted)
{
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_NONE, 451, "busy\r\nreally"},
          "Почтовый сервер mail.example:25 не принял письмо, будет повтор",
          "busy really (ответ сервера: 451)");
    reads((struct smtp_result){SMTP_REFUSED, SMTP_TROUBLE_NONE, 550, "RCPT failed"},
          "Почтовый сервер mail.example:25 отказался принять письмо",
          "RCPT failed (ответ сервера: 550)");
}

Test(refusal, trouble_on_the_way_has_its_name)
{
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_LOGIN, 535, "Login denied"},
          "Почтовый сервер mail.example:25 не принял имя и пароль системы, будет повтор",
          "вход не выполнен: Login denied (ответ сервера: 535)");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_TLS, 220, "x"},
          "Нет защищённого соединения с почтовым сервером mail.example:25, будет повтор",
          "TLS: x (ответ сервера: 220)");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_TIME, 354, "x"},
          "Почтовый сервер mail.example:25 не ответил вовремя, будет повтор",
          "истекло время ожидания: x (ответ сервера: 354)");
    reads((struct smtp_result){SMTP_LATER, SMTP_TROUBLE_CUT, 354, "x"},
          "Прервалось соединение с почтовым сервером mail.example:25, будет повтор",
          "соединение прервано: x (ответ сервера: 354)");
}
