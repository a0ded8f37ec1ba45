// prepare.test.ts
// The pre-pass, one case per construct: what the parser gets to see, and what is listed as changed.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { errorKind, missingFlag } from '../../../src/syntax/flatTree.ts';
import { prepare } from '../../../src/syntax/prepare.ts';
import type { Prepared } from '../../../src/syntax/prepared.ts';
import { Tokeniser } from '../../../src/syntax/tokens.ts';
import { createTestParser } from '../../support/factsReader.ts';
import { anyBytes, latin1, likeC } from '../../support/sourceBytes.ts';

interface Case {
  readonly what: string;
  readonly before: string;
  readonly after: string;
  /** Kind and original text of each change. */
  readonly rewrites: readonly string[];
}

const cases: readonly Case[] = [
  {
    what: 'address space words',
    before: 'static void __iomem *base;',
    after: 'static void         *base;',
    rewrites: ['attribute: __iomem'],
  },
  {
    what: 'loop macro with a block',
    before: 'int f(void) { list_for_each_entry(p, &h, list) { g(p); } }',
    after: 'int f(void) { while              (p, &h, list) { g(p); } }',
    rewrites: ['loop: list_for_each_entry'],
  },
  {
    what: 'loop macro with a statement',
    before: 'int f(void) { for_each_set_bit(i, map, 8)\n g(i); }',
    after: 'int f(void) { while           (i, map, 8)\n g(i); }',
    rewrites: ['loop: for_each_set_bit'],
  },
  {
    what: 'loop macro of one argument',
    before: 'int f(void) { for_each_possible_cpu(cpu) { g(cpu); } }',
    after: 'int f(void) { while                (cpu) { g(cpu); } }',
    rewrites: ['loop: for_each_possible_cpu'],
  },
  {
    what: 'loop macro without arguments',
    before: 'int f(void) { for_ever ( ) { g(); } }',
    after: 'int f(void) { while    (0) { g(); } }',
    rewrites: ['loop: for_ever', 'argument:  '],
  },
  {
    what: 'end of a do loop',
    before: 'int f(void) { do { g(p); } while_each_thread(q, p); }',
    after: 'int f(void) { do { g(p); } while            (q, p); }',
    rewrites: ['loop: while_each_thread'],
  },
  {
    what: 'types among arguments',
    before: 'int f(void) { return container_of(w, struct foo, work)->a + min_t(unsigned int, a, b); }',
    after: 'int f(void) { return container_of(w,        foo, work)->a + min_t(0           , a, b); }',
    rewrites: ['argument: struct foo', 'argument: unsigned int'],
  },
  {
    what: 'pointer types among arguments',
    before: 'int f(void) { return va_arg(ap, struct foo *) + va_arg(ap, char **); }',
    after: 'int f(void) { return va_arg(ap,        foo  ) + va_arg(ap, 0      ); }',
    rewrites: ['argument: struct foo *', 'argument: char **'],
  },
  {
    what: 'file macro with static',
    before: 'static DECLARE_WORK(work, handler);',
    after: '       DECLARE_WORK(work, handler);',
    rewrites: ['attribute: static', 'fileMacro: DECLARE_WORK(work, handler)'],
  },
  {
    what: 'file macro with types',
    before: 'static SENSOR_ATTR(a, struct b *, c);',
    after: '       SENSOR_ATTR(                );',
    rewrites: ['attribute: static', 'fileMacro: SENSOR_ATTR(a, struct b *, c)'],
  },
  {
    what: 'file macro with one name stays',
    before: 'static DEFINE_MUTEX(lock);',
    after: 'static DEFINE_MUTEX(lock);',
    rewrites: [],
  },
  {
    what: 'section words',
    before: 'static int __init foo_probe(void) { return 0; }',
    after: 'static int        foo_probe(void) { return 0; }',
    rewrites: ['attribute: __init'],
  },
  {
    what: 'unknown attribute',
    before: 'static int __ours foo_probe(void) { return 0; }',
    after: 'static int        foo_probe(void) { return 0; }',
    rewrites: ['attribute: __ours'],
  },
  {
    what: 'unknown attribute after a struct',
    before: 'static struct foo *__ours foo_get(void) { return 0; }',
    after: 'static struct foo *       foo_get(void) { return 0; }',
    rewrites: ['attribute: __ours'],
  },
  {
    what: 'storage class in capitals',
    before: 'STATIC int foo(void) { return 0; }',
    after: '       int foo(void) { return 0; }',
    rewrites: ['attribute: STATIC'],
  },
  {
    what: 'operators and empty arguments',
    before: 'int f(void) { return CHECK(a, ==, b) + CHECK(a, , b) + CHECK(a, ); }',
    after: 'int f(void) { return CHECK(a, 0 , b) + CHECK(a,0, b) + CHECK(a  ); }',
    rewrites: ['argument: ==', 'argument:  ', 'argument: ,'],
  },
  {
    what: 'statements as arguments',
    before: 'int f(void) { CHECK(a, "b", return -1); CHECK(a, break); WAIT(a, if (b) c();); }',
    after: 'int f(void) { CHECK(a, "b",        -1); CHECK(a, 0    ); WAIT(a, 0          ); }',
    rewrites: ['argument: return -1', 'argument: break', 'argument: if (b) c();'],
  },
  {
    what: 'macro statement without arguments',
    before: 'int f(void) { LOCK_ALL\n g(); }',
    after: 'int f(void) {         \n g(); }',
    rewrites: ['statementMacro: LOCK_ALL'],
  },
  {
    what: 'variable in a register',
    before: 'int f(void) { register long a asm("2") = b; }',
    after: 'int f(void) { register long a          = b; }',
    rewrites: ['attributeCall: asm("2")'],
  },
  {
    what: 'member among arguments',
    before: 'int f(void) { g(A(.open = b, c)); }',
    after: 'int f(void) { g(A(        b, c)); }',
    rewrites: ['argument: .open ='],
  },
  {
    what: 'declaration of a function in a body',
    before: 'int f(void) { extern int g(unsigned long, struct h *); }',
    after: 'int f(void) { extern int g(unsigned long, struct h *); }',
    rewrites: [],
  },
  {
    what: 'calls among statements as arguments',
    before: 'int f(void) { WAIT(a, if (B(c, ==, d)) break;); }',
    after: 'int f(void) { WAIT(a, 0                      ); }',
    rewrites: ['argument: if (B(c, ==, d)) break;'],
  },
  {
    what: 'case range',
    before: 'int f(int a) { switch (a) { case 1 ... 5: return 1; } }',
    after: 'int f(int a) { switch (a) { case 1      : return 1; } }',
    rewrites: ['other: ... 5'],
  },
  {
    what: 'number that is a name',
    before: 'int f(void) { return LINK(1000baseT_Full); }',
    after: 'int f(void) { return LINK(_000baseT_Full); }',
    rewrites: ['other: 1000baseT_Full'],
  },
  {
    what: 'words before a string',
    before: 'int f(void) { printk(KERN_ERR PFX "text %d", 1); }',
    after: 'int f(void) { printk(         PFX "text %d", 1); }',
    rewrites: ['other: KERN_ERR'],
  },
  {
    what: 'call after a string',
    before: 'int f(void) { g("a" __stringify(b) "c"); }',
    after: 'int f(void) { g("a"                "c"); }',
    rewrites: ['other: __stringify(b)'],
  },
  {
    what: 'macro statement without semicolon',
    before: 'int f(void) { FOO(a)\n g(); }',
    after: 'int f(void) {       \n g(); }',
    rewrites: ['statementMacro: FOO(a)'],
  },
  {
    what: 'macro statement before else',
    before: 'int f(void) { if (a) FOO(b)\n else g(); }',
    after: 'int f(void) { if (a) ;     \n else g(); }',
    rewrites: ['statementMacro: FOO(b)'],
  },
  {
    what: 'path in offsetof',
    before: 'int f(void) { return offsetof(struct foo, a.b[c]); }',
    after: 'int f(void) { return offsetof(struct foo, a     ); }',
    rewrites: ['argument: a.b[c]'],
  },
  {
    what: 'typeof an expression',
    before: 'int f(void) { typeof(*p->q) r; return __alignof__(*r); }',
    after: 'int f(void) { typeof(    q) r; return __alignof__( r); }',
    rewrites: ['argument: *p->q', 'argument: *r'],
  },
  {
    what: 'attributes with arguments',
    before: 'static int foo(void) __must_hold(lock) __acquires(&a->b);',
    after: 'static int foo(void)                                    ;',
    rewrites: ['attributeCall: __must_hold(lock)', 'attributeCall: __acquires(&a->b)'],
  },
  {
    what: 'clean-up attribute',
    before: 'int f(void) { char *p __free(kfree) = g(); }',
    after: 'int f(void) { char *p               = g(); }',
    rewrites: ['attributeCall: __free(kfree)'],
  },
  {
    what: 'system call',
    before: 'SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count) { return 0; }',
    after: 'SYSCALL_DEFINE3(read                                                     ) { return 0; }',
    rewrites: [
      'headerMacro: SYSCALL_DEFINE3(read, unsigned int, fd, char __user *, buf, size_t, count)',
      'attribute: __user',
    ],
  },
  {
    what: 'header macro without a name',
    before: 'static ATTR(802_3) { return 0; }',
    after: 'static ATTR(x    ) { return 0; }',
    rewrites: ['headerMacro: ATTR(802_3)'],
  },
  {
    what: 'file macro without semicolon',
    before: 'module_init(foo)\nstatic int a;',
    after: '                \nstatic int a;',
    rewrites: ['fileMacro: module_init(foo)'],
  },
  {
    what: 'static file macro without semicolon',
    before: 'static DEF_QUEUE(foo)\nstatic int a;',
    after: '                     \nstatic int a;',
    rewrites: ['attribute: static', 'fileMacro: DEF_QUEUE(foo)'],
  },
  {
    what: 'scoped guard',
    before: 'int f(void) { scoped_guard(mutex, &lock) { g(); } }',
    after: 'int f(void) { while       (mutex, &lock) { g(); } }',
    rewrites: ['scope: scoped_guard'],
  },
  {
    what: 'guard stays',
    before: 'int f(void) { guard(mutex)(&lock); }',
    after: 'int f(void) { guard(mutex)(&lock); }',
    rewrites: [],
  },
  {
    what: 'member macro',
    before: 'struct foo { DECLARE_BITMAP(map, 8); int a; };',
    after: 'struct foo {                         int a; };',
    rewrites: ['memberMacro: DECLARE_BITMAP(map, 8)', 'other: ;'],
  },
  {
    what: 'bit field without a name',
    before: 'struct foo { u32 :4; u32 b:1; };',
    after: 'struct foo {         u32 b:1; };',
    rewrites: ['other: u32 :4;'],
  },
  {
    what: 'macro among initialisers',
    before: 'struct foo a = { FOO(1) .b = 2, CHANNEL(3) = { 4 }, };',
    after: 'struct foo a = { FOO(1),.b = 2,              { 4 }, };',
    rewrites: ['other:  ', 'initMacro: CHANNEL(3)', 'other: ='],
  },
  {
    what: 'macro among enumerators',
    before: 'enum a { B, C(d), E };',
    after: 'enum a { B,       E };',
    rewrites: ['initMacro: C(d)', 'other: ,'],
  },
  {
    what: 'if that splits a statement',
    before: 'int f(void) { return a\n#ifdef B\n + b\n#endif\n ; }',
    after: 'int f(void) { return a\n        \n + b\n      \n ; }',
    rewrites: ['other: #ifdef B', 'other: #endif'],
  },
  {
    what: 'if that begins with else',
    before: 'int f(void) { if (a) c();\n#ifdef B\n else if (b) d();\n#endif\n }',
    after: 'int f(void) { if (a) c();\n        \n else if (b) d();\n      \n }',
    rewrites: ['other: #ifdef B', 'other: #endif'],
  },
  {
    what: 'if that opens a block',
    before: 'int f(void) {\n#ifdef B\n if (a) {\n#else\n if (b) {\n#endif\n c(); } }',
    after: 'int f(void) {\n        \n if (a) {\n     \n         \n      \n c(); } }',
    rewrites: ['other: #ifdef B', 'other: #else', 'droppedBranch: \n if (b) {\n', 'other: #endif'],
  },
  {
    what: 'if in an initialiser',
    before: 'int a[] = { 1,\n#ifdef B\n 2,\n#else\n 3,\n#endif\n };',
    after: 'int a[] = { 1,\n        \n 2,\n     \n   \n      \n };',
    rewrites: ['other: #ifdef B', 'other: #else', 'droppedBranch: \n 3,\n', 'other: #endif'],
  },
  {
    what: 'if 0 that splits',
    before: 'int f(void) { g(a,\n#if 0\n b);\n#else\n c);\n#endif\n }',
    after: 'int f(void) { g(a,\n     \n    \n     \n c);\n      \n }',
    rewrites: ['other: #if 0', 'droppedBranch: \n b);\n', 'other: #else', 'other: #endif'],
  },
  {
    what: 'if that stays',
    before: 'int f(void) {\n#ifdef B\n g();\n#endif\n }',
    after: 'int f(void) {\n#ifdef B\n g();\n#endif\n }',
    rewrites: [],
  },
  {
    what: 'else without if',
    before: 'int a;\n#else\nint b;\n#endif\n',
    after: 'int a;\n     \nint b;\n      \n',
    rewrites: ['other: #else', 'other: #endif'],
  },
  {
    what: 'if without endif',
    before: '#ifdef A\nint a;\n#else\nint b;\n',
    after: '        \nint a;\n     \nint b;\n',
    rewrites: ['other: #ifdef A', 'other: #else'],
  },
  {
    what: 'variadic parameter with a name',
    before: '#define f(a, args...) g(a, ##args)',
    after: '#define f(a, args   ) g(a, ##args)',
    rewrites: ['other: ...'],
  },
  {
    what: 'comments',
    before: 'int a; /* b */ // c\nint d;',
    after: 'int a;             \nint d;',
    rewrites: [],
  },
  {
    what: 'declaration through a macro',
    before: 'int f(void) { DECLARE_BITMAP(map, 8) = { 0 }; }',
    after: 'int f(void) { int                  x = { 0 }; }',
    rewrites: ['fileMacro: DECLARE_BITMAP(map, 8)'],
  },
  {
    what: 'type through a macro',
    before: 'int f(void) { DEFINE_HEAP(struct foo, heap) heap; }',
    after: 'int f(void) { DEFINE_HEAP(struct foo      ) heap; }',
    rewrites: ['argument: , heap'],
  },
];

