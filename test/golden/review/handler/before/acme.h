/* SPDX-License-Identifier: GPL-2.0 */
#ifndef ACME_H
#define ACME_H

struct acme {
	struct device *dev;
	struct mutex io_lock;
	struct mutex stats_lock;
	struct work_struct reset_work;
	u32 __iomem *regs;
	u32 resets;
	bool is_up;
};

int acme_open(struct acme *acme);
int acme_suspend(struct acme *acme);
void acme_init(struct acme *acme);

#endif
