// fuzzPatches.ts
// Damages mails and diffs at random and gives them to the readers, which must take it: without throwing, without
// hanging, and so that whatever they return can be applied and undone.

import { applyChanges } from '../../src/patch/applyPatch.ts';
import { bytesOf } from '../../src/patch/byteText.ts';
import type { PatchSeries } from '../../src/patch/change.ts';
import { readPatches } from '../../src/patch/readPatches.ts';
import { troubleWith } from '../../src/patch/diffPaths.ts';
import { pick, seeded } from './unifiedDiff.ts';
import type { Random } from './unifiedDiff.ts';

export interface FuzzOptions {
  readonly seeds: readonly string[];
  readonly firstSeed: number;
  readonly milliseconds: number;
}

export interface FuzzResult {
  readonly rounds: number;
  readonly slowestMs: number;
  /** What went wrong, with the seed that does it again. */
  readonly failures: readonly string[];
}

// One text of a few kilobytes takes less than a millisecond; this is a hang, on however slow a machine.
const longestMs = 2000;
const mostFailures = 5;

export async function fuzzPatches({ seeds, firstSeed, milliseconds }: FuzzOptions): Promise<FuzzResult> {
  const failures: string[] = [];
  const end = performance.now() + milliseconds;
  let slowestMs = 0;
  let rounds = 0;
  for (; performance.now() < end && failures.length < mostFailures; rounds++) {
    const seed = firstSeed + rounds;
    const started = performance.now();
    const trouble = await checked(fuzzedText(seeds, seed));
    const took = performance.now() - started;
    slowestMs = Math.max(slowestMs, took);
    if (trouble !== undefined) failures.push(`seed ${seed}: ${trouble}`);
    if (took > longestMs) failures.push(`seed ${seed}: took ${Math.round(took)} ms`);
  }
  return { rounds, slowestMs, failures };
}

/** The text of one round again. */
export function fuzzedText(seeds: readonly string[], seed: number): string {
  const random = seeded(seed * 2654435761);
  let text = pick(random, seeds);
  for (let i = 1 + random(6); i > 0; i--) text = damaged(random, text, seeds);
  return text.slice(0, 200_000);
}

async function checked(text: string): Promise<string | undefined> {
  try {
    const series = readPatches(bytesOf(text));
    const lines = text.split('\n').length + 1;
    for (const { changes } of series.patches) {
      for (const change of changes) {
        const trouble = troubleWith(change.oldPath) ?? troubleWith(change.newPath);
        if (trouble !== undefined) return `the path ${change.newPath} ${trouble}`;
        if (!(change.line >= 1 && change.line <= lines)) return `line ${change.line} of ${lines}`;
      }
      const read = async (path: string): Promise<Uint8Array | undefined> => treeOf(series).get(path);
      await applyChanges(changes, read);
      await applyChanges(changes, read, { reverse: true });
    }
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Files that some of the hunks fit. */
function treeOf({ patches }: PatchSeries): ReadonlyMap<string, Uint8Array> {
  const tree = new Map<string, Uint8Array>();
  for (const { changes } of patches)
    for (const { oldPath, hunks } of changes) {
      const lines = hunks.flatMap((hunk) => hunk.lines.filter(({ kind }) => kind !== 'added'));
      tree.set(oldPath, bytesOf(lines.map(({ text }) => `${text}\n`).join('')));
    }
  return tree;
}

const words = [
  ...[
    'diff --git a/x b/x\n',
    '--- a/x\n',
    '+++ b/x\n',
    '@@ -1,3 +1,3 @@\n',
    '@@ -0,0 +1 @@\n',
    '@@ -999999999,9 +1 @@\n',
  ],
  ...[
    'From a@b Mon Sep 17 00:00:00 2001\n',
    'Subject: [PATCH 2/3] x\n',
    'Subject: Re: x\n',
    '\n',
    '\r\n',
    '\r',
    '\0',
  ],
  ...[
    'Content-Type: multipart/mixed; boundary="x"\n',
    '--x\n',
    '--x--\n',
    'Content-Transfer-Encoding: base64\n',
  ],
  ...[
    'Content-Transfer-Encoding: quoted-printable\n',
    '=?utf-8?q?=C3=?=',
    '=?x?b?////?=',
    '=\n',
    '=3D',
    '"',
    '\\',
  ],
  ...[
    'rename from x\n',
    'rename to ../x\n',
    'new file mode 120000\n',
    'deleted file mode 100644\n',
    'GIT binary patch\n',
  ],
  ...[
    'literal 9\n',
    'index 1111111..2222222 100644\n',
    '\\ No newline at end of file\n',
    '-- \n',
    '> ',
    '+',
    '-',
    ' ',
  ],
  ...[
    'commit 0123456789012345678901234567890123456789\nAuthor: a\n',
    'base-commit: 0123456789\n',
    '/dev/null',
    '/../',
  ],
];

function damaged(random: Random, text: string, seeds: readonly string[]): string {
  const at = random(text.length + 1);
  const end = Math.min(text.length, at + random(pick(random, [4, 40, 400])));
  const other = pick(random, seeds);
  const from = random(other.length + 1);
  switch (random(9)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, at) + String.fromCharCode(random(256)) + text.slice(at + 1);
    case 2:
      return text.slice(0, at) + pick(random, words) + text.slice(at);
    case 3:
      return text.slice(0, at) + other.slice(from, from + random(300)) + text.slice(end);
    case 4:
      return text.slice(0, end) + text.slice(at);
    case 5:
      return text.slice(0, at) + text.slice(at, end).repeat(1 + random(30)) + text.slice(end);
    case 6:
      return text.slice(at);
    case 7:
      return text.replace(/\d+/g, (number) => (random(12) === 0 ? String(random(100)) : number));
    default:
      return text.replaceAll('\n', random(2) === 0 ? '\r\n' : '\n');
  }
}
