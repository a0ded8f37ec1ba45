/* Shapes of control flow. */
#include "acme.h"

static int acme_shapes(struct acme_dev *adev, int n, int mode)
{
	struct acme_port *port, *next;
	int i, sum = 0;

	for (i = 0; i < n; i++) {
		if (i == 3 && (mode || acme_poll(adev)))
			continue;
		if (i > 10)
			break;
		sum += i;
	}

	while (n-- > 0)
		sum ^= n;

	do {
		sum = acme_poll(adev) ? sum + 1 : acme_reset(adev);
	} while (sum < 0);

	acme_for_each_port(adev, i)
		acme_poll(adev);

	list_for_each_entry_safe(port, next, &adev->free_list, list) {
		if (!port->netdev)
			goto out;
	}

	switch (mode) {
	case 1 ... 3:
		sum = 1;
		break;
	case ACME_FLAG_UP:
		return sum;
	}

#ifdef CONFIG_ACME_DEBUG
	acme_dump(adev);
#else
	acme_poll(adev);
#endif
	if (IS_ENABLED(CONFIG_ACME_TRACE))
		trace_acme(adev, sum);
out:
	return IS_ERR(port) ? PTR_ERR(port) : sum;
}

void acme_spin(struct acme_dev *adev)
{
retry:
	if (unlikely(!spin_trylock_bh(&adev->port[1].lock))) {
		cpu_relax();
		goto retry;
	}
	spin_unlock_bh(&adev->port[1].lock);
}
