// shape.ts
// Shapes of values in a file that people write: one description gives the reader, with what it says about mistakes,
// and the JSON Schema by which editors help.

import type { Json } from './locatedJson.ts';

export type Schema = Readonly<Record<string, unknown>>;

/** Takes what is wrong, with the value or the key that it is about. */
export type Report = (place: { readonly start: number }, text: string) => void;

export interface Shape<T> {
  /** `at` is how to get there: `primitives[2].effect`. `undefined`: not of this shape, which has been reported. */
  read(json: Json, at: string, report: Report): T | undefined;
  readonly schema: Schema;
}

/** A string that looks like this; `what` says it for people: `a name of C`. */
export function text(what: string, pattern: RegExp): Shape<string> {
  return {
    read(json, at, report) {
      if (json.kind === 'string' && pattern.test(json.value)) return json.value;
      report(json, `${at} must be ${what}, not ${shown(json)}`);
      return undefined;
    },
    schema: { type: 'string', pattern: pattern.source },
  };
}

export function oneOf<T extends string>(words: readonly T[]): Shape<T> {
  return {
    read(json, at, report) {
      const word = json.kind === 'string' ? words.find((one) => one === json.value) : undefined;
      if (word === undefined) report(json, `${at} must be one of ${quoted(words)}, not ${shown(json)}`);
      return word;
    },
    schema: { enum: words },
  };
}

export function integer(least: number, most: number): Shape<number> {
  return {
    read(json, at, report) {
      if (json.kind === 'number' && Number.isInteger(json.value) && json.value >= least && json.value <= most)
        return json.value;
      report(json, `${at} must be a whole number from ${least} to ${most}, not ${shown(json)}`);
      return undefined;
    },
    schema: { type: 'integer', minimum: least, maximum: most },
  };
}

export function exactly<T extends number>(value: T): Shape<T> {
  return {
    read(json, at, report) {
      if (json.kind === 'number' && json.value === value) return value;
      report(json, `${at} must be ${value}, not ${shown(json)}`);
      return undefined;
    },
    schema: { const: value },
  };
}

export const boolean: Shape<boolean> = {
  read(json, at, report) {
    if (json.kind === 'boolean') return json.value;
    report(json, `${at} must be true or false, not ${shown(json)}`);
    return undefined;
  },
  schema: { type: 'boolean' },
};

/** Items that are wrong are left out. */
export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    read(json, at, report) {
      if (json.kind !== 'list') {
        report(json, `${at} must be a list in square brackets, not ${shown(json)}`);
        return undefined;
      }
      return json.items.flatMap((one, i) => item.read(one, `${at}[${i}]`, report) ?? []);
    },
    schema: { type: 'array', items: item.schema },
  };
}

export interface Field<T> {
  readonly shape: Shape<T>;
  readonly isRequired: boolean;
  /** For who hovers over the key. */
  readonly description: string;
}

export const required = <T>(shape: Shape<T>, description: string): Field<T> => ({
  shape,
  isRequired: true,
  description,
});

export const optional = <T>(shape: Shape<T>, description: string): Field<T> => ({
  shape,
  isRequired: false,
  description,
});

type Fields<T> = { readonly [K in keyof Required<T>]: Field<Required<T>[K]> };

/** An object with these keys and no others. With a mistake in it, it is no such object at all, or loses that key. */
export function record<T extends object>(
  fields: Fields<T>,
  onMistake: 'refuse' | 'leave out' = 'refuse',
): Shape<T> {
  const known = new Map<string, Field<unknown>>(Object.entries<Field<unknown>>(fields));
  const needed = [...known].filter(([, field]) => field.isRequired).map(([key]) => key);
  return {
    read(json, at, report) {
      if (json.kind !== 'object') {
        report(
          json,
          `${at === '' ? 'the file' : at} must be an object in curly brackets, not ${shown(json)}`,
        );
        return undefined;
      }
      const result: Record<string, unknown> = {};
      let isWhole = true;
      for (const { key, start, value } of json.members) {
        const field = known.get(key);
        const read = field?.shape.read(value, pathOf(at, key), report);
        if (!field) report({ start }, unknownKey(at, key, [...known.keys()]));
        if (read === undefined) isWhole = false;
        else result[key] = read;
      }
      for (const key of needed) {
        if (json.members.some((member) => member.key === key)) continue;
        report(json, `${pathOf(at, key)} is missing: add it`);
        isWhole = false;
      }
      return isWhole || onMistake === 'leave out' ? (result as T) : undefined;
    },
    schema: {
      type: 'object',
      additionalProperties: false,
      ...(needed.length > 0 ? { required: needed } : {}),
      properties: Object.fromEntries(
        [...known].map(([key, { shape, description }]) => [key, { description, ...shape.schema }]),
      ),
    },
  };
}

/** A shape with a condition that only its whole can meet; `wrong` says what is missing and what to do. */
export function checked<T>(
  shape: Shape<T>,
  wrong: (value: T) => string | undefined,
  extra: Schema,
): Shape<T> {
  return {
    read(json, at, report) {
      const value = shape.read(json, at, report);
      const reason = value === undefined ? undefined : wrong(value);
      if (reason === undefined) return value;
      report(json, `${at}: ${reason}`);
      return undefined;
    },
    schema: { ...shape.schema, ...extra },
  };
}

const pathOf = (at: string, key: string): string => (at === '' ? key : `${at}.${key}`);

function unknownKey(at: string, key: string, keys: readonly string[]): string {
  const where = at === '' ? 'at the top' : `in ${at}`;
  return `unknown key "${key}" ${where}: remove it, or use one of ${quoted(keys)}`;
}

const quoted = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(', ');

function shown(json: Json): string {
  switch (json.kind) {
    case 'string':
      return JSON.stringify(json.value);
    case 'number':
    case 'boolean':
      return String(json.value);
    case 'null':
      return 'null';
    case 'list':
      return 'a list';
    case 'object':
      return 'an object';
  }
}
