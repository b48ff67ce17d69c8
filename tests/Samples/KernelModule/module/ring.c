// SPDX-License-Identifier: MIT
/* The ring buffer of entries. */
#include <linux/kernel.h>
#include <linux/ktime.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include "packetlog.h"

static struct packet_entry ring[PACKETLOG_SIZE];
static unsigned int added;
static DEFINE_SPINLOCK(ring_lock);

/* Inlined into every function below that indexes the ring. */
static struct packet_entry *slot(unsigned int number)
{
	return &ring[number % PACKETLOG_SIZE];
}

void packetlog_add(u32 length, u16 protocol)
{
	struct packet_entry *entry;
	unsigned long flags;

	spin_lock_irqsave(&ring_lock, flags);
	entry = slot(added++);
	entry->when = ktime_get_ns();
	entry->length = length;
	entry->protocol = protocol;
	entry->flags = 0;
	spin_unlock_irqrestore(&ring_lock, flags);
}

bool packetlog_get(unsigned int age, struct packet_entry *entry)
{
	unsigned long flags;

	if (age >= PACKETLOG_SIZE)
		return false;
	spin_lock_irqsave(&ring_lock, flags);
	*entry = *slot(added - 1 - age);
	spin_unlock_irqrestore(&ring_lock, flags);
	return packet_entry_used(entry);
}

unsigned int packetlog_count(void)
{
	unsigned int count = 0, i;

	for (i = 0; i < PACKETLOG_SIZE; i++)
		count += packet_entry_used(slot(i));
	return count;
}

void packetlog_reset(void)
{
	unsigned long flags;

	spin_lock_irqsave(&ring_lock, flags);
	memset(ring, 0, sizeof(ring));
	added = 0;
	spin_unlock_irqrestore(&ring_lock, flags);
}
