// sentences.ts
// What the page says in words, on the screen and to a screen reader.

import type { CycleFold } from '../../src/report/cycleRows.ts';
import { counted } from '../../src/report/words.ts';
import type { CycleThread, CycleView } from '../../src/report/cycleView.ts';

export const foldWords = ({ steps, through }: CycleFold): string =>
  `${steps.length} calls through ${through}`;

/** Who keeps what a thread waits for: `kept by 2`. */
export function keeperOf(view: CycleView, thread: CycleThread): number | undefined {
  const keeper = view.threads.findIndex(({ holds }) => holds === thread.wants);
  return keeper < 0 ? undefined : keeper;
}

// prettier-ignore
export const confidenceWords: Readonly<Record<CycleView['confidence'], string>> = {
  high: 'high confidence', medium: 'medium confidence', low: 'low confidence',
};

/** Told to a screen reader when another cycle comes into the panel, which takes no focus. */
export function shownSentence({ seen, confidence, title, threads }: CycleView, same: number): string {
  const told = [
    `Cycle of waits, ${seen ?? confidenceWords[confidence]}: ${title}.`,
    `${counted(threads.length, 'thread')}.`,
  ];
  if (same > 0)
    told.push(`${counted(same, 'finding')} of this tree ${same === 1 ? 'says' : 'say'} the same.`);
  else if (seen !== undefined) told.push('No finding of this tree says the same.');
  return told.join(' ');
}

/** Words of the kernel stand in the font of code: functions, and what the picture names. */
export function codeParts(
  text: string,
  names: readonly string[],
): readonly { text: string; isCode: boolean }[] {
  const known = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[^\w]/g, '\\$&'));
  const pattern = new RegExp(`(?<!\\w)(${[...known, '\\w+\\(\\)'].join('|')})(?!\\w)`);
  return text
    .split(pattern)
    .map((part, i) => ({ text: part, isCode: i % 2 === 1 }))
    .filter((part) => part.text !== '');
}
