// Our applier against git apply: the same verdict and the same bytes, on patches that fit and on such as do not.

import assert from 'node:assert/strict';
import test from 'node:test';
import { edited, pick, randomLines, seeded, unifiedDiff } from '../../support/unifiedDiff.ts';
import type { Lines, Random } from '../../support/unifiedDiff.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';
import { applied, read } from './support.ts';
import type { Tree } from './support.ts';

const path = 'x.c';

test('random patches on random files get the verdict of git apply, and the same bytes', async () => {
  const git = new TemporaryGit();
  const verdicts = { applied: 0, refused: 0 };
  for (let seed = 1; seed <= 260; seed++) {
    const { text, tree, reverse } = randomCase(seeded(seed));
    const expected = byGit(git, text, tree, reverse);
    const found = await byUs(text, tree, reverse);
    if (found === undefined && expected !== undefined && hasOpenContext(text)) continue;
    assert.deepEqual(found, expected, `seed ${seed}\n${JSON.stringify(tree)}\n${text}`);
    verdicts[expected === undefined ? 'refused' : 'applied']++;
  }
  git[Symbol.dispose]();
  assert.ok(verdicts.applied > 60 && verdicts.refused > 60, JSON.stringify(verdicts));
});

/**
 * git takes a line without its newline for the beginning of any line, and then joins two lines of the file. A hunk that
 * expects the file to end there is refused by us where it does not.
 */
const hasOpenContext = (text: string): boolean => /^ .*\n\\ /m.test(text);

interface Case {
  readonly text: string;
  readonly tree: Tree;
  readonly reverse: boolean;
}

function randomCase(random: Random): Case {
  const before = randomLines(random);
  const after = edited(random, before);
  const context = pick(random, [3, 3, 3, 2, 1, 0]);
  const text = unifiedDiff(path, before, after, context);
  const reverse = random(5) === 0;
  const base = reverse ? after : before;
  const there = pick(random, [base, base, moved(random, base), moved(random, base), edited(random, base)]);
  return { text: mutated(random, text), tree: { [path]: there.join('') }, reverse };
}

/** Lines before and behind, so that hunks lie elsewhere than their headers say. */
function moved(random: Random, lines: Lines): Lines {
  const whole = lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`));
  return [
    ...randomLines(random, 6).map((line) => `${line.trimEnd()}\n`),
    ...whole,
    ...randomLines(random, 4),
  ];
}

function mutated(random: Random, text: string): string {
  const lines = text.split('\n');
  const at = 2 + random(Math.max(1, lines.length - 3));
  switch (random(10)) {
    case 0:
      lines.splice(at, 1);
      break;
    case 1:
      lines[at] = `${lines[at]}x`;
      break;
    case 2:
      return `${lines.slice(0, at).join('\n')}\n`;
    case 3:
    case 4:
      return text.replace(/^@@ -(\d+)(.*?) \+(\d+)/gm, (_, old: string, count: string, now: string) => {
        const shift = random(9) - 4;
        return `@@ -${Math.max(0, Number(old) + shift)}${count} +${Math.max(0, Number(now) + shift)}`;
      });
    case 5:
      lines.splice(
        at,
        0,
        pick(random, ['', ' a', '+b', '-c', '-- ', 'junk', '\\ No newline at end of file']),
      );
      break;
  }
  return lines.join('\n');
}

function byGit(git: TemporaryGit, text: string, tree: Tree, reverse: boolean): Tree | undefined {
  git.clear(path);
  for (const [name, content] of Object.entries(tree)) git.write(name, content);
  const { isFine } = git.run(['apply', ...(reverse ? ['-R'] : []), '-'], text);
  return isFine ? git.files() : undefined;
}

async function byUs(text: string, tree: Tree, reverse: boolean): Promise<Tree | undefined> {
  const { patches, problems } = read(text);
  const all = [...problems, ...patches.flatMap((patch) => patch.problems)];
  if (all.some(({ severity }) => severity === 'error')) return undefined;
  const changes = patches.flatMap((patch) => patch.changes);
  const { tree: after, refused } = await applied(changes, tree, { reverse });
  return refused.length > 0 ? undefined : after;
}
