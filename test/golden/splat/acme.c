// SPDX-License-Identifier: GPL-2.0
#include <linux/interrupt.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/workqueue.h>

struct acme {
	struct mutex list_lock;
	struct mutex port_lock;
	spinlock_t queue_lock;
	spinlock_t ring_lock;
	struct work_struct reset_work;
	struct timer_list watchdog;
	int irq;
};

static void acme_lock_port(struct acme *acme)
{
	mutex_lock(&acme->port_lock);
}

static void acme_add_port(struct acme *acme)
{
	acme_lock_port(acme);
	mutex_unlock(&acme->port_lock);
}

int acme_open(struct acme *acme)
{
	mutex_lock(&acme->list_lock);
	acme_add_port(acme);
	mutex_unlock(&acme->list_lock);
	return 0;
}

int acme_stop(struct acme *acme)
{
	mutex_lock(&acme->port_lock);
	mutex_lock(&acme->list_lock);
	mutex_unlock(&acme->list_lock);
	mutex_unlock(&acme->port_lock);
	return 0;
}

static void acme_reset_work(struct work_struct *work)
{
	struct acme *acme = container_of(work, struct acme, reset_work);

	mutex_lock(&acme->list_lock);
	mutex_unlock(&acme->list_lock);
}

void acme_suspend(struct acme *acme)
{
	mutex_lock(&acme->list_lock);
	cancel_work_sync(&acme->reset_work);
	mutex_unlock(&acme->list_lock);
}

static void acme_flush_list(struct acme *acme)
{
	mutex_lock(&acme->list_lock);
	mutex_unlock(&acme->list_lock);
}

void acme_drain(struct acme *acme)
{
	mutex_lock(&acme->list_lock);
	acme_flush_list(acme);
	mutex_unlock(&acme->list_lock);
}

static irqreturn_t acme_interrupt(int irq, void *data)
{
	struct acme *acme = data;

	spin_lock(&acme->queue_lock);
	spin_unlock(&acme->queue_lock);
	return IRQ_HANDLED;
}

int acme_xmit(struct acme *acme)
{
	spin_lock(&acme->queue_lock);
	spin_unlock(&acme->queue_lock);
	return 0;
}

void acme_refill(struct acme *acme)
{
	spin_lock(&acme->ring_lock);
	spin_unlock(&acme->ring_lock);
}

void acme_kick(struct acme *acme)
{
	unsigned long flags;

	spin_lock_irqsave(&acme->queue_lock, flags);
	acme_refill(acme);
	spin_unlock_irqrestore(&acme->queue_lock, flags);
}

int acme_probe(struct acme *acme)
{
	INIT_WORK(&acme->reset_work, acme_reset_work);
	schedule_work(&acme->reset_work);
	return request_irq(acme->irq, acme_interrupt, 0, "acme", acme);
}
