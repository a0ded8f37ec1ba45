// patches.test.ts
// The differences between two real kernels, file by file, as patches: each is read, applied and undone, with the bytes and
// the verdict of git apply; and so is what becomes of it when a line is damaged. HOLDWAIT_KERNELS is the folder that holds
// linux-source-6.1 and linux-source-6.12.

import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { applyChanges } from '../../src/patch/applyPatch.ts';
import { byteStringOf, bytesOf } from '../../src/patch/byteText.ts';
import { readPatches } from '../../src/patch/readPatches.ts';
import { TemporaryGit } from '../support/temporaryGit.ts';
import { seeded } from '../support/unifiedDiff.ts';
import type { Random } from '../support/unifiedDiff.ts';

const kernels = process.env['HOLDWAIT_KERNELS'];
const [oldTree, newTree] = ['linux-source-6.1', 'linux-source-6.12'].map((name) =>
  join(kernels ?? '', name),
) as [string, string];
const folders = ['drivers/net/ethernet', 'drivers/usb', 'drivers/scsi', 'drivers/gpu/drm/i915', 'net'];
const count = 40;

test('differences between kernels are applied as git apply does it', { skip: !kernels }, async () => {
  const git = new TemporaryGit();
  const random = seeded(6);
  const paths = folders.flatMap(sourcesBelow);
  let refused = 0;
  for (let done = 0; done < count;) {
    const path = paths[random(paths.length)]!;
    const diff = differenceOf(git, path);
    if (diff === '') continue;
    done++;
    const before = readFileSync(join(oldTree, path), 'latin1');
    const after = existsSync(join(newTree, path)) ? readFileSync(join(newTree, path), 'latin1') : undefined;
    assert.deepEqual(await byUs(diff, path, before), { text: after }, path);
    if (after !== undefined) assert.deepEqual(await byUs(diff, path, after, true), { text: before }, path);
    const other = damaged(random, diff);
    const expected = byGit(git, other, path, before);
    assert.deepEqual(await byUs(other, path, before), expected, `${path}\n${other}`);
    if (expected === undefined) refused++;
  }
  git[Symbol.dispose]();
  assert.ok(refused > 10, `${refused} refused`);
});

function sourcesBelow(folder: string): readonly string[] {
  const names = readdirSync(join(oldTree, folder), { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => /\.[ch]$/.test(name))
    .map((name) => `${folder}/${name}`)
    .sort();
}

function differenceOf(git: TemporaryGit, path: string): string {
  const [before, after] = [join(oldTree, path), join(newTree, path)];
  const { output } = git.run(['diff', '--no-index', before, existsSync(after) ? after : '/dev/null']);
  return output
    .replaceAll(`a${oldTree}/`, 'a/')
    .replaceAll(`b${newTree}/`, 'b/')
    .replaceAll(`b${oldTree}/`, 'b/');
}

/** A line of context changed or taken away, or all hunks told to lie elsewhere. */
function damaged(random: Random, diff: string): string {
  const lines = diff.split('\n');
  const context = lines.flatMap((line, i) => (line.startsWith(' ') ? [i] : []));
  const at = context[random(context.length)] ?? lines.length - 1;
  const shift = random(40);
  switch (random(3)) {
    case 0:
      lines[at] += 'x';
      break;
    case 1:
      lines.splice(at, 1);
      break;
    case 2:
      return diff.replace(/^@@ -(\d+)(.*?) \+(\d+)/gm, (whole, old: string, middle: string, now: string) =>
        Number(old) > 1 ? `@@ -${Number(old) + shift}${middle} +${Number(now) + shift}` : whole,
      );
  }
  return lines.join('\n');
}

/** `undefined`: refused. `text` is `undefined` where the file is deleted. */
interface Result {
  readonly text: string | undefined;
}

function byGit(git: TemporaryGit, diff: string, path: string, before: string): Result | undefined {
  git.clear(dirname(path).split('/')[0]!);
  git.write(path, before);
  if (!git.run(['apply', '-'], diff).isFine) return undefined;
  return { text: git.files()[path] };
}

async function byUs(
  diff: string,
  path: string,
  before: string,
  reverse = false,
): Promise<Result | undefined> {
  const { patches, problems } = readPatches(bytesOf(diff));
  const all = [...problems, ...patches.flatMap((patch) => patch.problems)];
  if (all.some(({ severity }) => severity === 'error')) return undefined;
  const read = async (name: string): Promise<Uint8Array | undefined> =>
    name === path ? bytesOf(before) : undefined;
  const changes = patches.flatMap((patch) => patch.changes);
  const { files, conflicts } = await applyChanges(changes, read, { reverse });
  if (conflicts.length > 0) return undefined;
  const after = files.get(path);
  return { text: files.has(path) ? after && byteStringOf(after) : before };
}
