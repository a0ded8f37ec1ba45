// What the real git writes is read and applied, whatever its options; and mails are read as git mailsplit and git mailinfo
// read them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FileChange } from '../../../src/patch/change.ts';
import { TemporaryGit } from '../../support/temporaryGit.ts';
import { acmeMails } from './acmeSeries.ts';
import { applied, changesIn, numberedLines, read, shown } from './support.ts';
import type { Tree } from './support.ts';

const git = new TemporaryGit();
const names = [
  'plain.c',
  'dir/with blank.c',
  'dir/ä"quoted\\\t.c',
  'old/moves.c',
  'copied.c',
  'goes.c',
  'run.sh',
];
let base = '';
let treeBefore: Tree = {};
let treeAfter: Tree = {};

before(() => {
  git.must('init', '-q', '-b', 'main');
  for (const [i, name] of names.entries()) git.write(name, numberedLines(30 + i, `line of ${i}`));
  git.write('crlf.txt', numberedLines(20).replaceAll('\n', '\r\n'));
  git.write('image.bin', '\0\x01\x02\xff');
  git.write('open.c', 'one\ntwo');
  commitAll('Begin');
  base = git.must('rev-parse', 'HEAD').trim();
  treeBefore = git.files();

  edit('plain.c', (text) => text.replace('line of 0 3\n', 'changed\n').replace('line of 0 25\n', ''));
  edit(names[1]!, (text) => `first\n${text}`);
  commitAll(
    '[tag] Ändere plain.c, and say so in a subject that is much longer than any header line may be: ünïcödé',
  );
  edit(names[2]!, (text) => `${text}last without newline`);
  git.must('mv', 'old/moves.c', 'moved.c');
  edit('moved.c', (text) => text.replace('line of 3 7\n', 'line of 3 seven\n'));
  git.write('copy.c', git.read('copied.c').replace('line of 4 9\n', ''));
  edit('copied.c', (text) => text.replace('line of 4 20\n', 'line of 4 twenty\n'));
  commitAll(
    'Rename, copy, and =?utf-8?q?confuse?=\n\nFrom the beginning of a line.\n\n>From quoted\n- - -\n',
  );
  git.must('rm', '-q', 'goes.c');
  git.must('update-index', '--chmod=+x', 'run.sh');
  git.write('new/file.c', 'int new;\n');
  git.write('empty.c', '');
  edit('crlf.txt', (text) => text.replace('line 7\r\n', 'line seven\r\n'));
  edit('open.c', () => 'one\ntwo\nthree');
  commitAll('Delete, create, and change a mode', '[two lines\nof body]');
  edit('plain.c', (text) => `${text}end\n`);
  commitAll('One more');
  treeAfter = git.files();
});

after(() => git[Symbol.dispose]());

const ways: readonly (readonly [what: string, words: readonly string[]])[] = [
  ['format-patch', ['format-patch', '--stdout']],
  ['format-patch --attach', ['format-patch', '--stdout', '--attach']],
  ['format-patch --inline', ['format-patch', '--stdout', '--inline']],
  ['format-patch -M -C', ['format-patch', '--stdout', '-M', '-C', '-C']],
  ['format-patch --no-renames', ['format-patch', '--stdout', '--no-renames']],
  ['format-patch with a cover', ['format-patch', '--stdout', '--cover-letter', '-v3', '--base=HEAD~4']],
  ['format-patch -p', ['format-patch', '--stdout', '-p', '-U5', '--full-index', '-k']],
  ['format-patch --no-prefix', ['format-patch', '--stdout', '--no-prefix']],
  ['format-patch with prefixes', ['format-patch', '--stdout', '--src-prefix=x/', '--dst-prefix=y/']],
  ['format-patch -D', ['format-patch', '--stdout', '-D']],
  ['format-patch --minimal', ['format-patch', '--stdout', '--minimal', '--inter-hunk-context=20']],
  ['log -p', ['log', '-p', '--stat']],
  ['log -p --reverse', ['log', '-p', '--reverse', '--format=fuller']],
  ['log --pretty=email', ['log', '-p', '--reverse', '--pretty=email', '-M']],
  ['diff', ['diff']],
  ['diff -M -C', ['diff', '-M', '-C']],
  ['diff --no-prefix', ['diff', '--no-prefix', '-M', '--histogram']],
];

