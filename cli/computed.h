/* computed.h - the number of an item of a plan that is counted, in words */
#ifndef CLI_COMPUTED_H
#define CLI_COMPUTED_H

#include <jansson.h>

/* Of an answer to COMPUTED: «4 из 5: 80 %; требуется не менее 62,5 %: достигнуто». Its unit is as
 * the document has it, not harmless yet. Yours. */
char *computed_number(const json_t *answer);

#endif
