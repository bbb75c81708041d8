/* sample.h - registries and inquiries of tests */
#ifndef TESTS_ROUTE_PLANNER_SAMPLE_H
#define TESTS_ROUTE_PLANNER_SAMPLE_H

#include "workers/route-planner/inquiry.h"

#define SAMPLE_HEAD "id,title,competence,level,hours,places,from,municipality,note\n"

/* A folder of its own; the file holds this text. Returns the file's path, until the next call. */
const char *sample_file(const char *name, const char *text);

/* The folder, with the files that no test wrote holding their head only. */
const char *sample_folder(void);

/* Remove folder and files. */
void sample_remove(void);

/* A registry of programmes, mentors, sites and master classes (rows only; NULL: none). */
void sample_registry(struct registry *registry, const char *programmes, const char *mentors,
                     const char *sites, const char *masterclasses);

/* An inquiry; JSON with single quotes. */
void sample_inquiry(struct inquiry *inquiry, const char *text);

#endif
