/* due_read_event.c - what a relative term is counted from: «получения запроса», «начала месяца»
 *
 * Owns:    names of events, and the days of the calendar that stand in their place.
 * In:      due_read_anchor.c.
 * Out:     the event of struct anchor, as it is written.
 * See:     due_reader.h
 */
#include "calendar/due_reader.h"

#include <string.h>

#define EVENT_WORDS 3 /* how far the noun of an event may stand: «первого общего собрания» */

static bool ends_with(struct bytes word, const char *ending)
{
    size_t size = strlen(ending);

    return word.size > size &&
           memcmp((const char *)word.data + word.size - size, ending, size) == 0;
}

static bool begins_with(struct bytes word, const char *stem)
{
    return word.size >= strlen(stem) && memcmp(word.data, stem, strlen(stem)) == 0;
}

/* Something that happens: a noun made of a verb, or one of those that schools live by. */
static bool is_event(const struct due_token *token)
{
    static const char *const endings[] = {"ния", "тия", "нию", "тию", "нием", "нии", "тии",
                                          "ции", "цию", "сии", "сию", "ки",   "ке",  "ку",
                                          "ние", "тие", "ция", "сия", "ка"};
    static const char *const stems[] = {"семинар", "экзамен",  "конкурс", "олимпиад", "совещан",
                                        "собрани", "заседан",  "форум",   "запуск",   "старт",
                                        "выпуск",  "педсовет", "съезд",   "визит",    "проект"};

    if (token->token != TOKEN_WORD) {
        return false;
    }
    if (token->word == WORD_FINISH || token->word == WORD_TASK || token->word == WORD_PIECE) {
        return true;
    }
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (token->word == WORD_UNKNOWN && ends_with(token->text, endings[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        if (token->word == WORD_UNKNOWN && begins_with(token->text, stems[i])) {
            return true;
        }
    }
    return false;
}

bool due_names_event(const struct due_reader *r)
{
    for (uint32_t i = 0; i < EVENT_WORDS; i++) {
        if (is_event(due_peek(r, i)) && !due_is_near(r, i)) {
            return true;
        }
        if (due_peek(r, i)->token != TOKEN_WORD || due_begins_term(r, i)) {
            return false;
        }
    }
    return false;
}

/* Nothing follows that would belong to the name of an event. */
static bool term_ends(const struct due_reader *r)
{
    const struct due_token *token = due_peek(r, 0);

    return token->token == TOKEN_END || (token->token == TOKEN_SIGN && token->sign != '-') ||
           due_begins_term(r, 0) || due_is(r, 0, WORD_BUT) || due_is(r, 0, WORD_INCLUDED) ||
           due_is(r, 0, WORD_AND);
}

/* «1 сентября 2023 года», «начала учебного года», «окончания квартала». */
static bool read_calendar(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;
    uint32_t furthest = r->furthest;
    struct term term = {.item_count = 0};

    if (due_is(r, 0, WORD_FINISH) || due_is(r, 0, WORD_PIECE)) {
        bool end = due_is(r, 0, WORD_FINISH) || due_peek(r, 0)->value == PIECE_END;
        bool middle = !end && due_peek(r, 0)->value == PIECE_MIDDLE;
        due_skip(r, 1);
        anchor->edge = end ? EDGE_END : EDGE_START;
        const struct point *of = middle ? NULL : due_read_outer(r, UNIT_PIECE);
        if (of != NULL && term_ends(r)) {
            struct item *item = due_add_item(r, &term);
            item->from = of;
            anchor->when = item;
            return true;
        }
    } else if (due_read_points(r, false, &term) && term.item_count == 1 && term_ends(r)) {
        anchor->when = term.items;
        return true;
    } else {
        r->at = begin;
        const struct point *point = due_read_outer(r, UNIT_PIECE); /* квартала */
        if (point != NULL && term_ends(r)) {
            term.item_count = 0;
            struct item *item = due_add_item(r, &term);
            item->from = point;
            anchor->when = item;
            return true;
        }
    }
    r->at = begin;
    r->furthest = furthest;
    anchor->edge = EDGE_WHOLE;
    return false;
}

/* «перед началом смены» is before «начала смены»; empty: no such form is known. */
static struct bytes after_ahead(struct due_reader *r, struct bytes event,
                                const struct due_token *first)
{
    static const struct {
        const char *instrumental;
        const char *genitive;
    } endings[] = {{"ием", "ия"}, {"ом", "а"}, {"цией", "ции"}, {"сией", "сии"}, {"кой", "ки"}};
    size_t size = first->end - first->begin;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t old = strlen(endings[i].instrumental);
        if (!ends_with(first->text, endings[i].instrumental) || size < old) {
            continue;
        }
        size_t ending = strlen(endings[i].genitive);
        char *copy = arena_alloc(r->arena, event.size + 1);
        memcpy(copy, event.data, size - old);
        memcpy(copy + size - old, endings[i].genitive, ending);
        memcpy(copy + size - old + ending, (const char *)event.data + size, event.size - size);
        return (struct bytes){copy, event.size - old + ending};
    }
    return (struct bytes){NULL, 0};
}

/* «по окончании проверки» is after «окончания проверки»: the genitive of the first word. */
static struct bytes genitive(struct due_reader *r, uint32_t begin)
{
    static const char ending[] = "ия";
    struct bytes event = due_slice(r, begin, r->at);
    const struct due_token *first = &r->tokens.items[begin];
    size_t size = first->end - first->begin;

    if (begin > 0 && r->tokens.items[begin - 1].word == WORD_AHEAD) {
        return after_ahead(r, event, first);
    }
    if (first->word != WORD_FINISH || !ends_with(first->text, "ии") || size < 4) {
        return event;
    }
    char *copy = arena_text(r->arena, event);
    memcpy(copy + size - 4, ending, 4);
    return (struct bytes){copy, event.size};
}

/* «конца недели …»: no name of an event begins so. */
static bool calendar_edge(const struct due_reader *r)
{
    const struct due_token *next = due_peek(r, 1);

    return (due_is(r, 0, WORD_PIECE) || due_is(r, 0, WORD_FINISH)) &&
           (next->token == TOKEN_NUMBER || next->token == TOKEN_DATE ||
            (next->token == TOKEN_WORD && next->word >= WORD_MONTH && next->word <= WORD_UNIT));
}

/* «подписания», «издания настоящего приказа»: what the document itself went through. */
static enum signing signing_at(const struct due_reader *r, uint32_t begin)
{
    static const char *const deeds[] = {"подписания", "утверждения", "издания", "принятия"};
    static const char *const acts[] = {"приказа", "распоряжения", "постановления"};
    const struct due_token *deed = &r->tokens.items[begin];
    const struct due_token *next = &r->tokens.items[begin + 1];
    bool signing = false;

    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        signing = signing || bytes_equal(deed->text, bytes_of(deeds[i]));
    }
    if (!signing || begin + 1 >= r->at) {
        return signing ? SIGNING_BARE : SIGNING_NO;
    }
    if (next->token == TOKEN_WORD && next->word == WORD_CURRENT) {
        return SIGNING_THIS;
    }
    for (size_t i = 0; i < sizeof acts / sizeof *acts && begin + 2 == r->at; i++) {
        if (bytes_equal(next->text, bytes_of(acts[i]))) {
            return SIGNING_BARE;
        }
    }
    return SIGNING_NO;
}

