// manCommand.ts
// `holdwait man`: the manual page.

import type { Command } from './command.ts';
import { manPage } from './manPage.ts';

/** `all`: the commands that there are, this one too. */
export const manCommand = (all: () => readonly Command[]): Command => ({
  spec: {
    name: 'man',
    summary: 'the manual page, for man to show or to be installed',
    operands: [],
    options: [],
    examples: [
      { words: 'man <(holdwait man)', what: 'to read it' },
      { words: 'holdwait man > ~/.local/share/man/man1/holdwait.1', what: 'to find it with man holdwait' },
    ],
  },
  run: (_args, { print, version }) => {
    const specs = all().map(({ spec }) => spec);
    print(manPage(specs, version));
    return Promise.resolve(0);
  },
});
