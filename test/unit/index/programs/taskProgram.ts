// taskProgram.ts
// A thread that does what its tasks say: answers, fails, waits for the end of all patience, keeps memory, dies.

import { serveTasks } from '../../../../src/hosts/node/taskPort.ts';
import { throwIfCancelled } from '../../../../src/base/cancel.ts';

export interface TestTask {
  readonly does: 'answer' | 'fail' | 'wait' | 'keep' | 'die';
}

let tasks = 0;
const kept: number[][] = [];

serveTasks<string, TestTask, string>((setup) =>
  Promise.resolve({
    run: ({ does }, token) => {
      tasks++;
      switch (does) {
        case 'answer':
          break;
        case 'fail':
          throw new Error('no such thing');
        case 'wait':
          for (;;) throwIfCancelled(token);
        case 'keep':
          kept.push(Array.from({ length: 4 << 20 }, (_, i) => i));
          break;
        case 'die':
          process.exit(3);
      }
      return Promise.resolve(`${setup} ${tasks}`);
    },
    close: () => Promise.resolve(),
  }),
);
