// manPage.test.ts
// The manual page: everything that the tables know, in what man can read.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

import type { CommandSpec } from '../../../src/cli/arguments.ts';
import { manPage } from '../../../src/cli/manPage.ts';
import { commands } from '../../../src/cli/run.ts';

const specs = commands.map(({ spec }) => spec);
const page = manPage(specs, '1.2.3');

/** As a reader sees it, where no formatter is asked. */
const plain = page
  .replaceAll('\\-', '-')
  .replaceAll('\\(aq', "'")
  .replaceAll('\\(ti', '~')
  .replaceAll('\\(dq', '"')
  .replaceAll('\\(ga', '`')
  .replaceAll('\\(ha', '^')
  .replaceAll('\\&', '');

test('it has the sections of a manual page, and the version', () => {
  assert.ok(page.startsWith('.TH HOLDWAIT 1 "" "holdwait 1.2.3" "User Commands"\n.SH NAME\nholdwait \\- '));
  assert.deepEqual(
    [...page.matchAll(/^\.SH (.*)$/gm)].map((match) => match[1]),
    ['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'COMMON OPTIONS', 'EXIT STATUS', 'ENVIRONMENT', 'FILES'],
  );
});

test('every command is there, with its options, its examples and its notes', () => {
  for (const spec of specs) {
    const start = plain.indexOf(`\n.SS holdwait ${spec.name}`);
    assert.ok(start >= 0, spec.name);
    const next = plain.slice(start + 1).search(/^\.S[SH] /m);
    const rest = plain.slice(start + 1);
    const section = rest.slice(0, rest.indexOf('\n.S', Math.max(next, 1)));
    for (const { name } of spec.options) assert.ok(section.includes(name), `${spec.name} ${name}`);
    for (const { words } of spec.examples) assert.ok(section.includes(`\n${words}\n`), words);
    for (const note of spec.notes ?? [])
      assert.ok(section.replace(/\s+/g, ' ').includes(note.replace(/\s+/g, ' ')), note);
  }
});

test('every option is explained', () => {
  const text = plain.replace(/\s+/g, ' ').toLowerCase();
  for (const { help } of specs.flatMap(({ options }) => options))
    assert.ok(text.includes(help.toLowerCase()), help);
});

test('nothing in the tables is taken for a request or an escape', () => {
  const odd: CommandSpec = {
    name: 'odd',
    summary: ".holdwait.json isn't \\fBread\\fR",
    operands: [],
    options: [{ name: '--x', help: '\'quoted\', and `a^b~c` "d"' }],
    examples: [{ words: '.odd', what: 'x' }],
  };
  const lines = manPage([odd], '1').split('\n');
  assert.ok(lines.includes('\\&.holdwait.json isn\\(aqt \\efBread\\efR.'));
  assert.ok(lines.includes('\\&\\(aqquoted\\(aq, and \\(gaa\\(hab\\(tic\\(ga \\(dqd\\(dq.'));
  assert.ok(lines.includes('\\&.odd'));
  const requests = new Set(lines.flatMap((line) => /^\.\w+/.exec(line)?.[0] ?? []));
  assert.deepEqual([...requests].sort(), [
    '.B',
    '.EE',
    '.EX',
    '.PP',
    '.RE',
    '.RS',
    '.SH',
    '.SS',
    '.TH',
    '.TP',
  ]);
});

test('groff, where it is installed, has nothing to complain of', () => {
  if (spawnSync('groff', ['--version']).status !== 0) return;
  const { status, stdout, stderr } = spawnSync('groff', ['-ww', '-man', '-Tutf8', '-Kutf8'], {
    input: page,
    encoding: 'utf8',
  });
  assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  assert.match(stdout, /holdwait/);
});
