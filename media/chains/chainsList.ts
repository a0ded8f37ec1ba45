// chainsList.ts
// The list of rows: drawing, folding, and the keyboard of a tree. One row at a time can be reached with Tab, the arrow
// keys move from there.

import type { CallChainRow, ChainRow, FunctionChains } from '../../src/server/protocol.ts';
import { findRails } from './rails.ts';
import { makeRowElement } from './rowElement.ts';
import { parentId, visibleRows } from './visibleRows.ts';
import type { VisibleRow } from './visibleRows.ts';

export interface ListListener {
  /** `focus`: the reader wants to go there, and not only to look. */
  open(row: ChainRow, focus: boolean): void;
  follow(row: CallChainRow): void;
  back(): void;
  /** Folding or selection has changed. */
  changed(): void;
}

export class ChainsList {
  readonly collapsed = new Set<string>();
  selected: string | undefined;
  readonly #element: HTMLElement;
  readonly #listener: ListListener;
  #chains: FunctionChains | undefined;
  #visible: readonly VisibleRow[] = [];

  constructor(element: HTMLElement, listener: ListListener) {
    this.#element = element;
    this.#listener = listener;
    element.addEventListener('keydown', (event) => this.#keyPressed(event));
    element.addEventListener('click', (event) => this.#clicked(event));
    element.addEventListener('focusin', (event) => {
      const visible = this.#rowAt(event.target);
      if (visible) this.#select(visible.id);
    });
  }

  show(chains: FunctionChains): void {
    this.#chains = chains;
    this.#draw();
  }

  focus(): void {
    this.#elementOf(this.selected)?.focus();
  }

  #draw(): void {
    if (!this.#chains) return;
    const hadFocus = this.#element.contains(document.activeElement);
    this.#visible = visibleRows(this.#chains.rows, this.collapsed);
    const rails = findRails(this.#visible.map(({ row }) => row));
    const elements = this.#visible.map((visible, i) =>
      makeRowElement(visible, rails.rows[i] ?? { lanes: [] }),
    );
    this.#element.replaceChildren(...elements);
    const isThere = this.#visible.some(({ id }) => id === this.selected);
    this.#select(isThere ? this.selected : this.#visible[0]?.id);
    if (hadFocus) this.focus();
  }

  #select(id: string | undefined): void {
    const before = this.#elementOf(this.selected);
    before?.setAttribute('aria-selected', 'false');
    if (before) before.tabIndex = -1;
    const now = this.#elementOf(id);
    now?.setAttribute('aria-selected', 'true');
    if (now) now.tabIndex = 0;
    this.selected = id;
    this.#listener.changed();
  }

  #fold(id: string, isCollapsed: boolean): void {
    if (isCollapsed) this.collapsed.add(id);
    else this.collapsed.delete(id);
    this.#draw();
  }

  #clicked(event: MouseEvent): void {
    const visible = this.#rowAt(event.target);
    if (!visible || !(event.target instanceof Element)) return;
    if (event.target.closest('.follow') && visible.row.kind === 'call')
      return this.#listener.follow(visible.row);
    if (event.target.closest('.twisty') && visible.isExpanded !== undefined) {
      return this.#fold(visible.id, visible.isExpanded);
    }
    this.#listener.open(visible.row, true);
  }

  #keyPressed(event: KeyboardEvent): void {
    const index = this.#visible.findIndex(({ id }) => id === this.selected);
    const visible = this.#visible[index];
    if (!visible || event.altKey || event.ctrlKey || event.metaKey) return;
    if (this.#move(event.key, index) || this.#act(event, visible)) event.preventDefault();
  }

  #move(key: string, index: number): boolean {
    const last = this.#visible.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(index + 1, last),
      ArrowUp: Math.max(index - 1, 0),
      PageDown: Math.min(index + 10, last),
      PageUp: Math.max(index - 10, 0),
      Home: 0,
      End: last,
    };
    const next = steps[key];
    if (next === undefined) return false;
    this.#elementOf(this.#visible[next]?.id)?.focus();
    return true;
  }

  #act(event: KeyboardEvent, { id, row, isExpanded }: VisibleRow): boolean {
    switch (event.key) {
      case 'Enter':
        if (event.shiftKey && row.kind === 'call') this.#listener.follow(row);
        else this.#listener.open(row, true);
        return true;
      case ' ':
        this.#listener.open(row, false);
        return true;
      case 'Backspace':
        this.#listener.back();
        return true;
      case 'ArrowRight':
        if (isExpanded === false) this.#fold(id, false);
        else if (isExpanded === true) this.#elementOf(`${id}.0`)?.focus();
        return true;
      case 'ArrowLeft':
        if (isExpanded === true) this.#fold(id, true);
        else this.#elementOf(parentId(id))?.focus();
        return true;
      default:
        return false;
    }
  }

  #rowAt(target: EventTarget | null): VisibleRow | undefined {
    const id = target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
    return this.#visible.find((visible) => visible.id === id);
  }

  #elementOf(id: string | undefined): HTMLElement | undefined {
    const index = this.#visible.findIndex((visible) => visible.id === id);
    const child = this.#element.children[index];
    return child instanceof HTMLElement ? child : undefined;
  }
}
