// SPDX-License-Identifier: MIT
/* Prints an entry. */
#include <linux/if_ether.h>
#include <linux/kernel.h>
#include <linux/seq_file.h>
#include "packetlog.h"

static const char *protocol_name(u16 protocol)
{
	switch (protocol) {
	case ETH_P_IP:
		return "ip";
	case ETH_P_IPV6:
		return "ipv6";
	case ETH_P_ARP:
		return "arp";
	default:
		return "other";
	}
}

/*
 * Every caller passes the width 8, and only `length` and `protocol` of the entry
 * are used: GCC keeps a clone that takes these two, and calls it by another name.
 */
static noinline void format_body(struct seq_file *file, const struct packet_entry *entry, int width)
{
	seq_printf(file, "%*u bytes %-6s %04x", width, entry->length,
		   protocol_name(entry->protocol), entry->protocol);
}

void packetlog_format(struct seq_file *file, const struct packet_entry *entry)
{
	if (!packet_entry_used(entry)) {
		seq_puts(file, "(empty)\n");
		return;
	}
	seq_printf(file, "%llu ", entry->when);
	format_body(file, entry, 8);
	if (entry->flags)
		seq_printf(file, " flags %04x", entry->flags);
	seq_putc(file, '\n');
}
