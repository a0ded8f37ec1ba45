// checkFixture.ts
// A C file with the answer inside: reads the `check-` lines of its head comment, and says what of the findings does
// not agree with them.
//
//   check-name: what the file shows, in one line
//   check-expect: RULE CONFIDENCE: CLASS -> CLASS; FUNCTION, FUNCTION    one line for each finding; at least that
//                 confident, these classes in the ring, these functions among the steps; parts may be left out
//   check-expect: none           no finding of medium or high confidence
//   check-expect: none at all    not even one of low confidence
//   check-gives-up: FUNCTION     the reader must be told that this function was not followed to its end
//   check-no-c: REASON           no compiler would take it
//   check-known-wrong: REASON    what is expected does not come out; the test fails as soon as it does
//   check-today: RULE CONFIDENCE: CLASS -> CLASS                         what comes out instead, as above

import type { Confidence, Finding, Rule } from '../../src/waits/finding.ts';
import { confidences, rules } from '../../src/waits/finding.ts';

export interface Fixture {
  readonly name: string;
  readonly expectation: Expectation;
  readonly givesUp: readonly string[];
  readonly knownWrong: { readonly reason: string; readonly today: Expectation } | undefined;
}

export interface Expectation {
  readonly findings: readonly ExpectedFinding[];
  /** Findings that are not expected are allowed if no more confident than this. */
  readonly tolerates: 'low' | 'nothing';
}

export interface ExpectedFinding {
  readonly rule: Rule;
  readonly atLeast: Confidence;
  /** The ring, from its smallest name on. */
  readonly classes: readonly string[];
  readonly functions: readonly string[];
}

const keys = ['name', 'expect', 'gives-up', 'no-c', 'known-wrong', 'today'];

export function readFixture(text: string): Fixture {
  const head = text.slice(0, text.indexOf('*/'));
  const lines = [...head.matchAll(/^ \* check-([a-z-]+): (.*)$/gm)].map(([, key = '', value = '']) => ({
    key,
    value,
  }));
  const misspelt = lines.find(({ key }) => !keys.includes(key));
  if (misspelt) throw new Error(`unknown line check-${misspelt.key}`);
  const valuesOf = (key: string): string[] =>
    lines.flatMap((line) => (line.key === key ? [line.value.trim()] : []));
  const [reason] = valuesOf('known-wrong');
  return {
    name: valuesOf('name')[0] ?? missing('check-name'),
    expectation: readExpectation(valuesOf('expect')),
    givesUp: valuesOf('gives-up').flatMap(listOf),
    knownWrong: reason === undefined ? undefined : { reason, today: readExpectation(valuesOf('today')) },
  };
}

/** What does not agree, one sentence each; empty: all is as expected. */
export function disagreements(
  { findings, tolerates }: Expectation,
  found: readonly Finding[],
): readonly string[] {
  const left = [...found];
  const missed: string[] = [];
  for (const expected of findings) {
    const index = left.findIndex((finding) => isExpected(expected, finding));
    if (index < 0) missed.push(`not found: ${textOfExpected(expected)}`);
    else left.splice(index, 1);
  }
  const tooMuch = left.filter(({ confidence }) => tolerates === 'nothing' || confidence !== 'low');
  return [...missed, ...tooMuch.map((finding) => `not expected: ${textOf(finding)}`)];
}

export function textOf(finding: Finding): string {
  return `${finding.rule} ${finding.confidence}: ${ringOf(finding).join(' -> ')}; ${functionsOf(finding).join(', ')}`;
}

function readExpectation(lines: readonly string[]): Expectation {
  if (lines.length === 0) return missing('check-expect or check-today');
  if (lines.length === 1 && lines[0] === 'none') return { findings: [], tolerates: 'low' };
  if (lines.length === 1 && lines[0] === 'none at all') return { findings: [], tolerates: 'nothing' };
  return { findings: lines.map(readExpected), tolerates: 'low' };
}

function readExpected(line: string): ExpectedFinding {
  const [, ruleText = '', atLeastText = '', ring = '', functions = ''] =
    /^(\S+) (\S+):([^;]*)(?:;(.*))?$/.exec(line) ?? [];
  const rule = rules.find((name) => name === ruleText);
  const atLeast = confidences.find((name) => name === atLeastText);
  if (!rule || !atLeast) throw new Error(`no finding: ${line}`);
  const classes = ring.split('->').flatMap((name) => (name.trim() ? [name.trim()] : []));
  return { rule, atLeast, classes: rotated(classes), functions: listOf(functions) };
}

function isExpected({ rule, atLeast, classes, functions }: ExpectedFinding, finding: Finding): boolean {
  const ring = ringOf(finding);
  return (
    finding.rule === rule &&
    confidences.indexOf(finding.confidence) <= confidences.indexOf(atLeast) &&
    (classes.length === 0 || classes.join(' -> ') === ring.join(' -> ')) &&
    functions.every((name) => functionsOf(finding).includes(name))
  );
}

function textOfExpected({ rule, atLeast, classes, functions }: ExpectedFinding): string {
  return `${rule} ${atLeast}: ${classes.join(' -> ')}; ${functions.join(', ')}`;
}

/** The classes that are held, round the ring from the smallest name on; its direction is kept. */
function ringOf({ edges }: Finding): readonly string[] {
  return rotated(edges.map(({ holds }) => holds.name));
}

function functionsOf({ edges }: Finding): readonly string[] {
  const named = edges.flatMap(({ root, steps }) => [root.fn, ...steps.map((step) => step.fn)]);
  return [...new Set(named)];
}

function rotated(ring: readonly string[]): readonly string[] {
  let first = 0;
  for (let i = 1; i < ring.length; i++) if ((ring[i] ?? '') < (ring[first] ?? '')) first = i;
  return [...ring.slice(first), ...ring.slice(0, first)];
}

const listOf = (text: string): string[] =>
  text.split(',').flatMap((name) => (name.trim() ? [name.trim()] : []));

function missing(what: string): never {
  throw new Error(`no line ${what}`);
}
