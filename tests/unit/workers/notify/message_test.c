/* message_test.c - headers of a message, and what cannot get into them */
#include "workers/notify/message.h"

#include "sample.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct sender sender = {"marshrut@edu.example", "edu.example", "0123456789abcdef"};

static char *message_of(json_t *root)
{
    struct notice notice = sample_notice(root);
    struct letter letter = LETTER_INIT;
    struct buffer out = BUFFER_INIT;

    letter_word(&notice, &letter);
    message_write(&notice, &letter, &sender, &out);
    letter_fini(&letter);
    notice_fini(&notice);
    return sample_text(&out);
}

/* Every line of the header: a known name or a continuation, short, ASCII. */
static void check_header(const char *message)
{
    static const char *const names[] = {"Date: ",
                                        "From: ",
                                        "To: ",
                                        "Subject: ",
                                        "Message-ID: ",
                                        "References: ",
                                        "X-Marshrut-Notice: ",
                                        "X-Marshrut-Kind: ",
                                        "X-Marshrut-Why: ",
                                        "Auto-Submitted: ",
                                        "MIME-Version: ",
                                        "Content-Language: ",
                                        "Content-Type: ",
                                        "Content-Transfer-Encoding: "};
    size_t count = sizeof names / sizeof *names;
    unsigned seen = 0;

    for (const char *line = message; strncmp(line, "\r\n", 2) != 0;) {
        const char *end = strstr(line, "\r\n");
        cr_assert_not_null(end);
        cr_assert_leq(end - line, 998);
        for (const char *c = line; c < end; c++) {
            cr_assert(*c >= ' ' && *c <= '~', "byte %d in \"%.*s\"", *c, (int)(end - line), line);
        }
        size_t i = 0;
        while (i < count && strncmp(line, names[i], strlen(names[i])) != 0) {
            i++;
        }
        if (line[0] != ' ') {
            cr_assert_lt(i, count, "what is \"%.*s\"?", (int)(end - line), line);
            cr_assert_eq(seen & 1u << i, 0, "%s twice", names[i]);
            seen |= 1u << i;
        }
        line = end + 2;
    }
    cr_assert_eq(seen, (1u << count) - 1, "every header is there");
}

static void has(const char *message, const char *text)
{
    cr_assert(strstr(message, text) != NULL, "no \"%s\" in:\n%s", text, message);
}

Test(message, a_letter_has_all_its_headers)
{
    char *message = message_of(sample());

    check_header(message);
    has(message, "Date: Sat, 18 Feb 2023 10:00:00 +0300\r\n");
    has(message, "From: =?UTF-8?B?0KHQuNGB0YLQtdC80LAgwqvQnNCw0YDRiNGA0YPRgsK7?=\r\n"
                 " <marshrut@edu.example>\r\n");
    has(message, "To: =?UTF-8?B?0JvQntCY0KDQng==?=\r\n <priem@loiro.example>\r\n");
    has(message, "Message-ID: <notice.17.3.0123456789abcdef@edu.example>\r\n");
    has(message, "References: <assignment.17.1.0123456789abcdef@edu.example>\r\n");
    has(message, "X-Marshrut-Notice: 17.3\r\n");
    has(message, "Auto-Submitted: auto-generated\r\n");
    has(message, "Content-Type: text/plain; charset=utf-8\r\n");
    free(message);
}

Test(message, the_date_is_that_of_the_recipients_clocks)
{
    json_t *root = sample();

    json_object_set_new(root, "utc_offset", json_integer(330));
    char *message = message_of(root);
    has(message, "Date: Sat, 18 Feb 2023 12:30:00 +0530\r\n");
    free(message);
    root = sample();
    json_object_set_new(root, "utc_offset", json_integer(-570));
    message = message_of(root);
    has(message, "Date: Fri, 17 Feb 2023 21:30:00 -0930\r\n");
    free(message);
}

