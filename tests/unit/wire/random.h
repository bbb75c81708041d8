/* random.h - repeatable random values for the property tests of the wire */
#ifndef TESTS_WIRE_RANDOM_H
#define TESTS_WIRE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* 64 random bits; the state begins as any number but 0. */
uint64_t random_bits(uint64_t *state);

/* min..max, often one of the two, often small. */
uint64_t random_number(uint64_t *state, uint64_t min, uint64_t max);

/* A zero-terminated text of 1..size_max of these characters; often of size_max. */
void random_text(uint64_t *state, const char *characters, size_t size_max, char *buf);

/* Change, drop or double one byte of buf (room for size + 1); returns the new size. */
size_t random_damage(uint64_t *state, char *buf, size_t size);

#define NAME_CHARACTERS "abcxyzABCXYZ019._:/-"

#endif
