// commonOptions.ts
// Options that several commands share, so that they mean and say the same everywhere.

import type { OptionSpec } from './arguments.ts';

export const treeOption: OptionSpec = {
  name: '--tree',
  value: 'DIR',
  help: 'the kernel tree; without it, the one around the current folder',
};

export const cacheOption: OptionSpec = {
  name: '--cache-dir',
  value: 'DIR',
  help: 'where the index is kept between runs',
};

export const noCacheOption: OptionSpec = {
  name: '--no-cache',
  help: 'read everything afresh and keep nothing',
};

export const jobsOption: OptionSpec = { name: '--jobs', value: 'N', help: 'how many threads read files' };

export const parserOption: OptionSpec = {
  name: '--parser',
  value: 'KIND',
  choices: ['wasm', 'native'],
  help: 'which build of the C parser reads; the results are the same',
};

export const colourOption: OptionSpec = { name: '--no-color', help: 'no colours, even on a terminal' };

export const timeoutOption: OptionSpec = {
  name: '--timeout',
  value: 'SECONDS',
  help: 'give up after so long, with exit status 2',
};

export const quietOption: OptionSpec = { name: '--quiet', help: 'do not show how far it is' };

export const formatOption: OptionSpec = {
  name: '--format',
  value: 'KIND',
  choices: ['text', 'json'],
  help: 'what to print',
};

export const archOption: OptionSpec = {
  name: '--arch',
  value: 'NAME',
  help: 'the folder of arch/ that is read; x86 without it',
};
