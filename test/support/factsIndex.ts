// factsIndex.ts
// A small tree held in memory, for tests: every file is read in full at once, and symbols come from its facts.

import type { FileFacts } from '../../src/facts/fileFacts.ts';
import { FactsReader } from '../../src/facts/factsReader.ts';
import type { Definition, DefinitionKind, TreeIndex } from '../../src/index/treeIndex.ts';
import type { CParser } from '../../src/syntax/parser.ts';

export function factsIndex(texts: ReadonlyMap<string, Uint8Array>, parser: CParser): TreeIndex {
  const reader = new FactsReader(parser);
  const files = [...texts.keys()].sort();
  const facts = new Map(files.map((path) => [path, reader.read(texts.get(path) ?? new Uint8Array())]));
  const definitions = new Map<string, Definition[]>();
  for (const [path, file] of facts) {
    for (const [name, kind, item] of namedItems(file)) {
      const list = definitions.get(name) ?? [];
      list.push({ path, kind, at: item.at, isStatic: item.isStatic ?? false });
      definitions.set(name, list);
    }
  }
  return {
    root: '/tree',
    counts: { files: files.length, filesWithFacts: files.length, skipped: [] },
    files,
    definitionsOf: (name) => definitions.get(name) ?? [],
    callersOf: () => [],
    fieldUsesOf: () => [],
    functionsInField: () => [],
    filesFilling: () => [],
    facts: (paths) => Promise.resolve(new Map(paths.flatMap((path) => entryOf(facts, path)))),
    factsOfTexts: (given) => Promise.resolve(given.map((text) => reader.read(text))),
    derived: () => undefined,
    text: (path) => Promise.resolve(texts.get(path)),
    changesFrom: () => undefined,
    overlay: (changed) => Promise.resolve(factsIndex(merged(texts, changed), parser)),
  };
}

type Item = { readonly at: Definition['at']; readonly isStatic?: boolean };

function namedItems(file: FileFacts): [string, DefinitionKind, Item][] {
  return [
    ...file.functions.map((item): [string, DefinitionKind, Item] => [item.name, 'function', item]),
    ...file.macros.map((item): [string, DefinitionKind, Item] => [
      item.name,
      item.parameters ? 'macro' : 'object-macro',
      item,
    ]),
    ...file.structs.map((item): [string, DefinitionKind, Item] => [item.name, item.tag, item]),
    ...file.typedefs.map((item): [string, DefinitionKind, Item] => [item.name, 'typedef', item]),
    ...file.globals.map((item): [string, DefinitionKind, Item] => [item.name, 'global', item]),
  ];
}

function entryOf(facts: ReadonlyMap<string, FileFacts>, path: string): [string, FileFacts][] {
  const file = facts.get(path);
  return file ? [[path, file]] : [];
}

function merged(
  texts: ReadonlyMap<string, Uint8Array>,
  changed: ReadonlyMap<string, Uint8Array | undefined>,
): Map<string, Uint8Array> {
  const result = new Map(texts);
  for (const [path, text] of changed) {
    if (text) result.set(path, text);
    else result.delete(path);
  }
  return result;
}
