// fileReader.ts
// Does the jobs of a worker, on whatever thread it lives: reads files, and makes their sketches or their facts.

import { encodeFacts } from '../facts/encodeFacts.ts';
import type { FactsReader } from '../facts/factsReader.ts';
import { Tokeniser } from '../syntax/tokens.ts';
import { classifyWord } from '../syntax/words.ts';
import type { EncodedFacts } from './factsBlock.ts';
import { blobIdOf, reasonToSkip } from './fileContent.ts';
import type { Job, JobResult, ReadOutcome } from './host.ts';
import { sketchFile } from './sketch.ts';
import type { SketchBlock } from './sketchBlock.ts';
import { SketchWriter } from './sketchWriter.ts';

export interface FileReaderHost {
  read(path: string): ReadOutcome | Promise<ReadOutcome>;
  readonly sha1: (parts: readonly Uint8Array[]) => string;
  /** Asked for once, when facts are first needed: it loads the parser. */
  openFacts(): Promise<FactsReader>;
  /** Called before each file: a watcher can then tell which one a thread died on. */
  readonly atFile: (indexInJob: number) => void;
}

// Names that the tokeniser holds from one job to the next. Folders share few names, and the two million of a kernel would
// fill 60 MB, which no cache of a processor holds: each look-up would wait for memory.
const mostNames = 1 << 15;

export class FileReader {
  readonly #host: FileReaderHost;
  readonly #tokeniser = new Tokeniser(classifyWord);
  readonly #writer = new SketchWriter();
  #facts: Promise<FactsReader> | undefined;

  constructor(host: FileReaderHost) {
    this.#host = host;
  }

  async run(job: Job): Promise<JobResult> {
    switch (job.kind) {
      case 'sketch':
        return { kind: 'sketch', block: await this.#sketch(job.paths) };
      case 'facts':
        return { kind: 'facts', block: { files: await this.#readFacts(job.paths) } };
    }
  }

  /** Of text that is on no disk: an open editor, a patched file. */
  sketchText(path: string, bytes: Uint8Array): SketchBlock {
    this.#sketchBytes(path, bytes);
    return this.#writer.take();
  }

  async #sketch(paths: readonly string[]): Promise<SketchBlock> {
    if (this.#tokeniser.names.count > mostNames) {
      this.#tokeniser.names.clear();
      this.#writer.forgetNames();
    }
    for (const [i, path] of paths.entries()) {
      this.#host.atFile(i);
      const outcome = this.#host.read(path);
      // Awaiting only what is a promise: 60,000 turns of the event loop are not free.
      const read = outcome instanceof Promise ? await outcome : outcome;
      if (read.kind === 'bytes') this.#sketchBytes(path, read.bytes);
      else this.#writer.skipFile(path, '', read.reason);
    }
    return this.#writer.take();
  }

  #sketchBytes(path: string, bytes: Uint8Array): void {
    const blob = blobIdOf(bytes, this.#host.sha1);
    const reason = reasonToSkip(path, bytes);
    if (reason !== undefined) return this.#writer.skipFile(path, blob, reason);
    sketchFile(bytes, this.#tokeniser, this.#writer);
    this.#writer.endFile(path, blob);
  }

  async #readFacts(paths: readonly string[]): Promise<readonly EncodedFacts[]> {
    const reader = await this.facts();
    const files: EncodedFacts[] = [];
    for (const [i, path] of paths.entries()) {
      this.#host.atFile(i);
      const outcome = this.#host.read(path);
      const read = outcome instanceof Promise ? await outcome : outcome;
      files.push(
        read.kind === 'bytes' ? this.#factsOf(path, read.bytes, reader) : unread(path, '', read.reason),
      );
    }
    return files;
  }

  #factsOf(path: string, bytes: Uint8Array, reader: FactsReader): EncodedFacts {
    const blob = blobIdOf(bytes, this.#host.sha1);
    const reason = reasonToSkip(path, bytes);
    if (reason !== undefined) return unread(path, blob, reason);
    try {
      return { path, blob, payload: encodeFacts(reader.read(bytes)), skipped: undefined };
    } catch (error) {
      // A file that the extraction chokes on must not take the other 60,000 with it.
      return unread(
        path,
        blob,
        `could not be analysed: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  /** Of text that is on no disk and will come again as it is. */
  async factsOfText(bytes: Uint8Array): Promise<EncodedFacts> {
    return this.#factsOf('', bytes, await this.facts());
  }

  facts(): Promise<FactsReader> {
    return (this.#facts ??= this.#host.openFacts());
  }
}

const unread = (path: string, blob: string, reason: string): EncodedFacts => ({
  path,
  blob,
  payload: undefined,
  skipped: reason,
});
