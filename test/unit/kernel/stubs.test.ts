// stubs.test.ts
// Stubs as files: each one is bundled, reads without errors, and tells of functions that no other one tells of.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { exprText } from '../../../src/facts/exprText.ts';
import type { FileFacts, FunctionFacts } from '../../../src/facts/fileFacts.ts';
import { primitiveOf } from '../../../src/kernel/knowledge.ts';
import type { OperationEffect } from '../../../src/kernel/primitive.ts';
import { stubKernelOf, stubSources } from '../../../src/kernel/stubs.ts';
import { bytesOf, createFactsReader } from '../../support/factsReader.ts';

const folder = join('src', 'kernel', 'stubs');
const kernels = ['6.1', '6.12'] as const;
const reader = await createFactsReader();

test('every file of the folder is there, for its kernel', () => {
  for (const kernel of kernels) {
    const common = readdirSync(folder).filter((name) => name.endsWith('.c'));
    const own = readdirSync(join(folder, kernel)).map((name) => `${kernel}/${name}`);
    const expected = [...common, ...own].map((name) => [
      `holdwait/stubs/${name}`,
      readFileSync(join(folder, name), 'utf8'),
    ]);
    const actual = stubSources(kernel).map(({ path, text }) => [path, text]);
    assert.deepEqual(new Map(actual as [string, string][]), new Map(expected as [string, string][]));
    assert.equal(actual.length, expected.length);
  }
});

for (const kernel of kernels) {
  test(`stubs for ${kernel} read without errors, and no function is told twice`, () => {
    const names: string[] = [];
    for (const { path, text } of stubSources(kernel)) {
      const facts = reader.read(bytesOf(text));
      assert.deepEqual(facts.errors, [], path);
      for (const fn of facts.functions) {
        assert.equal(fn.hasErrors, false, `${path}: ${fn.name}`);
        if (!fn.isStatic) names.push(fn.name);
      }
    }
    assert.deepEqual(
      names.filter((name, i) => names.indexOf(name) !== i),
      [],
    );
  });
}

test('what a stub takes it lets go of', () => {
  const wrong = kernels.flatMap(stubSources).flatMap(({ path, text }) => {
    const facts = reader.read(bytesOf(text));
    return facts.functions.flatMap((fn) =>
      unbalanced(facts, fn).map((lock) => `${path}: ${fn.name}: ${lock}`),
    );
  });
  // Its caller has taken the mutex; of the others, one of two ways lets go.
  assert.deepEqual(
    [...new Set(wrong)],
    [
      'holdwait/stubs/krefs.c: kref_put_mutex: mutex lock -1',
      'holdwait/stubs/krefs.c: kref_put_lock: spinlock lock -1',
      'holdwait/stubs/netdev.c: rtnl_unlock: mutex -1',
    ],
  );
});

/** Stubs run from top to bottom, so it is enough to count. */
function unbalanced({ terms }: FileFacts, { flow, locals }: FunctionFacts): readonly string[] {
  const taken = new Map<string, number>();
  for (let i = 0; i < flow.count; i++) {
    const op = flow.op(i);
    const call = op.kind === 'call' ? terms.expr(op.call) : undefined;
    const callee = call?.kind === 'call' ? terms.expr(call.callee) : undefined;
    const primitive = callee?.kind === 'name' ? primitiveOf(callee.name) : undefined;
    if (call?.kind !== 'call' || !primitive || primitive.kind === 'token') continue;
    const by = changes[primitive.effect] ?? 0;
    const object = call.args[primitive.objectArgument];
    const lock = `${primitive.kind} ${object === undefined ? '' : exprText(terms, object, locals)}`.trim();
    taken.set(lock, (taken.get(lock) ?? 0) + by);
  }
  return [...taken].filter(([, count]) => count !== 0).map(([lock, count]) => `${lock} ${count}`);
}

const changes: Readonly<Partial<Record<OperationEffect, number>>> = { acquire: 1, try: 1, release: -1 };

test('a kernel takes the stubs of the nearest one', () => {
  const of = (version: string | undefined) => stubKernelOf(version);
  assert.deepEqual(
    ['5.10.3', '6.1.192', '6.5.0', '6.6.1', '6.12.117', '6.18.0-rc1', '7.0.0', undefined].map(of),
    ['6.1', '6.1', '6.1', '6.12', '6.12', '6.12', '6.12', '6.12'],
  );
});
