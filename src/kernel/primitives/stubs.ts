// stubs.ts
// Words that only stubs use, for what plain C has no name for: a fact about the thread that is set now and asked
// later, a wait without a lock or a completion behind it.

import { primitiveTable } from '../primitive.ts';

// prettier-ignore
export const stubPrimitives = primitiveTable({ kind: 'token' }, [
  { name: 'holdwait_set',                    effect: 'get' },
  { name: 'holdwait_clear',                  effect: 'put' },
  { name: 'holdwait_is_set',                 effect: 'try', success: 'nonzero' },
  { name: 'holdwait_wait_callbacks',         kind: 'callbacks', effect: 'wait', sleeps: 'yes' },
  { name: 'holdwait_wait_runtime_power',     kind: 'runtime power', effect: 'wait', sleeps: 'flags' },
  { name: 'holdwait_wait_netdev_references', kind: 'references', effect: 'wait', objectArgument: -1, object: 'net_device', type: 'net_device', sleeps: 'yes' },
]);
