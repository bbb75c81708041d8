/* due_read.c - a phrase: clauses with their purposes, and the terms in them
 *
 * Owns:    what may stand beside what, brackets, and the sentence about what is not understood.
 * In:      due.c.
 * Out:     struct tree; all its text is of the phrase.
 * Always:  every token was taken by somebody, or there is an error at the first that was not.
 * See:     due_reader.h; docs/time.md §3
 */
#include "calendar/due_reader.h"

#define CLAUSES_MAX 16

/* --- one term --------------------------------------------------------------------------------- */

/* «далее ежеквартально» */
static bool read_follow(struct due_reader *r, struct term *term)
{
    uint32_t begin = r->at;
    uint32_t items = term->item_count;

    due_take(r, WORD_AND);
    due_take(r, WORD_IN);
    if (!due_take(r, WORD_THEN)) {
        r->at = begin;
        return false;
    }
    if (!due_take_sign(r, '-') && !due_take_sign(r, ',')) {
        due_take_sign(r, ':');
    }
    if (due_read_repeat(r, term, &term->follow) && term->item_count == items) {
        return true;
    }
    term->item_count = items;
    term->follow.unit = UNIT_NONE;
    r->at = begin;
    return false;
}

/* «далее ежегодно до 1 февраля»: the days are of what follows. */
static bool read_later(struct due_reader *r, struct term *term)
{
    struct term later = {.item_count = 0};

    if (term->follow.unit == UNIT_NONE || term->later_count > 0 || !due_read_when(r, &later)) {
        return false;
    }
    term->later = later.items;
    term->later_count = later.item_count;
    return true;
}

static bool read_feature(struct due_reader *r, struct term *term)
{
    if (due_take(r, WORD_ABOUT)) {
        term->about = true;
        return true;
    }
    return read_follow(r, term) || due_read_anchor(r, term) ||
           due_read_repeat(r, term, &term->repeat) || due_read_lasting(r, term) ||
           due_read_demand(r, term) || due_read_plan(r, term) || due_read_hour(r, term) ||
           read_later(r, term) || due_read_when(r, term);
}

/* What may stand between two features of a term. */
static void skip_between(struct due_reader *r, uint32_t *depth)
{
    for (;;) {
        if (due_take_sign(r, '(')) {
            (*depth)++;
        } else if (*depth > 0 && due_take_sign(r, ')')) {
            (*depth)--;
        } else if (!due_take_sign(r, ',') && !due_take_sign(r, '-') && !due_take_sign(r, ':') &&
                   !due_take(r, WORD_AND) && !due_take(r, WORD_BUT)) {
            return;
        }
    }
}

static bool read_term(struct due_reader *r, struct term *ret_term)
{
    struct term term = {.by_minute = -1, .from_minute = -1, .at = r->at};
    uint32_t begin = r->at;
    uint32_t depth = 0;
    uint32_t end;

    skip_between(r, &depth);
    if (!read_feature(r, &term)) {
        r->at = begin;
        return false;
    }
    for (;;) {
        while (depth > 0 && due_take_sign(r, ')')) {
            depth--;
        }
        end = r->at;
        uint32_t before = depth;
        skip_between(r, &depth);
        if (!read_feature(r, &term)) {
            depth = before;
            break;
        }
    }
    r->at = end;
    *ret_term = term;
    return depth == 0;
}

/* --- purposes --------------------------------------------------------------------------------- */

/* «за II полугодие»: what a report is about. */
static bool read_about(struct due_reader *r, struct bytes *ret_purpose)
{
    uint32_t begin = r->at;

    if (!due_take(r, WORD_BEFORE)) {
        return false;
    }
    while (due_peek(r, 0)->token != TOKEN_END && !due_is_sign(r, 0, ',') &&
           !due_is_sign(r, 0, ';') && !due_is_sign(r, 0, ')') && !due_is_sign(r, 0, ':')) {
        due_skip(r, 1);
    }
    *ret_purpose = due_slice(r, begin, r->at);
    return r->at > begin + 1;
}

/* A word that can begin the name of work: none that begins a term. */
static bool opens_name(const struct due_reader *r)
{
    const struct due_token *first = due_peek(r, 0);
    bool stage = first->token == TOKEN_NUMBER && due_is(r, 1, WORD_UNKNOWN); /* 1 этап */

    if (first->token != TOKEN_WORD) {
        return stage;
    }
    return !due_begins_term(r, 0) && first->word < WORD_FROM && first->word != WORD_ADVERB &&
           first->word != WORD_MONTH && first->word != WORD_EVERY && first->word != WORD_TERM &&
           (first->word < WORD_ALWAYS || first->word > WORD_BEYOND);
}

