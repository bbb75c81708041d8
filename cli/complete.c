/* complete.c - `marshrut complete`: what may come next on a command line, for the shell
 *
 * Owns:    the reading of a line that is not finished, and the function of bash that asks.
 * In:      the number of the word and the words, as bash has them in COMP_CWORD and COMP_WORDS.
 * Out:     «words», «files» or «folders», then the words to offer, a line each.
 * Always:  what the tables of commands have is offered, and nothing else; no error is told.
 */
#include "cli/complete.h"

#include "base/must.h"
#include "cli/language.h"
#include "cli/manual.h"
#include "cli/text.h"

#include <stdlib.h>
#include <string.h>

static const char bash[] =
    "# bash completion of marshrut(1); printed by `marshrut complete --bash`\n"
    "_marshrut() {\n"
    "    local word=${COMP_WORDS[COMP_CWORD]} IFS=$'\\n' lines\n"
    "    [[ $word == = ]] && word=\n"
    "    mapfile -t lines < <(\"${COMP_WORDS[0]/#\\~/$HOME}\" complete -- \"$COMP_CWORD\" "
    "\"${COMP_WORDS[@]}\" 2>/dev/null)\n"
    "    COMPREPLY=(\"${lines[@]:1}\")\n"
    "    case ${lines[0]} in\n"
    "    files) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -f -- \"$word\")) ;;\n"
    "    folders) compopt -o filenames 2>/dev/null; COMPREPLY+=($(compgen -d -- \"$word\")) ;;\n"
    "    esac\n"
    "}\n"
    "complete -F _marshrut marshrut\n";

/* --- words --------------------------------------------------------------------------------- */

static bool is_plain(const char *word)
{
    for (; *word != '\0'; word++) {
        unsigned char c = (unsigned char)*word;
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c < 0x80 && strchr("._-/", c) == NULL) {
            return false;
        }
    }
    return true;
}

static bool is_there(const struct buffer *lines, const char *word)
{
    size_t size = strlen(word);

    for (size_t at = 0; at < lines->size;) {
        const char *line = (const char *)lines->data + at;
        const char *end = memchr(line, '\n', lines->size - at);
        must(end != NULL);
        if ((size_t)(end - line) == size && memcmp(line, word, size) == 0) {
            return true;
        }
        at += (size_t)(end - line) + 1;
    }
    return false;
}

void complete_add(struct complete *complete, const char *word)
{
    if (strncmp(word, complete->begin, strlen(complete->begin)) == 0 && is_plain(word) &&
        !is_there(&complete->words, word)) {
        text_put(&complete->words, "%s\n", word);
    }
}

void complete_add_all(struct complete *complete, const char *words)
{
    while (*words != '\0') {
        size_t size = strcspn(words, " ");
        char *word = xstrndup(words, size);
        complete_add(complete, word);
        free(word);
        words += size + strspn(words + size, " ");
    }
}

/* --- the line ------------------------------------------------------------------------------ */

struct line {
    const struct command *command; /* NULL: its name is not finished */
    const struct option *option;   /* its value is wanted; NULL: none */
    size_t words;                  /* positional ones before the cursor */
    bool ended;                    /* after -- */
};

static const struct option *find_option(const struct command *command, const char *word)
{
    const struct option *const tables[] = {command->options, manual_common};

    for (size_t t = 0; t < 2; t++) {
        for (const struct option *o = tables[t]; o->name != NULL; o++) {
            if (strcmp(o->name, word) == 0) {
                return o;
            }
        }
    }
    return NULL;
}

/* bash parts --state=open into three words. */
static struct line read_line(const char *const *words, size_t count)
{
    struct line line = {0};

    for (size_t i = 1; i < count; i++) {
        const char *word = words[i];
        if (strcmp(word, "=") == 0) {
            continue;
        }
        if (line.option != NULL) {
            line.option = NULL;
        } else if (line.command == NULL) {
            line.command = command_find(word);
        } else if (!line.ended && strcmp(word, "--") == 0) {
            line.ended = true;
        } else if (!line.ended && strncmp(word, "--", 2) == 0) {
            line.option = find_option(line.command, word + 2);
            line.option = line.option != NULL && line.option->value != NULL ? line.option : NULL;
        } else {
            line.words++;
        }
    }
    return line;
}

static void offer_commands(struct complete *c)
{
    for (size_t i = 0; commands[i] != NULL; i++) {
        complete_add(c, commands[i]->name);
    }
}

