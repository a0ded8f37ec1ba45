/*
 * LEDs and their triggers: a trigger is attached and taken off under the semaphore of the LED, and the work that sets
 * the brightness is waited for on the way.
 */

#include <linux/leds.h>

int led_trigger_set(struct led_classdev *led_cdev, struct led_trigger *trig)
{
	synchronize_rcu();
	cancel_work_sync(&led_cdev->set_brightness_work);
	del_timer_sync(&led_cdev->blink_timer);
	holdwait_wait_callbacks(trig->groups);
	led_cdev->trigger->deactivate(led_cdev);
	flush_work(&led_cdev->set_brightness_work);
	return trig->activate(led_cdev);
}

static int led_attach(struct led_classdev *led_cdev, struct led_trigger *trig)
{
	int ret;

	down_write(&led_cdev->trigger_lock);
	ret = led_trigger_set(led_cdev, trig);
	up_write(&led_cdev->trigger_lock);
	return ret;
}

int led_classdev_register_ext(struct device *parent, struct led_classdev *led_cdev,
			      struct led_init_data *init_data)
{
	int ret;

	mutex_lock(&led_cdev->led_access);
	ret = holdwait_add_class_device(led_cdev->dev);
	down_write(&leds_list_lock);
	up_write(&leds_list_lock);
	mutex_unlock(&led_cdev->led_access);
	down_read(&triggers_list_lock);
	led_attach(led_cdev, led_cdev->trigger);
	up_read(&triggers_list_lock);
	return ret;
}

void led_classdev_unregister(struct led_classdev *led_cdev)
{
	led_attach(led_cdev, led_cdev->trigger);
	led_cdev->brightness_set_blocking(led_cdev, LED_OFF);
	flush_work(&led_cdev->set_brightness_work);
	holdwait_remove_class_device(led_cdev->dev);
	down_write(&leds_list_lock);
	up_write(&leds_list_lock);
}

int led_trigger_register(struct led_trigger *trig)
{
	struct led_classdev *led_cdev;
	int ret;

	down_write(&triggers_list_lock);
	up_write(&triggers_list_lock);
	down_read(&leds_list_lock);
	ret = led_attach(led_cdev, trig);
	up_read(&leds_list_lock);
	return ret;
}

void led_trigger_unregister(struct led_trigger *trig)
{
	struct led_classdev *led_cdev;

	down_write(&triggers_list_lock);
	up_write(&triggers_list_lock);
	down_read(&leds_list_lock);
	led_attach(led_cdev, trig);
	up_read(&leds_list_lock);
}
