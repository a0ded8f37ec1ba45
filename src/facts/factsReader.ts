// factsReader.ts
// From the bytes of one file to its facts. One reader for each thread: the tokeniser and the parser are reused.

import type { Disposable } from '../base/disposable.ts';
import type { FlatTree } from '../syntax/flatTree.ts';
import type { CDocument, CParser } from '../syntax/parser.ts';
import { prepare } from '../syntax/prepare.ts';
import type { Prepared } from '../syntax/prepared.ts';
import { Tokeniser } from '../syntax/tokens.ts';
import { ConditionMap } from './conditions.ts';
import { readDeclarations } from './declarationReader.ts';
import type { ErrorSpan, FileFacts, IncludeFacts } from './fileFacts.ts';
import { LineIndex } from './lineIndex.ts';
import { readMacro } from './macroReader.ts';
import { NameTable, textOf } from '../base/nameTable.ts';
import { RewriteIndex } from './rewriteIndex.ts';
import { Source } from './source.ts';
import { TermTable } from './termTable.ts';

type Parse = <R>(text: Uint8Array, use: (tree: FlatTree) => R) => R;

/** Names that one reader remembers between files: 5,000 files of drivers have 450,000. */
const mostNames = 1 << 19;

export class FactsReader {
  readonly #parser: CParser;
  readonly #tokeniser = new Tokeniser();

  constructor(parser: CParser) {
    this.#parser = parser;
  }

  read(bytes: Uint8Array): FileFacts {
    return this.#read(bytes, (text, use) => this.#parser.parse(text, use));
  }

  /** For a file that is being edited: only what changed is parsed again. */
  openDocument(): FactsDocument {
    return new FactsDocument(this.#parser.openDocument(), (bytes, parse) => this.#read(bytes, parse));
  }

  #read(bytes: Uint8Array, parse: Parse): FileFacts {
    if (this.#tokeniser.names.count > mostNames) this.#tokeniser.names.clear();
    const prepared = prepare(bytes, this.#tokeniser);
    const file = {
      original: prepared.original,
      terms: new TermTable(new NameTable()),
      lines: new LineIndex(prepared.original),
      rewrites: new RewriteIndex(prepared.rewrites),
    };
    const conditions = new ConditionMap(prepared.original, prepared.directives);
    const outer = parse(prepared.text, (tree) => {
      const source = new Source(tree, 0, file);
      return { declarations: readDeclarations(source, 0, conditions), errors: errorSpans(source) };
    });
    // Macro bodies are parsed with the same parser, so the tree of the file is done with before.
    const context = { ...file, parser: this.#parser, tokeniser: this.#tokeniser, conditions };
    const defines = prepared.directives.filter((directive) => directive.kind === 'define');
    return {
      ...outer.declarations,
      errors: outer.errors,
      terms: file.terms,
      includes: readIncludes(prepared),
      macros: defines.flatMap((directive) => readMacro(context, directive) ?? []),
    };
  }
}

export class FactsDocument implements Disposable {
  readonly #document: CDocument;
  readonly #read: (bytes: Uint8Array, parse: Parse) => FileFacts;

  constructor(document: CDocument, read: (bytes: Uint8Array, parse: Parse) => FileFacts) {
    this.#document = document;
    this.#read = read;
  }

  update(bytes: Uint8Array): FileFacts {
    return this.#read(bytes, (text, use) => this.#document.update(text, use));
  }

  dispose(): void {
    this.#document.dispose();
  }
}

function readIncludes(prepared: Prepared): IncludeFacts[] {
  return prepared.directives.flatMap((directive) => {
    if (directive.kind !== 'other') return [];
    const text = textOf(prepared.original, directive.start, directive.end);
    const match = /^#\s*include\s*(?:<([^>]+)>|"([^"]+)")/.exec(text);
    if (!match) return [];
    return [{ path: match[1] ?? match[2] ?? '', system: match[1] !== undefined }];
  });
}

/** The outermost errors of the tree. */
function errorSpans(source: Source): ErrorSpan[] {
  const spans: ErrorSpan[] = [];
  let covered = 0;
  for (const node of source.errors) {
    if (node < covered) continue;
    spans.push({ start: source.at(node), end: source.lastAt(node) });
    covered = source.next(node);
  }
  return spans;
}