const tokeniser = new Tokeniser();
const parser = await createTestParser();

const prepareText = (text: string): Prepared => prepare(latin1(text), tokeniser);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const rewritesOf = (text: string): readonly string[] =>
  prepareText(text).rewrites.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`);

for (const { what, before, after, rewrites } of cases) {
  test(what, () => {
    const prepared = prepareText(before);
    assert.equal(textOf(prepared.text), after);
    assert.deepEqual(rewritesOf(before), rewrites);
    assert.equal(countErrors(prepared.text), 0, 'the grammar reads it');
  });
}

test('a large table of constants is emptied, one of functions is not', () => {
  const tableOf = (item: string): string => `int t[] = {${item.repeat(60)}};`;
  assert.equal(textOf(prepareText(tableOf('0x12, A_B, ')).text), tableOf('           '));
  for (const item of ['handler, ', '.a = &b, ', 'CALL(c), ']) {
    assert.equal(textOf(prepareText(tableOf(item)).text), tableOf(item));
  }
});

test('directives are listed with their continuation lines', () => {
  const text = '#if A && \\\n B\n#define X(a) \\\n a\n# else\n#elif C\n#include <x.h>\n#endif';
  assert.deepEqual(
    prepareText(text).directives.map(({ kind, start, end }) => `${kind}: ${text.slice(start, end)}`),
    [
      'if: #if A && \\\n B',
      'define: #define X(a) \\\n a',
      'else: # else',
      'elif: #elif C',
      'other: #include <x.h>',
      'endif: #endif',
    ],
  );
});

test('the original is left alone, also if it is a Node buffer', () => {
  const original = Buffer.from('static int __init foo(void); /* a */', 'latin1');
  const before = Buffer.from(original);
  prepare(original, tokeniser);
  assert.deepEqual(original, before);
});

for (const [kind, bytes] of [
  ['any bytes', anyBytes],
  ['what looks like C', likeC],
] as const) {
  test(`${kind}: same length, same line ends, every change listed`, () => {
    fc.assert(
      fc.property(bytes, (original) => checkPrepared(prepare(original, tokeniser))),
      { numRuns: 1500 },
    );
  });
}

function checkPrepared({ original, text, rewrites, directives }: Prepared): void {
  assert.equal(text.length, original.length);
  const listed = new Uint8Array(original.length);
  let lastStart = 0;
  for (const { start, end } of rewrites) {
    assert.ok(lastStart <= start && start <= end && end <= original.length);
    listed.fill(1, start, end);
    lastStart = start;
  }
  for (let i = 0; i < tokeniser.commentCount; i++) {
    listed.fill(1, tokeniser.commentStart[i], tokeniser.commentEnd[i]);
  }
  for (let at = 0; at < original.length; at++) {
    if (original[at] === text[at]) continue;
    assert.ok(listed[at], `byte ${at} changed and is not listed`);
    assert.ok(original[at] !== 10 && text[at] !== 10, `a line end changed at ${at}`);
  }
  for (const [i, { start, end }] of directives.entries()) {
    assert.ok(start < end && end <= original.length && start >= (directives[i - 1]?.end ?? 0));
  }
}

function countErrors(text: Uint8Array): number {
  return parser.parse(text, (tree) => {
    let errors = 0;
    for (let node = 0; node < tree.count; node++) {
      if (tree.kind[node] === errorKind || tree.flags[node]! & missingFlag) errors++;
    }
    return errors;
  });
}
