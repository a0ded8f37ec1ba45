// cycle.ts
// The page of one cycle of waits: takes what the extension sends, keeps list and picture in step, and what must survive
// a reload.

import { facts, fillConfidence, sentencesBelow, titleParts } from './cycle/head.ts';
import type { Depth, FromPage, PageState, ShownCycle, ToPage } from './cycle/messages.ts';
import { readState } from './cycle/messages.ts';
import { Ring } from './cycle/ring.ts';
import { stillPicture } from './cycle/stillPicture.ts';
import { shownSentence } from './cycle/sentences.ts';
import { Story } from './cycle/story.ts';
import type { CycleStep } from '../src/report/cycleRows.ts';
import { byId, make } from './shared/elements.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();
const page = byId('cycle');
const reasons = byId('reasons');
const confidence = byId('confidence');
const pin = byId('pin');
const said = byId('said');
let shown: ShownCycle | undefined;
let isPinned = false;
/** Stands out as long as nothing else is looked at. */
let chosenThread: number | undefined;
let lookedAt: number | undefined;

const story = new Story(byId('story'), {
  open,
  lookAt,
  goTo,
  escape: () => choose(undefined),
  changed: keepState,
});
const ring = new Ring(byId('ring'), {
  lookAt,
  drawn: showLooked,
  choose: (thread) => choose(thread === chosenThread ? undefined : thread),
  open: (thread, focus) => {
    const last = lastStep(thread);
    if (last) open(last, focus);
  },
});

for (const depth of ['own', 'all'] as const)
  byId(`depth-${depth}`).addEventListener('click', () => setDepth(depth));
for (const what of ['text', 'reply', 'id'] as const)
  byId(`copy-${what}`).addEventListener('click', () => vscode.postMessage({ type: 'copy', what }));
byId('save-svg').addEventListener('click', saveSvg);
byId('asides').addEventListener('click', ({ target }) => {
  const id = target instanceof Element ? target.closest<HTMLElement>('.same')?.dataset['same'] : undefined;
  if (id !== undefined) vscode.postMessage({ type: 'showSame', id });
});
confidence.addEventListener('click', () => showReasons(reasons.hidden !== false));
pin.addEventListener('click', () => {
  setPinned(!isPinned);
  vscode.postMessage({ type: 'pin', isPinned });
});
document.addEventListener('keydown', (event) => {
  const { key, target } = event;
  // Who comes by keyboard wants to walk the steps, and not to pass all the buttons first.
  if (key === 'ArrowDown' && target === document.body) {
    if (!story.focusSelected()) goTo(chosenThread ?? 0);
    return event.preventDefault();
  }
  const isInStory = target instanceof Element && target.closest('#story') !== null;
  if (key !== 'Escape' || isInStory) return;
  if (reasons.hidden) choose(undefined);
  else showReasons(false);
});
// Who comes back from a line goes on where they were. Nothing may move under a pointer that is about to click.
window.addEventListener('focus', () => {
  if (document.activeElement === document.body) story.focusSelected({ preventScroll: true });
});
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
restoreState();
vscode.postMessage({ type: 'ready' });

function receive(message: ToPage): void {
  switch (message.type) {
    case 'show':
      if (message.shown.view.id !== shown?.view.id) {
        forget();
        byId('shown').textContent = shownSentence(message.shown.view, message.shown.same?.length ?? 0);
      }
      setPinned(message.isPinned);
      show(message.shown);
      return keepState();
    case 'done':
      said.textContent = message.sentence;
      return;
  }
}

