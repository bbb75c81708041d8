/* due_words.c - which word is this?
 *
 * Owns:    the endings of the classes of words; numerals that are grown into adjectives
 *          («трехдневный»).
 * In:      words of a phrase, and the table of due_vocabulary.c.
 * Out:     struct word_found.
 * See:     due_words.h
 */
#include "calendar/due_words.h"

#include "calendar/due_point.h"
#include "calendar/due_vocabulary.h"

#include <stdint.h>
#include <string.h>

#define LETTER_BYTES   2 /* of a Cyrillic letter */
#define NEAR_LETTERS   5 /* shorter words are near to too many */
#define LONG_LETTERS   9 /* from here on two slips are allowed */
#define ENDING_LETTERS 4 /* the longest has so many */
#define LETTERS_MAX    24

/* Between blanks; "-" is no ending at all. */
static const char *const endings[ENDS_COUNT] = {
    [ENDS_WHOLE] = " - ",
    [ENDS_SOFT] = " ь я ю ем е и ей ям ями ях ",
    [ENDS_HARD] = " - а у ом ем е ы и ов ев ам ами ах ",
    [ENDS_A] = " а ы и е у ой ою - ам ами ах ",
    [ENDS_YA] = " я и е ю ей ь й ям ями ях ем ев ",
    [ENDS_THIRD] = " ь и ью ей ям ями ях ",
    [ENDS_IE] = " ие ия ию ием ии ий иям иями иях е я ю ем и й ям ями ях ",
    [ENDS_O] = " о а у ом е ах ам ами ",
    [ENDS_ADJ] = " ый ий ой ого его ому ему ым им ом ем ая яя ую юю ей ое ее ые ие ых их ыми ими ",
    [ENDS_FIRST_PART] = " о е ",
    [ENDS_THIRD_ADJ] = " ий ья ье ьи ьего ьему ьим ьем ьей ью ьих ьими ",
    [ENDS_FIVE] = " ь и ью ",
};

static bool in_list(const char *list, const char *ending, size_t size)
{
    const char *wanted = size > 0 ? ending : "-";
    size_t length = size > 0 ? size : 1;

    for (const char *at = list; (at = strchr(at, ' ')) != NULL;) {
        at++;
        if (strncmp(at, wanted, length) == 0 && at[length] == ' ') {
            return true;
        }
    }
    return false;
}

static const struct vocable *look_up(struct bytes word)
{
    const char *data = word.data;

    for (size_t i = 0; i < due_vocabulary_count; i++) {
        const struct vocable *v = &due_vocabulary[i];
        /* by the second bytes of the first two letters: the first ones say little */
        if (v->stem[1] != data[1] ||
            (word.size > LETTER_BYTES && v->stem[2] != '\0' && v->stem[3] != data[3])) {
            continue;
        }
        size_t size = v->size;
        if (size <= word.size && memcmp(v->stem, data, size) == 0 &&
            in_list(endings[v->endings], data + size, word.size - size)) {
            return v;
        }
    }
    return NULL;
}

/* --- «трехдневный», «месячный», «полугодовой» ----------------------------------------------- */

static const struct {
    const char *prefix;
    int count;
} numerals[] = {
    {"одно", 1},        {"двух", 2},          {"трех", 3},         {"четырех", 4},
    {"пятнадцати", 15}, {"пяти", 5},          {"шестидесяти", 60}, {"шести", 6},
    {"семи", 7},        {"восьми", 8},        {"девяти", 9},       {"десяти", 10},
    {"двенадцати", 12}, {"четырнадцати", 14}, {"двадцати", 20},    {"тридцати", 30},
    {"сорока", 40},
};

static const struct {
    const char *stem;
    enum unit unit;
} lengths[] = {
    {"дневн", UNIT_DAY}, {"суточн", UNIT_DAY},  {"недельн", UNIT_WEEK}, {"месячн", UNIT_MONTH},
    {"летн", UNIT_YEAR}, {"годичн", UNIT_YEAR}, {"часов", UNIT_HOUR},   {"декадн", UNIT_DECADE},
};

/* Most words differ in the first letter already, by its second byte. */
static bool begins(const char *data, size_t size, const char *with)
{
    return size >= LETTER_BYTES && data[1] == with[1] && size >= strlen(with) &&
           memcmp(data, with, strlen(with)) == 0;
}

static struct word_found look_up_long(struct bytes word)
{
    const char *data = word.data;
    size_t size = word.size;
    int count = 0;

    for (size_t i = 0; i < sizeof numerals / sizeof *numerals && count == 0; i++) {
        if (begins(data, size, numerals[i].prefix)) {
            count = numerals[i].count;
            data += strlen(numerals[i].prefix);
            size -= strlen(numerals[i].prefix);
        }
    }
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (!begins(data, size, lengths[i].stem)) {
            continue;
        }
        size_t length = strlen(lengths[i].stem);
        if (in_list(endings[ENDS_ADJ], data + length, size - length)) {
            return (struct word_found){WORD_LONG, (int)lengths[i].unit, count};
        }
    }
    return (struct word_found){WORD_UNKNOWN, 0, 0};
}

