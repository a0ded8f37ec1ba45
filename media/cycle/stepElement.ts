// stepElement.ts
// One row of a column as an element. A disc takes, a diamond waits, an arrow starts something, a ring lets go, a dot
// calls: the marks differ in shape as well as in colour.

import type { CycleStep, StepMark } from '../../src/report/cycleRows.ts';
import { notInTree } from '../../src/report/words.ts';
import { draw, make } from '../shared/elements.ts';
import { fileName } from '../shared/paths.ts';
import { foldWords } from './sentences.ts';
import type { VisibleRow } from './storyRows.ts';

/** `isFixed`: lines that the patch changes are those that it takes away. */
export function stepElement(visible: VisibleRow, isFixed: boolean): HTMLElement {
  const { id, row, level, position, setSize, isExpanded, rail } = visible;
  const item = make('div', `row level-${level} rail-${rail}`);
  item.setAttribute('role', 'treeitem');
  item.setAttribute('aria-level', String(level));
  item.setAttribute('aria-posinset', String(position));
  item.setAttribute('aria-setsize', String(setSize));
  item.setAttribute('aria-selected', 'false');
  if (isExpanded !== undefined) item.setAttribute('aria-expanded', String(isExpanded));
  item.dataset['id'] = id;
  item.tabIndex = -1;
  if (row.kind === 'fold') {
    item.classList.add('fold');
    item.append(mark('fold'), make('span', 'through', foldWords(row)), twisty(isExpanded === true));
    return item;
  }
  item.classList.add(row.mark);
  item.classList.toggle('changed', row.isChanged);
  item.classList.toggle('elsewhere', row.path === '');
  item.title = `${row.fn}() ${row.path === '' ? notInTree : `at ${row.path}:${row.line}`}`;
  if (row.isChanged) item.append(changeSign(isFixed));
  item.append(mark(row.mark), ...stepText(row), spoken(changeWords(row, isFixed)));
  return item;
}

/** The name of a row is what it shows, with what only those need who do not see the columns: calls, functions. */
function stepText({ mark: kind, word, code, leadsTo, fn, path, line }: CycleStep): readonly HTMLElement[] {
  const text = make('span', 'line');
  text.append(kind === 'call' ? spoken(word) : make('span', 'word', word), ' ', make('code', 'code', code));
  if (leadsTo !== '') text.append(' ', make('span', 'leads', leadsTo));
  text.append(spoken(`, in ${fn},`), ' ');
  return [text, make('span', 'place', path === '' ? notInTree : `${fileName(path)}:${line}`)];
}

const spoken = (words: string): HTMLElement => make('span', 'spoken', words);

function changeSign(isFixed: boolean): HTMLElement {
  const sign = make('span', 'sign', isFixed ? '−' : '+');
  sign.setAttribute('aria-hidden', 'true');
  return sign;
}

function changeWords({ isChanged }: CycleStep, isFixed: boolean): string {
  if (!isChanged) return '';
  return isFixed ? ', taken away by the patch' : ', added by the patch';
}

/** `in acme_reset()`, where the step before does not lead there. */
export function headingElement({ rail }: VisibleRow, heading: string): HTMLElement {
  const held = rail === 'through' || rail === 'end' ? 'through' : 'none';
  const element = make('div', `heading rail-${held}`);
  element.setAttribute('aria-hidden', 'true');
  element.append(make('span', 'mark'), make('span', '', heading));
  return element;
}

function mark(kind: StepMark | 'fold'): HTMLElement {
  const holder = make('span', 'mark');
  const svg = draw('svg', { width: 16, height: 16, viewBox: '-8 -8 16 16', 'aria-hidden': 'true' });
  svg.append(shape(kind));
  holder.append(svg);
  return holder;
}

function shape(kind: StepMark | 'fold'): SVGElement {
  switch (kind) {
    case 'take':
      return draw('circle', { class: 'shape', r: 5 });
    case 'wait':
      return draw('path', { class: 'shape', d: 'M0 -6.5L6.5 0L0 6.5L-6.5 0z' });
    case 'release':
      return draw('circle', { class: 'shape', r: 4.5 });
    case 'queue':
      return draw('path', { class: 'shape', d: 'M-5 0H4.5m-3.5 -4l4 4l-4 4' });
    case 'return':
      return draw('path', { class: 'shape', d: 'M5 -5V1H-4.5m3.5 -4l-4 4l4 4' });
    case 'call':
      return draw('circle', { class: 'shape', r: 3.4 });
    case 'fold':
      return draw('path', { class: 'shape', d: 'M0 -5.2h.01M0 0h.01M0 5.2h.01' });
  }
}

const twisty = (isOpen: boolean): HTMLElement => make('span', isOpen ? 'twisty open' : 'twisty closed');
