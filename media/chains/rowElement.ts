// rowElement.ts
// One row of the list as an element.

import type { ChainRow } from '../../src/server/protocol.ts';
import { make } from '../shared/elements.ts';
import { fileName } from '../shared/paths.ts';
import { drawGraph } from './graph.ts';
import type { RowRails } from './rails.ts';
import { spokenRow } from './sentences.ts';
import type { VisibleRow } from './visibleRows.ts';
import { wordsFor } from './words.ts';

export function makeRowElement(visible: VisibleRow, rails: RowRails): HTMLElement {
  const { id, row, level, positionInSet, setSize, isExpanded } = visible;
  const item = make('div', `row ${row.kind}`);
  item.setAttribute('role', 'treeitem');
  item.setAttribute('aria-level', String(level));
  item.setAttribute('aria-posinset', String(positionInSet));
  item.setAttribute('aria-setsize', String(setSize));
  item.setAttribute('aria-label', spokenRow(row));
  if (isExpanded !== undefined) item.setAttribute('aria-expanded', String(isExpanded));
  item.dataset['id'] = id;
  item.tabIndex = -1;
  item.title = row.kind === 'operation' ? row.text : `${row.callee}() is defined in ${row.definition.path}`;
  const line = make('span', 'line', String(row.line + 1));
  item.append(line, drawGraph(row, rails), makeIndent(level), makeTwisty(isExpanded), ...describe(row));
  const file = otherFile(row);
  if (file !== undefined) item.append(make('span', 'file', fileName(file)));
  return item;
}

function describe(row: ChainRow): HTMLElement[] {
  switch (row.kind) {
    case 'operation': {
      const { verb, family } = wordsFor(row.effect);
      return [
        make('span', `verb ${family}`, verb),
        make('span', 'object', row.object),
        make('span', 'detail', row.primitive),
      ];
    }
    case 'call': {
      const callee = make('span', 'object callee', row.callee);
      const follow = make('button', 'follow', 'follow');
      follow.tabIndex = -1;
      follow.setAttribute('aria-hidden', 'true');
      follow.title = `Show the lock chains of ${row.callee}() (Shift+Enter)`;
      return [make('span', 'verb call', 'calls'), callee, follow];
    }
  }
}

/** A call names the file that it leads to; the rows below it lie there. */
const otherFile = (row: ChainRow): string | undefined =>
  row.kind === 'call' && row.definition.path !== row.path ? row.definition.path : undefined;

function makeIndent(level: number): HTMLElement {
  const indent = make('span', 'indent');
  indent.style.width = `${(level - 1) * 16}px`;
  return indent;
}

function makeTwisty(isExpanded: boolean | undefined): HTMLElement {
  return make('span', isExpanded === undefined ? 'twisty' : `twisty ${isExpanded ? 'open' : 'closed'}`);
}
