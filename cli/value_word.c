/* value_word.c - the words that stand for values in help: FILE, BODY, TASK …
 *
 * Owns:    their meaning, and the fixed values of options.
 * In:      help, man pages, completion.
 * Always:  looked up in English, as the tables of commands have them; shown in the reader's
 *          language.
 */
#include "cli/value_word.h"

#include "cli/language.h"

#include <string.h>

static const struct value_word words[] = {
    {N_("BODY"), VALUE_BODY, N_("the id of a body, as documents have it: kopo_lo")},
    {N_("COMMAND"), VALUE_COMMAND, N_("the name of a command")},
    {N_("DATE"), VALUE_FREE, N_("a day: 2023-02-20 or 20.02.2023")},
    {"DAY", VALUE_FREE, NULL},
    {"DIR", VALUE_FOLDER, NULL},
    {N_("FILE"), VALUE_FILE, N_("a file, or a folder with all its files; - is standard input")},
    {N_("FOLDER"), VALUE_FOLDER, N_("a folder")},
    {N_("FROM..TO"), VALUE_FREE, N_("the first and the last day: 2023-01-01..2023-03-31")},
    {N_("ID"), VALUE_INSTANCE, N_("the number of an instance, as marshrut list shows it: 17")},
    {N_("ITEM"), VALUE_ITEM, N_("the item of a plan: 1.6")},
    {N_("MONTH"), VALUE_FREE, N_("a month: 2023-08")},
    {N_("NAME"), VALUE_DEFINITION, N_("the name of a plan or workflow: lo-2023")},
    {N_("NEW"), VALUE_FILE, N_("the newer document")},
    {N_("OLD"), VALUE_FILE, N_("the older document")},
    {N_("PHRASE"), VALUE_FREE, N_("a term in words: \"до 15 августа ежегодно\"")},
    {N_("PLAN"), VALUE_FILE, N_("a plan: a file, a folder, or a name in ./workflows")},
    {N_("TASK"), VALUE_TASK, N_("a task, the instance and its number in it: 17.2")},
    {N_("WORDS"), VALUE_FREE, N_("words, or the beginnings of words")},
};

const struct value_word *value_word_find(const char *word, size_t size)
{
    static const char sign[] = "…";

    if (size >= sizeof sign - 1 && memcmp(word + size - (sizeof sign - 1), sign, 3) == 0) {
        size -= sizeof sign - 1;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == size && memcmp(words[i].word, word, size) == 0) {
            return &words[i];
        }
    }
    return NULL;
}

/* The value of an option that stands in the words is no word of its own: "ID --reason TEXT". */
static const struct value_word *word_at(const struct command *command, size_t begin, size_t size)
{
    const char *text = command->words;
    size_t before = begin;

    while (before > 0 && text[before - 1] == ' ') {
        before--;
    }
    size_t word = before;
    while (word > 0 && text[word - 1] != ' ' && text[word - 1] != '[') {
        word--;
    }
    bool value = before - word > 2 && strncmp(text + word, "--", 2) == 0;
    return value ? NULL : value_word_find(text + begin, size);
}

bool value_word_next(const struct command *command, size_t *at, const struct value_word **ret_word)
{
    const char *text = command->words;

    *ret_word = NULL;
    while (text[*at] != '\0') {
        size_t begin = *at + strspn(text + *at, " []|");
        size_t size = strcspn(text + begin, " []|");
        *at = begin + size;
        const struct value_word *found = size > 0 ? word_at(command, begin, size) : NULL;
        if (found != NULL) {
            *ret_word = found;
            return true;
        }
    }
    return false;
}

/* --- fixed values -------------------------------------------------------------------------- */

static const struct {
    const char *command;
    const char *option; /* "": the first word that is no option */
    const char *values;
} choices[] = {
    {"assignment", "",
     "list report accept return withdraw extend grant refuse move pause resume delegate reassign "
     "comment"},
    {"assignment", "state",
     "planned open delegated paused reported accepted accepted_in_part withdrawn"},
    {"assignment", "group",
     "overdue today soon decisions critical open planned reported asked paused"},
    {"assignment", "phase", "planned open soon today overdue critical"},
    {"assignment", "role", "responsible co controller acting any"},
    {"assignment", "outcome", "open met met-late met-after-extension in-part withdrawn"},
    {"assignment", "outcome-original", "met late"},
    {"assignment", "for", "leave higher-order waits"},
    {"bulk", "",
     "retry skip cancel suspend resume accept return withdraw move grant refuse pause reassign"},
    {"bulk", "list", "incidents instances assignments"},
    {"bulk", "state",
     "running suspended completed cancelled faulted planned open delegated paused reported "
     "accepted accepted_in_part withdrawn"},
    {"bulk", "group", "overdue today soon decisions critical open planned reported asked paused"},
    {"bulk", "phase", "planned open soon today overdue critical"},
    {"bulk", "role", "responsible co controller acting any"},
    {"bulk", "outcome", "open met met-late met-after-extension in-part withdrawn"},
    {"bulk", "outcome-original", "met late"},
    {"bulk", "for", "leave higher-order waits"},
    {"computed", "rows", "done of"},
    {"cycle", "stage", "between over"},
    {"discipline", "by", "body plan section month"},
    {"due", "calendar", "ru ru-six-day ru-nonworking-2020-2021 ru-school tatarstan"},
    {"workday", "calendar", "ru ru-six-day ru-nonworking-2020-2021 ru-school tatarstan"},
    {"workdays", "calendar", "ru ru-six-day ru-nonworking-2020-2021 ru-school tatarstan"},
    {"due", "week", "5 6"},
    {"workday", "week", "5 6"},
    {"workdays", "week", "5 6"},
    {"graph", "format", "svg dot mermaid"},
    {"list", "state", "running suspended completed cancelled faulted"},
    {"roadmap", "state",
     "planned open soon today overdue critical reported asked paused accepted accepted_in_part "
     "withdrawn"},
    {"rehearse", "people", "on-time late nobody"},
    {"definitions", "kind", "workflow roadmap bodies policy calendar routes indicators"},
    {"remove", "kind", "workflow roadmap bodies policy calendar routes indicators"},
};

const char *value_choices(const struct command *command, const char *option)
{
    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        if (strcmp(choices[i].command, command->name) == 0 &&
            strcmp(choices[i].option, option) == 0) {
            return choices[i].values;
        }
    }
    return NULL;
}
