/* top_frame.h - one frame of `top`: lines that fit the screen */
#ifndef CLI_TOP_FRAME_H
#define CLI_TOP_FRAME_H

#include "cli/top_panes.h"

struct top_view {
    enum top_pane pane;
    unsigned sort[PANES];
    size_t selected; /* row of the pane */
    size_t first;    /* the row at the top of the list */
    bool paused;
};

/* Lines of a screen so large; each is harmless and at most so wide. rows 0: as many as there are,
 * columns 0: as wide as they are, and nothing is marked. colour: with bold and reversed parts. */
struct top_frame {
    char **lines;
    size_t count;
    size_t body; /* rows of the list that the screen has room for */
};

/* rows: of top_pane_rows(). The view is brought into bounds. */
void top_frame_make(struct top_frame *ret_frame, const struct top_data *data, struct top_view *view,
                    const json_t *rows, const struct session *session, size_t height,
                    size_t columns);
void top_frame_fini(struct top_frame *frame);

/* A text that fills the screen, broken to its width: what a key does, or why something waits. */
void top_frame_text(struct top_frame *ret_frame, const char *heading, const char *text,
                    size_t height, size_t columns);

#endif
