// orderPatch.ts
// A driver that takes two locks in one order, and a patch that takes them in the other.

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
