/* due_read_other.c - terms without days of their own: all the time, when needed, by another plan
 *
 * Owns:    «в течение …», «постоянно», «по мере …», «по запросу», «согласно …», «в установленные
 *          сроки».
 * In:      due_read.c.
 * Out:     lasting, demand and plan of a term.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_reader.h"

#define DEMAND_WORDS 3
#define LONG_BYTES   18 /* nine letters: shorter words are near to too many */
#define PLAN_WORDS   5 /* before the noun: «по отдельному утвержденному учебному плану» */

bool due_take_course(struct due_reader *r)
{
    uint32_t begin = r->at;

    if (!due_take(r, WORD_IN)) {
        due_take(r, WORD_ON);
    }
    if (due_take(r, WORD_COURSE)) {
        return true;
    }
    r->at = begin;
    return false;
}

bool due_names_document(const struct due_reader *r)
{
    static const char *const nouns[] = {"мероприятий", "дорожной", "комплекса"};
    uint32_t ahead = due_is(r, 1, WORD_CURRENT) || due_is(r, 1, WORD_THE) ? 2 : 1;
    const struct due_token *noun = due_peek(r, ahead);

    if (!due_is(r, 0, WORD_TASK) || !bytes_equal(due_peek(r, 0)->text, bytes_of("реализации"))) {
        return false;
    }
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        if (bytes_equal(noun->text, bytes_of(nouns[i]))) {
            return true;
        }
    }
    return noun->token != TOKEN_WORD || noun->word == WORD_PLAN || due_begins_term(r, ahead);
}

/* «в период реализации», «в ходе реализации программы»: that of the document. */
static bool read_own_period(struct due_reader *r, bool course)
{
    uint32_t begin = r->at;

    if (!course && !due_take(r, WORD_PERIOD)) {
        return false;
    }
    due_take(r, WORD_WHOLE);
    if (due_names_document(r)) {
        due_read_free(r);
        return true;
    }
    r->at = begin;
    return false;
}

/* «весь период», «всего срока реализации программы»: the period of the document. */
static bool read_whole_period(struct due_reader *r, bool course)
{
    uint32_t begin = r->at;
    bool whole = due_take(r, WORD_WHOLE);

    if ((whole || course) && (due_take(r, WORD_PERIOD) || due_take(r, WORD_TERM))) {
        if (due_is(r, 0, WORD_TASK)) { /* реализации программы */
            due_read_free(r);
        } else if (due_is(r, 0, WORD_PLAN)) {
            due_skip(r, 1);
        }
        return true;
    }
    r->at = begin;
    return read_own_period(r, course);
}

static bool read_always(struct due_reader *r)
{
    uint32_t begin = r->at;

    if (due_take(r, WORD_ALWAYS)) {
        return true;
    }
    if (!due_take(r, WORD_IN)) {
        due_take(r, WORD_ON);
    }
    if (due_take(r, WORD_ALWAYS_ADJ) && due_take(r, WORD_BASIS)) {
        return true;
    }
    r->at = begin;
    return false;
}

/* «год», «каждого года», «2023 года», «сентября-октября»: what work goes on in. */
static bool read_span(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;

    if (due_read_when(r, term)) {
        return true;
    }
    const struct point *point = due_read_outer(r, UNIT_PIECE);
    if (point == NULL || point->unit <= UNIT_WEEKDAY) { /* «в течение дней»: how many? */
        r->at = begin;
        return false;
    }
    struct item *item = due_add_item(r, term);
    item->from = point;
    item->at = begin;
    return true;
}

bool due_read_lasting(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;

    if (term->lasting != LASTING_NO) {
        return false;
    }
    if (read_always(r)) {
        term->lasting = LASTING_ALWAYS;
        return true;
    }
    bool course = due_take_course(r);
    if (!course && !due_take(r, WORD_IN) && !due_take(r, WORD_ON)) {
        due_take(r, WORD_BEFORE);
    }
    if (read_whole_period(r, course)) {
        term->lasting = LASTING_PERIOD;
        return true;
    }
    struct term spans = {.item_count = 0};
    if ((course || due_is(r, 0, WORD_WHOLE)) && read_span(r, &spans)) {
        term->lasting = LASTING_WITHIN;
        term->spans = spans.items;
        term->span_count = spans.item_count;
        return true;
    }
    r->at = begin;
    return false;
}

/* --- when needed ------------------------------------------------------------------------------ */

