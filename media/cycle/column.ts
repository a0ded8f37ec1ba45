// column.ts
// The column of one thread: who it is, what it holds, its steps, and at the end what it waits for and who keeps that.

import type { CycleNode, CycleThread, CycleView } from '../../src/report/cycleView.ts';
import { draw, make } from '../shared/elements.ts';
import { familyOf, icons } from './families.ts';
import { keeperOf } from './sentences.ts';
import { headingElement, stepElement } from './stepElement.ts';
import type { VisibleRow } from './storyRows.ts';

export function columnElement(view: CycleView, index: number): HTMLElement {
  const thread = view.threads[index]!;
  const column = make('section', 'thread');
  column.dataset['thread'] = String(index);
  column.setAttribute('aria-labelledby', `thread-${index}`);
  const tree = make('div', 'steps');
  tree.setAttribute('role', 'tree');
  tree.setAttribute('aria-label', `Steps of ${thread.fn}`);
  column.append(heading(thread, index), holding(view, thread), tree, waiting(view, thread));
  return column;
}

export function fillColumn(column: HTMLElement, rows: readonly VisibleRow[], isFixed: boolean): void {
  const elements = rows.flatMap((visible): HTMLElement[] => {
    const { row } = visible;
    const step = stepElement(visible, isFixed);
    return row.kind === 'step' && row.heading !== '' ? [headingElement(visible, row.heading), step] : [step];
  });
  const steps = column.querySelector('.steps');
  steps?.replaceChildren(...elements);
  const last = rows.at(-1)?.rail;
  steps?.classList.toggle('still-held', last === 'begin' || last === 'through');
}

function heading({ fn, via }: CycleThread, index: number): HTMLElement {
  const head = make('h2', '');
  head.id = `thread-${index}`;
  const number = make('span', 'badge', String(index + 1));
  const name = make('span', 'who');
  name.append(make('code', 'fn', `${fn}()`));
  if (via !== '') name.append(make('span', 'via', via));
  head.append(number, name);
  return head;
}

function holding(view: CycleView, { holds, holdingWords }: CycleThread): HTMLElement {
  const line = make('p', 'holds');
  line.append(make('span', 'words', holdingWords), chip(view.nodes[holds]!));
  return line;
}

function waiting(view: CycleView, thread: CycleThread): HTMLElement {
  const foot = make('div', 'foot');
  const line = make('p', 'wants');
  line.append(make('span', 'words', thread.wantingWords));
  if (thread.namesWanted) line.append(chip(view.nodes[thread.wants]!));
  foot.append(line);
  const keeper = keeperOf(view, thread);
  if (keeper !== undefined && view.threads[keeper] !== thread) foot.append(keeperLine(view, keeper));
  if (thread.alsoHeld.length > 0)
    foot.append(make('p', 'also', `It holds ${thread.alsoHeld.join(', ')} too.`));
  return foot;
}

/** Leads on to the column of the thread that keeps it: the story goes round. */
function keeperLine(view: CycleView, keeper: number): HTMLElement {
  const line = make('p', 'keeper');
  const link = make('button', 'keeps');
  link.type = 'button';
  link.dataset['goto'] = String(keeper);
  link.append(
    make('span', '', 'which '),
    make('span', 'badge', String(keeper + 1)),
    make('code', '', `${view.threads[keeper]?.fn ?? ''}()`),
    make('span', '', ' has'),
  );
  line.append(link);
  return line;
}

function chip({ kind, name, kindWords }: CycleNode): HTMLElement {
  const family = familyOf(kind);
  const element = make('span', `chip ${family}`);
  element.title = kindWords;
  const icon = draw('svg', { width: 14, height: 14, viewBox: '0 0 16 16', 'aria-hidden': 'true' });
  icon.append(draw('path', { class: 'icon', d: icons[family] }));
  element.append(icon, make('code', '', name));
  if (kindWords !== '') element.append(make('span', 'kind', kindWords));
  return element;
}
