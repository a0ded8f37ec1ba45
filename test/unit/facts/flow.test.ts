// flow.test.ts
// Bodies become flow graphs. Each case is a body and the operations that it must become, as the dump prints them.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsText } from '../../../src/report/factsText.ts';
import { bytesOf, createFactsReader } from '../../support/factsReader.ts';

const reader = await createFactsReader();

/** The flow of `void f(struct foo *p, int n) { BODY }`, without places. */
function flowOf(body: string): string {
  const text = factsText(reader.read(bytesOf(`void f(struct foo *p, int n)\n{\n${body}\n}\n`)));
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.includes('void f('));
  return lines
    .slice(from + 1)
    .filter((line) => /^ +\d+ /.test(line))
    .map((line) => line.replace(/^ +(\d+) +(?:\d+  ?)?/, '$1 '))
    .join('\n');
}

function check(name: string, body: string, expected: string): void {
  void test(name, () => assert.equal(flowOf(body), expected.trim().replace(/^ +/gm, '')));
}

check(
  'a condition is taken apart at && and !, and the right side happens on one way only',
  'if (p && !mutex_trylock(&p->lock)) n = 1;',
  `0 branch p ? 1 : 4
   1 call mutex_trylock(&p->lock)
   2 branch mutex_trylock(&p->lock) ? 4 : 3
   3 n = 1
   4 return`,
);

check(
  'an assignment inside a condition happens before the branch',
  'if ((n = lock(p)) < 0) return;',
  `0 call lock(p)
   1 n = lock(p)
   2 branch n < 0 ? 3 : 4
   3 return
   4 return`,
);

check(
  'a guard leaves on every way out: return, break, goto and the closing brace',
  `while (n) {
     guard(mutex)(&p->lock);
     if (n == 1) return;
     if (n == 2) break;
     if (n == 3) goto out;
   }
   out: put(p);`,
  `0 branch n ? 1 : 12
   1 guard mutex(&p->lock)
   2 branch n == 1 ? 3 : 5
   3 leave 1
   4 return
   5 branch n == 2 ? 6 : 8
   6 leave 1
   7 jump 12
   8 branch n == 3 ? 9 : 10
   9 jump 14
   10 leave 1
   11 jump 0
   12 call put(p)
   13 return
   14 leave 1
   15 jump 12`,
);

check(
  'a scoped guard holds for its block, also when it is one statement',
  'scoped_guard(spinlock, &p->lock) touch(p);\n put(p);',
  `0 guard spinlock(&p->lock)
   1 call touch(p)
   2 leave 0
   3 call put(p)
   4 return`,
);

check(
  'a local marked __free is let go of at the end of its scope',
  'struct bar *b __free(kfree) = get(p);\n use(b);',
  `0 call get(p)
   1 b = get(p)
   2 free kfree(b)
   3 call use(b)
   4 leave 2
   5 return`,
);

check(
  'an iterator macro is a loop, with continue and break',
  'list_for_each_entry(p, &head, list) { if (n) continue; if (!n) break; put(p); }',
  `0 each list_for_each_entry(p, &head, list) body 1 exit 7
   1 branch n ? 2 : 3
   2 jump 0
   3 branch n ? 5 : 4
   4 jump 7
   5 call put(p)
   6 jump 0
   7 return`,
);

check(
  'cases fall through, and a switch without default can be gone around',
  'switch (n) { case 1: a(); case 2: b(); break; case 3: c(); }\n d();',
  `0 switch n { 1: 5, 2: 6, 3: 8, default: 9 }
   1 jump 5
   2 jump 6
   3 jump 8
   4 jump 9
   5 call a()
   6 call b()
   7 jump 9
   8 call c()
   9 call d()
   10 return`,
);

check(
  'both arms of #ifdef are ways, and #if 0 is none',
  '#ifdef CONFIG_A\n a();\n#else\n b();\n#endif\n#if 0\n c();\n#endif\n d();',
  `0 branch #if defined(CONFIG_A) ? 1 : 3
   1 call a()
   2 jump 4
   3 call b()
   4 jump 7
   5 call c()
   6 jump 7
   7 call d()
   8 return`,
);

check(
  'a conditional value with calls in its arms branches',
  'n = p ? a(p) : b();',
  `0 branch p ? 1 : 3
   1 call a(p)
   2 jump 4
   3 call b()
   4 n = p ? a(p) : b()
   5 return`,
);

check(
  'calls happen in order of evaluation, arguments first; casts in disguise are no calls',
  'n = (u32)(outer(inner(p), (long)n));',
  `0 call inner(p)
   1 call outer(inner(p), (long)n)
   2 n = (u32)outer(inner(p), (long)n)
   3 return`,
);

check(
  'types as arguments of a call in an argument',
  'mutex_lock(&container_of(work, struct foo, reset)->lock);',
  `0 call container_of(work, struct foo, reset)
   1 call mutex_lock(&container_of(work, struct foo, reset)->lock)
   2 return`,
);

check(
  'types as arguments keep their struct',
  'p = container_of(work, struct foo, reset);',
  `0 call container_of(work, struct foo, reset)
   1 p = container_of(work, struct foo, reset)
   2 return`,
);

check(
  'a statement expression runs, and its last expression is its value',
  'n = ({ int z = a(); lock(z); z; });',
  `0 call a()
   1 z = a()
   2 call lock(z)
   3 n = z
   4 return`,
);

check(
  'likely and unlikely are no calls',
  'if (unlikely(!p)) a();',
  `0 branch p ? 2 : 1
   1 call a()
   2 return`,
);

check(
  'inner scopes shadow names, and the outer name is back behind them',
  '{ int n = a(); use(n); }\n use(n);',
  `0 call a()
   1 n = a()
   2 call use(n)
   3 call use(n)
   4 return`,
);

check(
  'a goto to a label that is nowhere ends the way',
  'goto gone;\n a();',
  `0 jump 3
   1 call a()
   2 return
   3 return`,
);

void test('a shadowing local is another local', () => {
  const facts = reader.read(bytesOf('void f(int n)\n{\n{ int n = a(); use(n); }\nuse(n);\n}\n'));
  const flow = facts.functions[0]!.flow;
  const uses = [2, 3].map((index) => {
    const op = flow.op(index);
    const call = op.kind === 'call' ? facts.terms.expr(op.call) : undefined;
    return call?.kind === 'call' ? facts.terms.expr(call.args[0]!) : undefined;
  });
  assert.deepEqual(uses, [
    { kind: 'local', index: 1 },
    { kind: 'local', index: 0 },
  ]);
});
