// places.test.ts
// Which object an expression means.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linkTree } from '../../support/linkedProgram.ts';
import type { LinkedTree } from '../../support/linkedProgram.ts';

const header = `
struct mutex { int owner; };
struct list_head { struct list_head *next; };
struct work_struct { int data; };
struct delayed_work { struct work_struct work; int timer; };
struct device { void *driver_data; struct mutex mutex; };
struct ring { struct mutex lock; };
struct card {
	struct mutex lock;
	struct device *dev;
	struct device own;
	struct ring rings[4];
	struct ring *rx;
	struct work_struct work;
	struct delayed_work poll;
	struct list_head list;
	union { struct mutex in_union; int raw; };
	struct { struct mutex lock; } stats;
};
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))
void *kzalloc(int size) { return here; }
void *ERR_PTR(long error) { return (void *)error; }
void *dev_get_drvdata(struct device *dev) { return dev->driver_data; }
static inline struct card *to_card(struct device *d) { return container_of(d, struct card, own); }
static inline struct ring *rx_of(struct card *c) { return c->rx; }
#define card_of(d) ((struct card *)dev_get_drvdata(d))
#define first_ring(c) (&(c)->rings[0])
`;

const kernel = { 'include/linux/acme.h': header };
const path = 'drivers/acme/main.c';

async function link(text: string, more: Readonly<Record<string, string>> = {}): Promise<LinkedTree> {
  return linkTree({ files: { ...kernel, ...more, [path]: text }, scope: [path] });
}

/** The place that each statement of the body locks. */
async function locked(body: string, head = 'struct card *c, struct device *d'): Promise<readonly string[]> {
  const tree = await link(`static void f(${head}) {\n${body}\n}`);
  return tree.lines('f').map((line) => line.replace('acquire mutex_lock ', ''));
}

test('an address, a pointer and what it points at are one place', async () => {
  const expected = ['$0.lock', '$0.lock', '$0.rx.lock', '$0.rings[].lock', '$0.rings[].lock'];
  const body = `mutex_lock(&c->lock); mutex_lock(&(*c).lock); mutex_lock(&c->rx->lock);
	mutex_lock(&c->rings[2].lock); mutex_lock(&(c->rings + 1)->lock);`;
  assert.deepEqual(await locked(body), expected);
});

test('a local that gets one value stands for it', async () => {
  const body = `struct ring *r; struct mutex *m; r = c->rx; m = &r->lock; mutex_lock(m);`;
  assert.deepEqual(await locked(body), ['$0.rx.lock']);
});

test('values that are no objects do not count', async () => {
  const body = `struct ring *r = NULL; if (d) r = c->rx; else r = ERR_PTR(-12); mutex_lock(&r->lock);`;
  assert.deepEqual(await locked(body), ['$0.rx.lock']);
});

test('a local that gets several values stands for itself, as a pointer', async () => {
  const body = `struct ring *r = c->rx; if (d) r = &c->rings[1]; mutex_lock(&r->lock);`;
  assert.deepEqual(await locked(body), ['*r.lock']);
});

test('a walk along pointers stands for itself', async () => {
  const body = `struct device *p = d; while (p) { mutex_lock(&p->mutex); p = p->driver_data; }`;
  assert.deepEqual(await locked(body), ['*p.mutex']);
});

test('a pointer whose only value is made from itself stands for itself', async () => {
  const body = `struct device *p; for (;;) { p = p->driver_data; mutex_lock(&p->mutex); }`;
  assert.deepEqual(await locked(body), ['*p.mutex']);
});

test('a parameter that is given another value is not what was passed', async () => {
  assert.deepEqual(await locked(`if (!c) c = to_card(d); mutex_lock(&c->lock);`), ['*c.lock']);
});

test('an object on the stack, and a static one', async () => {
  const body = `struct ring r; static struct ring s; mutex_lock(&r.lock); mutex_lock(&s.lock);`;
  assert.deepEqual(await locked(body), ['r.lock', `${path}:f:s.lock`]);
});

test('container_of gives the struct around, and undoes a member', async () => {
  const body = `struct card *a = container_of(d, struct card, own);
	mutex_lock(&a->lock); mutex_lock(&a->own.mutex);
	mutex_lock(&container_of(&c->own, struct card, own)->lock);`;
  assert.deepEqual(await locked(body), ['card around($1, own).lock', '$1.mutex', '$0.lock']);
});

test('a pointer of the same name in another struct is not the member', async () => {
  const text = `struct other { struct device *own; struct mutex lock; };
static void f(struct other *o) { mutex_lock(&container_of(o->own, struct card, own)->lock); }`;
  const tree = await link(text);
  assert.deepEqual(tree.lines('f'), ['acquire mutex_lock card around($0.own, own).lock']);
});

test('container_of through two members', async () => {
  const body = `struct card *a = container_of(w, struct card, poll.work); mutex_lock(&a->lock);`;
  assert.deepEqual(await locked(body, 'struct work_struct *w'), [
    'card around(delayed_work around($0, work), poll).lock',
  ]);
});

test('accessors are looked into: functions and macros', async () => {
  const body = `mutex_lock(&to_card(d)->lock); mutex_lock(&rx_of(c)->lock);
	mutex_lock(&first_ring(c)->lock); mutex_lock(&rx_of(to_card(&c->own))->lock);`;
  const expected = ['card around($1, own).lock', '$0.rx.lock', '$0.rings[].lock', '$0.rx.lock'];
  assert.deepEqual(await locked(body), expected);
});

