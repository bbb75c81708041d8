/* complete.h - what may come next on a command line, for the shell */
#ifndef CLI_COMPLETE_H
#define CLI_COMPLETE_H

#include "cli/session.h"
#include "cli/value_word.h"

/* What the shell is to offer: these words, or what it knows itself. */
enum complete_with { COMPLETE_WORDS, COMPLETE_FILES, COMPLETE_FOLDERS };

struct complete {
    const char *begin;   /* of the word: only what begins so is offered */
    struct buffer words; /* a line each */
    enum complete_with with;
    const struct arguments *given; /* --folder and --endpoint of the line, for the engine */
};

/* The word, if it begins as it must and no shell takes its characters for something else. */
void complete_add(struct complete *complete, const char *word);
/* Words parted by blanks. */
void complete_add_all(struct complete *complete, const char *words);

/* Values from the engine, of a line for this command; nothing when it is not there. plans: only
 * names of plans. */
void complete_live(struct complete *complete, const struct command *command, enum value_kind kind);

#endif
