/*
 * Adding a disk opens it to look for partitions.
 */

#include <linux/blkdev.h>

int device_add_disk(struct device *parent, struct gendisk *disk, const struct attribute_group **groups)
{
	int ret = holdwait_add_class_device(&disk->part0->bd_device);

	if (ret)
		return ret;
	mutex_lock(&disk->open_mutex);
	ret = disk->fops->open(disk->part0, FMODE_READ);
	disk->fops->release(disk, FMODE_READ);
	mutex_unlock(&disk->open_mutex);
	return ret;
}

int add_disk(struct gendisk *disk)
{
	return device_add_disk(NULL, disk, NULL);
}
