/* SPDX-License-Identifier: MIT */
/* A log of the last packets, readable as /sys/kernel/debug/packetlog. */
#ifndef PACKETLOG_H
#define PACKETLOG_H

#include <linux/types.h>

#define PACKETLOG_SIZE 64u

struct seq_file;

struct packet_entry {
	u64 when;
	u32 length;
	u16 protocol;
	u16 flags;
};

/* In each object that uses it: patching it concerns all of them. */
static inline bool packet_entry_used(const struct packet_entry *entry)
{
	return entry->when != 0 && entry->length != 0;
}

void packetlog_add(u32 length, u16 protocol);
bool packetlog_get(unsigned int age, struct packet_entry *entry);
unsigned int packetlog_count(void);
void packetlog_reset(void);

void packetlog_format(struct seq_file *file, const struct packet_entry *entry);

#endif
