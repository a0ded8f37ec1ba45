// handlers.test.ts
// Functions that run later: what makes them run, what they hold, what they get.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { entriesIn } from '../../support/entryLines.ts';

const card = `
struct acme {
	struct mutex lock;
	struct work_struct reset;
	struct delayed_work poll;
	struct timer_list watchdog;
	struct hrtimer clock;
	struct hrtimer soft;
	struct tasklet_struct bottom;
	struct napi_struct napi;
	struct rcu_head rcu;
	struct pci_dev *pdev;
	struct task_struct *thread;
	int irq;
};
`;

async function handlers(text: string): Promise<readonly string[]> {
  const lines = await entriesIn(card + text);
  return lines.filter((line) => !line.startsWith('setup:'));
}

test('a work holds itself and gets itself, seen from outside the function that makes it', async () => {
  const lines = await handlers(`
static void reset(struct work_struct *work) { struct acme *a = container_of(work, struct acme, reset); mutex_lock(&a->lock); }
int setup(struct acme *a) { INIT_WORK(&a->reset, reset); return 0; }`);
  assert.deepEqual(lines, [
    'reset: work process, work acme.reset; holds work some acme.reset; gets one acme.reset',
  ]);
});

test('a delayed work is what users name, and its handler gets the work inside', async () => {
  const lines = await handlers(`
static void poll(struct work_struct *work) { struct acme *a = container_of(work, struct acme, poll.work); mutex_lock(&a->lock); }
int setup(struct acme *a) { INIT_DELAYED_WORK(&a->poll, poll); return 0; }`);
  assert.deepEqual(lines, [
    'poll: work process, work acme.poll; holds work some acme.poll; gets one acme.poll.work',
  ]);
});

test('works and timers made outside functions, by macros and by initialisers', async () => {
  const lines = await handlers(`
static void one(struct work_struct *work) { mutex_lock(&m); }
static void two(struct timer_list *timer) { mutex_lock(&m); }
static void three(struct work_struct *work) { mutex_lock(&m); }
static void four(struct work_struct *work) { mutex_lock(&m); }
static DECLARE_WORK(first, one);
static DEFINE_TIMER(second, two);
static struct work_struct third = { .func = three };
static struct delayed_work fourth = { .work = { .func = four } };`);
  assert.deepEqual(lines, [
    'one: work process, work first; holds work main.c:first; gets main.c:first',
    'two: timer softirq, timer second; holds timer main.c:second; gets main.c:second',
    'three: work process, work third; holds work main.c:third; gets main.c:third',
    'four: work process, work fourth; holds work main.c:fourth; gets main.c:fourth.work',
  ]);
});

test('timers of all kinds, and who they interrupt', async () => {
  const lines = await handlers(`
static void watchdog(struct timer_list *t) { spin_lock(&l); }
static int clock(struct hrtimer *t) { spin_lock(&l); }
static int soft(struct hrtimer *t) { spin_lock(&l); }
static void bottom(struct tasklet_struct *t) { spin_lock(&l); }
int setup(struct acme *a) {
	timer_setup(&a->watchdog, watchdog, 0);
	hrtimer_init(&a->clock, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	a->clock.function = clock;
	hrtimer_init(&a->soft, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	a->soft.function = &soft;
	tasklet_setup(&a->bottom, bottom);
	return 0;
}`);
  assert.deepEqual(lines, [
    'watchdog: timer softirq, timer acme.watchdog; holds timer some acme.watchdog; gets one acme.watchdog',
    'clock: hrtimer hardirq, hrtimer acme.clock; holds hrtimer some acme.clock; gets one acme.clock',
    'soft: hrtimer softirq, hrtimer acme.soft; holds hrtimer some acme.soft; gets one acme.soft',
    'bottom: tasklet softirq, tasklet acme.bottom; holds tasklet some acme.bottom; gets one acme.bottom',
  ]);
});

