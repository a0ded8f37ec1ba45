// toldChains.ts
// The chains of a function as text, for those who read and do not click: a language model, or a person in another
// editor.

import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import type { Engine } from '../engine/engine.ts';
import type { FunctionReport } from '../engine/results.ts';
import { reportsOf } from '../engine/wantedFunction.ts';
import { callersText, chainsText } from '../report/chainsText.ts';
import { addressInside, pathInside } from './addresses.ts';
import type { ToldChains, ToldChainsParams } from './protocol.ts';

/** `root`: of the tree of this engine. */
export async function tellChains(
  engine: Engine,
  root: string,
  params: ToldChainsParams,
  token: Token,
): Promise<ToldChains> {
  const wanted = inTree(params, root, engine);
  const reach = { depth: params.depth, callers: true };
  try {
    return { kind: 'text', text: textOf(params.what, await reportsOf(engine, wanted, reach, token)) };
  } catch (error) {
    if (UserError.is(error)) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

function textOf(what: ToldChainsParams['what'], reports: readonly FunctionReport[]): string {
  switch (what) {
    case 'chains':
      return chainsText(reports);
    case 'callers':
      return callersText(reports);
  }
}

/** FILE:LINE may count from the folder that is open, which is not always the top of the tree. */
function inTree({ wanted, uri }: ToldChainsParams, root: string, engine: Engine): string {
  const [, file = '', line = ''] = /^(.+):(\d+)$/.exec(wanted) ?? [];
  if (file === '' || engine.index.files.includes(file)) return wanted;
  const address = file.startsWith('/')
    ? `file://${addressInside('', file.slice(1))}`
    : addressInside(uri, file);
  const path = pathInside(root, address);
  return path === undefined ? wanted : `${path}:${line}`;
}
