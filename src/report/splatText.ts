// splatText.ts
// A splat for people: each thread as a story with the lines of this tree, what the tree does not show, and which finding
// says the same.

import type { ExplainedSplat } from '../engine/explainSplat.ts';
import type { Splat, SplatThread } from '../review/splat.ts';
import { wrapped } from './columns.ts';
import { noPaint } from './paint.ts';
import type { Paint } from './paint.ts';
import { storyLines } from './story.ts';
import { counted } from './words.ts';

export function splatText(explained: ExplainedSplat, paint: Paint = noPaint): string {
  const { splat } = explained;
  const lines = [
    paint.strong(splat.headline),
    ...wrapped(seenWords(splat), '  '),
    ...storiesOf(explained, paint),
    ...doubtsOf(explained),
    '',
    ...sameLines(explained),
    ...(splat.more === 0
      ? []
      : ['', `${counted(splat.more, 'more splat')} in the same text: not looked at.`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** `seen by lockdep on 6.1.0 #1 Not tainted, in ip/1234`. */
export function seenWords({ kind, kernel, task }: Splat): string {
  const who = kind === 'hung' ? 'seen' : 'seen by lockdep';
  return `${who}${kernel === '' ? '' : ` on ${kernel}`}${task === '' ? '' : `, in ${task}`}`;
}

function storiesOf({ splat, edges, finding, files, lines }: ExplainedSplat, paint: Paint): string[] {
  const inScope = (path: string): boolean => files.includes(path);
  const rule = finding?.rule ?? 'wait-cycle';
  const told = edges.flatMap(({ edge }) => ['', ...storyLines(rule, edge, { inScope, lines, paint })]);
  const untold = splat.threads.filter((thread) => !edges.some((edge) => edge.thread === thread));
  return [...told, ...untold.flatMap(stackLines)];
}

/** What a blocked task holds is known only where lockdep is there to tell. */
function stackLines({ task, wants, frames }: SplatThread): string[] {
  const what = wants ? `waits for ${wants.name}` : 'is blocked';
  return ['', `  ${task} ${what}, in:`, ...frames.map(({ text }) => `    ${text}`)];
}

const doubtsOf = ({ edges }: ExplainedSplat): string[] => {
  const doubts = [...new Set(edges.flatMap((edge) => edge.doubts))];
  return doubts.length === 0 ? [] : ['', ...doubts.flatMap((doubt) => wrapped(doubt, '  ', '    '))];
};

function sameLines({ same, files }: ExplainedSplat): string[] {
  if (files.length === 0) return ['None of its functions is one of a driver in this tree.'];
  if (same.length === 0) return ['No finding in this tree says the same.'];
  return [
    'The same is found in this tree:',
    ...same.flatMap(({ finding: { id, rule, confidence, title } }) =>
      wrapped(`${id} ${rule}, ${confidence} confidence: ${title}`, '  ', '    '),
    ),
  ];
}
