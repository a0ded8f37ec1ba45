// changeSuppressions.ts
// What a person asks to be done to a list of suppressions, by ids or the beginnings of ids.

import { UserError } from '../base/errors.ts';
import type { KnownFinding } from './knownFindings.ts';
import { emptyList, oneLined, readSuppressionList } from './suppressionList.ts';
import type { SuppressionEntry, SuppressionList } from './suppressionList.ts';

/** What is not said stays as it is, or is taken from the last reports. */
export interface SuppressionWish {
  readonly status: SuppressionEntry['status'] | undefined;
  readonly reason: string | undefined;
  readonly title: string | undefined;
  readonly files: readonly string[];
}

export interface ChangedList {
  readonly list: SuppressionList;
  /** Those that were named, as they are now, or as they were before they were removed. */
  readonly entries: readonly SuppressionEntry[];
}

export function withSuppressed(
  list: SuppressionList,
  names: readonly string[],
  wish: SuppressionWish,
  known: readonly KnownFinding[],
): ChangedList {
  const ids = [...known, ...list.suppressions].map(({ id }) => id);
  const entries = names.map((name) => {
    const id = idNamed(name, ids, 'no report told of it lately; give all 12 digits, or run the report again');
    const before = list.suppressions.find((entry) => entry.id === id);
    return entryOf(
      id,
      wish,
      before,
      known.find((finding) => finding.id === id),
    );
  });
  const changed = new Set(entries.map(({ id }) => id));
  const others = list.suppressions.filter(({ id }) => !changed.has(id));
  return { list: { ...list, suppressions: [...others, ...byId(entries)] }, entries };
}

/** `elsewhere`: what to say of an id that is not in this list. */
export function withoutSuppressed(
  list: SuppressionList,
  names: readonly string[],
  elsewhere: (name: string) => string,
): ChangedList {
  const ids = list.suppressions.map(({ id }) => id);
  const gone = new Set(
    names.map((name) => {
      const id = idNamed(name, ids, elsewhere(name));
      if (!ids.includes(id)) throw notFound(name, elsewhere(name));
      return id;
    }),
  );
  return {
    list: { ...list, suppressions: list.suppressions.filter(({ id }) => !gone.has(id)) },
    entries: list.suppressions.filter(({ id }) => gone.has(id)),
  };
}

/** Throws where something in it is wrong: what was left out of it would be lost when it is written again. */
export function changeableList(bytes: Uint8Array | undefined, name: string): SuppressionList {
  if (!bytes) return emptyList;
  const { value, problems } = readSuppressionList(new TextDecoder().decode(bytes));
  const [first] = problems;
  if (!first) return value;
  const place = `${name}:${first.line}:${first.column}`;
  throw new UserError(
    'suppressions-unreadable',
    `${place}: ${first.text}; nothing is changed until this is right`,
  );
}

const wholeId = /^[0-9a-f]{12}$/;
// Shorter ones would be right by accident.
const partOfId = /^[0-9a-f]{4,12}$/;

function idNamed(name: string, ids: readonly string[], otherwise: string): string {
  const wanted = name.toLowerCase();
  if (!partOfId.test(wanted)) {
    const what = 'ids are the 12 hexadecimal digits below each finding of a report, or their first 4 or more';
    throw new UserError('finding-not-found', `${name} is no id of a finding; ${what}`);
  }
  const fitting = [...new Set(ids.filter((id) => id.startsWith(wanted)))].sort();
  const [first] = fitting;
  if (fitting.length > 1) {
    const shown = fitting.slice(0, 4).join(', ');
    const more = fitting.length > 4 ? ` and ${fitting.length - 4} more` : '';
    throw new UserError('finding-not-found', `${name} may be ${shown}${more}; give more digits`);
  }
  if (first !== undefined) return first;
  if (wholeId.test(wanted)) return wanted;
  throw notFound(name, otherwise);
}

const notFound = (name: string, why: string): UserError =>
  new UserError('finding-not-found', `${name} is not known: ${why}`);

function entryOf(
  id: string,
  wish: SuppressionWish,
  before: SuppressionEntry | undefined,
  known: KnownFinding | undefined,
): SuppressionEntry {
  const reason = wish.reason === undefined ? before?.reason : oneLined(wish.reason);
  if (reason === undefined || reason === '')
    throw new UserError(
      'missing-argument',
      `suppress needs --reason TEXT: why nobody has to look at ${id} again`,
    );
  const title = wish.title ?? known?.title ?? before?.title;
  const files = [wish.files, known?.files ?? [], before?.files ?? []].find((list) => list.length > 0);
  return {
    id,
    // It says least: neither that the report is wrong, nor that nobody will act on it.
    status: wish.status ?? before?.status ?? 'known',
    reason,
    ...(title !== undefined && { title: oneLined(title) }),
    ...(files && { files: [...new Set(files.map(oneLined))].sort() }),
  };
}

const byId = (entries: readonly SuppressionEntry[]): readonly SuppressionEntry[] => [
  ...new Map(entries.map((entry) => [entry.id, entry])).values(),
];
