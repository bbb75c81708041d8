/* due_lex.c - cutting a phrase into tokens
 *
 * Owns:    where a word ends, and what its letters are: Latin ones that look like Cyrillic ones, a
 *          word that was broken with a hyphen, «п/г» and «кв-л».
 * In:      struct due_text.
 * Out:     struct due_tokens, in the arena.
 * Always:  tokens lie in the text in order, and end with TOKEN_END.
 * See:     due_lex.h
 */
#include "calendar/due_lex.h"

#include "calendar/due_tree.h"

#include <string.h>

#define BETWEEN_TOKENS 6 /* «1 марта 2023 года»: how far «и» may stand behind «между» */

/* Latin letters by the Cyrillic ones that they look like, as capitals or as small letters. */
static const char *const look_alikes['z' - 'a' + 1] = {
    ['a' - 'a'] = "а", ['b' - 'a'] = "в", ['c' - 'a'] = "с", ['e' - 'a'] = "е",
    ['h' - 'a'] = "н", ['k' - 'a'] = "к", ['m' - 'a'] = "м", ['o' - 'a'] = "о",
    ['p' - 'a'] = "р", ['t' - 'a'] = "т", ['x' - 'a'] = "х", ['y' - 'a'] = "у",
};

static bool latin(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool cyrillic(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte >= 0xD0 && byte <= 0xD3;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The letter О before a figure is a nought: «О1.09». */
static const char *nought(const char *at)
{
    size_t size = *at == 'o' ? 1 : strncmp(at, "о", 2) == 0 ? 2 : 0;

    return size > 0 && digit(at[size]) ? at + size : NULL;
}

static struct bytes letters_from(const char *at)
{
    const char *end = at;

    while (latin(*end) || cyrillic(*end)) {
        end += cyrillic(*end) ? 2 : 1;
    }
    return (struct bytes){at, (size_t)(end - at)};
}

/* All Latin letters as Cyrillic ones; an empty text when one of them looks like none. */
static struct bytes as_cyrillic(struct bytes word, struct arena *arena)
{
    const char *data = word.data;
    char *out = arena_alloc(arena, word.size * 2 + 1);
    size_t size = 0;

    for (size_t i = 0; i < word.size; i++) {
        if (!latin(data[i])) {
            out[size++] = data[i];
            continue;
        }
        const char *letter = look_alikes[data[i] - 'a'];
        if (letter == NULL) {
            return (struct bytes){NULL, 0};
        }
        memcpy(out + size, letter, 2);
        size += 2;
    }
    return (struct bytes){out, size};
}

static bool has_latin(struct bytes word)
{
    const char *data = word.data;

    for (size_t i = 0; i < word.size; i++) {
        if (latin(data[i])) {
            return true;
        }
    }
    return false;
}

static void set_word(struct due_token *token, struct bytes word)
{
    struct word_found found = due_word_find(word);

    token->token = TOKEN_WORD;
    token->text = word;
    token->word = found.word;
    token->value = found.value;
    token->count = found.count;
    token->roman = due_roman_letter(word);
}

/* «с.г.»: of this year; without the dot «с» is a preposition. */
static bool this_year(struct bytes word, const char *after)
{
    if (!bytes_equal(word, bytes_of("с")) || *after != '.') {
        return false;
    }
    after += after[1] == ' ' ? 2 : 1;
    return strncmp(after, "г", 2) == 0 && letters_from(after).size == 2;
}

/* «IVквартал»: how many bytes of a word are a Roman numeral that was glued to it. */
static size_t roman_prefix(struct bytes word)
{
    const char *data = word.data;
    size_t size = 0;

    while (size < word.size && (data[size] == 'i' || data[size] == 'v' || data[size] == 'x')) {
        size++;
    }
    struct bytes rest = {data + size, word.size - size};
    bool glued = size > 0 && rest.size > 0 && cyrillic(*(const char *)rest.data) &&
                 due_word_find(rest).word == WORD_UNIT;
    return glued && due_roman((struct bytes){data, size}) > 0 ? size : 0;
}

static void read_word(const char **at, struct arena *arena, struct due_token *token)
{
    struct bytes word = letters_from(*at);
    size_t numeral = roman_prefix(word);

    word.size = numeral > 0 ? numeral : word.size;
    *at += word.size;
    token->text = word;
    int roman = due_roman(word);
    bool ambiguous = due_roman_letter(word) > 0 || bytes_equal(word, bytes_of("y"));
    if (roman > 0 && !ambiguous) {
        token->token = TOKEN_NUMBER;
        token->value = roman;
        token->count = 1;
        return;
    }
    if (has_latin(word)) {
        struct bytes other = as_cyrillic(word, arena);
        word = other.size > 0 ? other : word;
    }
    set_word(token, word);
    if (this_year(word, *at)) {
        token->word = WORD_CURRENT;
    }
}

static bool read_figures(const char **at, struct due_token *token)
{
    const char *begin = *at;
    const char *end = begin;

    for (; *end == '1' || latin(*end); end++) {
    }
    struct bytes run = {begin, (size_t)(end - begin)};
    int roman = has_latin(run) ? due_roman(run) : 0; /* «1V» */
    if (roman > 0) {
        *token = (struct due_token){.token = TOKEN_NUMBER, .value = roman, .count = 1};
        *at = end;
        return true;
    }
    return due_figures(at, token);
}

/* A sign, or NUL for one that says nothing: a full stop, a hyphen after another. */
static char read_sign(const char **at, char before)
{
    char c = **at;

    if (strncmp(*at, "\xE2\x84\x96", 3) == 0) { /* № */
        *at += 3;
        return '?';
    }
    *at += (unsigned char)c < 0x80 ? 1 : strcspn(*at + 1, " ,;:()-./%") + 1;
    if (c == '.') {
        return **at == '.' ? '?' : '\0';
    }
    if (c == '-' && before == '-') {
        return '\0';
    }
    if (c == '[' || c == ']') {
        return c == '[' ? '(' : ')';
    }
    return strchr(",;:()-/%&", c) != NULL ? c : '?';
}

/* «сен- тябрь», «кв-л», «п/г»: three tokens that are one word. */
static bool join(struct due_token *first, const struct due_token *mark,
                 const struct due_token *second, struct arena *arena)
{
    if (first->token != TOKEN_WORD || second->token != TOKEN_WORD || !mark->glued ||
        (mark->sign != '-' && mark->sign != '/')) {
        return false;
    }
    bool half = bytes_equal(first->text, bytes_of("п")) && mark->sign == '/' && second->glued;
    bool quarter = bytes_equal(first->text, bytes_of("кв")) && second->glued;
    size_t size = first->text.size + second->text.size;
    char *both = arena_alloc(arena, size + 1);
    memcpy(both, first->text.data, first->text.size);
    memcpy(both + first->text.size, second->text.data, second->text.size);
    struct bytes word = {both, size};
    if (!half && !quarter &&
        ((first->word != WORD_UNKNOWN && second->word != WORD_UNKNOWN) || mark->sign == '/' ||
         due_word_find(word).word == WORD_UNKNOWN)) {
        return false;
    }
    set_word(first, word);
    if (half || quarter) {
        first->word = WORD_UNIT;
        first->value = half ? UNIT_HALF : UNIT_QUARTER;
    }
    first->end = second->end;
    return true;
}

struct lexer {
    const struct due_text *text;
    struct arena *arena;
    struct due_tokens tokens;
    const char *at;
};

static void finish_token(struct lexer *l, const char *begin, struct due_token *token)
{
    size_t first = (size_t)(begin - l->text->data);
    size_t past = (size_t)(l->at - l->text->data);
    const char *original = l->text->original.data;
    struct due_token *last = l->tokens.items + l->tokens.count;

    token->column = l->text->columns[first];
    token->begin = l->text->offsets[first];
    token->end = l->text->offsets[past - 1] + 1; /* without what was dropped behind it */
    while (token->end < l->text->offsets[past] &&
           ((unsigned char)original[token->end] & 0xC0u) == 0x80u) {
        token->end++;
    }
    if (token->text.data == NULL) {
        token->text = (struct bytes){begin, past - first};
    }
    token->glued = first > 0 && l->text->data[first - 1] != ' ' && l->tokens.count > 0;
    if (l->tokens.count >= 1 && last[-1].token == TOKEN_WORD && token->token == TOKEN_WORD &&
        token->glued && bytes_equal(token->text, bytes_of("г")) &&
        bytes_equal(last[-1].text, token->text)) { /* г.г. */
        last[-1].end = token->end;
        return;
    }
    if (l->tokens.count >= 2 && join(last - 2, last - 1, token, l->arena)) {
        l->tokens.count--;
        return;
    }
    *last = *token;
    l->tokens.count++;
}

static bool next_token(struct lexer *l, struct error *err)
{
    const char *begin = l->at;
    struct due_token token = {0};
    const char *figure = nought(begin);

    if (digit(*begin) || figure != NULL) {
        l->at = figure != NULL ? figure : begin;
        if (!read_figures(&l->at, &token)) {
            size_t first = (size_t)(begin - l->text->data);
            return error_set_at(err, ERROR_INVALID, NULL, 1, l->text->columns[first],
                                "there is no such day: \"%.*s\"", (int)(strcspn(begin, " ,;()")),
                                begin);
        }
    } else if (latin(*begin) || cyrillic(*begin)) {
        read_word(&l->at, l->arena, &token);
    } else {
        const struct due_token *last = l->tokens.items + l->tokens.count - 1;
        token.token = TOKEN_SIGN;
        token.sign = read_sign(&l->at, l->tokens.count > 0 ? last->sign : '\0');
        if (token.sign == '\0') {
            return true;
        }
    }
    finish_token(l, begin, &token);
    return true;
}

static bool figure(const struct due_token *token)
{
    return token->token == TOKEN_NUMBER || token->token == TOKEN_DATE;
}

/* «между 1 и 15 марта» is «с 1 по 15 марта»; between names there is no such range. */
static void read_between(struct due_tokens *tokens)
{
    for (uint32_t i = 0; i + 3 < tokens->count; i++) {
        struct due_token *first = &tokens->items[i];
        if (first->token != TOKEN_WORD || first->word != WORD_BETWEEN || !figure(first + 1)) {
            continue;
        }
        for (uint32_t j = i + 2; j + 1 < tokens->count && j < i + BETWEEN_TOKENS; j++) {
            struct due_token *join = &tokens->items[j];
            if (join->token == TOKEN_WORD && join->word == WORD_AND && figure(join + 1)) {
                first->word = WORD_FROM;
                join->word = WORD_BY;
                break;
            }
        }
    }
}

bool due_lex(const struct due_text *text, struct arena *arena, struct due_tokens *ret_tokens,
             struct error *err)
{
    struct lexer l = {.text = text, .arena = arena, .at = text->data};
    const char *end = text->data + text->size;

    l.tokens.text = text;
    l.tokens.items = arena_alloc(arena, (text->size + 1) * sizeof *l.tokens.items);
    while (l.at < end) {
        if (*l.at == ' ') {
            l.at++;
        } else if (!next_token(&l, err)) {
            return false;
        }
    }
    l.tokens.items[l.tokens.count] = (struct due_token){.token = TOKEN_END,
                                                        .column = text->columns[text->size],
                                                        .begin = text->offsets[text->size],
                                                        .end = text->offsets[text->size]};
    read_between(&l.tokens);
    *ret_tokens = l.tokens;
    return true;
}
