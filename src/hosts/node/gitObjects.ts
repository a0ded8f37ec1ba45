// gitObjects.ts
// Objects of a repository, read through one `git cat-file` that runs as long as there are questions. Names go over its
// standard input, so no name can be taken for an option. It knows no filters.

import type { GitProcess } from './gitProcess.ts';
import { startGit } from './gitProcess.ts';

export interface GitObject {
  readonly id: string;
  /** `blob`, `commit`, `tree`, `tag` */
  readonly type: string;
  readonly size: number;
}

export interface GitObjectText extends GitObject {
  readonly bytes: Uint8Array;
}

/** What is larger is no source, and is not held in memory. */
const largestObject = 64 * 1024 * 1024;

export class GitObjects {
  readonly #checks: CatFile;
  readonly #texts: CatFile;

  constructor(folder: string) {
    this.#checks = new CatFile(folder, '--batch-check');
    this.#texts = new CatFile(folder, '--batch');
  }

  /** `name` is whatever git takes as the name of an object. `undefined`: there is none, or there are several. */
  async find(name: string): Promise<GitObject | undefined> {
    const answer = await this.#checks.ask(name);
    return typeof answer === 'string' ? undefined : answer;
  }

  /** Whether the beginning of an id stands for no object at all. */
  async isMissing(name: string): Promise<boolean> {
    return (await this.#checks.ask(name)) === 'missing';
  }

  async read(name: string): Promise<GitObjectText | undefined> {
    const found = await this.find(name);
    if (!found || found.size > largestObject) return undefined;
    const answer = await this.#texts.ask(found.id);
    return typeof answer === 'string' ? undefined : answer;
  }

  dispose(): void {
    this.#checks.dispose();
    this.#texts.dispose();
  }
}

type Answer = GitObjectText | 'missing' | 'unclear';
type Reply = (answer: Answer) => void;

const newline = 0x0a;
const longestName = 4096;

class CatFile {
  readonly #folder: string;
  readonly #mode: '--batch' | '--batch-check';
  readonly #waiting: Reply[] = [];
  #process: GitProcess | undefined;
  #isDisposed = false;
  #chunks: Buffer[] = [];
  #length = 0;
  /** The object whose bytes are being awaited. */
  #object: GitObject | undefined;

  constructor(folder: string, mode: '--batch' | '--batch-check') {
    this.#folder = folder;
    this.#mode = mode;
  }

  ask(name: string): Promise<Answer> {
    if (this.#isDisposed || name.length > longestName || !/^[^\0\r\n]+$/.test(name))
      return Promise.resolve('unclear');
    return new Promise((reply) => {
      this.#waiting.push(reply);
      this.#process ??= this.#start();
      if (this.#waiting.length === 1) keepProgramRunning(this.#process, true);
      this.#process.stdin.write(`${name}\n`);
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#process?.kill('SIGKILL');
    this.#end();
  }

  #start(): GitProcess {
    const git = startGit(this.#folder, ['cat-file', this.#mode]);
    git.stdout.on('data', (chunk: Buffer) => this.#take(chunk));
    git.on('error', () => this.#end());
    git.on('close', () => this.#end());
    return git;
  }

  /** Nobody waits for ever; a later question starts git again. */
  #end(): void {
    this.#process = undefined;
    this.#chunks = [];
    this.#length = 0;
    this.#object = undefined;
    for (const reply of this.#waiting.splice(0)) reply('unclear');
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    // Large objects come in many pieces, which are put together once.
    if (this.#object && this.#length <= this.#object.size) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks);
    for (let next = this.#step(rest); next !== undefined; next = this.#step(rest)) rest = next;
    this.#chunks = [rest];
    this.#length = rest.length;
  }

  /** One header or one object; what is left behind it, or `undefined` where more must come first. */
  #step(buffer: Buffer): Buffer | undefined {
    const object = this.#object;
    if (object) {
      if (buffer.length <= object.size) return undefined;
      this.#object = undefined;
      this.#answer({ ...object, bytes: Uint8Array.from(buffer.subarray(0, object.size)) });
      return buffer.subarray(object.size + 1);
    }
    const end = buffer.indexOf(newline);
    if (end < 0) return undefined;
    const header = buffer.toString('latin1', 0, end);
    const found = objectOf(header);
    if (!found) this.#answer(header.endsWith(' missing') ? 'missing' : 'unclear');
    else if (this.#mode === '--batch-check') this.#answer({ ...found, bytes: nothing });
    else this.#object = found;
    return buffer.subarray(end + 1);
  }

  #answer(answer: Answer): void {
    this.#waiting.shift()?.(answer);
    if (this.#waiting.length === 0 && this.#process) keepProgramRunning(this.#process, false);
  }
}

interface Held {
  ref(): unknown;
  unref(): unknown;
}

/** A git that nobody asks anything does not keep a program from its end. */
function keepProgramRunning(git: GitProcess, isNeeded: boolean): void {
  // Pipes are sockets, which the types do not know.
  const streams = [git.stdin, git.stdout] as unknown as readonly Held[];
  for (const part of [git, ...streams])
    if (isNeeded) part.ref();
    else part.unref();
}

const nothing = new Uint8Array();

/** `<id> <type> <size>`; `<name> missing` and `<name> ambiguous` are none. */
function objectOf(line: string): GitObject | undefined {
  const match = /^([0-9a-f]{40,64}) (blob|commit|tree|tag) (\d+)$/.exec(line);
  return match ? { id: match[1]!, type: match[2]!, size: Number(match[3]) } : undefined;
}
