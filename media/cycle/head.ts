// head.ts
// The head of the panel: what is claimed, by which rule, how surely and why, and what a patch has to do with it; and
// below the story what the reader has to take for granted.

import type { CycleView } from '../../src/report/cycleView.ts';
import { draw, make } from '../shared/elements.ts';
import { codeParts, confidenceWords } from './sentences.ts';

export function titleParts({ title, nodes }: CycleView): readonly Node[] {
  return codeParts(title, namesOf(nodes)).map(({ text, isCode }) =>
    isCode ? make('code', '', text) : document.createTextNode(text),
  );
}

/** Names of the code; the way out of a function is no name. */
const namesOf = (nodes: CycleView['nodes']): readonly string[] =>
  nodes.filter(({ kind }) => kind !== 'return' && kind !== 'cpu').map(({ name }) => name);

/** What stands in the line above the title, but for the button that tells the reasons. */
export function facts({ rule, status, course, seen }: CycleView): readonly HTMLElement[] {
  if (seen !== undefined) return [make('span', 'fact rule', rule), make('span', 'fact seen', seen)];
  const words = course === '' ? status : course;
  const patch = make('span', `fact status ${status}`, words);
  const sign = make('span', 'sign', signs[status]);
  sign.setAttribute('aria-hidden', 'true');
  patch.prepend(sign);
  return [make('span', 'fact rule', rule), patch];
}

// prettier-ignore
const signs: Readonly<Record<CycleView['status'], string>> = { introduced: '+', fixed: '−', existing: '=' };

/** Bars that say how sure, and the words for them. */
export function fillConfidence(button: HTMLElement, { confidence, reasons }: CycleView): void {
  const bars = { high: 3, medium: 2, low: 1 }[confidence];
  const meter = draw('svg', {
    class: 'meter',
    width: 16,
    height: 12,
    viewBox: '0 0 16 12',
    'aria-hidden': 'true',
  });
  for (let i = 0; i < 3; i++) {
    const height = 4 + 3 * i;
    meter.append(
      draw('rect', { class: i < bars ? 'bar on' : 'bar', x: 1 + 5 * i, y: 11 - height, width: 3, height }),
    );
  }
  button.replaceChildren(meter, make('span', '', confidenceWords[confidence]), make('span', 'twisty closed'));
  button.toggleAttribute('disabled', reasons.length === 0);
}

export function sentencesBelow(view: CycleView, same: readonly CycleView[] = []): readonly HTMLElement[] {
  const { alsoFrom, assumptions, unseenByLockdep, seen } = view;
  const taken = seen === undefined ? 'Assumed' : 'Missing';
  return [
    ...(seen === undefined ? [] : [sameFindings(same)]),
    ...(unseenByLockdep === ''
      ? []
      : [labelled('Lockdep', unseenByLockdep.replace(/^Lockdep does/, 'Does'), view)]),
    ...assumptions.map((sentence) => labelled(taken, sentence, view)),
    ...(alsoFrom.length === 0 ? [] : [labelled('Also from', `${alsoFrom.join(', ')}.`, view)]),
  ];
}

/** What lockdep saw, and what is found without running anything. */
function sameFindings(same: readonly CycleView[]): HTMLElement {
  const line = make('div', 'aside');
  const words = make('dd', '', same.length === 0 ? 'No finding in this tree says the same.' : '');
  for (const { id, title, rule, confidence } of same) {
    const link = make('button', 'same', title);
    link.type = 'button';
    link.dataset['same'] = id;
    words.append(link, ` ${rule}, ${confidenceWords[confidence]}`);
  }
  line.append(make('dt', '', 'Found too'), words);
  return line;
}

function labelled(label: string, sentence: string, { nodes }: CycleView): HTMLElement {
  const line = make('div', 'aside');
  const words = make('dd', '');
  for (const { text, isCode } of codeParts(sentence, namesOf(nodes)))
    words.append(isCode ? make('code', '', text) : text);
  line.append(make('dt', '', label), words);
  return line;
}
