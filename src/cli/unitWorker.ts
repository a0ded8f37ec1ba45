// unitWorker.ts
// The program of a thread that looks at units: the tree is opened as the thread that asks has found it.

import { unitAnalyser } from '../engine/analyse.ts';
import { encodeUnitResult } from '../engine/unitResultText.ts';
import { openNodeIndex } from '../hosts/node/openTree.ts';
import type { OpenNodeIndexOptions } from '../hosts/node/openTree.ts';
import { serveTasks } from '../hosts/node/taskPort.ts';
import { knowledgeOf } from '../program/treeKnowledge.ts';
import type { Unit } from '../program/units.ts';

serveTasks<OpenNodeIndexOptions, Unit, Uint8Array>(async (options, token) => {
  const index = await openNodeIndex({ ...options, token });
  const analyse = await unitAnalyser(index, await knowledgeOf(index), token);
  return {
    run: async (unit, unitToken) => encodeUnitResult(await analyse(unit, unitToken)),
    close: () => index.close(),
  };
});
