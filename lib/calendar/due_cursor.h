/* due_cursor.h - where a reader stands among the tokens of a phrase
 *
 * Private to the parser of due phrases.
 */
#ifndef CALENDAR_DUE_CURSOR_H
#define CALENDAR_DUE_CURSOR_H

#include "calendar/due_lex.h"
#include "calendar/due_tree.h"

struct due_reader {
    struct due_tokens tokens;
    struct arena *arena;
    uint32_t at;
    uint32_t furthest; /* tokens before this one were understood by somebody */
};

/* Asked at every step of the grammar, so they are here. */
static inline const struct due_token *due_peek(const struct due_reader *r, uint32_t ahead)
{
    uint32_t at = r->at + ahead;

    return &r->tokens.items[at < r->tokens.count ? at : r->tokens.count];
}

static inline bool due_is(const struct due_reader *r, uint32_t ahead, enum word word)
{
    const struct due_token *token = due_peek(r, ahead);

    return token->token == TOKEN_WORD && token->word == word;
}

static inline bool due_is_unit(const struct due_reader *r, uint32_t ahead, enum unit unit)
{
    return due_is(r, ahead, WORD_UNIT) && due_peek(r, ahead)->value == (int)unit;
}

static inline bool due_is_sign(const struct due_reader *r, uint32_t ahead, char sign)
{
    const struct due_token *token = due_peek(r, ahead);

    return token->token == TOKEN_SIGN && token->sign == sign;
}

/* A word of none of ours that is nearly one: «сентебря». */
bool due_is_near(const struct due_reader *r, uint32_t ahead);
bool due_take(struct due_reader *r, enum word word);
bool due_take_sign(struct due_reader *r, char sign);
void due_skip(struct due_reader *r, uint32_t count);
/* «не позднее»: the two words. */
bool due_take_not(struct due_reader *r, enum word word);
/* What was written from one token up to another, without it. */
struct bytes due_slice(const struct due_reader *r, uint32_t from, uint32_t to);
/* Words that nobody needs to understand, up to a sign or a word that begins a term. Empty: the
 * first of them is mistyped, or is no word at all. */
struct bytes due_read_free(struct due_reader *r);
/* The same; dashes: one between blanks may stand inside. */
struct bytes due_read_name(struct due_reader *r, bool dashes);
bool due_begins_term(const struct due_reader *r, uint32_t ahead);

#endif
