/*
 * Terminals: a port is started and stopped under its mutex, hung up under the lock of the terminal.
 */

#include <linux/serial_core.h>
#include <linux/tty.h>
#include <linux/tty_flip.h>
#include <linux/tty_port.h>

extern int holdwait_any;

int tty_port_open(struct tty_port *port, struct tty_struct *tty, struct file *filp)
{
	int ret;

	mutex_lock(&port->mutex);
	ret = port->ops->activate(port, tty);
	mutex_unlock(&port->mutex);
	if (!ret)
		wait_event(port->open_wait, holdwait_any);
	return ret;
}

void tty_port_close(struct tty_port *port, struct tty_struct *tty, struct file *filp)
{
	tty_wait_until_sent(tty, port->closing_wait);
	mutex_lock(&port->mutex);
	port->ops->shutdown(port);
	mutex_unlock(&port->mutex);
}

void tty_port_hangup(struct tty_port *port)
{
	mutex_lock(&port->mutex);
	port->ops->shutdown(port);
	mutex_unlock(&port->mutex);
}

void tty_vhangup(struct tty_struct *tty)
{
	tty_lock(tty);
	tty->ops->hangup(tty);
	tty_unlock(tty);
}

void tty_flip_buffer_push(struct tty_port *port)
{
	queue_work(system_unbound_wq, &port->buf.work);
}
