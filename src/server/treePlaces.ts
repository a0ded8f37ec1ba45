// treePlaces.ts
// Places of an answer as an editor counts them, in the texts as editors show them. The texts are read first, then any
// number of places can be turned.

import type { Position } from '../base/position.ts';
import { assumeAscii, ColumnConverter } from './columns.ts';
import type { EditorPosition } from './columns.ts';
import type { SourcePlace } from './protocol.ts';

/** The bytes of a file, of the editor that shows it if there is one. */
export type TextOf = (path: string) => Promise<Uint8Array | undefined>;

export class TreePlaces {
  readonly #textOf: TextOf;
  readonly #converters = new Map<string, ColumnConverter>();

  constructor(textOf: TextOf) {
    this.#textOf = textOf;
  }

  async read(paths: Iterable<string>): Promise<this> {
    for (const path of new Set(paths)) {
      const bytes = this.#converters.has(path) ? undefined : await this.#textOf(path);
      if (bytes) this.#converters.set(path, new ColumnConverter(bytes));
    }
    return this;
  }

  toEditor(path: string, at: Position): SourcePlace {
    const { line, character } = this.#converters.get(path)?.toEditor(at) ?? assumeAscii(at);
    return { path, line, character };
  }

  /** `undefined`: the file is not read. */
  fromEditor(path: string, position: EditorPosition): Position | undefined {
    return this.#converters.get(path)?.fromEditor(position);
  }
}
