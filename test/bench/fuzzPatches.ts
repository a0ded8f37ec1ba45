// fuzzPatches.ts
// Damages mails and diffs at random for as long as it is told, and gives them to the readers of src/patch. Prints the
// seeds of what went wrong; a number behind one of them does that round again. Run:
//   npm run fuzz -- [SECONDS] [SEED]

import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fuzzedText, fuzzPatches } from '../support/fuzzPatches.ts';
import { acmeMailbox, acmeMails } from '../unit/patch/acmeSeries.ts';

const [seconds = 60, seed] = process.argv.slice(2).map(Number);
const seeds = [acmeMailbox, ...Object.values(acmeMails)];
const firstSeed = seed ?? Date.now() % 1e9;
const milliseconds = seconds * 1000;

console.log(`from seed ${firstSeed}, for ${seconds} s`);
const { rounds, slowestMs, failures } = await fuzzPatches({ seeds, firstSeed, milliseconds });
for (const failure of failures) {
  console.log(failure);
  const failed = Number(/^seed (\d+)/.exec(failure)?.[1]);
  const file = join(tmpdir(), `holdwait-fuzz-${failed}.mbox`);
  writeFileSync(file, fuzzedText(seeds, failed), 'latin1');
  console.log(`the text is in ${file}`);
}
console.log(`${rounds} texts, ${failures.length} failures, the slowest took ${Math.round(slowestMs)} ms`);
process.exitCode = failures.length > 0 ? 1 : 0;
