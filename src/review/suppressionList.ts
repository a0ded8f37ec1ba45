// suppressionList.ts
// A list of findings that somebody has looked at and that nobody needs to hear of again: the file in the tree that a team
// shares, and the one of a single person. Both have this form, sorted by id, so that two additions seldom meet in a merge.

import { parseJson } from '../kernel/locatedJson.ts';
import type { Parsed, Problem } from '../kernel/problem.ts';
import { problemAt } from '../kernel/problem.ts';
import type { Schema } from '../kernel/shape.ts';
import { exactly, list, oneOf, optional, record, required, text } from '../kernel/shape.ts';
import type { Suppression } from './reviewed.ts';

/** In the root of the tree. */
export const suppressionsFile = '.holdwait-suppressions.json';

export const suppressionStatuses = ['false-positive', 'known', 'wont-fix'] as const;

export interface SuppressionEntry {
  readonly id: string;
  readonly status: Suppression['status'];
  readonly reason: string;
  /** Of the finding, for readers of the list. */
  readonly title?: string;
  /** Which files must have been looked at before its absence means anything. */
  readonly files?: readonly string[];
}

export interface SuppressionList {
  readonly $schema?: string;
  readonly version: 1;
  readonly suppressions: readonly SuppressionEntry[];
}

// What the file holds goes to terminals: nothing that moves a cursor or turns a word round.
const moving = '\\u0000-\\u001f\\u007f-\\u009f\\u2028-\\u202e\\u2066-\\u2069';

export const emptyList: SuppressionList = { version: 1, suppressions: [] };

/** Entries with mistakes are left out, so that their findings are told; each mistake is a problem. */
export function readSuppressionList(source: string): Parsed<SuppressionList> {
  const problems: Problem[] = [];
  const json = parseJson(source);
  if (!('kind' in json)) return { value: emptyList, problems: [json] };
  const report = (place: { readonly start: number }, what: string): void => {
    if (problems.length < mostProblems) problems.push(problemAt(source, place.start, what));
  };
  const file = listShape.read(json, '', report) ?? {};
  const suppressions = file.suppressions ?? [];
  for (const id of repeatedIds(suppressions))
    report(json, `${id} is there more than once: remove all entries but one`);
  return { value: { ...file, version: 1, suppressions: withoutRepeats(suppressions) }, problems };
}

/** The same entries give the same bytes. */
export function printSuppressionList({ $schema, suppressions }: SuppressionList): string {
  const sorted = [...suppressions].sort((a, b) => (a.id < b.id ? -1 : 1));
  const entries = sorted.map(({ id, status, reason, title, files }) => ({
    id,
    status,
    reason,
    title,
    files,
  }));
  return `${JSON.stringify({ $schema, version: 1, suppressions: entries }, undefined, 2)}\n`;
}

/** As the file takes it, whatever a shell let through. */
export const oneLined = (words: string): string =>
  words.replace(new RegExp(`[\\s${moving}]+`, 'g'), ' ').trim();

/** For editors: what the file may hold. */
export function suppressionListSchema(): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Holdwait: findings that need not be told again',
    ...listShape.schema,
  };
}

interface ListFile {
  readonly $schema?: string;
  readonly version?: 1;
  readonly suppressions?: readonly SuppressionEntry[];
}

// Saying where each of a million mistakes stands would take longer than anybody waits, or reads.
const mostProblems = 20;

const oneLine = new RegExp(`^[^${moving}]*$`);
const oneLineOfText = new RegExp(`^(?=.*\\S)[^${moving}]+$`);

const entryShape = record<SuppressionEntry>({
  id: required(
    text('the id of a finding as reports print it, 12 hexadecimal digits', /^[0-9a-f]{12}$/),
    'The id of the finding, as reports print it.',
  ),
  status: required(
    oneOf(suppressionStatuses),
    'false-positive: it cannot happen. known: it can, and is dealt with elsewhere. wont-fix: it can, and stays.',
  ),
  reason: required(
    text('one line that says why nobody needs to look again', oneLineOfText),
    'Why nobody needs to look at it again.',
  ),
  title: optional(text('one line', oneLine), 'What the finding is, for readers of this file.'),
  files: optional(
    list(text('a path from the root of the tree', oneLineOfText)),
    'Where it was found. It is stale once these files were looked at and it was not found.',
  ),
});

const listShape = record<ListFile>(
  {
    $schema: optional(text('the address of a schema', /^/), 'Where editors find what this file may hold.'),
    version: required(exactly(1), 'The version of this format.'),
    suppressions: optional(list(entryShape), 'Findings that need not be told, sorted by their ids.'),
  },
  'leave out',
);

const repeatedIds = (entries: readonly SuppressionEntry[]): ReadonlySet<string> => {
  const seen = new Set<string>();
  return new Set(entries.map(({ id }) => id).filter((id) => seen.has(id) || !seen.add(id)));
};

/** The first one counts. */
const withoutRepeats = (entries: readonly SuppressionEntry[]): readonly SuppressionEntry[] =>
  [...new Map(entries.toReversed().map((entry) => [entry.id, entry])).values()].reverse();
