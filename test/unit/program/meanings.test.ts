// meanings.test.ts
// What calls, guards and the ends of guards mean.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { linkTree } from '../../support/linkedProgram.ts';
import type { LinkedTree } from '../../support/linkedProgram.ts';

const path = 'drivers/acme/main.c';
const header = `
struct mutex { int owner; };
struct device { struct mutex mutex; };
struct pci_dev { int no; struct device dev; };
struct work_struct { int data; };
struct ops { void (*open)(struct card *c, int how); struct { void (*inner)(void); }; };
struct card { struct mutex lock; struct work_struct work; struct workqueue_struct *wq; const struct ops *ops; struct device *dev; };
enum how { SLOWLY, QUICKLY = 4, AT_ONCE };
#define READ_ONCE(x) (*(const volatile typeof(x) *)&(x))
`;

async function link(text: string): Promise<LinkedTree> {
  return linkTree({ files: { 'include/linux/acme.h': header, [path]: text }, scope: [path] });
}

async function meant(body: string, before = ''): Promise<readonly string[]> {
  return (await link(`${before}\nstatic void f(struct card *c) {\n${body}\n}`)).lines('f');
}

test('a guard acquires where it stands and releases on every way out', async () => {
  assert.deepEqual(await meant('guard(mutex)(&c->lock); if (c->wq) return; c->wq = NULL;'), [
    'acquire guard(mutex) $0.lock',
    'release guard(mutex) $0.lock',
    'release guard(mutex) $0.lock',
  ]);
});

test('CLASS takes its arguments behind the variable, and __free acts at the end', async () => {
  assert.deepEqual(await meant('CLASS(mutex, held)(&c->lock);'), [
    'acquire guard(mutex) $0.lock',
    'release guard(mutex) $0.lock',
  ]);
  assert.deepEqual(await meant('struct device *d __free(put_device) = c->dev;'), ['put put_device $0.dev']);
});

test('a lock behind its argument, also one struct further in', async () => {
  assert.deepEqual(await meant('device_lock(c->dev);'), ['acquire device_lock $0.dev.mutex']);
  const tree = await link('static void f(struct pci_dev *p) { guard(pci_dev)(p); }');
  assert.equal(tree.lines('f')[0], 'acquire guard(pci_dev) $0.dev.mutex');
});

test('an object that is no argument is the variable of that name', async () => {
  const core = 'net/core/rtnetlink.c';
  const files = {
    [core]: 'static DEFINE_MUTEX(rtnl_mutex); void g(void) { mutex_lock(&rtnl_mutex); }',
    [path]: 'void f(void) { rtnl_lock(); }',
  };
  const tree = await linkTree({ files });
  assert.deepEqual(tree.lines('f'), [`acquire rtnl_lock ${core}:rtnl_mutex`]);
  assert.deepEqual(tree.lines('g'), [`acquire mutex_lock ${core}:rtnl_mutex`]);
});

test('queues and handlers', async () => {
  const before = 'static void run(struct work_struct *w) { }';
  assert.deepEqual(
    await meant('INIT_WORK(&c->work, run); queue_work(c->wq, &c->work); schedule_work(&c->work);', before),
    [
      'init INIT_WORK $0.work runs run',
      'queue queue_work $0.work on $0.wq',
      'queue schedule_work $0.work on system_wq',
    ],
  );
});

const locker = 'static void locks(struct card *c, int how) { mutex_lock(&c->lock); }';

test('a direct call and its arguments', async () => {
  const tree = await link(`${locker}
#define LOUDLY 0x10
static void calls(struct card *c, int how, void (*fn)(void)) { mutex_lock(&c->lock); fn(); }
static void plain(void) { }
static void f(struct card *c, int how) {
	locks(c, how); locks(c, 12); locks(c, true); locks(c, AT_ONCE); locks(c, LOUDLY); locks(NULL, -1); calls(c, how, plain);
}`);
  assert.deepEqual(tree.lines('f'), [
    'call locks(=$0, =$1)',
    'call locks(=$0, 12)',
    'call locks(=$0, 1)',
    'call locks(=$0, 5)',
    'call locks(=$0, 16)',
    'call locks(0, -1)',
    'call calls(=$0, =$1, &plain)',
  ]);
  assert.deepEqual(tree.lines('calls'), ['acquire mutex_lock $0.lock', 'parameter 2()']);
});

