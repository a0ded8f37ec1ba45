// ringDrawing.ts
// Draws the ring: nodes with icon, name and kind; threads as arcs, a solid line with a disc where something is held, a
// dashed one with an arrow to what is waited for. So the direction does not depend on colour.

import type { CycleNode, CycleThread, CycleView } from '../../src/report/cycleView.ts';
import { draw } from '../shared/elements.ts';
import { familyOf, icons } from './families.ts';
import type { NodeFamily } from './families.ts';
import { at, rounded } from './geometry.ts';
import type { Box, Curve, Point, Size } from './geometry.ts';
import { layOutLadder, layOutRing } from './ringLayout.ts';
import type { RingLayout } from './ringLayout.ts';
import { measureOf, shortened } from './textWidth.ts';
import type { Measure } from './textWidth.ts';

export function drawRing(view: CycleView, width: number, page: HTMLElement): SVGSVGElement {
  const measure = measureOf(page);
  const beside = {
    node: Math.max(110, Math.min(320, width * 0.62 - 70)),
    thread: Math.max(100, Math.min(260, width * 0.42 - 40)),
  };
  const above = Math.max(110, Math.min(320, width - ladderMargin));
  const first = labelled(view, width, beside, measure);
  // One above the other there is more room for names.
  const { nodes, threads, layout } =
    first.layout.kind === 'ladder'
      ? labelled(view, width, { node: above, thread: above }, measure, 'ladder')
      : first;
  const svg = draw('svg', {
    class: `ring ${layout.kind}`,
    width: rounded(layout.width),
    height: rounded(layout.height),
    viewBox: [-layout.width / 2, layout.top, layout.width, layout.height].map(rounded).join(' '),
    role: 'group',
    'aria-label': `Ring of waits: ${view.threads.length === 1 ? '1 thread' : `${view.threads.length} threads`}`,
  });
  svg.append(...nodes.map((label, i) => drawNode(label, i, layout.nodes[i]!)));
  svg.append(...threads.map((label, i) => drawArc(label, i, layout.threads[i]!, layout.arcs[i]!)));
  return svg;
}

// The way back on both sides, so that the middle stays in the middle, and what stands around a name.
const ladderMargin = 116;

interface Labelled {
  readonly nodes: readonly NodeLabel[];
  readonly threads: readonly ThreadLabel[];
  readonly layout: RingLayout;
}

/** `most`: how wide names may get. */
function labelled(
  view: CycleView,
  width: number,
  most: { readonly node: number; readonly thread: number },
  measure: Measure,
  kind?: 'ladder',
): Labelled {
  const nodes = view.nodes.map((node) => labelNode(node, most.node, measure));
  const threads = view.threads.map((thread) => labelThread(view, thread, most.thread, measure));
  const parts = {
    nodes: nodes.map(({ size }) => size),
    threads: threads.map(({ size, thread: { holds, wants } }) => ({ ...size, holds, wants })),
    isClosed: view.isClosed,
    width,
  };
  return { nodes, threads, layout: kind === undefined ? layOutRing(parts) : layOutLadder(parts) };
}

interface NodeLabel {
  readonly node: CycleNode;
  readonly name: string;
  readonly size: Size;
}

interface ThreadLabel {
  readonly thread: CycleThread;
  readonly name: string;
  readonly words: string;
  readonly held: string;
  readonly wanted: string;
  readonly size: Size;
}

const iconSpace = 24;
const nodePadding = 12;
const badgeSpace = 26;

function labelNode(node: CycleNode, mostText: number, measure: Measure): NodeLabel {
  const name = shortened(node.name, mostText, (text) => measure(text, 'name'));
  const text = Math.max(measure(name, 'name'), measure(node.kindWords, 'small'));
  return { node, name, size: { width: text + iconSpace + 2 * nodePadding, height: 44 } };
}

function labelThread(
  { nodes }: CycleView,
  thread: CycleThread,
  mostText: number,
  measure: Measure,
): ThreadLabel {
  const name = shortened(`${thread.fn}()`, mostText, (text) => measure(text, 'name'));
  const words = `${thread.holdingWords} → ${thread.wantingWords}`;
  const text = Math.max(measure(name, 'name'), measure(words, 'small'));
  const [held = '', wanted = ''] = [nodes[thread.holds]?.name, nodes[thread.wants]?.name];
  return { thread, name, words, held, wanted, size: { width: text + badgeSpace + 26, height: 40 } };
}

