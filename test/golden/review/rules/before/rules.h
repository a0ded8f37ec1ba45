/* SPDX-License-Identifier: GPL-2.0 */
struct ring {
	struct mutex setup;
	struct mutex table;
	struct mutex pages;
	struct mutex user;
	spinlock_t lock;
	spinlock_t tuning;
	struct work_struct poll;
	int irq;
	int events, polls, size, synced, step, writes;
};
