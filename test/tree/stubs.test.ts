// stubs.test.ts
// Stubs against the kernels that they tell of: each function is there with the same parameters, each object and each
// member that it names is there, and nothing in it leads nowhere. HOLDWAIT_KERNELS is the folder that holds both trees.

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';

import { neverCancelled } from '../../src/base/cancel.ts';
import type { FileFacts, FunctionFacts } from '../../src/facts/fileFacts.ts';
import { openNodeIndex } from '../../src/hosts/node/openTree.ts';
import type { Definition, TreeIndex } from '../../src/index/treeIndex.ts';
import { stubSources } from '../../src/kernel/stubs.ts';
import type { LinkedProgram } from '../../src/program/link.ts';
import { linkProgram } from '../../src/program/link.ts';
import type { Meaning, ProgramFunction } from '../../src/program/meaning.ts';
import type { PlaceId } from '../../src/program/places.ts';
import { readStubs } from '../../src/program/stubFacts.ts';
import type { StubFile } from '../../src/program/stubFacts.ts';

const kernels = process.env['HOLDWAIT_KERNELS'];
const skip = kernels === undefined ? 'HOLDWAIT_KERNELS is not set' : false;
const cacheDir = await mkdtemp(join(tmpdir(), 'holdwait-stubs-'));
after(() => rm(cacheDir, { recursive: true, force: true, maxRetries: 10 }));

for (const kernel of ['6.1', '6.12'] as const) {
  test(`stubs for ${kernel}`, { skip, timeout: 300_000 }, async () => {
    const index = await openNodeIndex({ root: join(kernels ?? '', `linux-source-${kernel}`), cacheDir });
    try {
      const stubs = await readStubs(stubSources(kernel), index, neverCancelled);
      const wrong = [
        ...(await wrongNames(stubs, index)),
        ...(await wrongMeanings(await everything(stubs, index), index)),
      ];
      assert.deepEqual(wrong, []);
    } finally {
      await index.close();
    }
  });
}

const nowhere = { path: 'drivers/acme/acme.c', includes: [] };

/** A function of the tree by each name, with as many parameters. */
async function wrongNames(stubs: readonly StubFile[], index: TreeIndex): Promise<readonly string[]> {
  const told = stubs.flatMap(({ path, facts }) =>
    facts.functions
      .filter(({ name, isStatic }) => !isStatic && !name.startsWith('holdwait_'))
      .map(({ name, parameters }) => ({ path, name, count: parameters.length })),
  );
  const paths = told.flatMap(({ name }) => index.definitionsOf(name).map((definition) => definition.path));
  const files = await index.facts([...new Set(paths)], neverCancelled);
  return told.flatMap(({ path, name, count }) => {
    const counts = parameterCounts(index.definitionsOf(name), name, files);
    if (counts.includes(count)) return [];
    return [
      `${path}: ${name} has ${count} parameters, in the tree ${counts.join(' or ') || 'it is not there'}`,
    ];
  });
}

function parameterCounts(
  definitions: readonly Definition[],
  name: string,
  files: ReadonlyMap<string, FileFacts>,
): readonly number[] {
  const counts = new Set<number>();
  for (const { path } of definitions) {
    const facts = files.get(path);
    for (const fn of facts?.functions ?? []) if (fn.name === name) counts.add(fn.parameters.length);
    for (const macro of facts?.macros ?? []) {
      if (macro.name === name) counts.add(macro.parameters?.length ?? -1);
    }
  }
  return [...counts];
}

/** A program that calls every stub. */
async function everything(stubs: readonly StubFile[], index: TreeIndex): Promise<LinkedProgram> {
  const names = stubs.flatMap(({ facts }) =>
    facts.functions.filter((fn) => !fn.isStatic).map((fn) => fn.name),
  );
  const text = `void acme(void)\n{\n${names.map((name) => `\t${name}();\n`).join('')}}\n`;
  const view = await index.overlay(new Map([[nowhere.path, new TextEncoder().encode(text)]]));
  const program = await linkProgram({ index: view, scope: [nowhere.path], stubs }, neverCancelled);
  const reached = new Set(program.functions.filter((fn) => fn.isStub).map((fn) => fn.name));
  // A stub that says that nothing happens is not entered.
  const empty = new Set(stubs.flatMap(({ facts }) => facts.functions.filter(isEmpty).map((fn) => fn.name)));
  assert.deepEqual(
    names.filter((name) => !reached.has(name) && !empty.has(name)),
    [],
    'stubs that are not reached',
  );
  return program;
}

function isEmpty({ flow }: FunctionFacts): boolean {
  return Array.from({ length: flow.count }, (_, op) => flow.op(op)).every(({ kind }) => kind !== 'call');
}

async function wrongMeanings(program: LinkedProgram, index: TreeIndex): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const fn of program.functions.filter((one) => one.isStub)) {
    for (let op = 0; op < fn.body.flow.count; op++) {
      const meaning = program.meaningOf(fn.id, op);
      const what = meaning && (await whatIsWrong(meaning, fn, program, index));
      if (what !== undefined) wrong.push(`${fn.path}: ${fn.name}(): ${what}`);
    }
  }
  return wrong;
}

async function whatIsWrong(
  meaning: Meaning,
  fn: ProgramFunction,
  program: LinkedProgram,
  index: TreeIndex,
): Promise<string | undefined> {
  switch (meaning.kind) {
    case 'act': {
      const { place, primitive } = meaning.act;
      // `wait_woken()` is about no object: it only gives the processor away.
      if (primitive.objectArgument < 0) return undefined;
      return place === undefined ? `${primitive.name} of nothing` : wrongPlace(place, fn, program, index);
    }
    case 'slot': {
      const { struct, member } = meaning.slot;
      return (await hasField(struct, member, index)) ? undefined : `no ${struct}.${member}`;
    }
    case 'unresolved':
      return `${meaning.text} leads nowhere`;
    case 'call':
    case 'parameter':
      return undefined;
  }
}

/** A global that the tree or the stub declares; a member that its struct has. */
async function wrongPlace(
  id: PlaceId,
  fn: ProgramFunction,
  program: LinkedProgram,
  index: TreeIndex,
): Promise<string | undefined> {
  const place = program.places.get(id);
  if (place.kind === 'member') {
    const tag = place.owner === undefined ? '' : program.structs.name(place.owner).tag;
    if (!(await hasField(tag, place.name, index))) return `no ${tag || '?'}.${place.name}`;
    return wrongPlace(place.base, fn, program, index);
  }
  if (place.kind !== 'global') return undefined;
  const isOwn = fn.body.scope.facts.globals.some(({ name }) => name === place.name);
  const isThere = index.definitionsOf(place.name).some(({ kind }) => kind === 'global');
  return isOwn || isThere ? undefined : `no ${place.name}`;
}

/** In any struct of that name: a stub also names those that a subsystem keeps to itself. */
async function hasField(tag: string, member: string, index: TreeIndex): Promise<boolean> {
  for (const { path, kind } of index.definitionsOf(tag.replace(/::.*/, ''))) {
    if (kind !== 'struct' && kind !== 'union') continue;
    const facts = (await index.facts([path], neverCancelled)).get(path);
    const structs = facts?.structs.filter(({ name }) => name === tag || name.startsWith(`${tag}::`)) ?? [];
    if (structs.some(({ fields }) => fields.some(({ name }) => name === member))) return true;
  }
  return false;
}
