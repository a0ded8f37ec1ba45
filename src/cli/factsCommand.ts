// factsCommand.ts
// `holdwait facts`: what is read from one C file. Works on any file, with no kernel tree around it.

import { UserError } from '../base/errors.ts';
import { FactsReader } from '../facts/factsReader.ts';
import { createParser } from '../hosts/node/parser.ts';
import { readInput } from '../hosts/node/readInput.ts';
import { reasonToSkip } from '../index/fileContent.ts';
import { factsText } from '../report/factsText.ts';
import type { Arguments } from './arguments.ts';
import type { Command, ExitStatus, Surroundings } from './command.ts';
import { parserOption } from './commonOptions.ts';

export const factsCommand: Command = {
  spec: {
    name: 'facts',
    summary: 'what is read from one C file, each function as a flow of operations',
    operands: ['FILE'],
    options: [parserOption],
    examples: [
      {
        words: 'holdwait facts drivers/net/ethernet/mellanox/mlx4/intf.c',
        what: 'any C file, no tree needed',
      },
      { words: 'holdwait facts - < foo.c', what: 'from the standard input' },
    ],
    notes: [
      'In a flow, `branch x ? 4 : 7` goes on at operation 4 or 7; a line without a jump goes on at the next.',
    ],
  },
  run,
};

async function run(args: Arguments, surroundings: Surroundings): Promise<ExitStatus> {
  const path = args.operands[0] ?? '-';
  const bytes = await readInput(path);
  const reason = reasonToSkip(path, bytes);
  if (reason !== undefined)
    throw new UserError('file-skipped', `${path} is not read: ${reason}; name a C file`);
  const parser = await createParser(args.value('--parser') === 'native' ? 'native' : 'wasm');
  surroundings.print(factsText(new FactsReader(parser).read(bytes)));
  return 0;
}
