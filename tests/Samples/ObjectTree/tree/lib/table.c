/* Open addressing with linear probing. */
#include <string.h>
#include "table.h"

static struct entry entries[TABLE_SIZE];

static struct entry *entry_at(unsigned hash)
{
    return &entries[hash % TABLE_SIZE];
}

/* The entry of the word, or the free one where it belongs; NULL if the table is full. */
struct entry *table_find(const char *word)
{
    unsigned hash = hash_text(word);

    for (unsigned i = 0; i < TABLE_SIZE; i++) {
        struct entry *entry = entry_at(hash + i);

        if (entry->count == 0 || strcmp(entry->word, word) == 0)
            return entry;
    }
    return NULL;
}

unsigned table_count(const char *word)
{
    struct entry *entry = table_find(word);

    return entry != NULL ? entry->count : 0;
}

size_t table_used(void)
{
    size_t used = 0;

    for (unsigned i = 0; i < TABLE_SIZE; i++)
        used += entry_at(i)->count != 0;
    return used;
}
