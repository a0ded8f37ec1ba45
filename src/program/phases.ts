// phases.ts
// When in the life of a device or a module a function runs, by what it is bound to where no table of callbacks says
// it. It only informs ranking: what runs at removal still meets works and timers that have not ended.

import type { Entry } from './meaning.ts';

type Phase = Entry['phase'];

const setupMembers: ReadonlySet<string> = new Set(['probe', 'bind', 'attach', 'init', 'add', 'connect']);
// prettier-ignore
const teardownMembers: ReadonlySet<string> = new Set(['remove', 'unbind', 'detach', 'exit', 'shutdown', 'disconnect', 'release']);
// Structs that are about the life of what they drive. Of others `add` or `release` may be one of many requests.
const driverStruct = /_driver$|_client$|_interface$/;

export function phaseOfMember(struct: string, member: string): Phase {
  const name = member.replace(/_new$/, '');
  if (name === 'probe') return 'setup';
  if (name === 'remove' || name === 'disconnect') return 'teardown';
  if (!driverStruct.test(struct)) return 'running';
  if (setupMembers.has(name)) return 'setup';
  return teardownMembers.has(name) ? 'teardown' : 'running';
}

export function phaseOfMacro(macro: string): Phase {
  if (/^module_init$|initcall|^early_param$|^__setup$/.test(macro)) return 'setup';
  return /^module_exit$|exitcall/.test(macro) ? 'teardown' : 'running';
}
