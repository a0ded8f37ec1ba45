// run.test.ts
// The command line as a whole, without a tree: which words lead where, and how refusals read.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { neverCancelled } from '../../../src/base/cancel.ts';
import type { ExitStatus, Surroundings } from '../../../src/cli/command.ts';
import { commands, runCommandLine } from '../../../src/cli/run.ts';

interface Outcome {
  readonly status: ExitStatus;
  readonly printed: string;
  readonly complaints: readonly string[];
}

async function run(...words: string[]): Promise<Outcome> {
  const complaints: string[] = [];
  let printed = '';
  const surroundings: Surroundings = {
    print: (text) => (printed += text),
    complain: (line) => complaints.push(line),
    progress: { show: () => {}, clear: () => {} },
    wantsColour: false,
    currentFolder: '/nowhere',
    version: '1.2.3',
    token: neverCancelled,
  };
  return { status: await runCommandLine(words, surroundings), printed, complaints };
}

async function refuses(words: readonly string[], line: string): Promise<void> {
  assert.deepEqual(await run(...words), { status: 2, printed: '', complaints: [line] });
}

test('the version', async () => {
  assert.deepEqual(await run('--version'), { status: 0, printed: 'holdwait 1.2.3\n', complaints: [] });
});

test('the overview names every command, and no words at all are an error', async () => {
  const { status, printed } = await run('--help');
  assert.equal(status, 0);
  for (const { spec } of commands) assert.ok(printed.includes(`  holdwait ${spec.name}`), spec.name);
  assert.equal((await run()).status, 2);
});

test('every command has a help of its own, in lines that fit a terminal', async () => {
  for (const { spec } of commands) {
    const { status, printed } = await run(spec.name, '--help');
    assert.equal(status, 0);
    assert.ok(printed.startsWith(`holdwait ${spec.name}`));
    for (const line of printed.split('\n')) assert.ok(line.length <= 110, line);
    assert.equal((await run('help', spec.name)).printed, printed);
  }
});

test('refusals are one line that says what to do', async () => {
  await refuses(['chain', 'foo'], 'holdwait: unknown command chain; did you mean chains?');
  await refuses(
    ['xyz'],
    'holdwait: unknown command xyz; the commands are review, check, suppress, chains, splat, index, facts, cache, server, completion, man',
  );
  await refuses(
    ['facts'],
    'holdwait: facts needs FILE; for example: holdwait facts drivers/net/ethernet/mellanox/mlx4/intf.c',
  );
  await refuses(
    ['suppress', '--tree', '/nowhere/linux', '--reason', 'x'],
    'holdwait: --tree /nowhere/linux is not the top of a kernel tree: it has no Makefile of a kernel at its top',
  );
  await refuses(
    ['suppress', '--reason', 'x'],
    "holdwait: suppress needs the ID of a finding; for example: holdwait suppress 4f1c --reason 'the two devices are never the same'",
  );
  await refuses(
    ['completion'],
    'holdwait: completion needs bash|zsh|fish; for example: source <(holdwait completion bash)',
  );
  await refuses(['completion', 'zsg'], 'holdwait: no completion for zsg; did you mean zsh?');
  await refuses(
    ['completion', 'powershell'],
    'holdwait: no completion for powershell; there are bash, zsh, fish',
  );
  await refuses(
    ['check', '--timout', '5'],
    'holdwait: unknown option --timout of check; did you mean --timeout?',
  );
  await refuses(['facts', '/no/such.c'], 'holdwait: cannot read /no/such.c: there is no such file');
  await refuses(['server'], 'holdwait: server needs --stdio; editors start it as: holdwait server --stdio');
  await refuses(
    ['chains', 'foo'],
    'holdwait: there is no kernel tree around /nowhere; name one with --tree DIR',
  );
  await refuses(
    ['chains', 'foo', '--tree', '/'],
    'holdwait: --tree / is not the top of a kernel tree: it has no Makefile of a kernel at its top',
  );
  await refuses(
    ['index', '--symbols-only', '--all'],
    'holdwait: --symbols-only contradicts --scope and --all; leave one of them out',
  );
});
