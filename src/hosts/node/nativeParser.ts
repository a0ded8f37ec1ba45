// nativeParser.ts
// The native engine, for those who have installed it: as quick as WebAssembly over many files, quicker over a few. It is
// no part of the product, since it has to be compiled, and a worker that runs it must not be terminated while it parses.
// Its trees are freed only when the event loop turns: a loop over many files has to wait for it now and then.

import { createRequire } from 'node:module';
import { UserError } from '../../base/errors.ts';
import { CondensedText } from '../../syntax/condense.ts';
import { Kind, kindTypes, grammarVersion } from '../../syntax/cSymbols.ts';
import type { KindName } from '../../syntax/cSymbols.ts';
import { readCursorTree } from '../../syntax/cursorTree.ts';
import type { CursorLike } from '../../syntax/cursorTree.ts';
import { FlatArrays } from '../../syntax/flatArrays.ts';
import type { FlatTree } from '../../syntax/flatTree.ts';
import { IncrementalDocument } from '../../syntax/incrementalDocument.ts';
import { latin1Text } from '../../syntax/names.ts';
import { parseClock, ParseLimitError } from '../../syntax/parseLimit.ts';
import type { CDocument, CParser } from '../../syntax/parser.ts';
import type { TextChange } from '../../syntax/textChange.ts';

interface NativeTree {
  walk(): CursorLike & { readonly nodeType: string };
  edit(change: TextChange): void;
}

interface NativeEngine {
  setLanguage(language: unknown): void;
  parse(
    input: (at: number) => string,
    old: NativeTree | null,
    options: { progressCallback: () => boolean },
  ): NativeTree | undefined;
  reset(): void;
}

type NativeEngineClass = new () => NativeEngine;

/** `resolveFrom` is a folder or file from which the packages `tree-sitter` and `tree-sitter-c` can be found. */
export function createNativeParser(resolveFrom: string): Promise<CParser> {
  return Promise.resolve().then(() => new NativeParser(loadEngine(resolveFrom)));
}

function loadEngine(resolveFrom: string): NativeEngine {
  try {
    const require = createRequire(resolveFrom.endsWith('/') ? resolveFrom : `${resolveFrom}/`);
    const Engine = require('tree-sitter') as NativeEngineClass;
    const engine = new Engine();
    engine.setLanguage(require('tree-sitter-c'));
    checkKinds(engine);
    return engine;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new UserError(
      'parser-not-available',
      `the native parser does not load from ${resolveFrom}: ${reason}; install it there with ` +
        `"npm install --legacy-peer-deps tree-sitter@0.25.1 tree-sitter-c@${grammarVersion}", ` +
        `name a folder that has it with HOLDWAIT_NATIVE_PARSER, or use the wasm parser`,
    );
  }
}

const kindsByNumber = new Map(
  Object.entries(Kind).map(([name, id]) => [id as number, kindTypes[name as KindName]]),
);

// Enough kinds from all over the grammar to tell another version of it by their numbers.
const sample =
  'typedef struct s { int a; } t;\nint f(t *p)\n{\n\tif (p->a) return sizeof(t);\n\tgoto out;\nout:;\n}\n';

function checkKinds(engine: NativeEngine): void {
  const cursor = engine.parse((at) => sample.slice(at), null, { progressCallback: () => false })?.walk();
  for (let isOpen = cursor !== undefined; isOpen; isOpen = goToNext(cursor!)) {
    const known = kindsByNumber.get(cursor!.nodeTypeId);
    if (known?.[0] === cursor!.nodeType && known[1] === cursor!.nodeIsNamed) continue;
    throw new Error(`its C grammar is not version ${grammarVersion}`);
  }
}

function goToNext(cursor: CursorLike): boolean {
  if (cursor.gotoFirstChild()) return true;
  while (!cursor.gotoNextSibling()) {
    if (!cursor.gotoParent()) return false;
  }
  return true;
}

class NativeParser implements CParser {
  readonly name = 'native';
  readonly access = 'cursor';
  readonly #engine: NativeEngine;
  readonly #condensed = new CondensedText();
  readonly #arrays = new FlatArrays();

  constructor(engine: NativeEngine) {
    this.#engine = engine;
  }

  parse<R>(text: Uint8Array, use: (tree: FlatTree) => R): R {
    return use(this.#flatten(this.#parseBytes(this.#condense(text), null)));
  }

  openDocument(): CDocument {
    return new IncrementalDocument<NativeTree>({
      condense: (text) => this.#condense(text),
      parse: (bytes, old) => this.#parseBytes(bytes, old),
      edit: (tree, change) => tree.edit(change),
      release: () => {},
      flatten: (tree) => this.#flatten(tree),
    });
  }

  dispose(): void {
    this.#engine.reset();
  }

  #condense(text: Uint8Array): Uint8Array {
    this.#condensed.read(text);
    return this.#condensed.bytes.subarray(0, this.#condensed.length);
  }

  #parseBytes(bytes: Uint8Array, old: NativeTree | null): NativeTree {
    const characters = latin1Text(bytes, 0, bytes.length);
    const tree = this.#engine.parse((at) => characters.slice(at), old, { progressCallback: parseClock() });
    if (tree) return tree;
    this.#engine.reset();
    throw new ParseLimitError(bytes.length);
  }

  #flatten(tree: NativeTree): FlatTree {
    readCursorTree(tree.walk(), this.#arrays);
    this.#condensed.place(this.#arrays);
    return this.#arrays;
  }
}
