/* due_read_number.c - numbers in figures and words, lists and ranges of them
 *
 * Owns:    «двадцать первое», «1-го», «3 (трех)», «I-III», «1, 2 и 5-7».
 * In:      the readers of everything that has a number.
 * Out:     numbers; whether there is such a month or day is not known here.
 * See:     due_reader.h
 */
#include "calendar/due_reader.h"

#define THOUSAND 1000

/* «-го», «й», «-х»: glued to the figure. */
static void skip_suffix(struct due_reader *r, struct due_numeral *numeral)
{
    uint32_t hyphen = due_is_sign(r, 0, '-') && due_peek(r, 0)->glued ? 1 : 0;

    if (due_is(r, hyphen, WORD_SUFFIX) && due_peek(r, hyphen)->glued) {
        numeral->ordinal = true;
        due_skip(r, hyphen + 1);
    }
}

/* A letter such as «п» is a number where what it counts follows. */
static bool roman_letter(const struct due_reader *r)
{
    uint32_t ahead = 1;

    if (due_peek(r, 0)->token != TOKEN_WORD || due_peek(r, 0)->roman == 0) {
        return false;
    }
    while (due_is(r, ahead, WORD_SUFFIX) || due_is_sign(r, ahead, '-')) {
        ahead++;
    }
    return due_is(r, ahead, WORD_UNIT);
}

static bool in_figures(struct due_reader *r, struct due_numeral *numeral)
{
    const struct due_token *token = due_peek(r, 0);

    if (token->token == TOKEN_NUMBER) {
        numeral->value = token->value;
        numeral->digits = token->count;
    } else if (roman_letter(r)) {
        numeral->value = token->roman;
        numeral->digits = 1;
    } else {
        return false;
    }
    due_skip(r, 1);
    skip_suffix(r, numeral);
    return true;
}

/* Does a part join what was read: двадцать + пять, but not двадцать + двадцать? */
static bool part_joins(int sum, int part)
{
    return sum == 0 || part == THOUSAND || (sum % 100 == 0 && part < 100) ||
           (sum % 10 == 0 && sum % 100 > 10 && part < 10);
}

static bool in_words(struct due_reader *r, struct due_numeral *numeral)
{
    int sum = 0;

    for (;;) {
        const struct due_token *token = due_peek(r, 0);
        bool cardinal = due_is(r, 0, WORD_CARDINAL);
        if ((!cardinal && !due_is(r, 0, WORD_ORDINAL)) || (token->value < 0 && sum != 0) ||
            !part_joins(sum, token->value)) {
            break;
        }
        sum = token->value == THOUSAND ? (sum > 0 ? sum : 1) * THOUSAND : sum + token->value;
        due_skip(r, 1);
        if (!cardinal) {
            numeral->ordinal = true;
            break;
        }
    }
    numeral->value = sum;
    return sum != 0;
}

/* «3 (трех)», «10 (десяти)»: the same number again, to be sure. */
static void skip_same(struct due_reader *r, int value)
{
    struct due_numeral again = {0};
    uint32_t begin = r->at;
    uint32_t furthest = r->furthest;

    if (due_take_sign(r, '(') && in_words(r, &again) && again.value == value &&
        due_take_sign(r, ')')) {
        return;
    }
    r->at = begin;
    r->furthest = furthest;
}

bool due_read_numeral(struct due_reader *r, struct due_numeral *ret_numeral)
{
    struct due_numeral numeral = {.at = r->at};

    if (!in_figures(r, &numeral) && !in_words(r, &numeral)) {
        return false;
    }
    skip_same(r, numeral.value);
    *ret_numeral = numeral;
    return true;
}

bool due_one_workday(const struct due_reader *r)
{
    static const char *const singular[] = {"рабочий", "рабочего", "рабочему", "рабочем"};

    for (size_t i = 0; i < sizeof singular / sizeof *singular && r->at > 1; i++) {
        if (bytes_equal(r->tokens.items[r->at - 2].text, bytes_of(singular[i]))) {
            return true;
        }
    }
    return false;
}

bool due_genitive_plural(const struct due_reader *r)
{
    static const char *const words[] = {"дней", "недель", "месяцев", "лет", "часов", "кварталов"};

    for (size_t i = 0; i < sizeof words / sizeof *words && r->at > 0; i++) {
        if (bytes_equal(r->tokens.items[r->at - 1].text, bytes_of(words[i]))) {
            return true;
        }
    }
    return false;
}

/* What stands between the two ends of a range. */
static bool take_range(struct due_reader *r, bool since, struct due_pair *pair)
{
    if (due_take_sign(r, '-')) {
        return true;
    }
    if (due_is_sign(r, 0, '/') && due_peek(r, 0)->glued) {
        pair->slash = true;
        return due_take_sign(r, '/');
    }
    if (!since) { /* «7 по 11 ноября»: the first «с» was forgotten */
        bool month = due_is(r, 2, WORD_MONTH) && due_peek(r, 1)->token == TOKEN_NUMBER;
        return month && r->at > 0 && r->tokens.items[r->at - 1].token == TOKEN_NUMBER &&
               due_take(r, WORD_BY);
    }
    due_take_sign(r, ',');
    due_take(r, WORD_AND); /* не ранее 1 и не позднее 15 сентября */
    pair->until = due_is(r, 0, WORD_TO);
    return due_take(r, WORD_BY) || due_take(r, WORD_TO) || due_take_not(r, WORD_LATER);
}

static bool read_pair(struct due_reader *r, bool since, struct due_pair *ret_pair)
{
    struct due_pair pair = {.until = false};

    if (!due_read_numeral(r, &pair.from)) {
        return false;
    }
    uint32_t begin = r->at;
    pair.to = pair.from;
    if (!take_range(r, since, &pair) || !due_read_numeral(r, &pair.to)) {
        pair.to = pair.from;
        r->at = begin;
        pair.until = false;
        pair.slash = false;
    }
    *ret_pair = pair;
    return true;
}

uint32_t due_read_numbers(struct due_reader *r, bool since, struct due_pair pairs[NUMBERS_MAX])
{
    uint32_t count = 0;
    uint32_t begin = r->at;

    while (count < NUMBERS_MAX && read_pair(r, since, &pairs[count])) {
        count++;
        begin = r->at;
        bool comma = due_take_sign(r, ',') || due_take_sign(r, '&');
        if (!due_take(r, WORD_AND) && !comma) {
            return count;
        }
        if (since) { /* с 1 по 5 и с 10 по 15 мая */
            due_take(r, WORD_FROM);
        }
    }
    r->at = begin;
    return count;
}
