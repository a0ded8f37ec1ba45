// hover.ts
// What an editor shows for the word under the mouse: the chain of a function as text with links, or who uses a lock. It
// comes from the index alone and says so; what is known of cycles is added.

import type { Hover } from 'vscode-languageserver';
import type { Token } from '../base/cancel.ts';
import { lineOf } from '../base/position.ts';
import type {
  CallerRow,
  FunctionReport,
  HeldRow,
  ObjectReport,
  OrderRow,
  Place,
  Row,
} from '../engine/results.ts';
import type { OperationEffect } from '../kernel/primitive.ts';
import { code, escaped } from '../report/markdown.ts';
import { counted, effectWords, enumerated, objectWords } from '../report/words.ts';
import { addressInside } from './addresses.ts';
import type { AskedTree } from './answers.ts';
import type { EditorPosition } from './columns.ts';
import type { FoundCycle } from './protocol.ts';
import type { TreePlaces } from './treePlaces.ts';

/** Of the file: what its driver was found to do; `undefined` before it was looked at. */
export type KnownFindings = readonly FoundCycle[] | undefined;

const mostRows = 12;
const mostCallers = 5;
const mostNamed = 4;

export async function hoverAt(
  { engine, path, root, isPartial, places }: AskedTree,
  position: EditorPosition,
  findings: KnownFindings,
  token: Token,
): Promise<Hover | null> {
  const at = (await places.read([path])).fromEditor(path, position);
  if (at === undefined) return null;
  const writer = new HoverWriter(root, places, isPartial);
  const object = await engine.objectAt(path, at, token);
  if (object) return hover(writer.object(object, findings));
  const report = await engine.functionAt(path, at, token);
  return report && isWorthTelling(report) ? hover(writer.chains(report, findings)) : null;
}

const hover = (value: string): Hover => ({ contents: { kind: 'markdown', value } });

/** Silence about a function that does nothing is what lenses do, too. */
const isWorthTelling = ({ rows, callers = [] }: FunctionReport): boolean =>
  rows.length > 0 || callers.some((row) => row.kind !== 'caller' || row.holds.length > 0);

class HoverWriter {
  readonly #root: string;
  readonly #places: TreePlaces;
  readonly #isPartial: boolean;

  constructor(root: string, places: TreePlaces, isPartial: boolean) {
    this.#root = root;
    this.#places = places;
    this.#isPartial = isPartial;
  }

  chains(report: FunctionReport, findings: KnownFindings): string {
    const { name, path, rows, unresolved } = report;
    const cycles = findings?.filter((one) =>
      one.functions.some((fn) => fn.name === name && fn.path === path),
    );
    const shown = rows.slice(0, mostRows);
    const notFollowed = [...new Set(unresolved)];
    return joined([
      `**${code(`${name}()`)}** — ${this.#link(fileAndLine({ path, at: report.start }), { path, at: report.start })}`,
      list([
        ...this.#callers(report.callers ?? [], report.moreCallers ?? 0),
        ...shown.map((row) => this.#row(row)),
        ...more(rows.length - shown.length),
      ]),
      notFollowed.length > 0 && `not followed: ${some(notFollowed.map(code))}`,
      this.#cycles(cycles),
      this.#source('calls one deep', findings),
    ]);
  }

  object(report: ObjectReport, findings: KnownFindings): string {
    const { objectKind, object, declared, uses, over, under, contexts, files } = report;
    const cycles = findings?.filter(({ view }) => view.nodes.some(({ name }) => name === object));
    const head = escaped(objectWords({ objectKind, object })).replace(escaped(object), code(object));
    return joined([
      `**${head}**${declared ? ` — ${this.#link(`declared ${fileAndLine(declared)}`, declared)}` : ''}`,
      list([
        ...this.#uses(uses),
        ...(over.length > 0 ? [`under it: ${some(over.map((row) => this.#order(row)))}`] : []),
        ...(under.length > 0 ? [`taken under: ${some(under.map((row) => this.#order(row)))}`] : []),
        ...contexts.map(
          (one) =>
            `comes from ${escaped(objectWords(one))}: ${this.#link(code(`${one.functionName}()`), one)}`,
        ),
      ]),
      this.#cycles(cycles),
      this.#source(`${counted(files, 'file')} of this folder, direct calls only`, findings),
    ]);
  }

  /** One line for each thing that is done to it. */
  #uses(uses: ObjectReport['uses']): readonly string[] {
    const effects = [...new Set(uses.map(({ effect }) => effect))].filter((effect) => effect !== 'release');
    const order = (effect: OperationEffect): number => (effect === 'acquire' ? 0 : effect === 'init' ? 2 : 1);
    effects.sort((a, b) => order(a) - order(b));
    return effects.map((effect) => {
      const byFunction = new Map(
        uses.filter((use) => use.effect === effect).map((use) => [`${use.path}:${use.functionName}`, use]),
      );
      const links = [...byFunction.values()].map((use) => this.#link(code(`${use.functionName}()`), use));
      return `${passive[effect]} ${some(links)}`;
    });
  }

  #order(row: OrderRow): string {
    return `${escaped(objectWords(row))} in ${this.#link(code(`${row.functionName}()`), row)}`;
  }

  #row(row: Row): string {
    const place = this.#link(fileAndLine(row), row);
    if (row.kind === 'operation') return `${effectWords[row.effect]} ${escaped(objectWords(row))} ${place}`;
    const via = row.via === undefined ? '' : ` via ${code(row.via)}`;
    const does = row.rows
      .filter((inner) => inner.kind === 'operation' && inner.effect !== 'release')
      .map((inner) => (inner.kind === 'operation' ? `${effectWords[inner.effect]} ${inner.object}` : ''));
    const said = does.length === 0 ? '' : `, which ${escaped(enumerated(firstOf(does)))}`;
    return `calls ${this.#link(code(`${row.callee}()`), row.definition)}${via}${said} ${place}`;
  }