/* Where an event stands: a name or the calendar. */
bool due_read_event(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;

    if (read_calendar(r, anchor)) {
        anchor->event = genitive(r, begin);
        return anchor->event.size > 0;
    }
    if (due_peek(r, 0)->token != TOKEN_WORD || due_begins_term(r, 0) || calendar_edge(r)) {
        return false;
    }
    if (due_read_free(r).size == 0) {
        return false;
    }
    anchor->event = genitive(r, begin);
    anchor->signing = signing_at(r, begin);
    return anchor->event.size > 0;
}

/* «, следующего за днем»: after «дня». */
bool due_follows_day(const struct due_reader *r)
{
    uint32_t comma = due_is_sign(r, 0, ',') ? 1 : 0;

    return due_is(r, comma, WORD_NEXT) && due_is(r, comma + 1, WORD_BEFORE) &&
           (due_is_unit(r, comma + 2, UNIT_DAY) || due_is(r, comma + 2, WORD_MOMENT));
}

bool due_take_following_day(struct due_reader *r)
{
    bool follows = due_follows_day(r);

    if (follows) {
        due_take_sign(r, ',');
        due_skip(r, 3);
    }
    return follows;
}

/* «с 1 сентября», «со дня», «с момента», «от даты», «после», «по окончании». */
bool due_read_since_event(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;

    if (due_take(r, WORD_FROM)) {
        if (due_is_unit(r, 0, UNIT_DAY) || due_is(r, 0, WORD_MOMENT)) {
            anchor->moment = due_is(r, 0, WORD_MOMENT);
            due_skip(r, 1);
            due_take_following_day(r); /* the first day is that one anyhow: Civil Code, art. 191 */
        }
    } else if (due_is(r, 0, WORD_BY) && due_is(r, 1, WORD_FINISH)) {
        due_skip(r, 1);
    } else if (!due_take(r, WORD_AFTER)) {
        return false;
    } else if (due_is_unit(r, 0, UNIT_DAY) || due_is(r, 0, WORD_MOMENT)) {
        due_skip(r, 1);
    }
    if (due_read_event(r, anchor)) {
        return true;
    }
    r->at = begin;
    return false;
}

/* «до», «до дня», «до начала». */
bool due_read_before_event(struct due_reader *r, struct anchor *anchor)
{
    uint32_t begin = r->at;

    if (due_take(r, WORD_TO)) {
        if (due_is_unit(r, 0, UNIT_DAY) || due_is(r, 0, WORD_MOMENT)) {
            due_skip(r, 1);
        }
        if (due_read_event(r, anchor)) {
            return true;
        }
    }
    r->at = begin;
    return false;
}
