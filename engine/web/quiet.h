/* quiet.h - stretches of the journal that have nothing of a kind in them
 *
 * Who looks backwards for something rare would read the same entries again at every page. An entry
 * never changes, so what was found empty stays so: it is stepped over. In memory, and bounded: what
 * is forgotten is read again.
 */
#ifndef WEB_QUIET_H
#define WEB_QUIET_H

#include <stddef.h>
#include <stdint.h>

#define QUIET_MAX 4096u /* stretches kept: the shortest goes */

struct stretch {
    uint64_t first;
    uint64_t last; /* entries, both inclusive */
};

struct quiet {
    struct stretch *all; /* ascending, apart from one another */
    size_t count;
};

void quiet_fini(struct quiet *quiet);
/* There is nothing in these entries. */
void quiet_add(struct quiet *quiet, uint64_t first, uint64_t last);
/* The newest entry at or below this one that may have something; 0 = none. */
uint64_t quiet_below(const struct quiet *quiet, uint64_t entry);

#endif