test('what can neither act nor call through a pointer means nothing', async () => {
  assert.deepEqual(await meant('adds(1);', 'static int adds(int a) { return a + 1; }'), []);
});

test('calls through a member, through locals, and of what a local is given', async () => {
  assert.deepEqual(await meant('c->ops->open(c, 1); (*c->ops->open)(c, 2);'), [
    'slot ops.open(=$0, 1)',
    'slot ops.open(=$0, 2)',
  ]);
  const local = 'void (*open)(struct card *, int) = c->ops->open; if (open) open(c, 3);';
  assert.deepEqual(await meant(local), ['slot ops.open(=$0, 3)']);
  const named = 'void (*run)(struct card *, int); run = locks; run(c, 1);';
  assert.deepEqual(await meant(named, locker), ['call locks(=$0, 1)']);
  assert.deepEqual(await meant('READ_ONCE(c->ops->open)(c, 4);'), ['slot ops.open(=$0, 4)']);
});

test('a slot in an anonymous struct belongs to the struct around', async () => {
  assert.deepEqual(await meant('c->ops->inner();'), ['slot ops.inner()']);
});

test('a pointer with several values leads nobody knows where', async () => {
  const body = 'void (*run)(struct card *, int) = locks; if (c->wq) run = c->ops->open; run(c, 1);';
  const tree = await link(`${locker}\nstatic void f(struct card *c) { ${body} }`);
  assert.deepEqual(tree.lines('f'), ['unresolved run']);
  assert.deepEqual([...tree.program.unresolved], [['run', 1]]);
});

test('a macro acts on what it is given, in terms of the function that uses it', async () => {
  const before = `#define take(x) do { mutex_lock(&(x)->lock); } while (0)
#define take_both(x, y) do { take(x); take(y); } while (0)
struct pair { struct card *a, *b; };`;
  const tree = await link(`${before}\nstatic void f(struct pair *p) { take_both(p->a, p->b); }`);
  assert.deepEqual(tree.lines('f'), [
    'take_both',
    '  take',
    '    acquire mutex_lock $0.a.lock',
    '  take',
    '    acquire mutex_lock $0.b.lock',
  ]);
});

test('a macro names locals of the function that uses it, and members by its parameters', async () => {
  const before = `#define take_it() mutex_lock(&c->lock)
#define take_member(x, which) mutex_lock(&(x)->which)
#define open_it(how) c->ops->open(c, how)
#define call_member(which) c->ops->which(c, 3)`;
  const lines = await meant('take_it(); take_member(c, lock); open_it(2); call_member(open);', before);
  assert.deepEqual(
    lines.filter((line) => line.startsWith(' ')),
    [
      '  acquire mutex_lock $0.lock',
      '  acquire mutex_lock $0.lock',
      '  slot ops.open(=$0, 2)',
      '  slot ops.open(=$0, 3)',
    ],
  );
});

test('a macro of a header calls a function that only the file using it knows', async () => {
  const tree = await linkTree({
    files: {
      'include/linux/acme.h': header,
      'drivers/acme/acme.h': '#define take(x) take_it(x)',
      [path]: `static void take_it(struct card *c) { nested(c); }
static void nested(struct card *c) { mutex_lock(&c->lock); }
static void f(struct card *c) { take(c); }`,
    },
    scope: [path],
  });
  assert.deepEqual(tree.lines('f'), ['take', '  call take_it(=$0)']);
});

test('equal uses of a macro in one function are one, those in two functions two', async () => {
  const tree = await link(`#define take(x) mutex_lock(&(x)->lock)
static void f(struct card *c) { take(c); take(c); }
static void g(struct card *c) { take(c); }`);
  assert.equal(tree.program.functions.filter((fn) => fn.isMacro).length, 2);
});

