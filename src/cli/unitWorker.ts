// unitWorker.ts
// The program of a thread that looks at units: the tree is opened as the thread that asks has found it.

import type { Token } from '../base/cancel.ts';
import { unitAnalyser } from '../engine/analyse.ts';
import type { AnalyseUnit } from '../engine/analyse.ts';
import { encodeUnitResult } from '../engine/unitResultText.ts';
import type { TaskState, UnitTask } from '../engine/unitThreads.ts';
import { openNodeIndex } from '../hosts/node/openTree.ts';
import { serveTasks } from '../hosts/node/taskPort.ts';
import { LinkMemory } from '../program/linkMemory.ts';
import { knowledgeOf } from '../program/treeKnowledge.ts';
import type { UnitSetup } from './unitThreads.ts';

serveTasks<UnitSetup, UnitTask, Uint8Array>(async ({ tree, base }, token) => {
  const disk = await openNodeIndex({ ...tree, token });
  const index = base.size === 0 ? disk : await disk.overlay(base);
  const knowledge = await knowledgeOf(index);
  const memory = new LinkMemory(index);
  const analyse = await unitAnalyser(index, knowledge, token, { memory });
  // Of the state that was asked for last: its units come one after the other.
  let last: { readonly number: number; readonly analyse: AnalyseUnit } | undefined;
  const analyserOf = async ({ number, texts }: TaskState, stateToken: Token): Promise<AnalyseUnit> => {
    if (last?.number === number) return last.analyse;
    const state = await index.overlay(texts);
    last = {
      number,
      analyse: await unitAnalyser(state, knowledge, stateToken, {
        memory: memory.over(state),
        withoutLocks: true,
      }),
    };
    return last.analyse;
  };
  return {
    run: async ({ unit, state }, unitToken) => {
      const look = state ? await analyserOf(state, unitToken) : analyse;
      return encodeUnitResult(await look(unit, unitToken));
    },
    close: () => disk.close(),
  };
});
