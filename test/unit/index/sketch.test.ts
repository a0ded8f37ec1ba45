// The symbol sketch of kernel-shaped C, as readable rows.

import assert from 'node:assert/strict';
import test from 'node:test';
import { sketchFile } from '../../../src/index/sketch.ts';
import { sketchOf } from '../../../src/index/sketchBlock.ts';
import { positionText, SketchWriter } from '../../../src/index/sketchWriter.ts';
import { Tokeniser } from '../../../src/syntax/tokens.ts';

const tokeniser = new Tokeniser();
const writer = new SketchWriter();

function sketch(text: string | Uint8Array): { definitions: string[]; calls: string[]; fields: string[] } {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  sketchFile(bytes, tokeniser, writer);
  writer.endFile('a.c', '0'.repeat(40));
  const { definitions, calls, fieldUses } = sketchOf(writer.take(), 0);
  return {
    definitions: definitions.map(
      ({ name, kind, isStatic, at }) => `${isStatic ? 'static ' : ''}${kind} ${name} ${positionText(at)}`,
    ),
    calls: [...calls].sort(),
    fields: fieldUses.map(({ name, field, at }) => `${field}=${name} ${positionText(at)}`),
  };
}

const names = (rows: readonly string[]): string[] => rows.map((row) => row.replace(/ \d+:\d+$/, ''));

test('functions in the ways in which the kernel writes their headers', () => {
  const { definitions } = sketch(`
int plain(int a) { return a; }
static inline __must_check struct foo *with_pointer(void)
{
}
static int __init foo_init(void)
{
}
void
on_next_line(struct foo *foo, void (*done)(int))
	__acquires(foo->lock)
{
}
int (*returns_pointer(int which))(void)
{
}
static __always_inline
unsigned long long two_lines(void) { return 0; }
typeof(jiffies) from_typeof(void) { return jiffies; }
int __printf(1, 2) with_format(const char *format, ...) { return 0; }
asmlinkage __visible void after_attributes(void) { }
int prototype_only(int a);
extern int also_prototype(void);
`);
  assert.deepEqual(definitions, [
    'function plain 2:4',
    'static function with_pointer 3:39',
    'static function foo_init 6:18',
    'function on_next_line 10:0',
    'function returns_pointer 14:6',
    'static function two_lines 18:19',
    'function from_typeof 19:16',
    'function with_format 20:19',
    'function after_attributes 21:26',
  ]);
});

test('headers that a macro makes', () => {
  const { definitions, calls } = sketch(`
SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)
{
	return ksys_read(fd, buf, count);
}
static int FNAME(walk_addr)(struct guest_walker *walker, u64 addr)
{
	return 0;
}
DEFINE_IDTENTRY(exc_divide_error)
{
	do_error_trap(regs, 0);
}
`);
  assert.deepEqual(names(definitions), [
    'function sys_read',
    'static function walk_addr',
    'function exc_divide_error',
  ]);
  assert.deepEqual(calls, ['DEFINE_IDTENTRY', 'FNAME', 'SYSCALL_DEFINE3', 'do_error_trap', 'ksys_read']);
});

test('types, globals, enumerators and typedefs', () => {
  const { definitions } = sketch(`
struct forward;
struct foo {
	struct inner { int a; } inner;
	union { int x; long y; };
	enum state { IDLE, BUSY = 2 } state;
	int (*call)(struct foo *foo);
};
union both { int a; } __packed;
enum { FIRST, SECOND = BIT(3), THIRD, };
typedef unsigned int word_t;
typedef int (*handler_t)(struct foo *foo);
typedef struct { int a; } anonymous_t;
typedef void signal_t(int);
static struct foo one, *two, three[4] = { 0 };
static const struct foo_ops ops __read_mostly = { .open = NULL };
int (*hook)(int);
extern int declared_elsewhere;
extern int defined_here = 1;
struct foo table[] = { { .a = 1 }, { .a = 2 } };
static DEFINE_MUTEX(intf_mutex);
DEFINE_PER_CPU(struct foo, per_cpu_foo);
static LIST_HEAD(all);
`);
  assert.deepEqual(names(definitions), [
    'struct foo',
    'struct inner',
    'enum state',
    'enumerator IDLE',
    'enumerator BUSY',
    'union both',
    'enumerator FIRST',
    'enumerator SECOND',
    'enumerator THIRD',
    'typedef word_t',
    'typedef handler_t',
    'typedef anonymous_t',
    'typedef signal_t',
    'static global one',
    'static global two',
    'static global three',
    'static global ops',
    'global hook',
    'global defined_here',
    'global table',
    'static global intf_mutex',
    'global per_cpu_foo',
    'static global all',
  ]);
});

test('macros and what their bodies call; plain numbers are left out', () => {
  const { definitions, calls, fields } = sketch(`
#define REG_SIZE 0x1000
#define GUARD_H
#define twice(x) ((x) * 2)
#define foo_lock(f) do {		\\
		might_sleep(); /* not_called() */	\\
		mutex_lock(&(f)->lock);		\\
	} while (0)
#define alias real_function
#  define indented(fn) fn(1) + "text()" + other (2)
#define OPS .open = foo_open, .release = _name##_release
`);
  assert.deepEqual(definitions, [
    'macro twice 4:8',
    'macro foo_lock 5:8',
    'object-macro alias 9:8',
    'macro indented 10:10',
    'object-macro OPS 11:8',
  ]);
  assert.deepEqual(calls, ['might_sleep', 'mutex_lock', 'other', 'real_function']);
  assert.deepEqual(fields, ['open=foo_open 11:20']);
});

