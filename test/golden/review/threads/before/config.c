// SPDX-License-Identifier: GPL-2.0
#include <linux/mutex.h>
#include "acme.h"

static DEFINE_MUTEX(acme_list_lock);
static DEFINE_MUTEX(acme_conf_lock);
static DEFINE_MUTEX(acme_firmware_lock);

static int acme_load(const char *name)
{
	mutex_lock(&acme_firmware_lock);
	mutex_unlock(&acme_firmware_lock);
	return 0;
}

int acme_add(struct acme *acme)
{
	mutex_lock(&acme_list_lock);
	mutex_lock(&acme_conf_lock);
	acme->is_up = true;
	mutex_unlock(&acme_conf_lock);
	mutex_unlock(&acme_list_lock);
	return 0;
}

int acme_configure(struct acme *acme, const char *name)
{
	int err;

	mutex_lock(&acme_conf_lock);
	err = acme_load(name);
	mutex_unlock(&acme_conf_lock);
	return err;
}

int acme_forget(struct acme *acme)
{
	mutex_lock(&acme_firmware_lock);
	acme->is_up = false;
	mutex_unlock(&acme_firmware_lock);
	return 0;
}
