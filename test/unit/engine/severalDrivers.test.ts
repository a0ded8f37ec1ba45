// What drivers have to do with each other, and with a core that others use too, decides how far a finding is believed.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkFiles } from '../../support/checkedFixtures.ts';
import { bytesOf, createTestParser } from '../../support/factsReader.ts';

const parser = await createTestParser();

async function told(files: Readonly<Record<string, string>>, scope: string): Promise<readonly string[]> {
  const bytes = new Map(
    Object.entries(files).map(([path, text]) => [path, bytesOf(`#include "../kernel.h"\n${text}`)] as const),
  );
  const { findings } = await checkFiles(bytes, [scope], parser);
  return findings.map(({ confidence, rule, title }) => `${confidence} ${rule}: ${title}`);
}

const header = 'struct bus { spinlock_t lock; void (*flush)(struct bus *bus); };';

const bus = `
#include "bus.h"
void bus_register(struct bus *bus, void (*flush)(struct bus *bus)) { bus->flush = flush; }
`;

const slow = (named: string): string => `
#include "bus.h"
static void slow_flush(struct bus *bus) { msleep(1); }
void slow_probe(struct bus *bus) { bus->flush = slow_flush; ${named} }
`;

const user = `
#include "bus.h"
void user_poke(struct bus *bus) { bus->lock.value = 0; }
void user_write(struct bus *bus)
{
	spin_lock(&bus->lock);
	bus->flush(bus);
	spin_unlock(&bus->lock);
}
`;

test('through a table a driver comes to another only if the two have something to do with each other', async () => {
  const check = (named: string): Promise<readonly string[]> =>
    told(
      {
        'drivers/bus.h': header,
        'drivers/user.c': user,
        'drivers/slow.c': slow(named),
        'drivers/bus.c': bus,
      },
      'drivers',
    );
  const title = 'sleep-in-atomic: slow_flush() may sleep in msleep() with bus.lock held';
  assert.deepEqual(await check('user_poke(bus);'), [`high ${title}`]);
  assert.deepEqual(await check(''), [`low ${title}`]);
});

const mailbox = (others: string): string => `
struct channel { struct completion sent; };
static void channel_tick(struct channel *channel) { complete(&channel->sent); }
void channel_send(struct channel *channel, int poll)
{
	if (poll)
		channel_tick(channel);
	wait_for_completion(&channel->sent);
}
${others}
`;

const client = `
struct channel { struct completion sent; };
struct client { struct mutex lock; struct channel channel; };
void client_write(struct client *client)
{
	mutex_lock(&client->lock);
	channel_send(&client->channel, 0);
	mutex_unlock(&client->lock);
}
void client_poll(struct client *client)
{
	mutex_lock(&client->lock);
	channel_send(&client->channel, 1);
	mutex_unlock(&client->lock);
}
`;

test('a wait of the core may also be ended by those of its callers that nobody has asked about', async () => {
  const check = (others: string): Promise<readonly string[]> =>
    told({ 'drivers/client/client.c': client, 'drivers/mailbox.c': mailbox(others) }, 'drivers/client');
  const beliefs = async (others: string): Promise<readonly string[]> =>
    (await check(others)).map((line) => line.slice(0, line.indexOf(':')));
  assert.deepEqual(await beliefs(''), ['medium wait-cycle']);
  const called = 'void channel_sent(struct channel *channel) { channel_tick(channel); }';
  assert.deepEqual(await beliefs(called), ['low wait-cycle']);
  const signals = 'void channel_abort(struct channel *channel) { complete_all(&channel->sent); }';
  assert.deepEqual(await beliefs(signals), ['low wait-cycle']);
  const handler = 'void channel_setup(struct channel *channel) { channel->sent.done = 0; }';
  assert.deepEqual(await beliefs(handler), ['medium wait-cycle']);
});

const core = `
struct packet_type { void (*func)(struct packet_type *type); };
void acme_core_show(struct packet_type *type) { type->func(type); }
void dev_queue_xmit_nit(struct packet_type *type) { type->func(type); }
void acme_core_send(struct packet_type *type) { dev_queue_xmit_nit(type); }
`;

const protocol = (call: string): string => `
struct packet_type { void (*func)(struct packet_type *type); };
static DEFINE_MUTEX(acme_mutex);
static void acme_receive(struct packet_type *type)
{
	mutex_lock(&acme_mutex);
	mutex_unlock(&acme_mutex);
}
static struct packet_type acme_type = { .func = acme_receive };
void acme_send(void)
{
	mutex_lock(&acme_mutex);
	${call}(&acme_type);
	mutex_unlock(&acme_mutex);
}
`;

test('what a protocol sends is not received by itself on the way out', async () => {
  const check = (call: string): Promise<readonly string[]> =>
    told({ 'net/acme.c': protocol(call), 'core/dev.c': core }, 'net');
  const again = 'self-deadlock: acme_send() takes acme_mutex while it holds it already';
  assert.deepEqual(await check('acme_core_show'), [`high ${again}`]);
  assert.deepEqual(await check('acme_core_send'), []);
});

/** A table of commands: the first of them takes a lock under which others take that of the table. */
const commands = (count: number): string => `
struct command { void (*run)(void); };
static DEFINE_MUTEX(command_mutex);
static DEFINE_MUTEX(data_mutex);
static void run_0(void) { mutex_lock(&data_mutex); mutex_unlock(&data_mutex); }
${Array.from({ length: count - 1 }, (_, i) => `static void run_${i + 1}(void) { }`).join('\n')}
static const struct command all[] = {
${Array.from({ length: count }, (_, i) => `\t{ .run = run_${i} },`).join('\n')}
};
void command_write(int which)
{
	mutex_lock(&command_mutex);
	all[which].run();
	mutex_unlock(&command_mutex);
}
void data_write(void)
{
	mutex_lock(&data_mutex);
	mutex_lock(&command_mutex);
	mutex_unlock(&command_mutex);
	mutex_unlock(&data_mutex);
}
`;

test('one of a few functions of a table may be meant, one of very many is hardly', async () => {
  const belief = (count: number): Promise<readonly string[]> =>
    told({ 'drivers/command.c': commands(count) }, 'drivers');
  const title =
    'lock-cycle: command_write() holds command_mutex and wants data_mutex, which data_write() keeps while it wants command_mutex';
  assert.deepEqual(await belief(8), [`medium ${title}`]);
  assert.deepEqual(await belief(40), [`low ${title}`]);
});
