// words.ts
// The verb in front of an object, and the family that gives a row its mark and colour.

import type { OperationEffect } from '../../src/kernel/primitive.ts';

export type EffectFamily = 'lock' | 'wait' | 'reference' | 'queue' | 'other';

export interface EffectWords {
  readonly verb: string;
  readonly family: EffectFamily;
}

export function wordsFor(effect: OperationEffect): EffectWords {
  switch (effect) {
    case 'acquire':
      return { verb: 'takes', family: 'lock' };
    case 'try':
      return { verb: 'tries', family: 'lock' };
    case 'release':
      return { verb: 'releases', family: 'lock' };
    case 'downgrade':
      return { verb: 'downgrades', family: 'lock' };
    case 'assert':
      return { verb: 'expects', family: 'other' };
    case 'wait':
      return { verb: 'waits for', family: 'wait' };
    case 'signal':
      return { verb: 'signals', family: 'queue' };
    case 'get':
      return { verb: 'gets', family: 'reference' };
    case 'put':
      return { verb: 'puts', family: 'reference' };
    case 'queue':
      return { verb: 'queues', family: 'queue' };
    case 'arm':
      return { verb: 'arms', family: 'queue' };
    case 'cancel':
      return { verb: 'cancels', family: 'other' };
    case 'disable':
      return { verb: 'disables', family: 'other' };
    case 'enable':
      return { verb: 'enables', family: 'other' };
    case 'register':
      return { verb: 'registers', family: 'other' };
    case 'unregister':
      return { verb: 'unregisters', family: 'other' };
    case 'notify':
      return { verb: 'notifies', family: 'other' };
    case 'init':
      return { verb: 'sets up', family: 'other' };
  }
}
