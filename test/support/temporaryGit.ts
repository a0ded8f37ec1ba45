// temporaryGit.ts
// The real git in a folder of its own, with nothing of the user's configuration.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface GitResult {
  readonly isFine: boolean;
  readonly output: string;
  readonly errors: string;
}

export class TemporaryGit {
  readonly folder = mkdtempSync(join(tmpdir(), 'holdwait-git-'));

  /** Input and output are byte strings. */
  run(words: readonly string[], input = '', folder = this.folder): GitResult {
    const { status, stdout, stderr } = spawnSync('git', [...words], {
      cwd: folder,
      input: Buffer.from(input, 'latin1'),
      env: {
        PATH: process.env['PATH'],
        HOME: this.folder,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CEILING_DIRECTORIES: dirname(this.folder),
        GIT_AUTHOR_NAME: 'Jürgen Example',
        GIT_AUTHOR_EMAIL: 'juergen@example.com',
        GIT_COMMITTER_NAME: 'A Developer',
        GIT_COMMITTER_EMAIL: 'dev@example.com',
        GIT_AUTHOR_DATE: '2024-02-06T10:00:00+0100',
        GIT_COMMITTER_DATE: '2024-02-06T10:00:00+0100',
      },
      maxBuffer: 1 << 28,
    });
    return { isFine: status === 0, output: stdout.toString('latin1'), errors: stderr.toString('latin1') };
  }

  must(...words: readonly string[]): string {
    const { isFine, output, errors } = this.run(words);
    if (!isFine) throw new Error(`git ${words.join(' ')}: ${errors}`);
    return output;
  }

  write(path: string, text: string): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, 'latin1');
  }

  read(path: string): string {
    return readFileSync(join(this.folder, path), 'latin1');
  }

  /** All files below a folder, by their paths from there. */
  files(below = ''): Record<string, string> {
    const found: Record<string, string> = {};
    const root = join(this.folder, below);
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name).slice(root.length).replace(/^\//, '');
      if (!path.startsWith('.git/')) found[path] = readFileSync(join(root, path), 'latin1');
    }
    return found;
  }

  clear(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
