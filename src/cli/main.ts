// main.ts
// The entry of the command line: words in, text and an exit status out.

import { processSurroundings } from './process.ts';
import { runCommandLine } from './run.ts';

process.exitCode = await runCommandLine(process.argv.slice(2), processSurroundings());
