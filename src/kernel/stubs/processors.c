/*
 * Processors that come and go: registering calls back for those that are there, with the list of them held.
 */

#include <linux/cpuhotplug.h>

extern int holdwait_any;

int cpuhp_setup_state(enum cpuhp_state state, const char *name, int (*startup)(unsigned int cpu),
		      int (*teardown)(unsigned int cpu))
{
	int ret;

	cpus_read_lock();
	mutex_lock(&cpuhp_state_mutex);
	ret = startup(0);
	if (ret)
		teardown(0);
	mutex_unlock(&cpuhp_state_mutex);
	cpus_read_unlock();
	return ret;
}

int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name, int (*startup)(unsigned int cpu),
			      int (*teardown)(unsigned int cpu))
{
	cpus_read_lock();
	mutex_lock(&cpuhp_state_mutex);
	mutex_unlock(&cpuhp_state_mutex);
	cpus_read_unlock();
	return holdwait_any;
}

/*
 * Takes the state down on every processor first. That is told before the list is held: the callbacks that are called
 * from here are the same ones that come with the list held for writing.
 */
void cpuhp_remove_state(enum cpuhp_state state)
{
	holdwait_wait_callbacks(state);
	cpuhp_remove_state_nocalls(state);
}

void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	cpus_read_lock();
	mutex_lock(&cpuhp_state_mutex);
	mutex_unlock(&cpuhp_state_mutex);
	cpus_read_unlock();
}
