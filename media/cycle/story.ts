// story.ts
// The story in columns, one for each thread. Each column is a tree: Tab goes to the next one, arrow keys move inside,
// and to the side from one column to the other.

import type { CycleRow, CycleStep } from '../../src/report/cycleRows.ts';
import type { CycleView } from '../../src/report/cycleView.ts';
import { columnElement, fillColumn } from './column.ts';
import type { Depth } from './messages.ts';
import { foldOf, isFoldOpen, visibleRows } from './storyRows.ts';
import type { VisibleRow } from './storyRows.ts';

export interface StoryListener {
  /** `focus`: the reader wants to go there, and not only to look. */
  open(step: CycleStep, focus: boolean): void;
  lookAt(thread: number | undefined): void;
  goTo(thread: number): void;
  /** There was nothing to fold any more. */
  escape(): void;
  /** Folding or selection has changed. */
  changed(): void;
}

export class Story {
  readonly toggled = new Set<string>();
  depth: Depth = 'own';
  selected: string | undefined;
  readonly #element: HTMLElement;
  readonly #listener: StoryListener;
  #view: CycleView | undefined;
  #visible: readonly (readonly VisibleRow[])[] = [];

  constructor(element: HTMLElement, listener: StoryListener) {
    this.#element = element;
    this.#listener = listener;
    element.addEventListener('keydown', (event) => {
      const id = idOf(event.target);
      if (id === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      if (this.#move(event.key, id) || this.#act(event.key, id)) event.preventDefault();
    });
    element.addEventListener('click', (event) => this.#clicked(event.target));
    element.addEventListener('focusin', (event) => {
      const id = idOf(event.target);
      if (id !== undefined) this.#select(id);
      listener.lookAt(threadOf(event.target));
    });
    element.addEventListener('focusout', () => listener.lookAt(undefined));
    element.addEventListener('pointerover', (event) => listener.lookAt(threadOf(event.target)));
    element.addEventListener('pointerleave', () => listener.lookAt(undefined));
    new ResizeObserver(() => this.#arrange()).observe(element);
  }

  show(view: CycleView): void {
    this.#view = view;
    this.#element.replaceChildren(...view.threads.map((_, i) => columnElement(view, i)));
    this.draw();
    this.#arrange();
  }

  draw(): void {
    const view = this.#view;
    if (!view) return;
    const focused = idOf(document.activeElement);
    this.#visible = view.threads.map(({ rows }, i) =>
      visibleRows(i, rows, { depth: this.depth, toggled: this.toggled }),
    );
    this.#visible.forEach((rows, i) => {
      const column = this.#columnOf(i);
      if (column) fillColumn(column, rows, view.status === 'fixed');
      const kept = rows.find(({ id }) => id === this.selected) ?? rows[0];
      const element = this.#elementOf(kept?.id);
      if (element) element.tabIndex = 0;
    });
    if (this.selected !== undefined) this.#mark(this.selected);
    if (focused !== undefined) this.focus(focused);
  }

  /** A step that is folded away gives the focus to its fold. */
  focus(id: string | undefined): void {
    (this.#elementOf(id) ?? this.#elementOf(id === undefined ? undefined : foldOf(id)))?.focus();
  }

  /** Where the reader was last, if that is there still. */
  focusSelected(options?: FocusOptions): boolean {
    const row = this.#elementOf(this.selected);
    row?.focus(options);
    return row !== undefined;
  }

  focusThread(thread: number): void {
    this.focus(this.#visible[thread]?.[0]?.id);
  }

  /** Ids of the rows that can be seen, for pictures. */
  get visible(): readonly (readonly VisibleRow[])[] {
    return this.#visible;
  }

  #clicked(target: EventTarget | null): void {
    const link = target instanceof Element ? target.closest<HTMLElement>('.keeps') : undefined;
    if (link) return this.#listener.goTo(Number(link.dataset['goto']));
    const id = idOf(target);
    const row = this.#rowOf(id);
    if (id === undefined || !row) return;
    if (row.kind === 'fold') this.#toggle(id);
    else this.#listener.open(row, true);
  }

  #move(key: string, id: string): boolean {
    const thread = Number(id.split('.')[0]);
    const rows = this.#visible[thread] ?? [];
    const index = rows.findIndex((visible) => visible.id === id);
    const last = rows.length - 1;
    const places: Readonly<Record<string, number>> = {
      ArrowDown: Math.min(index + 1, last),
      ArrowUp: Math.max(index - 1, 0),
      Home: 0,
      End: last,
    };
    const next = places[key];
    if (next === undefined) return false;
    this.focus(rows[next]?.id);
    return true;
  }

  #act(key: string, id: string): boolean {
    const row = this.#rowOf(id);
    const isFold = row?.kind === 'fold';
    const isOpen = isFold && isFoldOpen(id, this);
    switch (key) {
      case 'Enter':
      case ' ':
        if (isFold) this.#toggle(id);
        else if (row) this.#listener.open(row, key === 'Enter');
        return true;
      case 'ArrowRight':
        if (isFold && !isOpen) this.#toggle(id);
        else this.#goSideways(id, 1);
        return true;
      case 'ArrowLeft':
        if (isOpen) this.#toggle(id);
        else if (foldOf(id) !== id) this.focus(foldOf(id));
        else this.#goSideways(id, -1);
        return true;
      case 'Escape':
        if (isOpen || foldOf(id) !== id) this.#toggle(foldOf(id));
        else this.#listener.escape();
        return true;
      default:
        return false;
    }
  }

