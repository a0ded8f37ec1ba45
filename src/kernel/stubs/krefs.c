/* Counts of references that know what to call for the last one. */
#include <linux/kref.h>

int kref_put(struct kref *kref, void (*release)(struct kref *kref))
{
	if (!refcount_dec_and_test(&kref->refcount))
		return 0;
	release(kref);
	return 1;
}

/* The release function is the one that lets the lock go: it frees what the lock is to guard. */
int kref_put_mutex(struct kref *kref, void (*release)(struct kref *kref), struct mutex *lock)
{
	if (refcount_dec_not_one(&kref->refcount))
		return 0;
	mutex_lock(lock);
	if (!refcount_dec_and_test(&kref->refcount)) {
		mutex_unlock(lock);
		return 0;
	}
	release(kref);
	mutex_unlock(lock);
	return 1;
}

int kref_put_lock(struct kref *kref, void (*release)(struct kref *kref), spinlock_t *lock)
{
	if (refcount_dec_not_one(&kref->refcount))
		return 0;
	spin_lock(lock);
	if (!refcount_dec_and_test(&kref->refcount)) {
		spin_unlock(lock);
		return 0;
	}
	release(kref);
	spin_unlock(lock);
	return 1;
}