/* Words that name work: one of them is none of ours, none is mistyped or turns the sense round. */
static bool read_purpose(struct due_reader *r, struct bytes *ret_purpose)
{
    uint32_t begin = r->at;
    bool own = false;

    if (!opens_name(r)) {
        return false;
    }
    *ret_purpose = due_read_name(r, false);
    for (uint32_t i = begin; i < r->at; i++) {
        const struct due_token *token = &r->tokens.items[i];
        own = own || (token->token == TOKEN_WORD &&
                      (token->word == WORD_UNKNOWN || token->word == WORD_TASK ||
                       token->word == WORD_PLAN || token->word == WORD_RESULT));
    }
    if (!own || ret_purpose->size == 0 || due_is(r, 0, WORD_BEYOND) || due_is(r, 0, WORD_URGENT)) {
        r->at = begin;
        return false;
    }
    return true;
}

/* «проект – март», «разработка: до 1 марта», «актуализация (по мере необходимости)»; without a
 * sign between them only where an event is named: «разработка до 1 марта». */
static bool read_purpose_before(struct due_reader *r, struct clause *clause)
{
    uint32_t begin = r->at;
    uint32_t furthest = r->furthest;
    bool event = due_names_event(r);

    if (read_about(r, &clause->purpose)) {
        if (!due_is_sign(r, 0, ':')) { /* за 10 дней до … */
            r->at = begin;
            r->furthest = furthest;
            clause->purpose = (struct bytes){NULL, 0};
            return false;
        }
    } else if (!read_purpose(r, &clause->purpose)) {
        return false;
    }
    bool sign = due_is_sign(r, 0, '-') || due_is_sign(r, 0, ':') || due_is_sign(r, 0, '(');
    if (!due_take_sign(r, '-')) {
        due_take_sign(r, ':');
    }
    uint32_t past = r->at;
    if ((sign || event) && read_term(r, &clause->term)) {
        return true;
    }
    clause->purpose = (struct bytes){NULL, 0};
    r->furthest = sign && r->furthest > past ? r->furthest : furthest;
    r->at = begin;
    return false;
}

/* «март – разработка», «до 1 марта (проект)», «до 1 марта, разработка проекта». */
static void read_purpose_after(struct due_reader *r, struct clause *clause)
{
    uint32_t begin = r->at;
    uint32_t furthest = r->furthest;
    bool brackets = due_take_sign(r, '(');
    bool sign = brackets || due_take_sign(r, '-') || due_take_sign(r, ':');
    bool comma = !sign && due_take_sign(r, ',') && due_names_event(r);

    if ((sign || comma) &&
        ((sign && read_about(r, &clause->purpose)) || read_purpose(r, &clause->purpose)) &&
        (!brackets || due_take_sign(r, ')')) &&
        (due_peek(r, 0)->token == TOKEN_END || due_is_sign(r, 0, ',') || due_is_sign(r, 0, ';') ||
         due_is(r, 0, WORD_AND))) {
        return;
    }
    clause->purpose = (struct bytes){NULL, 0};
    r->at = begin;
    r->furthest = furthest;
}

static bool read_clause(struct due_reader *r, struct clause *clause)
{
    uint32_t begin = r->at;

    *clause = (struct clause){.then = false};
    if (due_is_sign(r, 0, '(') && due_is(r, 1, WORD_THEN)) { /* (далее – по мере необходимости) */
        due_skip(r, 1);
        if (read_clause(r, clause) && due_take_sign(r, ')')) {
            return true;
        }
        r->at = begin;
        return false;
    }
    due_take(r, WORD_AND);
    bool in = due_take(r, WORD_IN);
    if (due_take(r, WORD_THEN)) {
        clause->then = true;
        due_take_sign(r, '-');
    } else if (in) {
        r->at = begin;
    }
    if (read_term(r, &clause->term)) {
        read_purpose_after(r, clause);
        return true;
    }
    if (read_purpose_before(r, clause)) {
        return true;
    }
    r->at = begin;
    return false;
}

/* --- the whole -------------------------------------------------------------------------------- */

