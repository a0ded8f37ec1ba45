/*
 * Disks: one that goes waits until its requests are done; opened and closed under its own mutex.
 */

#include <linux/blkdev.h>

void del_gendisk(struct gendisk *disk)
{
	mutex_lock(&disk->open_mutex);
	mutex_unlock(&disk->open_mutex);
	holdwait_remove_class_device(&disk->part0->bd_device);
	blk_mq_freeze_queue_wait(disk->queue);
	blk_sync_queue(disk->queue);
	cancel_delayed_work_sync(&disk->queue->requeue_work);
}
