/* rehearse_load.c - counting terms by body and day
 *
 * Owns:    what "at once" means: on one civil day, or from one Monday to the Sunday after it.
 * In:      terms in any order.
 * Out:     the days and weeks that reach a bound.
 */
#include "cli/rehearse_load.h"

#include "base/must.h"

#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
    const struct load_term *x = a;
    const struct load_term *y = b;
    int bodies = strcmp(x->body, y->body);

    if (bodies != 0) {
        return bodies;
    }
    if (x->day != y->day) {
        return x->day < y->day ? -1 : 1;
    }
    return (x->term > y->term) - (x->term < y->term);
}

static civil_day monday_of(civil_day day)
{
    return day - (civil_weekday(day) - 1);
}

struct loads {
    struct load *items;
    size_t count;
};

static void add(struct loads *loads, const struct load *load)
{
    loads->items = xrealloc(loads->items, (loads->count + 1) * sizeof *loads->items);
    loads->items[loads->count++] = *load;
}

/* The terms of the same body up to this day, from `first` on. */
static size_t run_until(const struct load_term *terms, size_t count, size_t first, civil_day last)
{
    size_t next = first;

    while (next < count && terms[next].day <= last &&
           strcmp(terms[next].body, terms[first].body) == 0) {
        next++;
    }
    return next - first;
}

/* One week of one body: `size` terms from `first` on. */
static void look_at_week(struct loads *loads, const struct load_term *terms, size_t first,
                         size_t size, size_t per_day, size_t per_week)
{
    civil_day monday = monday_of(terms[first].day);
    size_t first_day = run_until(terms, first + size, first, terms[first].day);

    if (size >= per_week && !(first_day == size && size >= per_day)) {
        add(loads, &(struct load){monday, monday + 6, first, size});
    }
    for (size_t i = first; i < first + size;) {
        size_t day = run_until(terms, first + size, i, terms[i].day);
        if (day >= per_day) {
            add(loads, &(struct load){terms[i].day, terms[i].day, i, day});
        }
        i += day;
    }
}

size_t load_find(struct load_term *terms, size_t count, size_t per_day, size_t per_week,
                 struct load **ret_loads)
{
    struct loads loads = {0};

    if (count > 0) {
        qsort(terms, count, sizeof *terms, compare);
    }
    for (size_t i = 0; i < count;) {
        size_t week = run_until(terms, count, i, monday_of(terms[i].day) + 6);
        look_at_week(&loads, terms, i, week, per_day, per_week);
        i += week;
    }
    *ret_loads = loads.items;
    return loads.count;
}