test('calls in bodies, not members, keywords, locals or declarations', () => {
  const { calls } = sketch(`
static void work(struct foo *foo, void (*done)(int), int (*check)(void))
{
	int (*local)(void) = foo->ops->get, count = first(foo);

	if (foo->ops->open(foo) && second(foo))
		done(sizeof(struct foo));
	for (;;)
		third (local(), check(), (u32)(count));
	return foo ? fourth() : ops.fifth();
}
`);
  assert.deepEqual(calls, ['first', 'fourth', 'second', 'third']);
});

test('names that are given to fields and to tables', () => {
  const { fields } = sketch(`
static const struct net_device_ops ops = {
	.ndo_open = foo_open,
	.ndo_stop	= (void *)foo_stop,
	.pm = pm_ptr(&foo_pm),
	.flags = FOO_FLAG | BAR,
	.inner = { .deep = foo_deep },
	.number = 4,
	.on = true,
};
static fn_t *handlers[] = { [FIRST] = handle_first, [SECOND] = &handle_second };
static void setup(struct foo *foo, fn_t *given)
{
	struct bar *bar = &foo->bar;
	fn_t *local;

	foo->complete = foo_complete;
	foo->bar.ops = &bar_ops;
	foo->given = given;
	foo->local = local;
	foo->bar = bar;
	foo->value = compute(foo);
	foo->array[0] = foo_first;
	if (foo->complete == foo_complete)
		return;
}
module_init(foo_init);
MODULE_LICENSE("GPL");
EXPORT_SYMBOL(setup);
static DECLARE_WORK(foo_work, foo_handler);
`);
  assert.deepEqual(fields, [
    'ndo_open=foo_open 3:13',
    'ndo_stop=foo_stop 4:21',
    'pm=foo_pm 5:15',
    'deep=foo_deep 7:20',
    '[]=handle_first 11:38',
    '[]=handle_second 11:64',
    'complete=foo_complete 17:17',
    'ops=bar_ops 18:17',
    '[]=foo_first 23:17',
    'module_init()=foo_init 27:12',
    'DECLARE_WORK()=foo_handler 30:30',
  ]);
});

test('definitions behind macros without a semicolon and behind unbalanced branches', () => {
  const { definitions } = sketch(`
module_init(foo_init)
static int after_macro(void) { }
UNKNOWN_MACRO(a, b)
int after_unknown(void)
{
#ifdef CONFIG_A
	if (a) {
#else
	if (b) {
#endif
		c();
	}
}
void after_branches(void)
{
	if (x) {
#ifdef CONFIG_B
	}
#endif
}
int last(void) { }
`);
  assert.deepEqual(names(definitions), [
    'static function after_macro',
    'function after_unknown',
    'function after_branches',
    'function last',
  ]);
});

test('text that is no C gives rows or none, but comes to an end', () => {
  const odd = [
    '',
    '(',
    '{'.repeat(10_000),
    'a('.repeat(200_000),
    '#define',
    '#define x(',
    '}}}}',
    'struct',
    'enum {',
    '"',
    '/*',
    'int f(',
    '\u{fffd}\0\x80 = {',
  ];
  for (const text of odd) sketch(text);
  let state = 12345;
  const pieces = [
    '{',
    '}',
    '(',
    ')',
    ';',
    ',',
    '=',
    '.',
    '->',
    '*',
    '&',
    '[',
    ']',
    'static ',
    'struct ',
    'enum ',
    'foo ',
    'BAR',
    '\n#if\n',
    '\n#else\n',
    '\n#endif\n',
    '\n#define m(x) ',
    '"',
    ' 1 ',
  ];
  for (let round = 0; round < 300; round++) {
    let text = '';
    for (let i = 0; i < 200; i++) {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      text += pieces[(state >>> 8) % pieces.length]!;
    }
    sketch(text);
  }
});

test('invalid UTF-8 in names and comments is kept as bytes', () => {
  const bytes = new TextEncoder().encode('/* ? */ int caf?(void) { b(); }');
  const broken = bytes.map((byte) => (byte === 0x3f ? 0xe9 : byte));
  const { definitions, calls } = sketch(broken);
  assert.equal(definitions.length, 1);
  assert.match(definitions[0]!, /^function caf/);
  assert.deepEqual(calls, ['b']);
});

test('rows say their line wherever the text lies in memory', () => {
  const lines = Array.from({ length: 60 }, (_, i) => `int f${i}(void) { }${'\n'.repeat((i % 7) + 1)}`);
  const text = new TextEncoder().encode(`${lines.join('')}\u00ff`);
  let line = 1;
  const expected = lines.map((one, i) => {
    const row = `function f${i} ${line}:4`;
    line += one.split('\n').length - 1;
    return row;
  });
  for (let offset = 0; offset < 5; offset++) {
    const memory = new Uint8Array(text.length + 8).fill(0x0a);
    memory.set(text, offset);
    assert.deepEqual(sketch(memory.subarray(offset, offset + text.length)).definitions, expected);
  }
});
