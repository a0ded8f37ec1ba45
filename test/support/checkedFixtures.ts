// checkedFixtures.ts
// Runs the real engine over one C file that stands alone: the folder of fixtures is the whole tree, and there is no
// kernel around it.

import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

import { neverCancelled } from '../../src/base/cancel.ts';
import type { GivenUp } from '../../src/effects/results.ts';
import { checkTree } from '../../src/engine/check.ts';
import { openIndex } from '../../src/index/indexedTree.ts';
import { MemoryTreeHost } from '../../src/index/memoryHost.ts';
import type { CParser } from '../../src/syntax/parser.ts';
import type { Finding } from '../../src/waits/finding.ts';

const fixturesFolder = join('test', 'fixtures', 'check');

export interface Checked {
  readonly findings: readonly Finding[];
  readonly givenUp: readonly GivenUp[];
}

/** Paths below the folder of fixtures, with `/`, in order. */
export function fixturePaths(): readonly string[] {
  return readdirSync(fixturesFolder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.c'))
    .map((name) => name.split(sep).join('/'))
    .sort();
}

export function fixtureBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(fixturesFolder, path)));
}

export function checkOneFile(path: string, bytes: Uint8Array, parser: CParser): Promise<Checked> {
  return checkFiles(new Map([[path, bytes]]), [path], parser);
}

/** A tree of these files and the fixtures' header. */
export async function checkFiles(
  files: ReadonlyMap<string, Uint8Array>,
  scope: readonly string[],
  parser: CParser,
): Promise<Checked> {
  const tree = new MemoryTreeHost('/tree');
  tree.write('kernel.h', fixtureBytes('kernel.h'));
  for (const [path, bytes] of files) tree.write(path, bytes);
  const index = await openIndex({
    tree,
    cache: undefined,
    workers: undefined,
    sha1: (chunks) => chunks.map((chunk) => new TextDecoder('latin1').decode(chunk)).join(''),
    createParser: () => Promise.resolve(parser),
    now: () => 0,
    breathe: () => Promise.resolve(),
    memoryBytes: () => 0,
    uniqueName: () => 'x',
    log: () => {},
  });
  return checkTree(index, { scope, kernel: '' }, neverCancelled);
}
