/* offers.h - kept events, offered to those who begin to listen
 *
 * A listen that was opened takes the earliest kept event that fits it, and from then on what comes;
 * an event that somebody takes is kept no longer. At the start of the program all kept events are
 * offered once to all who listen: the turn before may have been the last of its process.
 */
#ifndef ENGINE_OFFERS_H
#define ENGINE_OFFERS_H

#include "engine/listeners.h"

/* In memory only: what is forgotten by a crash is made up for at the start. */
struct offers {
    struct match *waiting; /* tasks that began to listen, in this order */
    size_t first;
    size_t count;
    size_t room;
    uint64_t after;         /* number up to which the first of them was offered events */
    uint64_t look_from;     /* all kept events from this number on are looked at; 0 = none */
    struct listeners found; /* used again and again */
    struct buffer numbers;
};

void offers_init(struct offers *offers);
void offers_fini(struct offers *offers);

/* After a commit, before turn_end(): note who began to listen. */
void offers_note(struct offers *offers, const struct turn *turn);

bool offers_wait(const struct offers *offers); /* is there something to do? */

/* In an open turn: some of them, as much as one turn should have. */
void offers_run(struct offers *offers, struct turn *turn);

#endif
