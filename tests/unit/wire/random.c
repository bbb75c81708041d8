/* random.c - repeatable random values for the property tests of the wire */
#include "random.h"

#include <string.h>

uint64_t random_bits(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state * 0x2545F4914F6CDD1Du;
}

uint64_t random_number(uint64_t *state, uint64_t min, uint64_t max)
{
    uint64_t n = random_bits(state) >> (random_bits(state) % 64);

    switch (random_bits(state) % 4) {
    case 0:
        return min;
    case 1:
        return max;
    default:
        return max - min == UINT64_MAX ? n : min + n % (max - min + 1);
    }
}

void random_text(uint64_t *state, const char *characters, size_t size_max, char *buf)
{
    size_t size = (size_t)random_number(state, 1, size_max);

    for (size_t i = 0; i < size; i++) {
        buf[i] = characters[random_bits(state) % strlen(characters)];
    }
    buf[size] = '\0';
}

size_t random_damage(uint64_t *state, char *buf, size_t size)
{
    size_t at = (size_t)(random_bits(state) % size);

    switch (random_bits(state) % 3) {
    case 0:
        buf[at] = (char)random_bits(state);
        return size;
    case 1:
        memmove(buf + at, buf + at + 1, size - at - 1);
        return size - 1;
    default:
        memmove(buf + at + 1, buf + at, size - at);
        return size + 1;
    }
}