struct word_found due_word_find(struct bytes word)
{
    if (word.size < LETTER_BYTES) {
        return (struct word_found){WORD_UNKNOWN, 0, 0};
    }
    const struct vocable *v = look_up(word);
    return v != NULL ? (struct word_found){v->word, v->value, 0} : look_up_long(word);
}

/* --- slips ---------------------------------------------------------------------------------- */

/* How many letters differ, are missing or too many; more than 2 is 3. Cyrillic letters only. */
static size_t distance(const char *a, size_t a_count, const char *b, size_t b_count)
{
    uint8_t rows[2][LETTERS_MAX + 1];

    for (size_t j = 0; j <= b_count; j++) {
        rows[0][j] = (uint8_t)j;
    }
    for (size_t i = 1; i <= a_count; i++) {
        uint8_t *above = rows[(i - 1) % 2];
        uint8_t *row = rows[i % 2];
        row[0] = (uint8_t)i;
        for (size_t j = 1; j <= b_count; j++) {
            bool same =
                memcmp(a + (i - 1) * LETTER_BYTES, b + (j - 1) * LETTER_BYTES, LETTER_BYTES) == 0;
            uint8_t least = (uint8_t)(above[j - 1] + (same ? 0 : 1));
            least = above[j] + 1 < least ? (uint8_t)(above[j] + 1) : least;
            row[j] = row[j - 1] + 1 < least ? (uint8_t)(row[j - 1] + 1) : least;
        }
    }
    return rows[a_count % 2][b_count];
}

/* A bit for each letter: of Cyrillic ones the last six bits tell all but a few apart. */
static uint64_t letters_of(const char *text, size_t size)
{
    uint64_t letters = 0;

    for (size_t i = 1; i < size; i += LETTER_BYTES) {
        letters |= UINT64_C(1) << ((unsigned char)text[i] & 0x3F);
    }
    return letters;
}

/* Has the stem more letters that the word has not than there may be slips? Each costs one. */
static bool too_far(struct bytes word, const struct vocable *v, size_t slips)
{
    uint64_t missing = letters_of(v->stem, v->size) & ~letters_of(word.data, word.size);

    for (size_t i = 0; i < slips; i++) {
        missing &= missing - 1; /* without its lowest bit */
    }
    return missing != 0;
}

/* The word against the stem with each of its endings. */
static bool near_vocable(struct bytes word, const struct vocable *v, size_t slips)
{
    char form[LETTERS_MAX * LETTER_BYTES + 1];
    size_t stem = v->size;
    size_t letters = word.size / LETTER_BYTES;

    if (stem > word.size + slips * LETTER_BYTES ||
        stem + (ENDING_LETTERS + slips) * LETTER_BYTES < word.size || too_far(word, v, slips)) {
        return false;
    }

    for (const char *at = endings[v->endings]; at[1] != '\0'; at = strchr(at + 1, ' ')) {
        size_t size = strcspn(at + 1, " ");
        size_t ending = at[1] == '-' ? 0 : size;
        size_t whole = (stem + ending) / LETTER_BYTES;
        if (whole > LETTERS_MAX || whole + slips < letters || letters + slips < whole ||
            whole < NEAR_LETTERS) {
            continue;
        }
        memcpy(form, v->stem, stem);
        memcpy(form + stem, at + 1, ending);
        if (distance(word.data, letters, form, whole) <= slips) {
            return true;
        }
    }
    return false;
}

/* Letters of two bytes each: distance() goes by them. */
static bool cyrillic(struct bytes word)
{
    const unsigned char *data = word.data;

    for (size_t i = 0; i < word.size; i += LETTER_BYTES) {
        if (data[i] < 0xD0 || data[i] > 0xD3) {
            return false;
        }
    }
    return word.size % LETTER_BYTES == 0;
}

bool due_word_near(struct bytes word)
{
    size_t letters = word.size / LETTER_BYTES;

    if (letters < NEAR_LETTERS || letters > LETTERS_MAX || !cyrillic(word)) {
        return false;
    }
    for (size_t i = 0; i < due_vocabulary_count; i++) {
        enum word kind = due_vocabulary[i].word;
        bool of_time = (kind >= WORD_MONTH && kind <= WORD_PERIODIC) || kind == WORD_EVERY;
        bool begins = memcmp(due_vocabulary[i].stem, word.data, LETTER_BYTES) == 0;
        if (of_time && begins &&
            near_vocable(word, &due_vocabulary[i], letters >= LONG_LETTERS ? 2 : 1)) {
            return true;
        }
    }
    return false;
}

bool due_word_near_kind(struct bytes word, enum word kind)
{
    size_t letters = word.size / LETTER_BYTES;

    for (size_t i = 0; i < due_vocabulary_count; i++) {
        if (due_vocabulary[i].word == kind && letters > NEAR_LETTERS && letters <= LETTERS_MAX &&
            cyrillic(word) && near_vocable(word, &due_vocabulary[i], 1)) {
            return true;
        }
    }
    return false;
}
