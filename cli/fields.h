/* fields.h - fields of the engine's JSON, and its words for states in the reader's language
 *
 * Every function takes any JSON, also NULL and the wrong type: what is missing is NULL or 0. Text
 * is as the engine sent it, NOT harmless yet: table_add() and text_harmless() do that.
 */
#ifndef CLI_FIELDS_H
#define CLI_FIELDS_H

#include <jansson.h>
#include <stddef.h>

const char *field_text(const json_t *row, const char *name); /* NULL unless it is text */
json_int_t field_number(const json_t *row, const char *name);
const json_t *field_rows(const json_t *answer, size_t *ret_count); /* "rows" of a page */

/* {"id","name","short"} -> its short name, else its name, else its id; text is an id already. */
const char *field_body(const json_t *row, const char *name);

/* What people call the step of a row: its title, else its name. */
const char *field_step(const json_t *row);

/* A number or text as text; NULL when it is neither. Yours to free. */
char *field_printed(const json_t *row, const char *name);
/* The same, harmless. */
char *field_harmless(const json_t *row, const char *name);

/* Words of the protocol in the language of the reader; a word that is not known as it is. */
const char *word_instance_state(const char *word); /* running … */
/* The *standing* of an assignment or of a window of a plan; also its state, or its phase alone. */
const char *word_standing(const char *word);
const char *word_task_kind(const char *word);       /* call assignment … notice */
const char *word_task_state(const char *word);      /* ready backoff … */
const char *word_definition_kind(const char *word); /* workflow roadmap bodies … */
const char *word_work_state(const char *word);      /* waiting running … of long work */
const char *word_work_list(const char *word);       /* incidents … that long work is done with */
/* retry … of a row of such a list: of an incident it is the process that is cancelled */
const char *word_work_action(const char *list, const char *action);
const char *word_letter(const char *word); /* opened reminder … */

#endif
