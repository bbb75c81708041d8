/* due_reader.c - the cursor over the tokens of a phrase
 *
 * Owns:    how far a phrase was understood.
 * In:      the readers of all parts of the grammar.
 * Always:  the cursor never passes the end.
 * See:     due_reader.h
 */
#include "calendar/due_reader.h"

bool due_is_near(const struct due_reader *r, uint32_t ahead)
{
    uint32_t at = r->at + ahead;
    struct due_token *token = &r->tokens.items[at < r->tokens.count ? at : r->tokens.count];

    if (token->near == '\0') { /* it takes long, and is asked again and again */
        bool unknown = token->token == TOKEN_WORD && token->word == WORD_UNKNOWN;
        token->near = unknown && due_word_near(token->text) ? 'y' : 'n';
    }
    return token->near == 'y';
}

void due_skip(struct due_reader *r, uint32_t count)
{
    r->at += count;
    r->at = r->at < r->tokens.count ? r->at : r->tokens.count;
    r->furthest = r->at > r->furthest ? r->at : r->furthest;
}

bool due_take(struct due_reader *r, enum word word)
{
    if (!due_is(r, 0, word)) {
        return false;
    }
    due_skip(r, 1);
    return true;
}

bool due_take_sign(struct due_reader *r, char sign)
{
    if (!due_is_sign(r, 0, sign)) {
        return false;
    }
    due_skip(r, 1);
    return true;
}

bool due_take_not(struct due_reader *r, enum word word)
{
    if (!due_is(r, 0, WORD_NOT) || !due_is(r, 1, word)) {
        return false;
    }
    due_skip(r, 2);
    return true;
}

struct bytes due_slice(const struct due_reader *r, uint32_t from, uint32_t to)
{
    const char *original = r->tokens.text->original.data;

    if (from >= to) {
        return (struct bytes){NULL, 0};
    }
    uint32_t begin = r->tokens.items[from].begin;
    return (struct bytes){original + begin, r->tokens.items[to - 1].end - begin};
}

/* Figures and prepositions that make the next words a term, wherever they stand. */
bool due_begins_term(const struct due_reader *r, uint32_t ahead)
{
    const struct due_token *token = due_peek(r, ahead);
    const struct due_token *next = due_peek(r, ahead + 1);

    if (token->token != TOKEN_WORD) {
        return token->token == TOKEN_DATE || token->token == TOKEN_TIME ||
               (token->token == TOKEN_NUMBER && next->token == TOKEN_WORD &&
                (next->word == WORD_MONTH || next->word == WORD_UNIT || next->word == WORD_TIMES));
    }
    switch (token->word) {
    case WORD_ADVERB:
    case WORD_ALWAYS:
    case WORD_THEN:
    case WORD_MONTH:
        return true;
    case WORD_TIMES:
        return next->token == TOKEN_WORD && next->word == WORD_IN;
    case WORD_EVERY:
        return next->token == TOKEN_NUMBER ||
               (next->token == TOKEN_WORD &&
                (next->word == WORD_UNIT || next->word == WORD_WEEKDAY ||
                 next->word == WORD_ORDINAL || next->word == WORD_CARDINAL));
    case WORD_NOT:
        return next->token == TOKEN_WORD && next->word >= WORD_LATER && next->word <= WORD_LESS;
    case WORD_TO:
    case WORD_FROM:
    case WORD_TOWARDS:
    case WORD_IN:
        return next->token == TOKEN_NUMBER || next->token == TOKEN_DATE ||
               next->token == TOKEN_TIME ||
               (next->token == TOKEN_WORD &&
                ((next->word >= WORD_MONTH && next->word <= WORD_SEASON) ||
                 next->word == WORD_COURSE || next->word == WORD_TERM || next->word == WORD_PIECE));
    case WORD_BY:
        return next->token == TOKEN_WORD &&
               (next->word == WORD_MEASURE || next->word == WORD_DEMAND ||
                next->word == WORD_WEEKDAY || next->word == WORD_UNIT);
    default:
        return false;
    }
}

/* A comma may stand inside a name; but not before what is a term. */
static bool free_ends(const struct due_reader *r, uint32_t ahead)
{
    const struct due_token *token = due_peek(r, ahead);

    if (token->token == TOKEN_END || (ahead > 0 && due_begins_term(r, ahead))) {
        return true;
    }
    if (due_is(r, ahead, WORD_BEYOND) || due_is(r, ahead, WORD_URGENT)) {
        return true;
    }
    if (due_is_sign(r, ahead, ',')) {
        return due_begins_term(r, ahead + 1) || due_is(r, ahead + 1, WORD_BUT) ||
               due_peek(r, ahead + 1)->token != TOKEN_WORD ||
               due_peek(r, ahead + 1)->word != WORD_UNKNOWN;
    }
    return token->token == TOKEN_SIGN && token->sign != '-' && token->sign != '?';
}

/* A dash between blanks parts; a hyphen does not. */
static bool dash_ends(const struct due_reader *r, uint32_t ahead)
{
    return due_is_sign(r, ahead, '-') &&
           (!due_peek(r, ahead)->glued || !due_peek(r, ahead + 1)->glued);
}

struct bytes due_read_name(struct due_reader *r, bool dashes)
{
    uint32_t begin = r->at;
    uint32_t count = 0;

    while (!free_ends(r, count) && (dashes || !dash_ends(r, count))) {
        if (due_is_near(r, count)) {
            due_skip(r, count);
            r->at = begin;
            return (struct bytes){NULL, 0};
        }
        count++;
    }
    while (count > 0 && (due_peek(r, count - 1)->token == TOKEN_SIGN ||
                         due_is(r, count - 1, WORD_AND) || due_is(r, count - 1, WORD_BY))) {
        count--; /* «со дня подписания по 31 декабря» */
    }
    due_skip(r, count);
    return due_slice(r, begin, r->at);
}

struct bytes due_read_free(struct due_reader *r)
{
    return due_read_name(r, true);
}
