/* The task that runs: `current`. Where the processor keeps it is no matter; that there is one and what type it has is. */
#include <linux/sched.h>

struct task_struct *get_current(void)
{
	return (struct task_struct *)1;
}
