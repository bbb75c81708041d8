/* world.h - for these tests: a turn on a memory store, with a small workflow deployed */
#ifndef TESTS_INTEGRATION_WORLD_H
#define TESTS_INTEGRATION_WORLD_H

#include "engine/turn.h"

#define WORLD_NOW_MS 1673244000000 /* 2023-01-09 09:00 in Moscow */

struct test_world {
    struct store *store;
    struct catalog *catalog;
    struct turn turn;
};

/* Workflow "five": five calls of the service "work". */
void test_world_open(struct test_world *w);
void test_world_close(struct test_world *w);

/* A turn that starts one instance of "five" under this key; returns its number. */
uint64_t test_world_start(struct test_world *w, const char *key);

#endif