for (const [what, [command = '', ...options]] of ways)
  test(`git ${what} is read and applied`, async () => {
    const text = git.must('-c', 'core.quotePath=true', command, ...options, `${base}..HEAD`);
    const { patches, problems } = read(text);
    assert.equal(shown(problems), '');
    let tree = treeBefore;
    for (const patch of patches) {
      assert.deepEqual(
        patch.problems.filter(({ severity }) => severity === 'error'),
        [],
      );
      const outcome = await applied(patch.changes, tree);
      assert.deepEqual(outcome.refused, []);
      tree = outcome.tree;
    }
    assert.deepEqual(tree, treeAfter);
  });

test('git show is read, of a commit and of a tag', () => {
  git.must('tag', '-a', '-m', 'A tag', 'v1', 'HEAD');
  const [commit, tag] = [read(git.must('show', 'HEAD')), read(git.must('show', 'v1'))];
  assert.equal(commit.patches[0]?.subject, 'One more');
  assert.deepEqual(tag.patches.map(hunksOf), commit.patches.map(hunksOf));
  assert.equal(shown([...commit.problems, ...tag.problems]), '');
});

test('a merge is not taken for a patch', () => {
  git.must('checkout', '-q', '-b', 'side', base);
  git.write('plain.c', 'something else\n');
  commitAll('Side');
  git.run(['merge', '-q', 'main']);
  git.write('plain.c', 'both\n');
  commitAll('Merge');
  const { patches } = read(git.must('show', 'HEAD'));
  git.must('checkout', '-q', 'main');
  assert.match(
    shown(patches.flatMap(({ problems }) => problems)),
    /the combined diff of a merge cannot be applied/,
  );
});

test('subjects, authors and diffs are those of git mailinfo', () => {
  const series = git.must('format-patch', '--stdout', '--from', '-M', '--cover-letter', `${base}..HEAD`);
  const odd = Object.values(acmeMails);
  let compared = 0;
  for (const mailbox of [series, ...odd, ...odd.map((mail) => mail.replaceAll('\r\n', '\n'))]) {
    for (const { info, patch, mail } of byMailinfo(mailbox)) {
      const [ours] = read(mail).patches;
      const changes = changesOf(patch);
      assert.deepEqual(hunksOf(ours) ?? [], hunksOf({ changes }));
      if (!ours || changes.length === 0) continue;
      compared++;
      assert.equal(ours.subject, info.get('Subject'));
      const author = ours.mail?.author ?? ours.mail?.from ?? '';
      assert.equal(author, `${info.get('Author')} <${info.get('Email')}>`);
    }
  }
  assert.ok(compared >= 14, `${compared} compared`);
});

interface Mailinfo {
  /** As git mailsplit has cut it off. */
  readonly mail: string;
  readonly info: ReadonlyMap<string, string>;
  readonly patch: string;
}

function byMailinfo(mailbox: string): readonly Mailinfo[] {
  git.clear('split');
  git.write('split/mailbox', mailbox);
  const keepsReturns = mailbox.includes('windows.inf') ? ['--keep-cr'] : [];
  git.must('mailsplit', ...keepsReturns, '-osplit', 'split/mailbox');
  const mails = Object.keys(git.files('split')).filter((name) => /^\d+$/.test(name));
  return mails.sort().map((name) => {
    const mail = git.read(`split/${name}`);
    const { output } = git.run(['mailinfo', 'split/message', 'split/patch'], mail);
    const fields = output.split('\n').map((line) => /^(\w+): (.*)$/.exec(line));
    const info = new Map(
      fields.flatMap((field) => (field ? [[field[1]!, unicode(field[2]!)] as const] : [])),
    );
    return { mail, info, patch: git.read('split/patch') };
  });
}

const changesOf = (text: string): readonly FileChange[] =>
  read(text).patches.length === 0 ? [] : changesIn(text);

const hunksOf = (patch: { readonly changes: readonly FileChange[] } | undefined): unknown =>
  patch?.changes.map(({ kind, oldPath, newPath, hunks }) => ({
    kind,
    oldPath,
    newPath,
    lines: hunks.map(({ lines }) => lines),
  }));

function commitAll(...paragraphs: readonly string[]): void {
  git.must('add', '-A');
  git.must('update-index', '--refresh', '-q');
  git.must('commit', '-q', ...paragraphs.flatMap((text) => ['-m', text]));
}

function edit(name: string, change: (text: string) => string): void {
  git.write(name, change(git.read(name)));
}

function unicode(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
