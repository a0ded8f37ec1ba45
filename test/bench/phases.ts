// phases.ts
// What each phase of the analysis of a unit costs: processor time, memory in use after it, and how much comes out. Run:
//   node --max-old-space-size=8000 scripts/typescript.mjs test/bench/phases.ts TREE SCOPE...

import { EffectTables } from '../../src/effects/tables.ts';
import { Roots } from '../../src/effects/roots.ts';
import { Summaries } from '../../src/effects/summaries.ts';
import { effectsOf } from '../../src/effects/effects.ts';
import { openNodeIndex } from '../../src/hosts/node/openTree.ts';
import { filesInScope } from '../../src/engine/scope.ts';
import { linkProgram } from '../../src/program/link.ts';
import { LinkMemory } from '../../src/program/linkMemory.ts';
import { readStubs } from '../../src/program/stubFacts.ts';
import { knowledgeOf } from '../../src/program/treeKnowledge.ts';
import { unitsOf } from '../../src/program/units.ts';
import { findingsOf } from '../../src/waits/findings.ts';

const never = { isCancellationRequested: false };

const [root = '.', ...scope] = process.argv.slice(2);
const index = await openNodeIndex({ root });
let before = process.cpuUsage();
const knowledge = await knowledgeOf(index);
const stubs = await readStubs(knowledge.stubs, index, never);
const units = await unitsOf(index, filesInScope(index, scope), never);
report('units', `${units.length}`);
const memory = new LinkMemory(index);
for (const unit of units) {
  console.log(`${unit[0]} and ${unit.length - 1} more`);
  before = process.cpuUsage();
  const request = {
    index,
    scope: unit,
    stubs,
    primitiveOf: (name: string) => knowledge.primitiveOf(name),
    guardOf: (name: string) => knowledge.guardOf(name),
    memory,
  };
  const program = await linkProgram(request, never);
  report('link', `${program.functions.length} functions, ${program.entries.length} entries`);
  summarise();
  const effects = effectsOf(program, never);
  report('effects', `${effects.wants.length} wants, ${effects.sleeps.length} sleeps`);
  const findings = findingsOf(effects);
  report('findings', `${findings.length}`);

  function summarise(): void {
    const tables = new EffectTables(program);
    const summaries = new Summaries(tables);
    summaries.compute(never);
    let events = 0;
    for (const fn of program.functions) events += summaries.of(fn.id).events.length;
    report('summaries', `${events} events`);
    const { wants } = new Roots(tables, summaries).run(never);
    report('threads', `${wants.length} wants`);
  }
}
await index.close();

function report(phase: string, what: string): void {
  const { user, system } = process.cpuUsage(before);
  const seconds = ((user + system) / 1e6).toFixed(2);
  const megabytes = Math.round(process.memoryUsage().heapUsed / (1 << 20));
  console.log(`${phase.padEnd(10)} ${seconds.padStart(7)} s ${String(megabytes).padStart(6)} MB  ${what}`);
  before = process.cpuUsage();
}
