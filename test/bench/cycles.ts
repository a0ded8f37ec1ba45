// cycles.ts
// How long the search for cycles takes in a wait-for graph of 100,000 links: 2,000 classes taken in one order, with a
// few links against it, gates and readers; and one in which everything leads everywhere. Run:
//   node scripts/typescript.mjs test/bench/cycles.ts

import { cyclesOf } from '../../src/waits/cycles.ts';
import { WaitGraph } from '../../src/waits/graph.ts';
import type { Link } from '../../src/waits/link.ts';
import { linkOf } from '../unit/waits/links.ts';

const count = 100_000;

report('2,000 classes in one order, 100 links against it', (random) => {
  const classes = 2000;
  return Array.from({ length: count }, (_, i) => {
    const [a, b] = [Math.floor(random() * classes), Math.floor(random() * classes)];
    return i % 1000 === 0 ? [Math.max(a, b), Math.min(a, b)] : [Math.min(a, b), Math.max(a, b)];
  });
});

report('300 classes, everything leads everywhere', (random) =>
  Array.from({ length: count }, () => [Math.floor(random() * 300), Math.floor(random() * 300)]),
);

report('5,000 classes at random', (random) =>
  Array.from({ length: count }, () => [Math.floor(random() * 5000), Math.floor(random() * 5000)]),
);

function report(name: string, edges: (random: () => number) => readonly (readonly number[])[]): void {
  const random = generator();
  const links = edges(random).map(([from = 0, to = 0], i) => randomLink(random, from, to, i));
  const started = process.cpuUsage();
  const cycles = cyclesOf(new WaitGraph(links));
  const { user, system } = process.cpuUsage(started);
  const milliseconds = Math.round((user + system) / 1000);
  const lengths = [2, 3, 4, 5, 6].map(
    (length) => cycles.filter((cycle) => cycle.links.length === length).length,
  );
  console.log(
    `${name}: ${milliseconds} ms of processor time; cycles of 2 to 6 threads: ${lengths.join(', ')}`,
  );
}

function randomLink(random: () => number, from: number, to: number, i: number): Link {
  return linkOf({
    from: `class ${from}`,
    to: `class ${to}`,
    cost: Math.floor(random() * 20),
    fn: `fn_${i % 700}`,
    entry: i % 3 === 0 ? 'work' : 'function',
    ...(i % 5 === 0 && { gates: [`class ${Math.floor(random() * 40)}`] }),
    ...(i % 7 === 0 && { fromMode: 'read', toMode: 'read' }),
    ...(i % 4 === 0 && { doubts: ['setup'] }),
  });
}

/** The same numbers every time. */
function generator(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
