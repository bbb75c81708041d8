/* refusal.c - why a letter was not sent, in words for operators
 *
 * Owns:    titles and details of the problems that SMTP makes.
 * In:      post.c, with the end of a dialogue.
 * Out:     two lines of text. Pure.
 * Always:  «the server did not take it» is said only of a server that answered.
 * See:     docs/letters.md §5
 */
#include "workers/notify/refusal.h"

#include "workers/notify/text.h"

#include <stdio.h>
#include <string.h>

#define SERVER_CHARS 100
#define TEXT_CHARS   400

/* What comes before and after the name of the server. */
struct words {
    const char *before;
    const char *after;
};

static struct words words_of(const struct smtp_result *result)
{
    bool silent = result->code <= 0;

    switch (result->trouble) {
    case SMTP_TROUBLE_LOGIN:
        return (struct words){"Почтовый сервер ", " не принял имя и пароль системы"};
    case SMTP_TROUBLE_TLS:
        return (struct words){"Нет защищённого соединения с почтовым сервером ", ""};
    case SMTP_TROUBLE_TIME:
        if (!silent) {
            return (struct words){"Почтовый сервер ", " не ответил вовремя"};
        }
        break;
    case SMTP_TROUBLE_CUT:
        if (!silent) {
            return (struct words){"Прервалось соединение с почтовым сервером ", ""};
        }
        break;
    default:
        break;
    }
    if (silent) {
        return (struct words){"Нет соединения с почтовым сервером ", ""};
    }
    return (struct words){"Почтовый сервер ", " не принял письмо"};
}

/* Russian for the commonest; libcurl's own text follows it. */
static const char *cause_of(enum smtp_trouble trouble)
{
    static const char *const causes[] = {[SMTP_TROUBLE_NONE] = "",
                                         [SMTP_TROUBLE_HOST] = "имя сервера не найдено: ",
                                         [SMTP_TROUBLE_CONNECT] = "соединение не установлено: ",
                                         [SMTP_TROUBLE_TIME] = "истекло время ожидания: ",
                                         [SMTP_TROUBLE_CUT] = "соединение прервано: ",
                                         [SMTP_TROUBLE_LOGIN] = "вход не выполнен: ",
                                         [SMTP_TROUBLE_TLS] = "TLS: "};

    return causes[trouble];
}

void refusal_word(const struct smtp_result *result, const char *url, struct refusal *refusal)
{
    const char *host = strstr(url, "://");
    bool final = result->outcome == SMTP_REFUSED;
    struct words words =
        final ? (struct words){"Почтовый сервер ", " отказался принять письмо"} : words_of(result);
    char answer[64] = "";

    buffer_text(&refusal->title, words.before);
    text_append_line(&refusal->title, host ? host + 3 : url, SERVER_CHARS);
    buffer_text(&refusal->title, words.after);
    buffer_text(&refusal->title, final ? "" : ", будет повтор");

    buffer_text(&refusal->detail, cause_of(result->trouble));
    text_append_line(&refusal->detail, result->text, TEXT_CHARS);
    if (result->code > 0) {
        snprintf(answer, sizeof answer, " (ответ сервера: %ld)", result->code);
    }
    buffer_text(&refusal->detail, answer);
}

void refusal_fini(struct refusal *refusal)
{
    buffer_fini(&refusal->title);
    buffer_fini(&refusal->detail);
}
