// wantedFunction.ts
// The reports about a function that somebody named, by its name or by FILE:LINE; where there are none or too many, why,
// in a sentence that helps to ask better.

import type { Token } from '../base/cancel.ts';
import { UserError } from '../base/errors.ts';
import { nearestName } from '../base/nearestName.ts';
import { lineOf } from '../base/position.ts';
import type { TreeIndex } from '../index/treeIndex.ts';
import type { Engine } from './engine.ts';
import type { FunctionReport, Reach } from './results.ts';

/** At least one; a name that is nobody's, or everybody's, is a `UserError`. */
export async function reportsOf(
  engine: Engine,
  wanted: string,
  reach: Reach,
  token: Token,
): Promise<readonly FunctionReport[]> {
  refuseCommonName(wanted, engine.index);
  const reports = await engine.report(wanted, token, reach);
  if (reports.length === 0) throw notFound(wanted, engine.index);
  return reports;
}

// Hundreds of drivers have a static `probe`. More than a screenful of them helps nobody.
const mostNamesakes = 12;

function refuseCommonName(question: string, index: TreeIndex): void {
  const functions = index.definitionsOf(question).filter((definition) => definition.kind === 'function');
  if (functions.length <= mostNamesakes) return;
  const [first] = functions;
  const example = first === undefined ? '' : `, for example ${first.path}:${lineOf(first.at)}`;
  const text = `${functions.length} functions are named ${question}; say which by FILE:LINE${example}`;
  throw new UserError('function-not-found', text);
}

function notFound(wanted: string, index: TreeIndex): UserError {
  const place = /^(.+):\d+$/.exec(wanted);
  if (place) {
    const path = place[1] ?? '';
    const reason = index.files.includes(path) ? 'is in no function' : 'is in no file of the index';
    return new UserError('function-not-found', `${wanted} ${reason} of ${index.root}`);
  }
  const other = index.definitionsOf(wanted)[0];
  if (other)
    return new UserError(
      'function-not-found',
      `${wanted} is no function but a ${other.kind}, in ${other.path}`,
    );
  const callers = index.callersOf(wanted);
  if (callers.length > 0) {
    const more = callers.length > 1 ? ` and ${callers.length - 1} more` : '';
    return new UserError(
      'function-not-found',
      `no file defines ${wanted}; it is called in ${callers[0]}${more}`,
    );
  }
  const hint = nearestName(wanted, namesNear(wanted, index));
  const advice = hint ? `did you mean ${hint}?` : 'names are written as in the source, without ()';
  return new UserError('function-not-found', `no function ${wanted} in ${index.root}; ${advice}`);
}

/** Slips that the index can be asked about: it knows names, but does not list them. */
function namesNear(wanted: string, index: TreeIndex): string[] {
  const bare = wanted.replace(/\(.*$/, '');
  const guesses = [
    bare,
    `__${bare}`,
    `_${bare}`,
    bare.replace(/^_+/, ''),
    bare.toLowerCase(),
    `${bare}_locked`,
  ];
  return guesses.filter(
    (guess) => guess !== wanted && index.definitionsOf(guess).some((found) => found.kind === 'function'),
  );
}
