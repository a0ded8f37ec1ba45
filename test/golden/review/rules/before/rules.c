// SPDX-License-Identifier: GPL-2.0
#include <linux/kernel.h>
#include "rules.h"

static void ring_poll(struct work_struct *work)
{
	struct ring *ring = container_of(work, struct ring, poll);

	mutex_lock(&ring->setup);
	ring->polls++;
	mutex_unlock(&ring->setup);
}

static irqreturn_t ring_irq(int irq, void *data)
{
	struct ring *ring = data;

	spin_lock(&ring->lock);
	ring->events++;
	spin_unlock(&ring->lock);
	return IRQ_HANDLED;
}

int ring_start(struct ring *ring)
{
	INIT_WORK(&ring->poll, ring_poll);
	return request_irq(ring->irq, ring_irq, 0, "ring", ring);
}

static ssize_t ring_read(struct file *file, char __user *to, size_t count, loff_t *pos)
{
	struct ring *ring = file->private_data;
	unsigned long flags;

	spin_lock_irqsave(&ring->lock, flags);
	ring->events = 0;
	spin_unlock_irqrestore(&ring->lock, flags);
	return 0;
}

static const struct file_operations ring_fops = {
	.read = ring_read,
};

void ring_stop(struct ring *ring)
{
	mutex_lock(&ring->setup);
	ring->polls = 0;
	mutex_unlock(&ring->setup);
}

void ring_grow(struct ring *ring)
{
	mutex_lock(&ring->setup);
	mutex_lock(&ring->table);
	ring->size++;
	mutex_unlock(&ring->table);
	mutex_unlock(&ring->setup);
}

static void ring_trim(struct ring *ring)
{
	ring->size--;
}

void ring_shrink(struct ring *ring)
{
	mutex_lock(&ring->table);
	ring_trim(ring);
	mutex_unlock(&ring->table);
}

static void ring_sync(struct ring *ring)
{
	mutex_lock(&ring->pages);
	ring->synced = ring->size;
	mutex_unlock(&ring->pages);
}

void ring_flush(struct ring *ring)
{
	mutex_lock(&ring->pages);
	ring->size = 0;
	mutex_unlock(&ring->pages);
}

int ring_write(struct ring *ring, const void __user *from)
{
	mutex_lock(&ring->user);
	if (ring->size == 0) {
		mutex_unlock(&ring->user);
		return -EINVAL;
	}
	ring->writes++;
	mutex_unlock(&ring->user);
	return 0;
}

void ring_tune(struct ring *ring)
{
	spin_lock(&ring->tuning);
	ring->step = 1;
	spin_unlock(&ring->tuning);
}
