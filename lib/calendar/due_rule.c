/* due_rule.c - a term as a rule in Russian, for people
 *
 * Owns:    what was decided, and its letters: «ё», dashes of ranges.
 * In:      due_readings.c, for the chosen reading and for each other.
 * Out:     text in the arena.
 * Always:  nobody reads it back: the plain form (due_print.c) is for that.
 * See:     due_say.h; docs/time.md §3
 */
#include "calendar/due_say.h"

#include <string.h>

/* --- letters ---------------------------------------------------------------------------------- */

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Do these letters end before the place, in what was written so far? */
static bool comes_after(const unsigned char *begin, const unsigned char *at, const char *letters)
{
    size_t size = strlen(letters);

    return (size_t)(at - begin) >= size && memcmp(at - size, letters, size) == 0;
}

static bool comes_before(const unsigned char *at, const unsigned char *end, const char *letters)
{
    size_t size = strlen(letters);

    return (size_t)(end - at) >= size && memcmp(at, letters, size) == 0;
}

/* The «е» of «четвертый», not of «четверти»; that of «отчетный». */
static bool is_yo(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    if (!comes_before(at, end, "е")) {
        return false;
    }
    return (comes_after(begin, at, "четв") &&
            (comes_before(at, end, "ерты") || comes_before(at, end, "ерто") ||
             comes_before(at, end, "ерта") || comes_before(at, end, "ерту"))) ||
           (comes_after(begin, at, "отч") && comes_before(at, end, "етн"));
}

static bool is_range(const unsigned char *begin, const unsigned char *at, const unsigned char *end)
{
    return *at == '-' && at > begin && at + 1 < end &&
           ((is_digit(at[-1]) && is_digit(at[1])) || (at[-1] == ' ' && at[1] == ' '));
}

/* «По мере необходимости» of the author is no beginning here; «НПА» stays. */
static void small_first(unsigned char *text, size_t size)
{
    bool capital = size >= 4 && text[0] == 0xD0 && text[1] >= 0x90 && text[1] <= 0xAF;
    bool second = size >= 4 && text[2] == 0xD0 && text[3] >= 0x90 && text[3] <= 0xAF;

    if (capital && !second) {
        bool low = text[1] < 0xA0; /* А to П: а to п follow in the same row of UTF-8 */
        text[0] = low ? 0xD0 : 0xD1;
        text[1] = (unsigned char)(low ? text[1] + 0x20 : text[1] - 0x20);
    }
}

/* As people write: «четвёртый», «отчётный», «2021–2024», «сентября – декабря». */
static struct bytes in_print(struct buffer *words, struct arena *arena)
{
    const unsigned char *begin = words->data;
    const unsigned char *end = begin + words->size;
    const unsigned char *written = begin;
    struct buffer out = BUFFER_INIT;

    for (const unsigned char *at = begin; at < end; at++) {
        bool yo = is_yo(begin, at, end);
        if (yo || is_range(begin, at, end)) {
            buffer_append(&out, written, (size_t)(at - written));
            buffer_text(&out, yo ? "ё" : "–");
            written = at + (yo ? 2 : 1);
        }
    }
    buffer_append(&out, written, (size_t)(end - written));
    small_first(out.data, out.size);
    struct bytes text = arena_copy(arena, buffer_bytes(&out));
    buffer_fini(&out);
    buffer_fini(words);
    return text;
}

/* --- rules ------------------------------------------------------------------------------------ */

/* «ежеквартально до 15 числа»: of the month that was decided. */
static bool say_month(struct buffer *out, const struct term *term, enum doubt variant)
{
    bool own = variant == DOUBT_SERIES || variant == DOUBT_SERIES_MORE;

    if (term->item_count == 0 || term->repeat.unit == UNIT_NONE ||
        !due_day_of_unit(term, term->items[0].from) || (variant != DOUBT_NONE && !own)) {
        return false;
    }
    buffer_text(out, variant == DOUBT_SERIES ? " (последнего месяца)"
                     : variant == DOUBT_SERIES_MORE ? " (первого месяца, кроме первого отчёта)"
                                                    : " (первого месяца)");
    return true;
}

/* «далее ежемесячно»: on which days of each month. */
static void say_series(struct buffer *out, const struct term *term, enum doubt variant)
{
    const struct repeat *repeat = term->follow.unit != UNIT_NONE ? &term->follow : &term->repeat;
    bool parts = repeat->count > 1 || repeat->interval > 1 || repeat->unit == UNIT_NONE;

    buffer_text(out, variant == DOUBT_SERIES ? "в последний день " : "в любой день ");
    if (parts) {
        buffer_text(out, "каждого из сроков");
    } else {
        due_say_each(out, repeat->unit, GENITIVE);
    }
}

static void say_note(struct buffer *out, const struct term *term, enum doubt variant)
{
    static const struct {
        enum doubt variant;
        const char *text;
    } notes[] = {
        {DOUBT_FIRST, "и за время до начала документа"},
        {DOUBT_YEAR, "каждый год"},
        {DOUBT_SCHOOL_YEAR, "по учебным годам"},
        {DOUBT_SCHOOL_HALF, "полугодия учебного года"},
        {DOUBT_WEEK, "недели с понедельника по воскресенье"},
        {DOUBT_WINTER, "начало – годом раньше"},
        {DOUBT_LATE, "или в последний день месяца, где такого числа нет"},
        {DOUBT_OUTSIDE, "и за пределами периода документа"},
    };

    if (variant == DOUBT_SERIES || variant == DOUBT_SERIES_MORE) {
        say_series(out, term, variant);
    } else if (variant == DOUBT_PASSED) {
        buffer_text(out, term->anchor.form == ANCHOR_AFTER ? "в последний день"
                                                           : "после последнего дня");
    }
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        buffer_text(out, variant == notes[i].variant ? notes[i].text : "");
    }
}

struct bytes due_rule(const struct term *term, enum due_kind kind, enum doubt variant,
                      struct arena *arena)
{
    struct buffer out = BUFFER_INIT;
    struct buffer note = BUFFER_INIT;
    struct due_voice voice = {.out = &out, .rule = true, .variant = variant};

    if (kind == DUE_ON_DEMAND && term->demand.size > 0 && term->repeat.unit != UNIT_NONE) {
        buffer_append(&out, term->demand.data, term->demand.size); /* and not «не реже …» */
        return in_print(&out, arena);
    }
    due_say_term(&voice, term);
    if (!say_month(&out, term, variant)) {
        say_note(&note, term, variant);
    }
    if (note.size > 0) {
        buffer_text(&out, " (");
        buffer_append(&out, note.data, note.size);
        buffer_text(&out, ")");
    }
    buffer_fini(&note);
    return in_print(&out, arena);
}