test('memory behind a void pointer is named after the call, and typed by the local', async () => {
  const tree = await link(`static void f(struct device *d) {
	struct card *c = dev_get_drvdata(d); mutex_lock(&c->lock); mutex_lock(&card_of(d)->lock); }`);
  const same = 'acquire mutex_lock dev_get_drvdata($0).lock';
  assert.deepEqual(tree.lines('f'), [same, same]);
  assert.equal(tree.types(tree.firstPlace('f', 'mutex_lock')), 'card > mutex ');
});

test('two allocations are two objects', async () => {
  const body = `struct card *a = kzalloc(8), *b = kzalloc(8); mutex_lock(&a->lock); mutex_lock(&b->lock);`;
  assert.deepEqual(await locked(body), ['*a.lock', '*b.lock']);
});

test('an allocating macro has no object of its own', async () => {
  const text = `#define make(n) ({ struct card *made = kzalloc(n); made; })
static void f(void) { struct card *a = make(1), *b = make(2); mutex_lock(&a->lock); mutex_lock(&b->lock); }`;
  const lines = (await link(text)).lines('f');
  assert.deepEqual(lines, ['make', 'make', 'acquire mutex_lock *a.lock', 'acquire mutex_lock *b.lock']);
});

test('calls with numbers give different objects, as far as anybody knows', async () => {
  const text = `struct ring *ring_of(struct card *c, int n);
static void f(struct card *c) { struct ring *a = ring_of(c, 1); mutex_lock(&a->lock); mutex_lock(&ring_of(c, 2)->lock); }`;
  const lines = (await link(text)).lines('f');
  assert.deepEqual(lines, ['acquire mutex_lock *a.lock', 'acquire mutex_lock some ring .lock']);
});

test('a cast tells the struct of what a void pointer points at', async () => {
  const tree = await link(`static void f(void *data) { struct card *c = data; mutex_lock(&c->lock);
	mutex_lock(&((struct card *)data)->lock); }`);
  const same = 'acquire mutex_lock (card )$0.lock';
  assert.deepEqual(tree.lines('f'), [same, same]);
});

test('members of anonymous unions belong to the struct around, those of named ones to their own', async () => {
  const tree = await link(
    `static void f(struct card *c) { mutex_lock(&c->in_union); mutex_unlock(&c->stats.lock); }`,
  );
  assert.deepEqual(tree.lines('f'), ['acquire mutex_lock $0.in_union', 'release mutex_unlock $0.stats.lock']);
  assert.equal(tree.types(tree.firstPlace('f', 'mutex_lock')), 'card > mutex ');
  assert.equal(tree.types(tree.firstPlace('f', 'mutex_unlock')), 'card::stats > mutex ');
});

test('a member that a macro stands for', async () => {
  const text = `struct outer { struct card inner_card; };
#define card_lock inner_card.lock
static void f(struct outer *o) { mutex_lock(&o->card_lock); }`;
  const tree = await link(text);
  assert.deepEqual(tree.lines('f'), ['acquire mutex_lock $0.inner_card.lock']);
  assert.equal(tree.types(tree.firstPlace('f', 'mutex_lock')), 'card > mutex ');
});

test('the variable of a loop over a list is some object of its type', async () => {
  const body = `struct card *p; list_for_each_entry(p, &c->list, list) mutex_lock(&p->lock);`;
  assert.deepEqual(await locked(body), ['some card .lock']);
});

test('globals: static ones carry their file, others do not, whoever names them', async () => {
  const other = 'drivers/acme/other.c';
  const text = `static DEFINE_MUTEX(mine); DEFINE_MUTEX(ours); static struct ring r; extern struct mutex theirs;
static void f(void) { mutex_lock(&mine); mutex_lock(&ours); mutex_lock(&r.lock); mutex_lock(&theirs); }`;
  const user = `extern struct mutex ours; struct mutex theirs; static struct mutex mine;
static void g(void) { mutex_lock(&mine); mutex_lock(&ours); mutex_lock(&theirs); }`;
  const tree = await linkTree({ files: { ...kernel, [path]: text, [other]: user }, scope: [path, other] });
  assert.deepEqual(
    tree.lines('f').map((line) => line.replace('acquire mutex_lock ', '')),
    [`${path}:mine`, 'ours', `${path}:r.lock`, 'theirs'],
  );
  assert.deepEqual(
    tree.lines('g').map((line) => line.replace('acquire mutex_lock ', '')),
    [`${other}:mine`, 'ours', 'theirs'],
  );
});

test('a macro that stands for an object', async () => {
  const text = `static struct card *the_card;
#define the_lock (&the_card->lock)
static void f(void) { mutex_lock(the_lock); }`;
  assert.deepEqual((await link(text)).lines('f'), [`acquire mutex_lock ${path}:the_card.lock`]);
});

test('the struct of a tag is that of the same driver', async () => {
  const other = 'drivers/zeta/main.c';
  const text = (name: string): string => `struct port { struct mutex ${name}; };
static void f_${name}(struct port *p) { mutex_lock(&p->${name}); }`;
  const tree = await linkTree({ files: { ...kernel, [path]: text('a'), [other]: text('b') } });
  const refs = ['a', 'b'].map((name) => {
    const id = tree.firstPlace(`f_${name}`, 'mutex_lock');
    const place = id === undefined ? undefined : tree.program.places.get(id);
    return place?.kind === 'member' && place.owner !== undefined
      ? tree.program.structs.name(place.owner).path
      : undefined;
  });
  assert.deepEqual(refs, [path, other]);
});
