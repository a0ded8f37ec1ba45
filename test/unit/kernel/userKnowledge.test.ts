// userKnowledge.test.ts
// `.holdwait.json`: what it gives, and what is said about each mistake that one can make in it.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { readUserKnowledge, userKnowledgeSchema } from '../../../src/kernel/userKnowledge.ts';

test('rows are completed as those of the built-in tables are', () => {
  const { value, problems } = readUserKnowledge(
    JSON.stringify({
      $schema: 'x',
      version: 1,
      primitives: [
        { name: 'acme_lock', kind: 'mutex', effect: 'acquire', type: 'acme', member: 'lock' },
        { name: 'acme_unlock', kind: 'mutex', effect: 'release', type: 'acme', member: 'lock' },
        {
          name: 'guard(acme)',
          kind: 'mutex',
          effect: 'acquire',
          objectArgument: -1,
          object: 'acme_mutex',
          sleeps: 'flags',
        },
      ],
      stubs: ['.holdwait/acme.c', 'drivers/acme/a..b.c'],
      callbacks: [
        {
          struct: 'acme_ops',
          member: 'start',
          holds: [
            { kind: 'mutex', object: 'acme_mutex' },
            { kind: 'mutex', type: 'device', member: 'mutex', of: { argument: 0, members: ['dev'] } },
          ],
        },
        { struct: 'acme_ops', member: 'poll', context: 'softirq', sleeps: false, masked: 'bh' },
      ],
    }),
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(value, {
    primitives: [
      {
        name: 'acme_lock',
        kind: 'mutex',
        effect: 'acquire',
        objectArgument: 0,
        sleeps: 'yes',
        type: 'acme',
        member: 'lock',
      },
      {
        name: 'acme_unlock',
        kind: 'mutex',
        effect: 'release',
        objectArgument: 0,
        sleeps: 'no',
        type: 'acme',
        member: 'lock',
      },
      {
        name: 'guard(acme)',
        kind: 'mutex',
        effect: 'acquire',
        objectArgument: -1,
        sleeps: 'flags',
        object: 'acme_mutex',
      },
    ],
    stubs: ['.holdwait/acme.c', 'drivers/acme/a..b.c'],
    callbacks: [
      {
        struct: 'acme_ops',
        member: 'start',
        holds: [
          { kind: 'mutex', object: 'acme_mutex' },
          { kind: 'mutex', type: 'device', member: 'mutex', of: { argument: 0, members: ['dev'] } },
        ],
        context: 'process',
        sleeps: true,
        phase: 'running',
      },
      {
        struct: 'acme_ops',
        member: 'poll',
        holds: [],
        context: 'softirq',
        sleeps: false,
        masked: 'bh',
        phase: 'running',
      },
    ],
  });
});

test('one mistake takes only its own row away', () => {
  const { value, problems } = readUserKnowledge(
    '{ "version": 1, "primitves": [], "primitives": [{ "name": "f", "kind": "mutex", "effect": "grab" },\n' +
      '  { "name": "g", "kind": "mutex", "effect": "acquire" }], "stubs": ["/etc/x.c", "a.c"] }',
  );
  assert.deepEqual(
    value.primitives.map(({ name }) => name),
    ['g'],
  );
  assert.deepEqual(value.stubs, ['a.c']);
  assert.deepEqual(
    problems.map(({ line, column }) => [line, column]),
    [
      [1, 17],
      [1, 91],
      [2, 69],
    ],
  );
});

/** A file, and the beginning of what is said about it. */
const mistakes: readonly (readonly [string, string])[] = [
  ['', '1:1 the file ends where a value is missing'],
  ['{', '1:2 the file ends where a key in double quotes is missing'],
  ['{ "version": 1, }', '1:17 a key in double quotes is missing before "}"'],
  ['{ version: 1 }', '1:3 a key in double quotes is missing before "version"'],
  ['{ "version" 1 }', '1:13 ":" after the key is missing before "1"'],
  ['{ "version": 1\n  "stubs": [] }', '2:3 "," or "}" is missing before "\\""'],
  ['{ "version": 1, "stubs": ["a.c" "b.c"] }', '1:33 "," or "]" is missing before "\\""'],
  ['{ "version": 1 } x', '1:18 the end of the file is missing before "x"'],
  ['{\n  // locks\n  "version": 1 }', '2:3 comments are not allowed in JSON: remove this one'],
  ['{ "version": 1, "version": 1 }', '1:17 "version" is there twice'],
  ['{ "version": 1, "stubs": ["a.c] }', '1:27 a string that is not closed'],
  ['{ "version": 01 }', '1:15 "," or "}" is missing before "1"'],
  [`${'['.repeat(100)}`, '1:66 values are nested too deeply'],
  ['[]', '1:1 the file must be an object in curly brackets, not a list'],
  ['{}', '1:1 version is missing: add it'],
  ['{ "version": 2 }', '1:14 version must be 1, not 2'],
  ['{ "version": "1" }', '1:14 version must be 1, not "1"'],
  [
    '{ "version": 1, "leaf": [] }',
    '1:17 unknown key "leaf" at the top: remove it, or use one of "$schema", "version"',
  ],
  ['{ "version": 1, "primitives": {} }', '1:31 primitives must be a list in square brackets, not an object'],
  [
    '{ "version": 1, "primitives": ["f"] }',
    '1:32 primitives[0] must be an object in curly brackets, not "f"',
  ],
  [primitive('"effect": "grab"'), '1:74 primitives[0].effect must be one of "init", "acquire"'],
  [primitive('"effect": 5'), '1:74 primitives[0].effect must be one of'],
  [primitive('"effect": "wait", "kind": "lok"'), '1:82 "kind" is there twice'],
  [
    primitive('"effect": "get", "objectArg": 0'),
    '1:81 unknown key "objectArg" in primitives[0]: remove it, or use one of "name"',
  ],
  [
    primitive('"effect": "get", "objectArgument": 16'),
    'primitives[0].objectArgument must be a whole number from -1 to 15, not 16',
  ],
  [
    primitive('"effect": "get", "objectArgument": 0.5'),
    'primitives[0].objectArgument must be a whole number',
  ],
  [
    primitive('"effect": "get", "objectArgument": -1'),
    'primitives[0]: no argument is the object (objectArgument is -1), so "object" must name it',
  ],
  [
    primitive('"effect": "get", "object": "m"'),
    'primitives[0]: "object" is for calls without an argument for it',
  ],
  [primitive('"effect": "get", "object": ""'), 'primitives[0].object must be some words, not ""'],
  [primitive('"effect": "get", "member": "m"'), 'primitives[0]: "member" needs "type"'],
  [
    primitive('"effect": "get", "type": "struct a", "member": "m"'),
    'primitives[0].type must be a name as C writes it, not "struct a"',
  ],
  [primitive('"effect": "get", "type": "a", "member": "->m"'), 'primitives[0].member must be a member'],
  [
    primitive('"effect": "get", "mode": "rw"'),
    'primitives[0].mode must be one of "read", "write", "either", not "rw"',
  ],
  [primitive('"effect": "get", "disables": true'), 'primitives[0].disables must be one of'],
  [
    primitive('"effect": "get", "sleeps": true'),
    'primitives[0].sleeps must be one of "no", "yes", "flags", not true',
  ],
  [primitive('"effect": "get", "success": 0'), 'primitives[0].success must be one of'],
  [
    primitive('"effect": "get", "endedBy": null'),
    'primitives[0].endedBy must be one of "signal", "fatal signal", "timeout", "signal or timeout", not null',
  ],
  [primitive('"effect": "get", "waitsFor": "token"'), 'primitives[0].waitsFor must be one of'],
  [primitive('"effect": "get", "takesInside": "a b"'), 'primitives[0].takesInside must be a member'],
  [
    primitive('"effect": "get", "handlerArgument": -1'),
    'primitives[0].handlerArgument must be a whole number from 0 to 15, not -1',
  ],
  [
    primitive('"effect": "get", "queueArgument": []'),
    'primitives[0].queueArgument must be a whole number from 0 to 15, not a list',
  ],
  [
    primitive('"effect": "get", "queueArgument": 1, "queue": "q"'),
    'primitives[0]: use "queue" or "queueArgument", not both',
  ],
  [
    primitive('"effect": "get", "queue": {}'),
    'primitives[0].queue must be a name as C writes it, not an object',
  ],
  [
    primitive('"effect": "get", "only": "5.10"'),
    'primitives[0].only must be one of "6.1", "6.12", not "5.10"',
  ],
  [
    '{ "version": 1, "primitives": [{ "name": "f()", "kind": "mutex", "effect": "get" }] }',
    '1:42 primitives[0].name must be the name of a function or macro',
  ],
  [
    '{ "version": 1, "primitives": [{ "name": "f", "effect": "get" }] }',
    '1:32 primitives[0].kind is missing: add it',
  ],
  [
    twice('primitives', '{ "name": "f", "kind": "mutex", "effect": "acquire" }'),
    'the primitive "f" is there more than once: remove all rows but one',
  ],
  [twice('callbacks', '{ "struct": "s", "member": "m" }'), 'the callback "s.m" is there more than once'],
  [callback('"sleeps": "no"'), 'callbacks[0].sleeps must be true or false, not "no"'],
  [
    callback('"context": "irq"'),
    'callbacks[0].context must be one of "process", "softirq", "hardirq", "any", not "irq"',
  ],
  [callback('"masked": "all"'), 'callbacks[0].masked must be one of'],
  [callback('"phase": "probe"'), 'callbacks[0].phase must be one of'],
  [callback('"only": 6.1'), 'callbacks[0].only must be one of'],
  [callback('"locks": []'), 'unknown key "locks" in callbacks[0]'],
  [callback('"holds": "m"'), 'callbacks[0].holds must be a list'],
  [
    callback('"holds": [{ "kind": "mutex" }]'),
    'callbacks[0].holds[0]: a lock is either a global ("object") or lies in a struct',
  ],
  [
    callback('"holds": [{ "kind": "mutex", "object": "m", "type": "t", "member": "n" }]'),
    'callbacks[0].holds[0]: a lock is either',
  ],
  [
    callback('"holds": [{ "kind": "mutex", "type": "t", "member": "n", "of": { "argument": 0 } }]'),
    'callbacks[0].holds[0].of.members is missing: add it',
  ],
  [
    callback(
      '"holds": [{ "kind": "mutex", "type": "t", "member": "n", "of": { "argument": 0, "members": [1] } }]',
    ),
    'callbacks[0].holds[0].of.members[0] must be a name as C writes it, not 1',
  ],
  ['{ "version": 1, "callbacks": [{ "member": "m" }] }', 'callbacks[0].struct is missing: add it'],
];

for (const [source, said] of mistakes) {
  test(`said about ${source.slice(0, 110)}`, () => {
    const { problems } = readUserKnowledge(source);
    const lines = problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
    assert.ok(
      lines.some((line) => (/^\d/.test(said) ? line : line.replace(/^\S+ /, '')).startsWith(said)),
      `said instead:\n${lines.join('\n')}`,
    );
  });
}

test('stubs lie in the tree', () => {
  const outside = [
    '/a.c',
    '../a.c',
    'a/../../b.c',
    './a.c',
    'a/./b.c',
    'C:/a.c',
    'C:a.c',
    '\\\\host\\a.c',
    'a\\b.c',
    'a.h',
    '',
    '..',
    '.c/..',
  ];
  const { value, problems } = readUserKnowledge(JSON.stringify({ version: 1, stubs: outside }));
  assert.deepEqual(value.stubs, []);
  assert.equal(problems.length, outside.length);
});

test('the schema that ships says what the reader takes', () => {
  const path = join('media', 'holdwait.schema.json');
  const schema = userKnowledgeSchema();
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, `${JSON.stringify(schema, undefined, 2)}\n`);
  const shipped: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const hint = `${path} is old: set UPDATE_GOLDEN=1 to write it again, and format it`;
  assert.deepEqual(shipped, JSON.parse(JSON.stringify(schema)), hint);
});

test('a byte order mark and odd line ends are no mistake', () => {
  assert.deepEqual(readUserKnowledge('\uFEFF{\r\n\t"version": 1\r\n}\r\n').problems, []);
});

test('nothing that a file holds makes the reader throw', () => {
  const whole = callback('"holds": [{ "kind": "mutex", "object": "m" }], "sleeps": false');
  for (let length = 0; length < whole.length; length++) {
    assert.ok(readUserKnowledge(whole.slice(0, length)).problems.length > 0);
    readUserKnowledge(`${whole.slice(0, length)}\u0000${whole.slice(length + 1)}`);
  }
});

function primitive(rest: string): string {
  return `{ "version": 1, "primitives": [{ "name": "f", "kind": "mutex", ${rest} }] }`;
}

function callback(rest: string): string {
  return `{ "version": 1, "callbacks": [{ "struct": "s", "member": "m", ${rest} }] }`;
}

function twice(key: string, row: string): string {
  return `{ "version": 1, "${key}": [${row}, ${row}] }`;
}