test('a macro calls what it is given', async () => {
  const before = `${locker}\n#define call_with(fn, ...) fn(__VA_ARGS__)\n#define twice(fn, x) do { call_with(fn, x); } while (0)`;
  const body = 'call_with(c->ops->open, c, 1); twice(locks, c);';
  const lines = await meant(body, before);
  assert.deepEqual(
    lines.filter((line) => /slot|call /.test(line)).map((line) => line.trim().replace(/\(.*/, '')),
    ['slot ops.open', 'call locks'],
  );
});

test('a macro that can do nothing is no call', async () => {
  const before = '#define twice(x) ((x) + (x))\n#define say(fmt) printk(fmt)\nint printk(const char *fmt);';
  assert.deepEqual(await meant('twice(2); say("x");', before), []);
});

test('aliases lead on, to primitives too', async () => {
  const before = `${locker}\n#define grab locks\n#define acme_lock mutex_lock`;
  assert.deepEqual(await meant('grab(c, 1); acme_lock(&c->lock);', before), [
    'call locks(=$0, 1)',
    'acquire mutex_lock $0.lock',
  ]);
});

test("a file's own static function comes before a primitive of that name", async () => {
  assert.deepEqual(await meant('down(c);', 'static void down(struct card *c) { mutex_lock(&c->lock); }'), [
    'call down(=$0)',
  ]);
});

test('recursion ends', async () => {
  const tree = await link(`static void g(struct card *c);
static void f(struct card *c) { mutex_lock(&c->lock); g(c); }
static void g(struct card *c) { f(c); }
static struct card *self(struct card *c) { return self(c); }
static void h(struct card *c) { mutex_lock(&self(c)->lock); }`);
  assert.deepEqual(tree.lines('f'), ['acquire mutex_lock $0.lock', 'call g(=$0)']);
  assert.deepEqual(tree.lines('g'), ['call f(=$0)']);
  assert.deepEqual(tree.lines('h'), ['acquire mutex_lock self($0).lock']);
});

test('a macro that uses itself through another ends, and is counted', async () => {
  const before =
    '#define ping(x) do { mutex_lock(&(x)->lock); pong(x); } while (0)\n#define pong(x) do { ping(x); } while (0)';
  const tree = await link(`${before}\nstatic void f(struct card *c) { ping(c); }`);
  assert.equal(tree.program.unresolved.size, 1);
});

const guards = `static void card_lock(struct card *c) { mutex_lock(&c->lock); }
static void card_unlock(struct card *c) { mutex_unlock(&c->lock); }
DEFINE_GUARD(card, struct card *, mutex_lock(&_T->lock), mutex_unlock(&_T->lock))
DEFINE_GUARD(whole, struct card *, card_lock(_T), card_unlock(_T))
DEFINE_LOCK_GUARD_1(one, struct mutex, mutex_lock(_T->lock), mutex_unlock(_T->lock))
DEFINE_LOCK_GUARD_0(all, rtnl_lock(), rtnl_unlock())
DEFINE_FREE(put_it, struct device *, if (!IS_ERR_OR_NULL(_T)) put_device(_T))
DEFINE_CLASS(held, struct card *, card_unlock(_T), card_hold(c), struct card *c)
static struct card *card_hold(struct card *c) { mutex_lock(&c->lock); return c; }`;

test('guard classes that a file defines itself', async () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['guard(card)(c);', ['acquire mutex_lock $0.lock', 'release mutex_unlock $0.lock']],
    ['guard(whole)(c);', ['call card_lock(=$0)', 'call card_unlock(=$0)']],
    ['guard(one)(&c->lock);', ['acquire mutex_lock $0.lock', 'release mutex_unlock $0.lock']],
    ['guard(all)();', ['acquire rtnl_lock rtnl_mutex', 'release rtnl_unlock rtnl_mutex']],
    ['struct device *d __free(put_it) = c->dev;', ['put put_device $0.dev']],
    ['CLASS(held, h)(c);', ['call card_hold(=$0)', 'call card_unlock(*h)']],
  ];
  for (const [body, expected] of cases) assert.deepEqual(await meant(body, guards), expected);
});
