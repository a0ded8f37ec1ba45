// treeKnowledge.ts
// What is known about one tree: the built-in tables and stubs for its kernel, and before them what its people say in
// `.holdwait.json`.

import { kernelVersionOf } from '../index/kernelTree.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Callback } from '../kernel/callback.ts';
import { callbackOf } from '../kernel/callbacks.ts';
import { guardOf, primitiveOf } from '../kernel/knowledge.ts';
import type { Primitive } from '../kernel/primitive.ts';
import type { Problem } from '../kernel/problem.ts';
import { problemAt } from '../kernel/problem.ts';
import { stubKernelOf, stubSources } from '../kernel/stubs.ts';
import type { StubKernel, StubSource } from '../kernel/stubs.ts';
import type { UserKnowledge } from '../kernel/userKnowledge.ts';
import { readUserKnowledge, userKnowledgeFile } from '../kernel/userKnowledge.ts';

export interface Knowledge {
  readonly kernel: StubKernel;
  primitiveOf(name: string): Primitive | undefined;
  guardOf(name: string): Primitive | undefined;
  callbackOf(struct: string, member: string): Callback | undefined;
  /** The users' first: of two stubs for one function the first counts. */
  readonly stubs: readonly StubSource[];
  /** What is wrong in `.holdwait.json`, in order of place. */
  readonly problems: readonly Problem[];
}

/** Ask it of the base tree: a patch under review must not say how it is to be judged. */
export async function knowledgeOf(index: Pick<TreeIndex, 'text'>): Promise<Knowledge> {
  const kernel = stubKernelOf(kernelVersionOf((await textOf('Makefile', index)) ?? ''));
  const source = await textOf(userKnowledgeFile, index);
  const { value, problems } = readUserKnowledge(source ?? '{ "version": 1 }');
  const stubs: StubSource[] = [];
  const missing: Problem[] = [];
  for (const path of value.stubs) {
    const text = await textOf(path, index);
    if (text !== undefined) stubs.push({ path, text });
    else
      missing.push(problemAt(source ?? '', (source ?? '').indexOf(JSON.stringify(path)), noSuchStub(path)));
  }
  return {
    ...tablesOf(value, kernel),
    kernel,
    stubs: [...stubs, ...stubSources(kernel)],
    problems: [...problems, ...missing].sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

function tablesOf(
  { primitives, callbacks }: UserKnowledge,
  kernel: StubKernel,
): Pick<Knowledge, 'primitiveOf' | 'guardOf' | 'callbackOf'> {
  const isForThis = ({ only }: { readonly only?: StubKernel }): boolean =>
    only === undefined || only === kernel;
  const rows = new Map(primitives.filter(isForThis).map((row) => [row.name, row]));
  const members = new Map(callbacks.filter(isForThis).map((row) => [`${row.struct}.${row.member}`, row]));
  return {
    primitiveOf: (name) => rows.get(name) ?? primitiveOf(name),
    guardOf: (name) => rows.get(`guard(${name})`) ?? guardOf(name),
    callbackOf: (struct, member) => members.get(`${struct}.${member}`) ?? callbackOf(struct, member, kernel),
  };
}

const noSuchStub = (path: string): string =>
  `there is no file ${path} in the tree: correct the path, or remove it`;

async function textOf(path: string, index: Pick<TreeIndex, 'text'>): Promise<string | undefined> {
  const bytes = await index.text(path);
  return bytes && new TextDecoder().decode(bytes);
}
