// inTurns.test.ts
// What is held where the callers are many and large, who they are, and who uses a lock in many functions, is worked out in
// short turns: somebody else is answered meanwhile, and whoever has moved on cancels it.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, neverCancelled } from '../../../src/base/cancel.ts';
import { positionAt } from '../../../src/base/position.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import { createEngine } from '../../../src/engine/treeEngine.ts';
import { memoryIndex } from '../../support/memoryIndex.ts';

const path = 'drivers/net/acme/main.c';
const head = `struct acme { struct mutex lock; int up; };

void acme_set(struct acme *a)
{
	mutex_lock(&a->lock);
	a->up = 1;
	mutex_unlock(&a->lock);
}
`;
const atLock = positionAt(5, 16);

/** Each of the callers takes some milliseconds, and has one of its own. */
function driver(callers: number): string {
  const branches = Array.from({ length: 150 }, (_, i) => `\tif (a->up == ${i})\n\t\ta->up += ${i};\n`).join(
    '',
  );
  const caller = (i: number): string =>
    `void acme_call${i}(struct acme *a)\n{\n${branches}\tacme_set(a);\n}\nvoid acme_top${i}(struct acme *a)\n{\n${branches}\tacme_call${i}(a);\n}\n`;
  return head + Array.from({ length: callers }, (_, i) => caller(i)).join('');
}

const questions = {
  'what is held': (engine, token) => engine.heldAt(path, positionAt(6, 1), token),
  'who calls a function': (engine, token) => engine.report(`${path}:6`, token, { depth: 3, callers: true }),
  'who uses a lock': (engine, token) => engine.objectAt(path, atLock, token),
} as const satisfies Record<string, (engine: Engine, token: typeof neverCancelled) => Promise<unknown>>;

for (const [name, ask] of Object.entries(questions)) {
  test(`${name}: others have their turns, and it ends when it is cancelled`, async () => {
    const engine = createEngine(await memoryIndex({ [path]: driver(40) }));
    // Its syntax is read now, in one turn.
    await engine.lenses(path, neverCancelled);
    const token = { isCancellationRequested: false };
    let others = 0;
    const other = setInterval(() => (token.isCancellationRequested = ++others === 3), 1);
    try {
      await assert.rejects(ask(engine, token), CancelledError);
    } finally {
      clearInterval(other);
    }
    assert.ok(others >= 3, `another had ${others} turns`);
    assert.ok(await ask(engine, neverCancelled), 'who asks again is answered');
  });
}
