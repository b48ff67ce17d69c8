// SPDX-License-Identifier: MIT
/* The module: its file in debugfs and its parameter. */
#include <linux/debugfs.h>
#include <linux/if_ether.h>
#include <linux/module.h>
#include <linux/seq_file.h>
#include "packetlog.h"

static unsigned int samples = 4;
module_param(samples, uint, 0444);
MODULE_PARM_DESC(samples, "entries to log when the module is loaded");

static struct dentry *log_file;

/* Only packetlog_show calls it: inlined there, no code of its own remains. */
static void show_summary(struct seq_file *file)
{
	seq_printf(file, "%u of %u entries\n", packetlog_count(), PACKETLOG_SIZE);
}

static int packetlog_show(struct seq_file *file, void *unused)
{
	struct packet_entry entry;
	unsigned int age;

	show_summary(file);
	for (age = 0; packetlog_get(age, &entry); age++)
		packetlog_format(file, &entry);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(packetlog);

static int __init packetlog_init(void)
{
	unsigned int i;

	for (i = 0; i < samples; i++)
		packetlog_add(60 + i, i % 2 ? ETH_P_ARP : ETH_P_IP);
	log_file = debugfs_create_file("packetlog", 0444, NULL, NULL, &packetlog_fops);
	return PTR_ERR_OR_ZERO(log_file);
}

static void __exit packetlog_exit(void)
{
	debugfs_remove(log_file);
	packetlog_reset();
}

module_init(packetlog_init);
module_exit(packetlog_exit);
MODULE_LICENSE("Dual MIT/GPL");
MODULE_DESCRIPTION("Log of the last packets");
