// sourceBytes.ts
// Random source text for property tests: any bytes at all, and pieces of C in any order.

import fc from 'fast-check';

export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

export const anyBytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 400 });

const pieces = [
  ...[
    'int',
    'struct',
    'enum',
    'static',
    'if',
    'else',
    'while',
    'do',
    'return',
    'typeof',
    'offsetof',
    'case',
    'sizeof',
  ],
  ...[
    'x',
    'foo',
    'MACRO',
    'list_for_each',
    'scoped_guard',
    '__init',
    '__must_hold',
    'SYSCALL_DEFINE1',
    'module_init',
  ],
  ...['(', ')', '{', '}', '[', ']', ';', ',', '=', '*', '.', '->', ':', '?', '+', '&', '...', '#', '\\'],
  ...[
    '1',
    '0x1f',
    '1000baseT',
    '1.5e-3',
    '"s"',
    '"',
    "'c'",
    "'",
    '/* c */',
    '/*',
    '// d',
    'L"w"',
    'L',
    '\0',
    'é',
  ],
  ...['\n', '\n', ' ', ' ', '\t', '\r\n', '\\\n', '\\\r\n'],
  ...[
    '\n#if A\n',
    '\n#if 0\n',
    '\n#ifdef B\n',
    '\n#elif C\n',
    '\n#else\n',
    '\n#endif\n',
    '\n#define D(a, b...) a ## b\n',
  ],
  ...[
    'int f(void) {',
    'x = y;',
    'foo(a, b);',
    'struct s { int a; };',
    'int t[] = { 1, 2 };',
    'goto out;',
    'out:',
  ],
];

export const likeC: fc.Arbitrary<Uint8Array> = fc
  .array(fc.constantFrom(...pieces), { maxLength: 80 })
  .chain((words) => fc.boolean().map((isSpaced) => latin1(words.join(isSpaced ? ' ' : ''))));
