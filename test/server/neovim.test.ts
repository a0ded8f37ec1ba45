// neovim.test.ts
// The lines for Neovim in docs/editors.md, in the Neovim that is installed: lenses, hover, warnings, calls and chains as
// its user sees them. Without a Neovim there is nothing to test.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { inProject } from '../../scripts/project.mjs';
import { bothOrdersByCall as driver } from './acmeDriver.ts';
import { lineWith, makeSmallTree } from './smallTree.ts';
import type { SmallTree } from './smallTree.ts';

interface Seen {
  readonly lenses: readonly string[];
  readonly warnings: readonly string[];
  readonly hover: string;
  readonly callers: readonly string[];
  readonly chains: string;
  readonly errors: string;
}

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
const skip = hasNeovim ? false : 'no nvim is installed';
let tree: SmallTree;
let folder: string;
let seen: Seen;

before(() => {
  tree = makeSmallTree({ 'drivers/acme/acme.c': driver });
  folder = mkdtempSync(join(tmpdir(), 'hwn-'));
  if (hasNeovim) seen = visit();
});
after(() => {
  tree.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function visit(): Seen {
  const [snippet = ''] = [
    ...readFileSync(inProject('docs/editors.md'), 'utf8').matchAll(/```lua\n([^]*?)```/g),
  ].map((match) => match[1] ?? '');
  writeFileSync(join(folder, 'init.lua'), snippet);
  const program = join(folder, 'holdwait');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${inProject('dist/cli.js')}' "$@"\n`);
  chmodSync(program, 0o755);
  const result = join(folder, 'seen.json');
  const hovered = lineWith(driver, '\tacme_port_reset();') + 1;
  const script = ['-u', join(folder, 'init.lua'), '--headless', 'drivers/acme/acme.c'];
  const visitor = ['-c', `let g:result = '${result}'`, '-c', `let g:line = ${hovered}`];
  const run = spawnSync(
    'nvim',
    [...script, ...visitor, '-c', `luafile ${inProject('test/server/neovimVisit.lua')}`],
    {
      cwd: tree.root,
      timeout: 120_000,
      encoding: 'utf8',
      env: {
        ...process.env,
        PATH: `${folder}:${process.env['PATH'] ?? ''}`,
        XDG_CACHE_HOME: join(folder, 'cache'),
        XDG_CONFIG_HOME: join(folder, 'config'),
        XDG_DATA_HOME: join(folder, 'data'),
        XDG_STATE_HOME: join(folder, 'state'),
      },
    },
  );
  assert.equal(run.status, 0, `${run.stdout}\n${run.stderr}`);
  return JSON.parse(readFileSync(result, 'utf8')) as Seen;
}

test('lenses stand above functions', { skip }, () => {
  assert.equal(seen.errors, '');
  assert.ok(
    seen.lenses.some((title) => title.startsWith('takes acme_list_lock')),
    seen.lenses.join('\n'),
  );
  assert.ok(seen.lenses.includes('1 cycle'), seen.lenses.join('\n'));
});

test('a cycle is a warning', { skip }, () => {
  assert.equal(seen.warnings.length, 1);
  assert.match(seen.warnings[0] ?? '', /acme_list_lock/);
});

test('hover tells the function at the cursor', { skip }, () => {
  assert.match(seen.hover, /acme_port_reset\(\)/);
  assert.match(seen.hover, /called by .*acme_open.*holding \(mutex\) acme/);
});

test('incoming calls are in the list of places', { skip }, () => {
  assert.deepEqual(seen.callers, ['acme_open']);
});

test('the command tells the chain', { skip }, () => {
  assert.match(seen.chains, /acme_open\(\)[^]*takes\s+\(mutex\) acme_list_lock/);
});
