/*
 * Sockets: whoever waits for one lets its lock go meanwhile, and takes it again before going on.
 */

#include <net/sock.h>

extern int holdwait_any;

int sk_wait_event(struct sock *sk, long *timeo, int condition, struct wait_queue_entry *wait)
{
	release_sock(sk);
	wait_woken(wait, TASK_INTERRUPTIBLE, *timeo);
	lock_sock(sk);
	return holdwait_any;
}

int sk_wait_data(struct sock *sk, long *timeo, const struct sk_buff *skb)
{
	return sk_wait_event(sk, timeo, 0, NULL);
}

int sk_stream_wait_connect(struct sock *sk, long *timeo_p)
{
	return sk_wait_event(sk, timeo_p, 0, NULL);
}

int sk_stream_wait_memory(struct sock *sk, long *timeo_p)
{
	return sk_wait_event(sk, timeo_p, 0, NULL);
}
