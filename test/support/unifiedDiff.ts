// unifiedDiff.ts
// Makes diffs of small texts, and small texts to make them of. Lines come from a few words, so that a hunk fits in many
// places and the nearest one must be found.

export type Random = (below: number) => number;

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Byte strings, with line ends; the last may have none. */
export type Lines = readonly string[];

export const pick = <T>(random: Random, values: readonly T[]): T => values[random(values.length)]!;

const words = [
  'a',
  'b',
  'c',
  '',
  '}',
  '\treturn 0;',
  ' x',
  '- ',
  '+',
  '@@ -1 +1 @@',
  '--- a/y',
  '\xc3\xa4',
  'r\r',
  '\\ n',
];

export function randomLines(random: Random, most = 30): Lines {
  const kinds = 1 + random(words.length);
  const lines = Array.from({ length: random(most) }, () => `${words[random(kinds)]!}\n`);
  return random(4) === 0 ? withoutLastNewline(lines) : lines;
}

/** A few lines added, taken away or changed. */
export function edited(random: Random, lines: Lines): Lines {
  const result = lines.map((line) => (line.endsWith('\n') ? line : `${line}\n`));
  for (let i = 1 + random(4); i > 0; i--) {
    const at = random(result.length + 1);
    const count = random(3);
    result.splice(at, random(3), ...Array.from({ length: count }, () => `${pick(random, words)}\n`));
  }
  return random(4) === 0 ? withoutLastNewline(result) : result;
}

/** The diff of one file, with `context` lines around each change; empty where nothing differs. */
export function unifiedDiff(path: string, before: Lines, after: Lines, context = 3): string {
  const steps = editScript(before, after);
  const hunks = groups(steps, context).map(([start, end]) => hunkText(steps, start, end));
  return hunks.length === 0 ? '' : `--- a/${path}\n+++ b/${path}\n${hunks.join('')}`;
}

const withoutLastNewline = (lines: Lines): Lines =>
  lines.length === 0 || lines.at(-1) === '\n' ? lines : [...lines.slice(0, -1), lines.at(-1)!.slice(0, -1)];

interface Step {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
}

/** By the longest common subsequence. */
function editScript(before: Lines, after: Lines): readonly Step[] {
  const length = before.map(() => new Array<number>(after.length + 1).fill(0));
  length.push(new Array<number>(after.length + 1).fill(0));
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      length[i]![j] =
        before[i] === after[j]
          ? length[i + 1]![j + 1]! + 1
          : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      steps.push({ sign: ' ', text: before[i++]! });
      j++;
    } else if (j === after.length || (i < before.length && length[i + 1]![j]! >= length[i]![j + 1]!))
      steps.push({ sign: '-', text: before[i++]! });
    else steps.push({ sign: '+', text: after[j++]! });
  }
  return steps;
}

function groups(steps: readonly Step[], context: number): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const [i, { sign }] of steps.entries()) {
    if (sign === ' ') continue;
    const last = found.at(-1);
    if (last && i - context <= last[1]) last[1] = Math.min(steps.length, i + 1 + context);
    else found.push([Math.max(0, i - context), Math.min(steps.length, i + 1 + context)]);
  }
  return found;
}

function hunkText(steps: readonly Step[], start: number, end: number): string {
  const count = (from: number, to: number, left: string): number =>
    steps.slice(from, to).filter(({ sign }) => sign !== left).length;
  const range = (left: string): string => {
    const lines = count(start, end, left);
    const first = count(0, start, left) + (lines === 0 ? 0 : 1);
    return lines === 1 ? `${first}` : `${first},${lines}`;
  };
  const body = steps
    .slice(start, end)
    .map(({ sign, text }) => sign + (text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`));
  return `@@ -${range('+')} +${range('-')} @@\n${body.join('')}`;
}
