/* Counts records, those inside groups too. */
#include "packet.h"

/* Calls itself: GCC inlines a copy of it into itself several times. */
static inline unsigned count_level(const uint8_t *data, size_t size)
{
    unsigned count = 0;

    for (size_t at = 0; at + 2 <= size && data[at] != RECORD_END; at += 2u + data[at + 1]) {
        count++;
        if (data[at] == RECORD_GROUP && at + 2 + data[at + 1] <= size)
            count += count_level(data + at + 2, data[at + 1]);
    }
    return count;
}

unsigned count_records(const uint8_t *data, size_t size)
{
    return count_level(data, size);
}
