// commandArguments.ts
// Macros that wait, and are told what to do before and after it: `wait_event_cmd(queue, condition, unlock(x), lock(x))`.

import { readArguments } from './argumentReader.ts';
import type { Body } from './body.ts';
import type { Node } from './source.ts';
import type { ExprId, Terms } from './terms.ts';

/** Arguments that are no values but what is done, by index; all others are values, or done before the wait. */
interface Commands {
  /** Done after the wait. */
  readonly after?: number;
  /** Done while a lock is let go that the macro takes again: not said here, since nothing is held then. */
  readonly within?: number;
}

const byMacro: Readonly<Record<string, Commands>> = {
  wait_event_cmd: { after: 3 },
  wait_event_exclusive_cmd: { after: 3 },
  wait_event_lock_irq_cmd: { within: 3 },
  wait_event_interruptible_lock_irq_cmd: { within: 3 },
};

export function commandsOf(callee: ExprId, terms: Terms): Commands | undefined {
  const expr = terms.expr(callee);
  return expr.kind === 'name' ? byMacro[expr.name] : undefined;
}

interface Call {
  readonly target: ExprId;
  readonly list: Node;
  readonly commands: Commands;
}

export function readWithCommands(
  body: Body,
  node: Node,
  { target, list, commands: { after, within } }: Call,
  readValue: (body: Body, node: Node) => ExprId,
): ExprId {
  const { source } = body;
  const args = readArguments(body, list, (of, arg, index) =>
    index === after || index === within ? of.unevaluated(() => readValue(of, arg)) : readValue(of, arg),
  );
  const call = source.terms.call(target, args);
  body.flow?.call(call, source.at(node));
  const last = after === undefined ? undefined : source.namedChildren(list)[after];
  if (last !== undefined) readValue(body, last);
  return call;
}