static void offer_kind(struct complete *c, const struct command *command, enum value_kind kind)
{
    switch (kind) {
    case VALUE_FREE:
        break;
    case VALUE_FILE:
        c->with = COMPLETE_FILES;
        break;
    case VALUE_FOLDER:
        c->with = COMPLETE_FOLDERS;
        break;
    case VALUE_COMMAND:
        offer_commands(c);
        break;
    default:
        complete_live(c, command, kind);
    }
}

static void offer_value(struct complete *c, const struct line *line)
{
    const char *value = line->option->value;
    const char *choices = value_choices(line->command, line->option->name);
    const struct value_word *word = value_word_find(value, strlen(value));

    if (choices != NULL) {
        complete_add_all(c, choices);
    } else if (strcmp(line->option->name, "plan") == 0) {
        complete_live(c, line->command, VALUE_PLAN);
    } else if (word != NULL) {
        offer_kind(c, line->command, word->kind);
    }
}

static void offer_words(struct complete *c, const struct line *line)
{
    const char *actions = value_choices(line->command, "");
    const struct value_word *word;
    size_t at = 0;

    if (line->words >= line->command->words_max) {
        return;
    }
    if (actions != NULL && line->words == 0) {
        complete_add_all(c, actions);
        return;
    }
    while (value_word_next(line->command, &at, &word)) {
        offer_kind(c, line->command, word->kind);
    }
}

static void offer_options(struct complete *c, const struct command *command)
{
    const struct option *const tables[] = {command->options, manual_common};

    for (size_t t = 0; t < 2; t++) {
        for (const struct option *o = tables[t]; o->name != NULL; o++) {
            struct buffer name = BUFFER_INIT;
            text_put(&name, "--%s", o->name);
            char *text = text_take(&name);
            complete_add(c, text);
            free(text);
        }
    }
}

static void offer(struct complete *c, const struct line *line)
{
    if (line->command == NULL) {
        offer_commands(c);
        complete_add_all(c, "help --help --version");
    } else if (line->option != NULL) {
        offer_value(c, line);
    } else if (c->begin[0] == '-' && !line->ended) {
        offer_options(c, line->command);
    } else {
        offer_words(c, line);
    }
}

/* --- the command --------------------------------------------------------------------------- */

/* Where the engine of this line is: its --folder and --endpoint. */
static void find_engine(const char *const *words, size_t count, struct arguments *ret_given)
{
    *ret_given = (struct arguments){0};
    for (size_t i = 1; i + 1 < count; i++) {
        size_t value = strcmp(words[i + 1], "=") == 0 ? i + 2 : i + 1;
        bool engine = strcmp(words[i], "--folder") == 0 || strcmp(words[i], "--endpoint") == 0;
        if (engine && value < count && ret_given->given_count < 2) {
            ret_given->given[ret_given->given_count++] = (struct given){
                .option = find_option(&command_complete, words[i] + 2), .value = words[value]};
        }
    }
}

static enum exit_code complete_line(struct session *session, const char *const *words, size_t count,
                                    const char *last)
{
    static const char *const with[] = {
        [COMPLETE_WORDS] = "words", [COMPLETE_FILES] = "files", [COMPLETE_FOLDERS] = "folders"};
    struct arguments given;
    struct complete complete = {.begin = strcmp(last, "=") == 0 ? "" : last, .given = &given};
    struct line line = read_line(words, count);

    find_engine(words, count, &given);
    if (count == 2 && strcmp(words[1], "help") == 0) {
        offer_commands(&complete);
    } else {
        offer(&complete, &line);
    }
    char *lines = text_take(&complete.words);
    fprintf(session->out.file, "%s\n%s", with[complete.with], lines);
    free(lines);
    return EXIT_CODE_DONE;
}

static enum exit_code run(struct session *session, const struct arguments *arguments)
{
    uint64_t at;

    if (arguments_has(arguments, "bash")) {
        fputs(bash, session->out.file);
        return EXIT_CODE_DONE;
    }
    if (arguments->count < 2 || !arguments_parse_number(arguments->positional[0], &at) || at == 0 ||
        at > arguments->count - 1) {
        return EXIT_CODE_USAGE;
    }
    const char *const *words = arguments->positional + 1;
    return complete_line(session, words, (size_t)at, at < arguments->count - 1 ? words[at] : "");
}

static const struct option options[] = {
    {"bash", NULL, N_("print the function of bash that asks this command")},
    {NULL, NULL, NULL},
};

const struct command command_complete = {
    .name = "complete",
    .words = "",
    .summary = N_("what may come next on a command line, for the shell"),
    .examples = "source <(marshrut complete --bash)\n"
                "marshrut complete -- 2 marshrut list --st",
    .options = options,
    .words_max = SIZE_MAX,
    .run = run,
};
