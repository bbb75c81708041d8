/* graph_items.c - how far each item of a plan is, for its picture
 *
 * Owns:    which colour the standing of a window has, and which of several windows counts.
 * In:      the answer to ROADMAP (docs/protocol.md §3.6).
 * Always:  what needs somebody most counts; a window without an assignment is as its process ended.
 */
#include "cli/graph_items.h"

#include "cli/fields.h"

#include <jansson.h>
#include <string.h>

/* The worst first. */
static const struct {
    const char *standing;
    enum picture_state state;
} ranks[] = {
    {"critical", PICTURE_INCIDENT},     {"overdue", PICTURE_INCIDENT},
    {"faulted", PICTURE_FAULTED},       {"asked", PICTURE_WAITING},
    {"reported", PICTURE_WAITING},      {"today", PICTURE_WAITING},
    {"soon", PICTURE_WAITING},          {"open", PICTURE_OPEN},
    {"paused", PICTURE_SKIPPED},        {"planned", PICTURE_NONE},
    {"accepted_in_part", PICTURE_DONE}, {"accepted", PICTURE_DONE},
    {"completed", PICTURE_DONE},        {"withdrawn", PICTURE_CANCELLED},
    {"cancelled", PICTURE_CANCELLED},
};
#define RANKS (sizeof ranks / sizeof *ranks)

static const json_t *find_item(const json_t *plan, const char *no)
{
    const json_t *items = json_object_get(plan, "items");
    const json_t *row;
    size_t i;

    json_array_foreach(items, i, row)
    {
        const char *of = field_text(row, "no");
        if (of != NULL && strcmp(of, no) == 0) {
            return row;
        }
    }
    return NULL;
}

/* RANKS: none of these words. */
static size_t rank_of(const char *standing)
{
    size_t rank = 0;

    while (rank < RANKS && (standing == NULL || strcmp(standing, ranks[rank].standing) != 0)) {
        rank++;
    }
    return rank;
}

static size_t rank_of_window(const json_t *window)
{
    const char *process = field_text(window, "process");
    size_t ended = field_text(window, "task") == NULL ? rank_of(process) : RANKS;

    return ended < RANKS ? ended : rank_of(field_text(window, "standing"));
}

static const char *word_of(const char *standing)
{
    const char *word = word_standing(standing);

    return word != standing ? word : word_instance_state(standing);
}

void graph_items_of(void *plan, const struct roadmap_item *item, struct picture_item *ret_item)
{
    const json_t *row = find_item(plan, item->no);
    const json_t *windows = json_object_get(row, "windows");
    const json_t *body = json_array_get(json_object_get(row, "responsible"), 0);
    const char *name = field_text(body, "short");
    const json_t *window;
    size_t worst = RANKS;
    size_t i;

    json_array_foreach(windows, i, window)
    {
        size_t rank = rank_of_window(window);
        worst = rank < worst ? rank : worst;
    }
    if (worst < RANKS) {
        ret_item->state = ranks[worst].state;
        ret_item->word = word_of(ranks[worst].standing);
    }
    ret_item->responsible = name != NULL ? name : field_text(body, "name");
}
