/* program.c - the expressions of one definition: checked, numbered
 *
 * Owns:    entries and pieces, and which variables each of them reads.
 * In:      filled while a definition is read; then only read.
 * Out:     numbers for the definition; plain values at once; texts for source.c.
 * Always:  a piece that is here has passed the guard; equal texts have one number; the whole stays
 *          within LIMIT_EXPRESSIONS and LIMIT_EXPRESSIONS_BYTES.
 * See:     program.h, entries.h
 */
#include "base/limits.h"
#include "base/must.h"
#include "expression/entries.h"
#include "expression/tokens.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct program *program_create(void)
{
    static atomic_uint_fast64_t last_id = 0;
    struct program *program = xcalloc(1, sizeof *program);

    program->id = (uint64_t)atomic_fetch_add(&last_id, 1) + 1;
    program->constants = json_array();
    program->names = xcalloc(1, sizeof *program->names);
    return program;
}

void program_destroy(struct program *program)
{
    if (program == NULL) {
        return;
    }
    for (uint32_t i = 0; i < program->count; i++) {
        free(program->entries[i].text);
        free(program->entries[i].variables);
    }
    for (size_t i = 0; i < program->piece_count; i++) {
        free(program->pieces[i].text);
        free(program->pieces[i].variables);
    }
    for (size_t i = 0; i < program->name_count; i++) {
        free(program->names[i]);
    }
    free(program->entries);
    free(program->pieces);
    free(program->names);
    map_fini(&program->by_text);
    arena_fini(&program->arena);
    json_decref(program->constants);
    free(program);
}

/* The program's own copy of a name, so that names can be compared as pointers. */
static const char *own_name(struct program *program, const char *name)
{
    for (size_t i = 0; i < program->name_count; i++) {
        if (strcmp(program->names[i], name) == 0) {
            return program->names[i];
        }
    }
    program->names = xrealloc(program->names, (program->name_count + 2) * sizeof *program->names);
    program->names[program->name_count++] = xstrdup(name);
    program->names[program->name_count] = NULL;
    return program->names[program->name_count - 1];
}

static void add_name(const char ***list, size_t *count, const char *name)
{
    for (size_t i = 0; i < *count; i++) {
        if ((*list)[i] == name) {
            return;
        }
    }
    *list = xrealloc(*list, (*count + 2) * sizeof **list);
    (*list)[(*count)++] = name;
    (*list)[*count] = NULL;
}

/* Those of the program's names that the text reads; `now` is a part of $runtime. */
static const char **find_variables(const struct program *program, const char *text)
{
    struct token_row row;
    size_t offset;
    const char **found = xcalloc(1, sizeof *found);
    size_t count = 0;

    must(token_row_read(text, &row, &offset, NULL));
    for (size_t i = 0; i < row.count; i++) {
        const struct token *token = &row.items[i];
        bool now = token->kind == TOKEN_NAME && token_is(text, token, "now");
        for (size_t n = 0; n < program->name_count; n++) {
            const char *name = program->names[n];
            if ((now && strcmp(name, "runtime") == 0) ||
                (token->kind == TOKEN_VARIABLE && strlen(name) == token->size - 1 &&
                 memcmp(text + token->offset + 1, name, token->size - 1) == 0)) {
                add_name(&found, &count, name);
            }
        }
    }
    token_row_fini(&row);
    return found;
}

bool program_add_piece(struct program *program, const char *text, struct piece_place place,
                       const char *const *variables, size_t *ret_offset, struct error *err)
{
    if (!guard_check(text, variables, ret_offset, err)) {
        return false;
    }
    if (program->piece_count >= LIMIT_EXPRESSIONS ||
        program->text_bytes + strlen(text) > LIMIT_EXPRESSIONS_BYTES) {
        *ret_offset = 0;
        return error_set(err, ERROR_TOO_LARGE,
                         "a document holds at most %u expressions of %u bytes together",
                         LIMIT_EXPRESSIONS, LIMIT_EXPRESSIONS_BYTES);
    }
    for (size_t i = 0; variables[i] != NULL; i++) {
        own_name(program, variables[i]);
    }
    program->pieces =
        xrealloc(program->pieces, (program->piece_count + 1) * sizeof *program->pieces);
    program->pieces[program->piece_count++] =
        (struct piece){xstrdup(text), place, find_variables(program, text)};
    program->text_bytes += strlen(text);
    return true;
}

