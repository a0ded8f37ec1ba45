// standInEngine.ts
// An engine for tests of the server: a function takes `m` when its text calls `mutex_lock(&m)`. No index behind it.

import { columnOf, lineOf, positionAt } from '../../../src/base/position.ts';
import { throwIfCancelled } from '../../../src/base/cancel.ts';
import type { Token } from '../../../src/base/cancel.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import type { CallLevel, FunctionReport, Lens } from '../../../src/engine/results.ts';
import type { TreeIndex } from '../../../src/index/treeIndex.ts';

export class StandInEngine implements Engine {
  readonly files: Map<string, string>;
  readonly openTexts = new Map<string, Uint8Array>();
  /** How often a text was handed over. */
  textsGiven = 0;
  /** Set to let the next question fail. */
  failure: Error | undefined;
  titlePrefix = '';
  /** What was asked, in order. */
  readonly questions: ('lenses' | 'report')[] = [];
  /** Answers wait for this. */
  gate: Promise<void> = Promise.resolve();

  constructor(files: Readonly<Record<string, string>>) {
    this.files = new Map(Object.entries(files));
  }

  get index(): TreeIndex {
    const text = (path: string) => Promise.resolve(this.#bytes(path));
    const facts = (paths: readonly string[]) => {
      const functions = (path: string) =>
        this.#functions(path).map(({ name, start }) => ({ name, at: start }));
      return Promise.resolve(new Map(paths.map((path) => [path, { functions: functions(path) }])));
    };
    return { text, facts } as unknown as TreeIndex;
  }

  async report(functionOrPlace: string, token: Token): Promise<readonly FunctionReport[]> {
    this.questions.push('report');
    await this.#pass(token);
    const place = /^(.*):(\d+)$/.exec(functionOrPlace);
    const paths = place ? [place[1] ?? ''] : [...this.files.keys()];
    return paths.flatMap((path) =>
      this.#functions(path).filter((found) =>
        place ? contains(found, Number(place[2])) : found.name === functionOrPlace,
      ),
    );
  }

  async lenses(path: string, token: Token): Promise<readonly Lens[]> {
    this.questions.push('lenses');
    await this.#pass(token);
    return this.#functions(path)
      .filter(({ rows }) => rows.length > 0)
      .map(({ name, start, rows }) => ({
        functionName: name,
        path,
        at: positionAt(lineOf(start), columnOf(start)),
        title: `${this.titlePrefix}takes ${rows.map((row) => (row.kind === 'operation' ? row.object : row.callee)).join(', ')}`,
      }));
  }

  heldAt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  heldSections(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  functionAt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  objectAt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  callItemAt(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  callsTo(): Promise<CallLevel> {
    return Promise.resolve({ edges: [], more: 0 });
  }

  callsFrom(): Promise<CallLevel> {
    return Promise.resolve({ edges: [], more: 0 });
  }

  lockClasses(): Promise<readonly []> {
    return Promise.resolve([]);
  }

  forget(): void {
    // Keeps nothing.
  }

  setOpenText(path: string, text: Uint8Array | undefined): Promise<void> {
    this.textsGiven++;
    if (text) this.openTexts.set(path, text);
    else this.openTexts.delete(path);
    return Promise.resolve();
  }

  async #pass(token: Token): Promise<void> {
    await this.gate;
    throwIfCancelled(token);
    const failure = this.failure;
    this.failure = undefined;
    if (failure) throw failure;
  }

  #bytes(path: string): Uint8Array | undefined {
    const text = this.files.get(path);
    return this.openTexts.get(path) ?? (text === undefined ? undefined : new TextEncoder().encode(text));
  }

  /** Reads bytes as Latin-1, so that columns count bytes as the real engine's do. */
  #functions(path: string): FunctionReport[] {
    const bytes = this.#bytes(path);
    if (!bytes) return [];
    const lines = Buffer.from(bytes).toString('latin1').split('\n');
    const found: FunctionReport[] = [];
    for (const [i, line] of lines.entries()) {
      const name = /^\w.*?(\w+)\(.*\)( *\{)?$/.exec(line)?.[1];
      if (name === undefined) continue;
      const length = lines.slice(i).findIndex((other) => other === '}');
      const rows = lines.slice(i, i + length).flatMap((inner, offset) => {
        const call = /mutex_lock\(&(\w+)\)/.exec(inner);
        if (!call?.[1]) return [];
        const at = positionAt(i + offset + 1, call.index);
        const operation = {
          kind: 'operation',
          effect: 'acquire',
          objectKind: 'mutex',
          primitive: 'mutex_lock',
        } as const;
        return [{ ...operation, object: call[1], text: inner.trim(), path, at }];
      });
      const start = positionAt(i + 1, line.indexOf(name));
      found.push({ name, path, start, end: positionAt(i + length + 1, 0), rows, unresolved: [] });
    }
    return found;
  }
}

const contains = (report: FunctionReport, line: number): boolean =>
  lineOf(report.start) <= line && line <= lineOf(report.end);
