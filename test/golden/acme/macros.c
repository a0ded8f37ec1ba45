/* Macros that define, tables, and what stands at file level. */
#include <linux/module.h>
#include "acme.h"

#define ACME_REG(name, off)				\
static u32 acme_read_##name(struct acme_dev *adev)	\
{							\
	return readl(adev->regs + (off));		\
}

ACME_REG(status, 0x10)
ACME_REG(control, 0x14)

#define acme_err(adev, fmt, ...) dev_err(&(adev)->dev, fmt, ##__VA_ARGS__)
#define acme_lock(adev) mutex_lock(&(adev)->state_lock)
#define acme_wait(adev) ({ wait_for_completion(&(adev)->done); (adev)->stats; })
#define ACME_NAME "acme"

enum acme_state {
	ACME_DOWN,
	ACME_UP = 4,
	ACME_ERROR = ACME_UP << 1,
};

static int acme_start(struct acme_dev *adev);

static const struct acme_ops acme_default_ops = {
	.open = acme_start,
	.stop = NULL,
};

static const struct pci_device_id acme_ids[] = {
	{ PCI_VDEVICE(ACME, 0x1000), .driver_data = ACME_UP },
	{ 0 }
};
MODULE_DEVICE_TABLE(pci, acme_ids);

static int acme_start(struct acme_dev *adev)
{
	u64 seen;

	acme_lock(adev);
	seen = acme_wait(adev);
	mutex_unlock(&adev->state_lock);
	if (acme_read_status(adev) != ACME_UP)
		acme_err(adev, "%s: bad state %llu\n", ACME_NAME, seen);
	return 0;
}

static struct pci_driver acme_driver = {
	.name = ACME_NAME,
	.id_table = acme_ids,
	.driver = { .pm = &(const struct dev_pm_ops){ .suspend = NULL } },
};
module_pci_driver(acme_driver);
EXPORT_SYMBOL_GPL(acme_default_ops);