static bool not_understood(const struct due_reader *r, struct error *err)
{
    const struct due_token *token = &r->tokens.items[r->furthest];
    int column = (int)token->column;
    struct bytes text = due_slice(r, r->furthest, r->furthest + 1);

    if (token->token == TOKEN_END && r->tokens.count == 0) {
        return error_set_at(err, ERROR_SYNTAX, NULL, 1, 1, "no term is written here");
    }
    if (token->token == TOKEN_END) {
        struct bytes last = due_slice(r, r->tokens.count - 1, r->tokens.count);
        return error_set_at(err, ERROR_SYNTAX, NULL, 1, column,
                            "the term is not finished: something is missing after \"%.*s\"",
                            (int)last.size, (const char *)last.data);
    }
    if (token->token == TOKEN_WORD && token->word == WORD_URGENT) {
        return error_set_at(err, ERROR_SYNTAX, NULL, 1, column,
                            "\"%.*s\" has no term of its own: the table of words of a policy "
                            "gives it one",
                            (int)text.size, (const char *)text.data);
    }
    if (token->token == TOKEN_WORD && token->word == WORD_UNKNOWN) {
        return error_set_at(err, ERROR_SYNTAX, NULL, 1, column,
                            "\"%.*s\" is not understood as a part of a term", (int)text.size,
                            (const char *)text.data);
    }
    return error_set_at(err, ERROR_SYNTAX, NULL, 1, column,
                        "\"%.*s\" does not go together with the rest of the term", (int)text.size,
                        (const char *)text.data);
}

/* «срок исполнения:», «сроки –», «дата:» */
static void skip_heading(struct due_reader *r)
{
    uint32_t begin = r->at;

    if (due_take(r, WORD_TERM) || due_take(r, WORD_PERIOD) || due_take(r, WORD_MOMENT)) {
        due_take(r, WORD_TASK);
        if (due_take_sign(r, ':') || due_take_sign(r, '-')) {
            return;
        }
    }
    r->at = begin;
}

static void skip_separators(struct due_reader *r)
{
    for (;;) { /* a dash at the end is an unfinished range */
        bool dash = due_is_sign(r, 0, '-') && due_peek(r, 1)->token != TOKEN_END;
        if (!due_take_sign(r, ',') && !due_take_sign(r, ';') && !(dash && due_take_sign(r, '-'))) {
            return;
        }
    }
}

/* Nothing but days and months. */
static bool only_items(const struct clause *clause)
{
    const struct term *term = &clause->term;

    return term->item_count > 0 && clause->purpose.size == 0 && !clause->then && !term->about &&
           term->repeat.unit == UNIT_NONE && term->follow.unit == UNIT_NONE &&
           term->anchor.form == ANCHOR_NONE && term->lasting == LASTING_NO && !term->on_demand &&
           !term->other_plan && term->by_minute < 0 && term->from_minute < 0;
}

/* «15 мая; 20 июня»: one list. */
static bool join_lists(struct due_reader *r, struct clause *last, const struct clause *next)
{
    if (!only_items(last) || !only_items(next) || last->term.either || next->term.either) {
        return false;
    }
    for (uint32_t i = 0; i < next->term.item_count; i++) {
        *due_add_item(r, &last->term) = next->term.items[i];
    }
    return true;
}

static bool has_hour(const struct clause *clause)
{
    return clause->term.by_minute >= 0 || clause->term.from_minute >= 0;
}

/* «с 10:00 1 мая до 18:00 5 мая», «2 раза в год (ежеквартально)»: no two terms, and not one. */
static bool contradicts(const struct due_reader *r, uint32_t begin, const struct clause *last,
                        const struct clause *next)
{
    bool named = last->purpose.size > 0 || next->purpose.size > 0 || next->then;
    bool brackets =
        r->tokens.items[begin].token == TOKEN_SIGN && r->tokens.items[begin].sign == '(';
    bool repeats = last->term.repeat.unit != UNIT_NONE && next->term.repeat.unit != UNIT_NONE;
    bool beside = begin > 0 && r->tokens.items[begin - 1].token != TOKEN_SIGN;

    return !named && ((beside && has_hour(last) && has_hour(next)) || (brackets && repeats));
}

bool due_read(struct due_reader *r, struct tree *ret_tree, struct error *err)
{
    struct tree tree = {.clauses = arena_alloc(r->arena, CLAUSES_MAX * sizeof *tree.clauses)};

    if (r->tokens.count == 1 && due_is_sign(r, 0, '-')) { /* «—»: an empty cell */
        return error_set_at(err, ERROR_SYNTAX, NULL, 1, 1, "no term is written here");
    }
    skip_heading(r);
    uint32_t begin = r->at;
    while (due_peek(r, 0)->token != TOKEN_END && tree.count < CLAUSES_MAX &&
           read_clause(r, &tree.clauses[tree.count])) {
        struct clause *last = &tree.clauses[tree.count > 0 ? tree.count - 1 : 0];
        if (tree.count > 0 && contradicts(r, begin, last, &tree.clauses[tree.count])) {
            r->at = begin;
            r->furthest = begin;
            break;
        }
        if (tree.count == 0 || !join_lists(r, last, &tree.clauses[tree.count])) {
            tree.count++;
        }
        skip_separators(r);
        begin = r->at;
    }
    if (due_peek(r, 0)->token != TOKEN_END || tree.count == 0) {
        return not_understood(r, err);
    }
    *ret_tree = tree;
    return true;
}
