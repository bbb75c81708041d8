/* source.c - the jq text that marshrut-jq compiles
 *
 * Owns:    the prelude (functions of jq 1.6 that abort or never end, made safe), how an entry gets
 *          its input and variables, and how it is found by its number.
 * In:      entries of a program.
 * Out:     jq text.
 * Always:  what an author wrote stands between brackets of its own, on lines of its own: it can't
 *          reach the entry beside it, nor the prelude's own names, which begin with `_`.
 * See:     source.h; docs/decisions/0009-expressions-in-a-process.md
 */
#include "expression/source.h"

#include "base/must.h"
#include "expression/tokens.h"

#include <stdio.h>
#include <string.h>

#define LINE_MAX_BYTES 160

/* On one line, so that lines can be counted.
 *
 * implode aborts on what is no code point. indices never ends on an empty text. A regular
 * expression that matches an empty text loops, or reads past a text of many-byte letters: with the
 * flag g, empty matches are passed over (n), and what is made of matches is made again from these.
 */
static const char PRELUDE[] =
    "def _at(f): f; "
    "def _implode: implode; "
    "def implode: if type == \"array\" and all(.[]; type == \"number\" and . >= 0 and "
    ". < 1114112 and (. < 55296 or . >= 57344)) then _implode "
    "else error(\"implode wants a list of code points\") end; "
    "def _indices($part): indices($part); "
    "def indices($part): if type == \"string\" and $part == \"\" then [] "
    "else _indices($part) end; "
    "def index($part): indices($part)[0]; "
    "def rindex($part): indices($part)[-1:][0]; "
    "def match($re; $flags): _match_impl($re; $flags | if type == \"string\" and contains(\"g\") "
    "then . + \"n\" else . end; false)[]; "
    "def match($re): if ($re | type) == \"array\" then match($re[0]; $re[1]) "
    "else match($re; null) end; "
    "def _named: reduce (.captures[] | select(.name)) as $part ({}; .[$part.name] = $part.string); "
    "def capture($re; $flags): match($re; $flags) | _named; "
    "def capture($re): match($re) | _named; "
    "def scan($re): match($re; \"g\") | if .captures == [] then .string "
    "else [.captures[].string] end; "
    "def splits($re; $flags): . as $whole | [match($re; \"g\" + $flags)] as $cuts | "
    "range(0; ($cuts | length) + 1) | "
    "(if . == 0 then 0 else $cuts[. - 1] | .offset + .length end) as $from | "
    "$whole[$from:$cuts[.].offset]; "
    "def splits($re): splits($re; null); "
    "def split($re; $flags): [splits($re; $flags)]; "
    "def sub($re; f; $flags): . as $whole | reduce match($re; $flags) as $cut ([0, \"\"]; "
    "[$cut.offset + $cut.length, .[1] + $whole[.[0]:$cut.offset] + ($cut | _named | f)]) | "
    ".[1] + $whole[.[0]:]; "
    "def sub($re; f): sub($re; f; null); "
    "def gsub($re; f; $flags): sub($re; f; \"g\" + $flags); "
    "def gsub($re; f): sub($re; f; \"g\"); ";

static const char CLOCK[] =
    "def now: $runtime | if type == \"object\" and (.now | type) == \"number\" then .now "
    "else error(\"now is not known here\") end; ";

/* `.[2] as $context | …`, and what `now` means where $runtime is at hand. */
static void print_variables(const char *const *variables, const char *text, struct buffer *out)
{
    char line[LINE_MAX_BYTES];

    for (size_t i = 0; variables[i] != NULL; i++) {
        snprintf(line, sizeof line, ".[%zu] as $%s | ", i + 2, variables[i]);
        buffer_text(out, line);
        if (strcmp(variables[i], "runtime") == 0 && strstr(text, "now") != NULL) {
            buffer_text(out, CLOCK);
        }
    }
    buffer_text(out, ".[1] | (");
}

