/* Types and accessors that the other files share. */
#ifndef ACME_H
#define ACME_H

#include <linux/mutex.h>

#define ACME_MAX_PORTS 4
#define ACME_FLAG_UP   (1 << 0)

struct acme_dev;

struct acme_ops {
	int (*open)(struct acme_dev *adev);
	void (*stop)(struct acme_dev *adev, bool wait);
};

struct acme_port {
	spinlock_t lock;
	struct net_device *netdev;
	struct work_struct reset_work;
};

struct acme_dev {
	struct device dev;
	struct mutex state_lock;
	struct acme_port port[ACME_MAX_PORTS];
	struct {
		struct rw_semaphore sem;
		u32 filters;
	} table;
	union {
		u64 stats;
		struct list_head free_list;
	};
	const struct acme_ops *ops;
	struct workqueue_struct *wq;
	struct completion done;
};

struct acme_priv {
	struct acme_dev *adev;
	struct mutex io_lock;
};

typedef struct acme_dev acme_dev_t;

#define to_acme(d) container_of(d, struct acme_dev, dev)

static inline struct acme_priv *acme_priv(struct net_device *netdev)
{
	return netdev_priv(netdev);
}

#define acme_for_each_port(adev, i) \
	for ((i) = 0; (i) < ACME_MAX_PORTS; (i)++)

#define acme_locked_add(adev, n)		\
do {						\
	mutex_lock(&(adev)->state_lock);	\
	(adev)->stats += (n);			\
	mutex_unlock(&(adev)->state_lock);	\
} while (0)

int acme_reset(struct acme_dev *adev);
#ifdef CONFIG_ACME_DEBUG
void acme_dump(struct acme_dev *adev);
#else
static inline void acme_dump(struct acme_dev *adev) { }
#endif

#endif