  #callers(rows: readonly CallerRow[], hidden: number): readonly string[] {
    const shown = rows.slice(0, mostCallers);
    return [
      ...shown.map((row) => this.#caller(row)),
      ...more(rows.length - shown.length + hidden, 'callers'),
    ];
  }

  #caller(row: CallerRow): string {
    const holding = row.holds.length === 0 ? '' : `, holding ${escaped(row.holds.map(words).join(', '))}`;
    const place = this.#link(fileAndLine(row), row);
    switch (row.kind) {
      case 'caller':
        return `called by ${this.#link(code(`${row.caller}()`), row.definition)}${holding} ${place}`;
      case 'table':
        return `called via ${code(row.via)}${holding} ${place}`;
      case 'handler': {
        const queued = row.queuedBy.map((by) => this.#link(code(`${by.caller}()`), by));
        const by = queued.length === 0 ? '' : `, queued by ${some(queued)}`;
        return `handles ${escaped(objectWords(row))}${by} ${place}`;
      }
    }
  }

  #cycles(found: KnownFindings): string | false {
    if (!found || found.length === 0) return false;
    return list(found.slice(0, mostNamed).map(({ view }) => `**part of** ${escaped(view.title)}`));
  }

  /** What this comes from, so that what is missing is no surprise. */
  #source(how: string, findings: KnownFindings): string {
    const names = this.#isPartial ? ', whose names are still being read' : '';
    const from = findings
      ? `From the index${names}, and what was found in this driver`
      : `From the index alone${names}`;
    return `_${from}: ${how}._`;
  }

  #link(text: string, { path, at }: Place): string {
    const { line, character } = this.#places.toEditor(path, at);
    return `[${text}](${addressInside(this.#root, path)}#L${line + 1},${character + 1})`;
  }
}

// prettier-ignore
const passive: Readonly<Record<OperationEffect, string>> = {
  init: 'set up by', acquire: 'taken by', try: 'tried by', release: 'released by', downgrade: 'downgraded by',
  assert: 'needed by', wait: 'waited for by', signal: 'signalled by', get: 'got by', put: 'put by', queue: 'queued by',
  arm: 'armed by', cancel: 'cancelled by', disable: 'disabled by', enable: 'enabled by', register: 'registered by',
  unregister: 'unregistered by', notify: 'called by',
};

const words = (held: HeldRow): string => objectWords(held);

const fileAndLine = ({ path, at }: Place): string => `${path.slice(path.lastIndexOf('/') + 1)}:${lineOf(at)}`;

function some(links: readonly string[]): string {
  const shown = firstOf(links);
  return shown.length < links.length
    ? `${shown.join(', ')} and ${links.length - shown.length} more`
    : enumerated(shown);
}

const firstOf = (items: readonly string[]): readonly string[] => items.slice(0, mostNamed);

const more = (count: number, what = 'more'): readonly string[] =>
  count <= 0 ? [] : [what === 'more' ? `and ${count} more` : `and ${count} more ${what}`];

const list = (rows: readonly string[]): string => rows.map((row) => `- ${row}`).join('\n');

const joined = (parts: readonly (string | false)[]): string =>
  parts.filter((part) => part !== false && part !== '').join('\n\n');
