// ring.ts
// The ring of waits: its threads can be reached with Tab, the arrow keys go from one to the next. A thread that is
// looked at stands out; the page keeps its column in step.

import type { CycleView } from '../../src/report/cycleView.ts';
import { make } from '../shared/elements.ts';
import { drawRing } from './ringDrawing.ts';

export interface RingListener {
  /** The pointer or the keyboard is on this thread; `undefined`: on none any more. */
  lookAt(thread: number | undefined): void;
  /** It was drawn anew, and nothing stands out any more. */
  drawn(): void;
  /** Its column is wanted. */
  choose(thread: number): void;
  /** The line at which it waits is wanted. */
  open(thread: number, focus: boolean): void;
}

// A picture of more would be no picture; the list has them all.
const mostNodes = 60;

export class Ring {
  readonly #figure: HTMLElement;
  readonly #listener: RingListener;
  #view: CycleView | undefined;
  #width = 0;
  #current = 0;

  constructor(figure: HTMLElement, listener: RingListener) {
    this.#figure = figure;
    this.#listener = listener;
    figure.addEventListener('pointerover', (event) => listener.lookAt(threadOf(event.target)));
    figure.addEventListener('pointerleave', () => listener.lookAt(undefined));
    figure.addEventListener('focusin', (event) => this.#focused(threadOf(event.target)));
    figure.addEventListener('focusout', () => listener.lookAt(undefined));
    figure.addEventListener('click', (event) => this.#clicked(threadOf(event.target)));
    figure.addEventListener('keydown', (event) => {
      if (this.#view && this.#keyPressed(event, this.#view.threads.length)) event.preventDefault();
    });
    new ResizeObserver(() => {
      if (Math.abs(figure.clientWidth - this.#width) > 1) this.#draw();
    }).observe(figure);
  }

  show(view: CycleView): void {
    this.#view = view;
    this.#current = 0;
    this.#draw();
  }

  get svg(): SVGSVGElement | undefined {
    return this.#figure.querySelector('svg') ?? undefined;
  }

  #draw(): void {
    const view = this.#view;
    if (!view) return;
    const hadFocus = this.#figure.contains(document.activeElement);
    this.#width = this.#figure.clientWidth;
    if (view.nodes.length > mostNodes) {
      const sentence = `The cycle has ${view.nodes.length} members: too many for a picture. The list below has all.`;
      this.#figure.replaceChildren(make('p', 'note', sentence));
      return;
    }
    this.#figure.replaceChildren(drawRing(view, this.#width, this.#figure));
    this.#moveTo(this.#current, hadFocus);
    this.#listener.drawn();
  }

  #focused(thread: number | undefined): void {
    if (thread === undefined) return;
    this.#moveTo(thread, false);
    this.#listener.lookAt(thread);
  }

  #clicked(thread: number | undefined): void {
    if (thread !== undefined) this.#listener.choose(thread);
  }

  #keyPressed(event: KeyboardEvent, count: number): boolean {
    if (event.altKey || event.ctrlKey || event.metaKey) return false;
    switch (event.key) {
      case 'ArrowRight':
      case 'ArrowDown':
        this.#moveTo((this.#current + 1) % count, true);
        return true;
      case 'ArrowLeft':
      case 'ArrowUp':
        this.#moveTo((this.#current + count - 1) % count, true);
        return true;
      case 'Home':
        this.#moveTo(0, true);
        return true;
      case 'End':
        this.#moveTo(count - 1, true);
        return true;
      case 'Enter':
        this.#listener.open(this.#current, true);
        return true;
      case ' ':
        this.#listener.choose(this.#current);
        return true;
      default:
        return false;
    }
  }

  #moveTo(thread: number, focus: boolean): void {
    this.#current = thread;
    for (const arc of this.#figure.querySelectorAll<SVGGElement>('.arc'))
      arc.tabIndex = threadOf(arc) === thread ? 0 : -1;
    if (focus) this.#figure.querySelector<SVGGElement>(`.arc[data-thread="${thread}"]`)?.focus();
  }
}

function threadOf(target: EventTarget | null): number | undefined {
  const arc = target instanceof Element ? target.closest<SVGGElement>('.arc') : undefined;
  const thread = arc?.dataset['thread'];
  return thread === undefined ? undefined : Number(thread);
}
