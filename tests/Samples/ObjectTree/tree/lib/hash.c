/* FNV-1a. */
#include "table.h"

unsigned hash_text(const char *text)
{
    unsigned hash = 2166136261u;

    while (*text != '\0')
        hash = hash_step(hash, (unsigned char)*text++);
    return hash;
}

unsigned hash_bytes(const void *data, size_t size)
{
    const unsigned char *bytes = data;
    unsigned hash = 2166136261u;

    for (size_t i = 0; i < size; i++)
        hash = hash_step(hash, bytes[i]);
    return hash;
}