  /** To the row of the next column that begins nearest to the height of this one. */
  #goSideways(id: string, by: number): void {
    const rows = this.#visible[Number(id.split('.')[0]) + by];
    const top = this.#elementOf(id)?.getBoundingClientRect().top ?? 0;
    let best: { readonly id: string; readonly gap: number } | undefined;
    for (const other of rows ?? []) {
      const gap = Math.abs((this.#elementOf(other.id)?.getBoundingClientRect().top ?? 0) - top);
      if (!best || gap < best.gap) best = { id: other.id, gap };
    }
    if (best) this.focus(best.id);
  }

  #toggle(id: string): void {
    if (!this.toggled.delete(id)) this.toggled.add(id);
    this.draw();
    this.focus(id);
    this.#listener.changed();
  }

  #select(id: string): void {
    const thread = Number(id.split('.')[0]);
    for (const row of this.#columnOf(thread)?.querySelectorAll<HTMLElement>('.row') ?? [])
      row.tabIndex = row.dataset['id'] === id ? 0 : -1;
    this.#mark(id);
    this.selected = id;
    this.#listener.changed();
  }

  #mark(id: string): void {
    for (const row of this.#element.querySelectorAll('.row[aria-selected="true"]'))
      row.setAttribute('aria-selected', 'false');
    this.#elementOf(id)?.setAttribute('aria-selected', 'true');
  }

  /** As many columns side by side as can be read, and rows of them as even as can be. */
  #arrange(): void {
    const threads = this.#view?.threads.length ?? 1;
    const fitting = Math.max(1, Math.floor((this.#element.clientWidth + gap) / (narrowest + gap)));
    const lines = Math.ceil(threads / Math.min(threads, fitting));
    this.#element.style.setProperty('--columns', String(Math.ceil(threads / lines)));
  }

  #rowOf(id: string | undefined): CycleRow | undefined {
    return this.#visible.flat().find((visible) => visible.id === id)?.row;
  }

  #columnOf(thread: number): HTMLElement | undefined {
    return this.#element.querySelector<HTMLElement>(`.thread[data-thread="${thread}"]`) ?? undefined;
  }

  #elementOf(id: string | undefined): HTMLElement | undefined {
    if (id === undefined) return undefined;
    return this.#element.querySelector<HTMLElement>(`.row[data-id="${id}"]`) ?? undefined;
  }
}

const narrowest = 300;
const gap = 16;

function idOf(target: EventTarget | null): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('.row')?.dataset['id'] : undefined;
}

function threadOf(target: EventTarget | null): number | undefined {
  const column = target instanceof Element ? target.closest<HTMLElement>('.thread') : undefined;
  return column ? Number(column.dataset['thread']) : undefined;
}
