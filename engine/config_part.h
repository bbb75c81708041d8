/* config_part.h - inside the configuration: what its readers share
 *
 * Only config*.c include this.
 */
#ifndef ENGINE_CONFIG_PART_H
#define ENGINE_CONFIG_PART_H

#include "engine/config.h"
#include "language/fields.h"

#define CONFIG_TEXT_MAX 4000 /* of a path or an argument */

/* A path as it is when it is absolute, else in this folder; yours. */
char *config_join(const char *folder, const char *path);

/* A number of the environment in place of one of the file, for who can't change the file; where
 * there is none, it stays. */
bool config_other(const struct reader *reader, const struct node *place, const char *variable,
                  int64_t least, int64_t most, int64_t *number);

/* deploy, start, programs, limits. */
bool config_read_lists(const struct reader *reader, const struct node *root, struct config *config);

/* http. */
bool config_read_http(const struct reader *reader, const struct node *root, struct config *config);

#endif
