// subject.ts
// What a subject says: `[PATCH net v2 2/5] foo: bar`.

export interface Subject {
  /** Without what stands in brackets in front. */
  readonly text: string;
  readonly number: number | undefined;
  readonly total: number | undefined;
  readonly version: number;
  /** Whether the brackets call it a patch. */
  readonly isPatch: boolean;
  readonly isReply: boolean;
}

export function readSubject(full: string): Subject {
  const reply = /^(?:\s*(?:re|aw|antw|sv|vs|odp|ref|fwd?|wg|tr)(?:\[\d+\]|\(\d+\))?\s*:)+/i.exec(full);
  const rest = full.slice(reply?.[0].length ?? 0);
  const brackets = /^(?:\s*\[[^\][]*\]\s*:?)*/.exec(rest.slice(0, longest))?.[0] ?? '';
  const counts = /\b(\d{1,6})\/(\d{1,6})\b/.exec(brackets);
  const version = /(?:\b|patch|rfc)v(\d{1,4})\b/i.exec(brackets);
  return {
    text: rest.slice(brackets.length).trim(),
    number: counts ? Number(counts[1]) : undefined,
    total: counts ? Number(counts[2]) : undefined,
    version: version ? Number(version[1]) : 1,
    isPatch: /patch|rfc/i.test(brackets) || counts !== null,
    isReply: reply !== null,
  };
}

const longest = 2000;
