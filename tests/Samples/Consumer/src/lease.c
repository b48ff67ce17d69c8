/* Leases of addresses: what a later target does with their functions is in Consumer.csproj. */
#include <stdbool.h>
#include <stddef.h>

#define POOL_SIZE 16u

struct lease {
    unsigned owner;
    unsigned long expires;
};

static struct lease pool[POOL_SIZE];

/* Inlined into the three functions below: a patch of it has to replace them. */
static bool expired(const struct lease *lease, unsigned long now)
{
    return lease->owner == 0 || lease->expires <= now;
}

struct lease *lease_find(unsigned owner, unsigned long now)
{
    for (size_t i = 0; i < POOL_SIZE; i++)
        if (pool[i].owner == owner && !expired(&pool[i], now))
            return &pool[i];
    return NULL;
}

bool lease_take(unsigned owner, unsigned long now, unsigned long duration)
{
    for (size_t i = 0; i < POOL_SIZE; i++) {
        if (!expired(&pool[i], now))
            continue;
        pool[i].owner = owner;
        pool[i].expires = now + duration;
        return true;
    }
    return false;
}

unsigned lease_free(unsigned long now)
{
    unsigned count = 0;

    for (size_t i = 0; i < POOL_SIZE; i++)
        count += expired(&pool[i], now);
    return count;
}
