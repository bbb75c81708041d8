/* sample.h - a notice for tests, with what a test wants changed */
#ifndef SAMPLE_H
#define SAMPLE_H

#include "base/must.h"
#include "workers/notify/letter.h"
#include "workers/notify/notice.h"

#include <stdlib.h>

/* The reminder of item 1.1, ten days before 28 February 2023, to its responsible body. */
#define SAMPLE_TO                                                                                                                    \
    "{'id':'loiro','name':'Ленинградский областной институт развития образования'," \
    "'short':'ЛОИРО','email':'priem@loiro.example'}"
#define SAMPLE_ASSIGNMENT                                                                                                             \
    "{'id':'17.1','title':'Разработка документации','no':'1.1','plan':'План на 2023 год',"             \
    "'result':'приказ','due_phrase':'Январь-февраль','from':'2023-01-01','to':'2023-02-28',"                       \
    "'responsible':" SAMPLE_TO ",'co_executors':[{'id':'omsu','name':'Комитет образования "                         \
    "Выборгского района','short':'Выборг'}],'controller':{'id':'komitet','name':'Комитет общего " \
    "и профессионального образования','short':'КОПО'}}"
#define SAMPLE_MADE_MS 1676703600000 /* 18 February 2023, 10:00 in Moscow */

/* JSON with ' for ", so that it reads; text and field come from the test as they are. */
static inline json_t *sample_json(const char *text)
{
    char *copy = xstrdup(text);

    for (char *c = copy; *c != '\0'; c++) {
        *c = *c == '\'' ? '"' : *c;
    }
    json_t *value = json_loads(copy, JSON_DECODE_ANY, NULL);
    must(value != NULL);
    free(copy);
    return value;
}

static inline json_t *sample(void)
{
    json_t *root = sample_json("{'notice':'17.3','kind':'reminder','days':-10,'levels':0,"
                               "'to':" SAMPLE_TO ",'assignment':" SAMPLE_ASSIGNMENT "}");

    json_object_set_new(root, "made_ms", json_integer(SAMPLE_MADE_MS));
    return root;
}

/* Steals root. */
static inline struct notice sample_notice(json_t *root)
{
    struct notice notice;
    char *text = json_dumps(root, 0);

    must(notice_parse(bytes_of(text), &notice, NULL));
    free(text);
    json_decref(root);
    return notice;
}

static inline char *sample_text(struct buffer *buffer)
{
    char *text = bytes_strdup(buffer_bytes(buffer));

    buffer_fini(buffer);
    return text;
}

/* What the letter of this notice says. Steals root; yours. */
static inline char *sample_body(json_t *root)
{
    struct notice notice = sample_notice(root);
    struct letter letter = LETTER_INIT;

    letter_word(&notice, &letter);
    char *body = sample_text(&letter.body);
    letter_fini(&letter);
    notice_fini(&notice);
    return body;
}

#endif
