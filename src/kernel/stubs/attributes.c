/*
 * Files in sysfs, debugfs and proc: removing one waits until its callbacks have returned.
 */

#include <linux/debugfs.h>
#include <linux/device.h>
#include <linux/proc_fs.h>
#include <linux/sysfs.h>

void sysfs_remove_file_ns(struct kobject *kobj, const struct attribute *attr, const void *ns)
{
	holdwait_wait_callbacks(attr);
}

void sysfs_remove_file(struct kobject *kobj, const struct attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

void sysfs_remove_files(struct kobject *kobj, const struct attribute *const *ptr)
{
	holdwait_wait_callbacks(ptr);
}

void sysfs_remove_bin_file(struct kobject *kobj, const struct bin_attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

void sysfs_remove_file_from_group(struct kobject *kobj, const struct attribute *attr, const char *group)
{
	holdwait_wait_callbacks(attr);
}

void sysfs_remove_group(struct kobject *kobj, const struct attribute_group *grp)
{
	holdwait_wait_callbacks(grp);
}

void sysfs_remove_groups(struct kobject *kobj, const struct attribute_group **groups)
{
	holdwait_wait_callbacks(groups);
}

void sysfs_unmerge_group(struct kobject *kobj, const struct attribute_group *grp)
{
	holdwait_wait_callbacks(grp);
}

void device_remove_file(struct device *dev, const struct device_attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

void device_remove_bin_file(struct device *dev, const struct bin_attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

void device_remove_groups(struct device *dev, const struct attribute_group **groups)
{
	holdwait_wait_callbacks(groups);
}

void device_remove_group(struct device *dev, const struct attribute_group *grp)
{
	holdwait_wait_callbacks(grp);
}

void driver_remove_file(struct device_driver *drv, const struct driver_attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

void bus_remove_file(struct bus_type *bus, struct bus_attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

void class_remove_file_ns(struct class *cls, const struct class_attribute *attr, const void *ns)
{
	holdwait_wait_callbacks(attr);
}

void class_remove_file(struct class *cls, const struct class_attribute *attr)
{
	holdwait_wait_callbacks(attr);
}

/* The directory goes with all attributes in it. */
void kobject_del(struct kobject *kobj)
{
	holdwait_wait_callbacks(kobj);
}

/* A directory that nobody took away before goes with the last reference. */
void kobject_put(struct kobject *kobj)
{
	if (!refcount_dec_and_test(&kobj->kref.refcount))
		return;
	if (kobj->state_in_sysfs)
		kobject_del(kobj);
	kobj->ktype->release(kobj);
}

void kset_unregister(struct kset *k)
{
	kobject_del(&k->kobj);
}

void debugfs_remove(struct dentry *dentry)
{
	holdwait_wait_callbacks(dentry);
}

void debugfs_remove_recursive(struct dentry *dentry)
{
	holdwait_wait_callbacks(dentry);
}

void debugfs_lookup_and_remove(const char *name, struct dentry *parent)
{
	holdwait_wait_callbacks(parent);
}

void proc_remove(struct proc_dir_entry *de)
{
	holdwait_wait_callbacks(de);
}

void remove_proc_entry(const char *name, struct proc_dir_entry *parent)
{
	holdwait_wait_callbacks(parent);
}
