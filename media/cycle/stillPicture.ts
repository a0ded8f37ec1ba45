// stillPicture.ts
// The ring as a picture that stands alone: fonts resolved, the title above it, nothing linked. It is a card of white paper
// with colours of its own, so that it looks right in print and on a slide of any colour.

import type { CycleView } from '../../src/report/cycleView.ts';
import { draw } from '../shared/elements.ts';
import { rounded } from './geometry.ts';
import { measureOf } from './textWidth.ts';

const properties = [
  ...[
    'fill',
    'fill-opacity',
    'stroke',
    'stroke-width',
    'stroke-dasharray',
    'stroke-linecap',
    'stroke-linejoin',
  ],
  ...['opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'],
];

const margin = 32;
const narrowestTitle = 640;
const lineHeight = 24;

export function stillPicture(view: CycleView, ring: SVGSVGElement, page: HTMLElement): string {
  const wasLooking = page.classList.contains('looking');
  page.classList.remove('looking');
  page.classList.add('paper');
  try {
    return drawPicture(view, ring, page);
  } finally {
    page.classList.remove('paper');
    page.classList.toggle('looking', wasLooking);
  }
}

function drawPicture(view: CycleView, ring: SVGSVGElement, page: HTMLElement): string {
  const { width: ringWidth, height: ringHeight, x, y } = ring.viewBox.baseVal;
  const measure = measureOf(page);
  const widthOf = (line: string): number => measure(line, 'title');
  const lines = wrapped(view.title, Math.max(narrowestTitle, ringWidth), widthOf);
  const width = Math.max(ringWidth, ...lines.map(widthOf)) + 2 * margin;
  const top = margin + lines.length * lineHeight + 12;
  const height = top + ringHeight + margin + 28;
  const style = getComputedStyle(page);
  const picture = draw('svg', {
    xmlns: 'http://www.w3.org/2000/svg',
    width: rounded(width),
    height: rounded(height),
    viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
    role: 'img',
  });
  const title = draw('title', {});
  title.textContent = view.title;
  picture.append(title, draw('rect', { width: '100%', height: '100%', rx: 12, fill: backgroundOf(page) }));
  const family = style.fontFamily;
  lines.forEach((line, i) =>
    picture.append(
      label(line, {
        x: rounded(width / 2),
        y: margin + 14 + i * lineHeight,
        'font-size': 18,
        'font-weight': 600,
      }),
    ),
  );
  const drawing = draw('g', {
    transform: `translate(${rounded(width / 2 - x - ringWidth / 2)} ${rounded(top - y)})`,
  });
  drawing.append(...[...ring.children].map((child) => resolved(child)));
  picture.append(
    drawing,
    label(view.verdict, { x: rounded(width / 2), y: rounded(height - margin), 'font-size': 14 }),
  );
  for (const text of picture.querySelectorAll(':scope > text')) {
    text.setAttribute('font-family', family);
    text.setAttribute('fill', style.color);
    text.setAttribute('text-anchor', 'middle');
  }
  return `${new XMLSerializer().serializeToString(picture)}\n`;
}

/** A copy with the look of the original as attributes, and without what only a page needs. */
function resolved(original: Element): Element {
  const copy = original.cloneNode(false) as Element;
  for (const name of [
    'class',
    'role',
    'tabindex',
    'aria-label',
    'aria-pressed',
    'aria-hidden',
    'data-thread',
    'data-node',
  ])
    copy.removeAttribute(name);
  const style = getComputedStyle(original);
  if (original.tagName !== 'g' && original.tagName !== 'title')
    for (const name of properties) copy.setAttribute(name, style.getPropertyValue(name));
  for (const child of original.childNodes)
    copy.append(child instanceof Element ? resolved(child) : child.cloneNode());
  return copy;
}

function label(content: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const created = draw('text', attributes);
  created.textContent = content;
  return created;
}

function backgroundOf(page: HTMLElement): string {
  const probe = document.createElement('span');
  probe.className = 'background';
  page.append(probe);
  const { backgroundColor } = getComputedStyle(probe);
  probe.remove();
  return backgroundColor;
}

function wrapped(text: string, width: number, widthOf: (line: string) => number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