Test(message, the_same_notice_gives_the_same_bytes)
{
    char *one = message_of(sample());
    char *two = message_of(sample());

    cr_assert_str_eq(one, two);
    free(one);
    free(two);
}

Test(message, midnight_in_moscow_is_the_next_day)
{
    json_t *root = sample();

    json_object_set_new(root, "made_ms", json_integer(1677618000000)); /* 28 Feb 21:00 UTC */
    char *message = message_of(root);
    has(message, "Date: Wed, 01 Mar 2023 00:00:00 +0300\r\n");
    free(message);
}

Test(message, a_recipient_without_an_address_is_an_empty_group)
{
    json_t *root = sample();

    json_object_del(json_object_get(root, "to"), "email");
    char *message = message_of(root);
    has(message, "To: =?UTF-8?B?0JvQntCY0KDQng==?=:;\r\n");
    check_header(message);
    free(message);
}

Test(message, hostile_text_cannot_make_a_header)
{
    static const char *const hostile[] = {
        "x\r\nBcc: victim@example.org",
        "x\n\nA body of my own",
        "x\r\n\r\n",
        "\r\n.\r\nMAIL FROM:<a@b>",
        "x\u2028Bcc: victim@example.org",
        "=?UTF-8?B?DQpCY2M6IGFAYg==?=",
        "a, b <c@d>, \"e",
        ":; victim@example.org",
        "\x01\x02\x1b[31m",
        "",
    };
    static const char *const fields[] = {"title", "no", "plan", "result", "due_phrase"};

    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        json_t *root = sample();
        json_t *to = json_object_get(root, "to");
        json_object_set_new(to, "name", json_string(hostile[i]));
        json_object_set_new(to, "short", json_string(hostile[i]));
        json_object_set_new(to, "email", json_string(hostile[i]));
        json_object_set_new(root, "reason", json_string(hostile[i]));
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
            json_object_set_new(json_object_get(root, "assignment"), fields[f],
                                json_string(hostile[i]));
        }
        char *message = message_of(root);
        check_header(message);
        free(message);
    }
}

Test(message, very_long_texts_are_cut_in_headers_and_kept_short_in_lines)
{
    char *endless = xmalloc(900001);

    memset(endless, 'w', 900000);
    endless[900000] = '\0';
    json_t *root = sample();
    json_object_set_new(json_object_get(root, "assignment"), "title", json_string(endless));
    json_object_del(json_object_get(root, "assignment"), "no");
    json_object_set_new(json_object_get(root, "to"), "short", json_string(endless));
    char *message = message_of(root);
    check_header(message);
    cr_assert_lt(strlen(message), 20000);
    for (const char *line = message; *line != '\0'; line = strstr(line, "\r\n") + 2) {
        cr_assert_leq(strstr(line, "\r\n") - line, 76);
    }
    free(message);
    free(endless);
}

Test(message, only_plain_addresses_are_written_to)
{
    static const char *const good[] = {"a@b", "priem.1@lo-iro.example", "o'neil+x@example.org"};
    static const char *const bad[] = {"",      "a",         "@b",          "a@",
                                      "a b@c", "a@b c",     "a@b\r\nX: y", "<a@b>",
                                      "a@b>",  "\"a b\"@c", "a,b@c",       "почта@пример.рф",
                                      "a@b@c", ".a@b",      "a..b@c",      "a.@b",
                                      "a@.b",  "a@b.",      "a@-b",        "a@b..c"};

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        cr_assert(message_address_valid(good[i]), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        cr_assert_not(message_address_valid(bad[i]), "%s", bad[i]);
    }
    cr_assert_not(message_address_valid(NULL));
}

Test(message, an_address_is_good_at_the_limit_and_not_one_past_it)
{
    char address[300] = "a@";

    memset(address + 2, 'b', 200);
    address[202] = '\0';
    cr_assert(message_address_valid(address));
    memcpy(address + 202, "b", 2);
    cr_assert_not(message_address_valid(address));
}