test('an interrupt line has a handler and a thread, and both get the data of the request', async () => {
  const lines = await handlers(`
static int hard(int irq, void *data) { struct acme *a = data; spin_lock(&a->lock); }
static int thread(int irq, void *data) { struct acme *a = data; mutex_lock(&a->lock); }
int setup(struct acme *a) { return request_threaded_irq(a->pdev->irq, hard, thread, 0, "acme", a); }`);
  assert.deepEqual(lines, [
    'hard: irq hardirq, irq pci_dev.irq; holds irq some acme.pdev.irq; gets -, one acme',
    'thread: threaded irq process, threaded irq pci_dev.irq; holds irq some acme.pdev.irq; gets -, one acme',
  ]);
});

test('a line whose number is only kept later is named by where it is kept', async () => {
  const lines = await handlers(`
static int hard(int irq, void *data) { spin_lock(&l); }
int setup(struct acme *a) { int irq = platform_get_irq(a->pdev, 0); int ret = request_irq(irq, hard, 0, "acme", a); a->irq = irq; return ret; }`);
  assert.deepEqual(lines, ['hard: irq hardirq, irq acme.irq; holds irq some acme.irq; gets -, one acme']);
});

test('a thread is named by where it is kept, and gets its data', async () => {
  const lines = await handlers(`
static int loop(void *data) { struct acme *a = data; mutex_lock(&a->lock); }
int setup(struct acme *a) { struct task_struct *t = kthread_run(loop, a, "acme"); a->thread = t; return 0; }`);
  assert.deepEqual(lines, [
    'loop: kthread process, kthread acme.thread; holds kthread some acme.thread; gets one acme',
  ]);
});

test('napi and rcu callbacks', async () => {
  const lines = await handlers(`
static int poll(struct napi_struct *napi, int budget) { spin_lock(&l); }
static void gone(struct rcu_head *head) { struct acme *a = container_of(head, struct acme, rcu); spin_lock(&l); }
int setup(struct acme *a) { netif_napi_add(dev, &a->napi, poll); call_rcu(&a->rcu, gone); return 0; }`);
  assert.deepEqual(lines, [
    'poll: napi softirq, napi acme.napi; holds napi some acme.napi; gets one acme.napi',
    'gone: rcu callback softirq, rcu callback; gets one acme.rcu',
  ]);
});

test('wrappers: which work and which handler, only their callers know', async () => {
  const lines = await handlers(`
static void reset(struct work_struct *work) { mutex_lock(&m); }
static void other(struct work_struct *work) { mutex_lock(&m); }
static void init_work(struct work_struct *work, void (*handler)(struct work_struct *)) { INIT_WORK(work, handler); }
static void init_other(struct work_struct *work) { INIT_WORK(work, other); }
int setup(struct acme *a) { init_work(&a->reset, reset); init_other(&a->poll.work); return 0; }`);
  assert.deepEqual(lines, [
    'reset: work process, work acme.reset; holds work some acme.reset; gets one acme.reset',
    'other: work process, work acme.poll; holds work some acme.poll; gets one acme.poll.work',
  ]);
});

test('one handler of two works has two ways in', async () => {
  const lines = await handlers(`
static void both(struct work_struct *work) { mutex_lock(&m); }
int setup(struct acme *a) { INIT_WORK(&a->reset, both); INIT_DELAYED_WORK(&a->poll, both); return 0; }`);
  assert.deepEqual(lines, [
    'both: work process, work acme.poll; holds work some acme.poll; gets one acme.poll.work',
    'both: work process, work acme.reset; holds work some acme.reset; gets one acme.reset',
  ]);
});

test('what has no word of its own is named by the call that binds it', async () => {
  const lines = await handlers(`
static void release(struct kref *kref) { mutex_lock(&m); }
int setup(struct acme *a) { kref_put(&a->ref, release); return 0; }`);
  assert.equal(lines.length, 1);
  assert.match(lines[0] ?? '', /^release: callback any, kref_put; gets /);
});
