// main.ts
// The entry of the command line: words in, text and an exit status out.

import { finishOnSignal, processSurroundings } from './process.ts';
import { runCommandLine } from './run.ts';

const surroundings = processSurroundings();
finishOnSignal(surroundings);
process.exitCode = await runCommandLine(process.argv.slice(2), surroundings);