static uint64_t hash(const char *text)
{
    uint64_t value = 0xCBF29CE484222325u; /* FNV-1a */

    for (; *text != '\0'; text++) {
        value = (value ^ (unsigned char)*text) * 0x100000001B3u;
    }
    return value;
}

static void add_entry(struct program *program, const char *text)
{
    program->entries = xrealloc(program->entries, (program->count + 1) * sizeof *program->entries);
    struct entry *entry = &program->entries[program->count++];

    *entry = (struct entry){.text = xstrdup(text),
                            .first_piece = program->pieces_used,
                            .piece_count = program->piece_count - program->pieces_used,
                            .variables = find_variables(program, text)};
    size_t variables = 0;
    while (entry->variables[variables] != NULL) {
        variables++;
    }
    bool plain =
        variables <= PLAIN_VARIABLES_MAX &&
        plain_parse(text, entry->variables, &program->arena, program->constants, &entry->plain);
    entry->order = plain ? program->plain_count : program->count - 1 - program->plain_count;
    program->plain_count += plain ? 1 : 0;
}

/* The pieces of an entry that was there already are not kept: it was said of the first one. */
static void drop_pieces(struct program *program)
{
    while (program->piece_count > program->pieces_used) {
        struct piece *piece = &program->pieces[--program->piece_count];
        program->text_bytes -= strlen(piece->text);
        free(piece->text);
        free(piece->variables);
    }
}

uint32_t program_add_entry(struct program *program, const char *text)
{
    if (text == NULL) {
        must(program->piece_count == program->pieces_used + 1);
        text = program->pieces[program->pieces_used].text;
    }
    uint64_t key = hash(text);
    for (uint64_t before = 0;; before++) {
        uint32_t *number = map_find(&program->by_text, key, before);
        if (number == NULL) {
            add_entry(program, text);
            number = arena_alloc(&program->arena, sizeof *number);
            *number = program->count;
            map_put(&program->by_text, key, before, number);
            program->pieces_used = program->piece_count;
            return *number;
        }
        if (strcmp(program->entries[*number - 1].text, text) == 0) {
            drop_pieces(program);
            return *number;
        }
    }
}

const struct entry *program_entry(const struct program *program, uint32_t number)
{
    must(number > 0 && number <= program->count);
    return &program->entries[number - 1];
}

uint32_t program_count(const struct program *program)
{
    return program->count;
}

const char *program_text(const struct program *program, uint32_t number)
{
    return program_entry(program, number)->text;
}

bool program_uses(const struct program *program, uint32_t number, const char *variable)
{
    const char *const *names = program_entry(program, number)->variables;

    while (*names != NULL && strcmp(*names, variable) != 0) {
        names++;
    }
    return *names != NULL;
}

bool program_uses_any(const struct program *program, const char *variable)
{
    for (uint32_t number = 1; number <= program->count; number++) {
        if (program_uses(program, number, variable)) {
            return true;
        }
    }
    return false;
}

uint64_t program_id(const struct program *program)
{
    return program->id;
}

json_t *program_run_plain(const struct program *program, uint32_t number, json_t *input,
                          variable_fn *variable, void *context)
{
    const struct entry *entry = program_entry(program, number);
    struct plain_context plain = {
        .variables = entry->variables, .variable = variable, .context = context};

    return entry->plain.root != NULL ? plain_run(&entry->plain, &plain, input) : NULL;
}