function show(cycle: ShownCycle): void {
  shown = cycle;
  const { view } = cycle;
  page.hidden = false;
  page.dataset['status'] = view.status;
  byId('facts').replaceChildren(...facts(view));
  byId('title').replaceChildren(...titleParts(view));
  fillConfidence(confidence, view);
  reasons.replaceChildren(...view.reasons.map((sentence) => make('li', '', sentence)));
  byId('copy-id').textContent = view.id;
  // What lockdep has seen is no claim of ours: it has no confidence, and nobody suppresses it.
  for (const own of [confidence, byId('copy-id')]) own.hidden = view.seen !== undefined;
  byId('copy-reply').hidden = view.reply === '';
  byId('verdict').textContent = view.verdict;
  byId('asides').replaceChildren(...sentencesBelow(view, cycle.same));
  byId('depth').hidden = !view.threads.some(({ rows }) => rows.some(({ kind }) => kind === 'fold'));
  ring.show(view);
  story.show(view);
  showDepth();
  lookAt(undefined);
}

/** What the reader has opened and chosen in another cycle says nothing about this one. */
function forget(): void {
  story.toggled.clear();
  story.selected = undefined;
  chosenThread = undefined;
  showReasons(false);
  said.textContent = '';
}

function open({ path, line, column, isChanged }: CycleStep, focus: boolean): void {
  if (path !== '') vscode.postMessage({ type: 'open', path, line, column, isChanged, focus });
}

function lastStep(thread: number): CycleStep | undefined {
  const row = shown?.view.threads[thread]?.rows.at(-1);
  return row?.kind === 'fold' ? row.steps.at(-1) : row;
}

/** List and picture in step: what belongs to the thread stands out in both, and the rest steps back. */
function lookAt(thread: number | undefined): void {
  lookedAt = thread;
  showLooked();
}

function showLooked(): void {
  const looked = lookedAt ?? chosenThread;
  page.classList.toggle('looking', looked !== undefined);
  const { holds, wants } = shown?.view.threads[looked ?? -1] ?? {};
  for (const part of page.querySelectorAll<HTMLElement | SVGElement>('[data-thread], [data-node]')) {
    const { thread: ofThread, node } = part.dataset;
    const isLit =
      ofThread === undefined ? [holds, wants].includes(Number(node)) : Number(ofThread) === looked;
    part.classList.toggle('lit', isLit);
    if (part.classList.contains('arc'))
      part.setAttribute('aria-pressed', String(Number(ofThread) === chosenThread));
  }
}

function choose(thread: number | undefined): void {
  chosenThread = thread;
  lookAt(undefined);
  if (thread !== undefined)
    page.querySelector(`.thread[data-thread="${thread}"]`)?.scrollIntoView({ block: 'nearest' });
  keepState();
}

function goTo(thread: number): void {
  story.focusThread(thread);
}

function setDepth(depth: Depth): void {
  story.depth = depth;
  story.toggled.clear();
  story.draw();
  showDepth();
  keepState();
}

function showDepth(): void {
  for (const depth of ['own', 'all'] as const)
    byId(`depth-${depth}`).setAttribute('aria-pressed', String(depth === story.depth));
}

function showReasons(isShown: boolean): void {
  reasons.hidden = !isShown;
  confidence.setAttribute('aria-expanded', String(isShown));
  keepState();
}

function setPinned(pinned: boolean): void {
  isPinned = pinned;
  pin.setAttribute('aria-pressed', String(pinned));
  keepState();
}

function saveSvg(): void {
  const { svg } = ring;
  if (shown && svg) vscode.postMessage({ type: 'saveSvg', svg: stillPicture(shown.view, svg, page) });
}

function restoreState(): void {
  const state = readState(vscode.getState());
  if (!state) return;
  for (const id of state.toggled) story.toggled.add(id);
  story.depth = state.depth;
  story.selected = state.selected;
  chosenThread = state.chosenThread;
  showReasons(state.showsReasons);
  setPinned(state.isPinned);
  show(state.shown);
  keepState();
}

function keepState(): void {
  if (!shown) return;
  const { depth, selected, toggled } = story;
  const showsReasons = !reasons.hidden;
  vscode.setState({ shown, isPinned, depth, toggled: [...toggled], selected, chosenThread, showsReasons });
}
