// chains.ts
// The page of the Lock chains panel: takes what the extension sends, keeps what must survive a reload.

import { ChainsList } from './chains/chainsList.ts';
import type { ChainsTarget, ChainsView, FromPage, PageState, ToPage } from './chains/messages.ts';
import { emptySentence, partialSentence, unresolvedSentence } from './chains/sentences.ts';
import { byId, make } from './shared/elements.ts';
import type { FunctionChains } from '../src/server/protocol.ts';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
};

const vscode = acquireVsCodeApi();
const title = byId('title');
const place = byId('place');
const back = byId('back');
const note = byId('note');
const unresolved = byId('unresolved');
const tree = byId('chains');
let target: ChainsTarget | undefined;
let shown: FunctionChains | undefined;

const list = new ChainsList(tree, {
  open: (row, focus) => vscode.postMessage({ type: 'open', place: row, focus }),
  follow: (row) => vscode.postMessage({ type: 'showFunction', name: row.callee, place: row.definition }),
  back: () => vscode.postMessage({ type: 'back' }),
  changed: keepState,
});

back.addEventListener('click', () => vscode.postMessage({ type: 'back' }));
place.addEventListener('click', () => {
  if (shown) vscode.postMessage({ type: 'open', place: shown, focus: true });
});
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => receive(data));
restoreState();
vscode.postMessage({ type: 'ready' });

function receive(message: ToPage): void {
  switch (message.type) {
    case 'show':
      if (!isSameFunction(target, message.target)) forgetFolding();
      target = message.target;
      show(message.view);
      if (message.focus) list.focus();
      keepState();
      return;
    case 'history':
      back.hidden = !message.canGoBack;
      return;
  }
}

function show(view: ChainsView): void {
  switch (view.kind) {
    case 'waiting':
      document.body.classList.add('waiting');
      return;
    case 'nothing':
      document.body.classList.remove('waiting');
      setNote(view.sentence);
      tree.hidden = true;
      unresolved.hidden = true;
      place.hidden = true;
      title.textContent = target?.functionName === undefined ? '' : `${target.functionName}()`;
      return;
    case 'chains':
      document.body.classList.remove('waiting');
      showChains(view.chains, view.isPartial);
      return;
  }
}

function showChains(chains: FunctionChains, isPartial: boolean): void {
  shown = chains;
  title.textContent = `${chains.name}()`;
  place.hidden = false;
  place.textContent = `${chains.path}:${chains.line + 1}`;
  const sentences = [
    ...(chains.rows.length === 0 ? [emptySentence(chains)] : []),
    ...(isPartial ? [partialSentence] : []),
  ];
  setNote(sentences.join(' '));
  tree.hidden = chains.rows.length === 0;
  tree.setAttribute('aria-label', `Lock chains of ${chains.name}`);
  list.show(chains);
  showUnresolved(chains.unresolved);
}

function showUnresolved(calls: readonly string[]): void {
  unresolved.hidden = calls.length === 0;
  const names = make('ul', 'calls');
  names.append(...calls.map((call) => make('li', '', call)));
  unresolved.replaceChildren(make('p', '', unresolvedSentence(calls.length)), names);
}

function setNote(sentence: string): void {
  note.textContent = sentence;
  note.hidden = sentence === '';
}

function forgetFolding(): void {
  list.collapsed.clear();
  list.selected = undefined;
}

function restoreState(): void {
  const state = vscode.getState();
  if (!state) return;
  target = state.target;
  for (const id of state.collapsed) list.collapsed.add(id);
  list.selected = state.selected;
}

function keepState(): void {
  if (target) vscode.setState({ target, collapsed: [...list.collapsed], selected: list.selected });
}

function isSameFunction(one: ChainsTarget | undefined, other: ChainsTarget): boolean {
  return one?.uri === other.uri && one.functionName === other.functionName;
}
