// Merges of three texts against git merge-file: the same verdict and the same bytes; and what must hold of any merge.

import assert from 'node:assert/strict';
import test from 'node:test';
import { mergeThree } from '../../../src/patch/mergeThree.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';
import { pick, seeded } from '../../support/unifiedDiff.ts';
import type { Random } from '../../support/unifiedDiff.ts';

interface Three {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Lines that are mostly there once: with many equal ones, two right answers may differ. */
function randomThree(random: Random): Three {
  const base = Array.from({ length: 4 + random(20) }, (_, i) => (random(6) === 0 ? '}\n' : `line ${i}\n`));
  const [ours, theirs] = [changed(random, base), changed(random, base)];
  const shared = random(4) === 0 ? changed(random, base) : undefined;
  const join = (lines: readonly string[]): string =>
    random(8) === 0 ? lines.join('').replace(/\n$/, '') : lines.join('');
  return { base: join(base), ours: join(shared ?? ours), theirs: join(shared ?? theirs) };
}

function changed(random: Random, lines: readonly string[]): readonly string[] {
  const result = [...lines];
  for (let i = random(4); i > 0; i--) {
    const added = Array.from(
      { length: random(3) },
      () => `${pick(random, ['new', 'other', 'more'])} ${random(3)}\n`,
    );
    result.splice(random(result.length + 1), random(3), ...added);
  }
  return result;
}

function byGit(git: TemporaryGit, { base, ours, theirs }: Three): string | undefined {
  git.write('base', base);
  git.write('ours', ours);
  git.write('theirs', theirs);
  const { isFine, output } = git.run(['merge-file', '-p', 'ours', 'base', 'theirs']);
  return isFine ? output : undefined;
}

test('random texts are merged as git merge-file merges them', () => {
  const git = new TemporaryGit();
  const verdicts = { merged: 0, conflict: 0 };
  for (let seed = 1; seed <= 500; seed++) {
    const three = randomThree(seeded(seed));
    const expected = byGit(git, three);
    const found = mergeThree(three.base, three.ours, three.theirs);
    assert.equal(
      found.kind === 'merged' ? found.text : undefined,
      expected,
      `seed ${seed} ${JSON.stringify(three)}`,
    );
    verdicts[found.kind]++;
  }
  git[Symbol.dispose]();
  assert.ok(verdicts.merged > 100 && verdicts.conflict > 100, JSON.stringify(verdicts));
});

test('a side that changes nothing leaves the other; both alike are taken once; sides may be exchanged', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const { base, ours, theirs } = randomThree(seeded(seed));
    const merged = (text: string): unknown => ({ kind: 'merged', text });
    assert.deepEqual(mergeThree(base, ours, base), merged(ours));
    assert.deepEqual(mergeThree(base, base, theirs), merged(theirs));
    assert.deepEqual(mergeThree(base, ours, ours), merged(ours));
    const [one, other] = [mergeThree(base, ours, theirs), mergeThree(base, theirs, ours)];
    assert.equal(one.kind, other.kind);
    if (one.kind === 'merged') assert.deepEqual(one, other);
  }
});

test('a conflict says where, and what either side has there', () => {
  const found = mergeThree('a\nb\nc\nd\n', 'new\na\nb\nC\nd\n', 'a\nb\nsee\nd\n');
  assert.deepEqual(found, { kind: 'conflict', line: 4, ours: ['C\n'], theirs: ['see\n'] });
});
