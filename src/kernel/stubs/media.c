/*
 * Video devices and the buffers of their queues.
 */

#include <media/v4l2-dev.h>
#include <media/videobuf2-core.h>
#include <media/videobuf2-v4l2.h>

extern int holdwait_any;

static void vb2_queue_cancel(struct vb2_queue *q)
{
	struct vb2_buffer *vb;

	q->ops->stop_streaming(q);
	q->ops->buf_finish(vb);
}

int vb2_core_streamoff(struct vb2_queue *q, unsigned int type)
{
	vb2_queue_cancel(q);
	return holdwait_any;
}

int vb2_streamoff(struct vb2_queue *q, enum v4l2_buf_type type)
{
	vb2_queue_cancel(q);
	return holdwait_any;
}

void vb2_queue_release(struct vb2_queue *q)
{
	struct vb2_buffer *vb;

	vb2_queue_cancel(q);
	mutex_lock(&q->mmap_lock);
	q->ops->buf_cleanup(vb);
	mutex_unlock(&q->mmap_lock);
}

int vb2_wait_for_all_buffers(struct vb2_queue *q)
{
	wait_event(q->done_wq, holdwait_any);
	return holdwait_any;
}

void video_unregister_device(struct video_device *vdev)
{
	mutex_lock(&videodev_lock);
	mutex_unlock(&videodev_lock);
	holdwait_remove_class_device(&vdev->dev);
}

void vb2_video_unregister_device(struct video_device *vdev)
{
	video_unregister_device(vdev);
	mutex_lock(vdev->queue->lock);
	vb2_queue_release(vdev->queue);
	mutex_unlock(vdev->queue->lock);
}
