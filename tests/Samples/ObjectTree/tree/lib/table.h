/* A fixed-size table that counts words. */
#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>

#define TABLE_SIZE 512u
#define WORD_SIZE 32u

struct entry {
    char word[WORD_SIZE];
    unsigned count;
};

/* In each object that uses it. */
static inline unsigned hash_step(unsigned hash, unsigned char c)
{
    return (hash ^ c) * 16777619u;
}

unsigned hash_text(const char *text);
unsigned hash_bytes(const void *data, size_t size);
struct entry *table_find(const char *word);
unsigned table_count(const char *word);
size_t table_used(void);

#endif