function drawNode({ node, name, size }: NodeLabel, index: number, box: Box): SVGElement {
  const family = familyOf(node.kind);
  const group = draw('g', {
    class: `node ${family}`,
    'data-node': index,
    transform: `translate(${at(box)})`,
  });
  const left = -size.width / 2 + nodePadding;
  const lines = node.kindWords === '' ? 5 : -2;
  group.append(
    titled(node.kindWords === '' ? node.name : `${node.name} (${node.kindWords})`),
    draw('path', { class: 'outline', d: outline(family, size) }),
    draw('path', { class: 'icon', d: icons[family], transform: `translate(${rounded(left)} -8)` }),
    text('name', name, left + iconSpace, lines),
    text('small', node.kindWords, left + iconSpace, 14),
  );
  return group;
}

function drawArc(
  { name, words, held, wanted, size }: ThreadLabel,
  index: number,
  box: Box,
  { holding, waiting }: { readonly holding: Curve; readonly waiting: Curve },
): SVGElement {
  const group = draw('g', {
    class: 'arc',
    role: 'button',
    tabindex: -1,
    'data-thread': index,
    // Begins with what can be seen, by which people call it who speak to their computer.
    'aria-label': `Thread ${index + 1} ${name} ${words}: ${held} → ${wanted}`,
    'aria-pressed': 'false',
  });
  const left = box.x - size.width / 2;
  group.append(
    draw('path', { class: 'reach', d: `${holding.path}${waiting.path}` }),
    draw('path', { class: 'holding', d: holding.path }),
    draw('circle', { class: 'taken', cx: rounded(holding.from.x), cy: rounded(holding.from.y), r: 5 }),
    draw('path', { class: 'waiting', d: waiting.path }),
    draw('path', { class: 'arrow', d: arrowHead(waiting.to, waiting.direction) }),
    draw('rect', {
      class: 'label',
      x: rounded(left),
      y: rounded(box.y - size.height / 2),
      width: size.width,
      height: size.height,
      rx: rounded(size.height / 2),
    }),
    draw('circle', { class: 'badge', cx: rounded(left + 20), cy: rounded(box.y), r: 10 }),
    text('number', String(index + 1), left + 20, box.y + 4),
    ' ',
    text('name', name, left + badgeSpace + 10, box.y - 2),
    ' ',
    text('small', words, left + badgeSpace + 10, box.y + 13),
  );
  return group;
}

/** Locks have corners, what runs is round, everything else is cut off at the corners. */
function outline(family: NodeFamily, { width, height }: Size): string {
  const [x, y] = [width / 2, height / 2];
  switch (family) {
    case 'lock':
      return roundedBox(x, y, 6);
    case 'handler':
    case 'timer':
    case 'interrupt':
      return roundedBox(x, y, y);
    case 'event':
    case 'references':
    case 'other':
    case 'return':
      return `M${10 - x} ${-y}H${x - 10}L${x} ${10 - y}V${y - 10}L${x - 10} ${y}H${10 - x}L${-x} ${y - 10}V${10 - y}z`;
  }
}

const roundedBox = (x: number, y: number, r: number): string =>
  `M${r - x} ${-y}H${x - r}A${r} ${r} 0 0 1 ${x} ${r - y}V${y - r}A${r} ${r} 0 0 1 ${x - r} ${y}` +
  `H${r - x}A${r} ${r} 0 0 1 ${-x} ${y - r}V${r - y}A${r} ${r} 0 0 1 ${r - x} ${-y}z`;

function arrowHead({ x, y }: Point, { x: dx, y: dy }: Point): string {
  const [length, half] = [11, 5.5];
  const base = { x: x - dx * length, y: y - dy * length };
  const left = { x: base.x - dy * half, y: base.y + dx * half };
  const right = { x: base.x + dy * half, y: base.y - dx * half };
  return `M${at({ x, y })}L${at(left)}L${at(right)}z`;
}

function text(className: string, content: string, x: number, y: number): SVGElement {
  const created = draw('text', {
    class: className,
    x: rounded(x),
    y: rounded(y),
  });
  created.textContent = content;
  return created;
}

function titled(content: string): SVGElement {
  const title = draw('title', {});
  title.textContent = content;
  return title;
}
