// acmeDriver.ts
// The drivers that the tests of servers and editors talk about: two locks in one order and in both, through a call and
// across files, and the patch that takes them in the other order.

const stop = `int acme_stop(void)
{
	mutex_lock(&acme_port_lock);
	mutex_lock(&acme_list_lock);
	mutex_unlock(&acme_list_lock);
	mutex_unlock(&acme_port_lock);
	return 0;
}
`;

export const oneOrder = `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>

static DEFINE_MUTEX(acme_list_lock);
static DEFINE_MUTEX(acme_port_lock);

int acme_open(void)
{
	mutex_lock(&acme_list_lock);
	mutex_lock(&acme_port_lock);
	mutex_unlock(&acme_port_lock);
	mutex_unlock(&acme_list_lock);
	return 0;
}
`;

/** A cycle of two functions. */
export const bothOrders = `${oneOrder}\n${stop}`;

/** One order, and the second lock is taken in a function that is called. */
export const orderByCall = `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>

static DEFINE_MUTEX(acme_list_lock);
static DEFINE_MUTEX(acme_port_lock);

static void acme_port_reset(void)
{
	mutex_lock(&acme_port_lock);
	mutex_unlock(&acme_port_lock);
}

int acme_open(void)
{
	mutex_lock(&acme_list_lock);
	acme_port_reset();
	mutex_unlock(&acme_list_lock);
	return 0;
}
`;

export const bothOrdersByCall = `${orderByCall}\n${stop}`;

/** Three files, with a lock of each device that the second of them tries. */
export const threeFiles = {
  'drivers/acme/acme.c': `// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include "acme.h"

static DEFINE_MUTEX(acme_list_lock);
static DEFINE_MUTEX(acme_port_lock);

void acme_port_reset(void)
{
	mutex_lock(&acme_port_lock);
	mutex_unlock(&acme_port_lock);
}

int acme_open(struct acme *acme)
{
	mutex_lock(&acme_list_lock);
	mutex_lock(&acme->io);
	acme_port_reset();
	mutex_unlock(&acme->io);
	mutex_unlock(&acme_list_lock);
	return 0;
}

${stop.replace('void', 'struct acme *acme').replace('return 0', 'return acme_sync(acme)')}`,
  'drivers/acme/sync.c': `#include <linux/mutex.h>
#include "acme.h"

int acme_sync(struct acme *acme)
{
	if (!mutex_trylock(&acme->io))
		return -1;
	mutex_unlock(&acme->io);
	return 0;
}
`,
  'drivers/acme/acme.h': 'struct acme { struct mutex io; };\nint acme_sync(struct acme *acme);\n',
};

export const otherOrderPatch = `From 1234567890123456789012345678901234567890 Mon Sep 17 00:00:00 2001
From: A U Thor <author@example.org>
Date: Tue, 3 Nov 2026 10:00:00 +0000
Subject: [PATCH] acme: stop in the other order

---
 drivers/acme/acme.c | 9 +++++++++
 1 file changed, 9 insertions(+)

--- a/drivers/acme/acme.c
+++ b/drivers/acme/acme.c
@@ -12,3 +12,12 @@ int acme_open(void)
 	mutex_unlock(&acme_list_lock);
 	return 0;
 }
+
+int acme_stop(void)
+{
+	mutex_lock(&acme_port_lock);
+	mutex_lock(&acme_list_lock);
+	mutex_unlock(&acme_list_lock);
+	mutex_unlock(&acme_port_lock);
+	return 0;
+}
-- 
2.39.5
`;
