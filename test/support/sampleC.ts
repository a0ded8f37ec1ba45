// sampleC.ts
// Kernel-shaped C that uses most of the grammar, free of syntax errors.

export const sampleC = `
#include <linux/module.h>
#define FOO_COUNT 4
#define foo_lock(f) do { mutex_lock(&(f)->lock); } while (0)

struct foo_ops {
	int (*open)(struct foo *foo, unsigned long flags);
	void (*release)(struct foo *);
	u32 ready:1, tag:3;
	union { u8 bytes[FOO_COUNT]; __le32 word; };
};
typedef unsigned int __bitwise foo_t;
enum foo_state { FOO_IDLE, FOO_BUSY = 1 << 3, FOO_DEAD, };

/* A comment
 * of two lines. */
static const struct foo_ops foo_ops = {
	.open = foo_open, // trailing
	.release = foo_release,
#ifdef CONFIG_FOO
	.tag = 3,
#endif
};
static DEFINE_MUTEX(foo_mutex);
#if defined(CONFIG_FOO) && \\
	!defined(CONFIG_BAR)
static int foo_extra = -1;
#elif FOO_COUNT > 3
static int foo_extra;
#else
extern int foo_extra;
#endif

static inline struct foo *to_foo(struct device *dev)
{
	return container_of(dev, struct foo, dev);
}

static int foo_open(struct foo *foo, unsigned long flags)
{
	struct foo *other, *next = NULL;
	int i, err = 0, table[] = { [0] = 1, [2 ... 3] = 'x', };
	u64 size = (u64)foo->size * sizeof(*foo) + sizeof(struct foo);

	if (!foo || (flags & ~1UL) != 0x10)
		return -EINVAL;
	else if (foo->ops->open && foo->ops->open(foo, flags ? flags : 1) < 0)
		goto out;
	for (i = 0; i < ARRAY_SIZE(table); i++) {
		table[i] <<= 1, size -= table[i];
		if (i == 2)
			continue;
	}
	list_for_each_entry_safe(other, next, &foo->list, node) {
		do { other = next; } while (--i > 0);
	}
	switch (foo->state) {
	case FOO_IDLE:
	case FOO_BUSY ... FOO_DEAD: {
		err = (struct pair){ .a = 1 }.a;
		break;
	}
	default:
		dev_err(&foo->dev, "state %d\\n" "of %s\\n", foo->state, __func__);
	}
	asm volatile("nop" : "=r" (i) : "r" (err) : "memory");
	err = ({ int x = foo_get(foo); x ?: -1; });
out: /* label */
	return err;
}
`;