static void print_entry(const struct entry *entry, struct buffer *out)
{
    buffer_text(out, "_at(");
    print_variables(entry->variables, entry->text, out);
    buffer_text(out, "\n");
    buffer_text(out, entry->text);
    buffer_text(out, "\n))");
}

/* A binary tree of `if`s: a dozen comparisons find one of thousands. */
static void print_tree(const struct entry *const *entries, uint32_t from, uint32_t to,
                       struct buffer *out)
{
    char line[LINE_MAX_BYTES];
    uint32_t middle = from + (to - from) / 2;

    if (to - from == 1) {
        print_entry(entries[from], out);
        return;
    }
    snprintf(line, sizeof line, "if .[0] < %u then ", middle);
    buffer_text(out, line);
    print_tree(entries, from, middle, out);
    buffer_text(out, " else ");
    print_tree(entries, middle, to, out);
    buffer_text(out, " end");
}

struct source_place source_place(const struct program *program, uint32_t number)
{
    const struct entry *entry = program_entry(program, number);
    uint32_t chunk = entry->order / SOURCE_CHUNK_ENTRIES;

    return (struct source_place){2 * chunk + (entry->plain.root != NULL ? 1 : 0),
                                 entry->order % SOURCE_CHUNK_ENTRIES};
}

/* Numbers of the chunk's entries by their index. */
static uint32_t find_entries(const struct program *program, uint32_t chunk,
                             uint32_t numbers[SOURCE_CHUNK_ENTRIES])
{
    uint32_t count = 0;

    for (uint32_t number = 1; number <= program->count; number++) {
        if (source_place(program, number).chunk == chunk) {
            numbers[count++] = number;
        }
    }
    return count;
}

uint32_t source_number(const struct program *program, struct source_place place)
{
    uint32_t numbers[SOURCE_CHUNK_ENTRIES];

    must(place.index < find_entries(program, place.chunk, numbers));
    return numbers[place.index];
}

uint32_t source_print(const struct program *program, uint32_t chunk, uint32_t from, uint32_t to,
                      struct buffer *out)
{
    uint32_t numbers[SOURCE_CHUNK_ENTRIES];
    const struct entry *entries[SOURCE_CHUNK_ENTRIES];
    uint32_t count = find_entries(program, chunk, numbers);

    for (uint32_t i = 0; i < count; i++) {
        entries[i] = program_entry(program, numbers[i]);
    }
    to = to < count ? to : count;
    buffer_text(out, PRELUDE);
    if (from < to) {
        print_tree(entries, from, to, out);
    } else {
        buffer_text(out, ".");
    }
    buffer_append(out, "", 1);
    return count;
}

void source_print_piece(const struct piece *piece, struct buffer *out, size_t **ret_offsets,
                        size_t *ret_lines)
{
    struct token_row row;
    size_t at = 0;
    size_t lines = 1;
    size_t *offsets = xcalloc(strlen(piece->text) * 2 + 8, sizeof *offsets);

    must(token_row_read(piece->text, &row, &at, NULL));
    buffer_text(out, PRELUDE);
    print_variables(piece->variables, piece->text, out);
    at = 0;
    for (size_t i = 0; i < row.count; i++) {
        const struct token *token = &row.items[i];
        if (token_is(piece->text, token, "\\(")) {
            continue; /* a line feed there would be one of the text's */
        }
        for (; at < token->offset; at++) { /* what stands between, line feeds and all */
            buffer_append(out, piece->text + at, 1);
            if (piece->text[at] == '\n') {
                offsets[lines++] = at;
            }
        }
        buffer_text(out, "\n");
        offsets[lines++] = token->offset;
    }
    buffer_text(out, "\n)");
    buffer_append(out, "", 1);
    offsets[lines++] = strlen(piece->text);
    token_row_fini(&row);
    *ret_offsets = offsets;
    *ret_lines = lines;
}