/* «запросу», «письменному запросу» */
static bool demand_follows(const struct due_reader *r)
{
    for (uint32_t i = 0; i < DEMAND_WORDS; i++) {
        if (due_is(r, i, WORD_DEMAND)) {
            return true;
        }
        if (!due_is(r, i, WORD_UNKNOWN) && !due_is(r, i, WORD_THE)) {
            return false;
        }
    }
    return false;
}

/* «необходимсти» would be taken for a name. */
static bool mistyped(struct due_reader *r)
{
    return due_is(r, 0, WORD_UNKNOWN) && due_peek(r, 0)->text.size > LONG_BYTES &&
           due_word_near_kind(due_peek(r, 0)->text, WORD_DEMAND);
}

static bool take_demand(struct due_reader *r)
{
    if (due_take(r, WORD_BY)) {
        if (due_take(r, WORD_MEASURE)) {
            return due_peek(r, 0)->token == TOKEN_WORD && !mistyped(r);
        }
        return demand_follows(r);
    }
    if (due_take(r, WORD_IN)) {
        return due_is(r, 0, WORD_CASE) && due_peek(r, 1)->token == TOKEN_WORD;
    }
    return due_take(r, WORD_AT) && due_peek(r, 0)->token == TOKEN_WORD;
}

bool due_read_demand(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;

    if (!term->on_demand && take_demand(r)) {
        struct bytes rest = due_read_free(r);
        if (rest.size > 0) {
            term->on_demand = true;
            term->demand = due_slice(r, begin, r->at);
            return true;
        }
    }
    r->at = begin;
    return false;
}

/* --- another plan ----------------------------------------------------------------------------- */

/* «по отдельному графику»: the noun comes after its adjectives. */
static bool plan_follows(struct due_reader *r)
{
    for (uint32_t i = 0; i < PLAN_WORDS; i++) {
        if (due_is(r, i, WORD_UNKNOWN) &&
            (due_is_near(r, i) || due_word_near_kind(due_peek(r, i)->text, WORD_PLAN))) {
            r->furthest = r->at + i > r->furthest ? r->at + i : r->furthest;
            return false;
        }
        if (due_is(r, i, WORD_PLAN)) {
            return true;
        }
        if (due_peek(r, i)->token != TOKEN_WORD || due_begins_term(r, i) ||
            due_is(r, i, WORD_PERIODIC) || due_is(r, i, WORD_MONTH)) {
            return false;
        }
    }
    return false;
}

/* «в установленные сроки», «в сроки, определяемые …», «в установленном порядке». */
static bool take_set_terms(struct due_reader *r)
{
    uint32_t begin = r->at;
    bool set = due_take(r, WORD_SET);
    for (uint32_t i = 0; i < DEMAND_WORDS && set && due_is(r, 0, WORD_UNKNOWN); i++) {
        due_skip(r, 1); /* в установленные законом сроки */
    }
    bool noun = due_take(r, WORD_TERM) || (set && due_take(r, WORD_ORDER));

    if (!noun || set) {
        r->furthest = !noun && r->at > begin + 1 ? begin + 1 : r->furthest;
        return noun;
    }
    due_take_sign(r, ',');
    return due_take(r, WORD_SET);
}

static bool take_plan(struct due_reader *r)
{
    if (due_take(r, WORD_ACCORDING)) {
        return due_peek(r, 0)->token == TOKEN_WORD;
    }
    if (due_is(r, 0, WORD_PLAN)) { /* по согласованию; «план работы» */
        return false;
    }
    if (due_take(r, WORD_BY)) {
        return plan_follows(r);
    }
    if (due_take(r, WORD_FROM)) {
        return due_take(r, WORD_REGARD) && due_peek(r, 0)->token == TOKEN_WORD;
    }
    if (due_take(r, WORD_IN)) {
        if (due_take(r, WORD_ACCORDANCE)) {
            return due_peek(r, 0)->token == TOKEN_WORD;
        }
        return take_set_terms(r);
    }
    return take_set_terms(r);
}

bool due_read_plan(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;

    if (!term->other_plan && take_plan(r)) {
        uint32_t known = r->at;
        struct bytes rest = due_read_free(r);
        if (rest.size > 0 && due_is_sign(r, 0, ',') && due_is(r, 1, WORD_SET)) {
            due_skip(r, 1); /* …, установленными учредителем */
            due_read_free(r);
        }
        if (rest.size > 0 || known == r->at) {
            term->other_plan = true;
            term->plan = due_slice(r, begin, r->at);
            return true;
        }
    }
    r->at = begin;
    return false;
}
