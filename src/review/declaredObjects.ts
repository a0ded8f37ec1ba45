// declaredObjects.ts
// The members and globals that a file declares, in the words of classes: `acme.lock` for a member, `acme_mutex` for a
// global, with its file where it is the file's own.

import type { FileFacts } from '../facts/fileFacts.ts';

export function declaredObjects(
  path: string,
  { structs, globals }: Pick<FileFacts, 'structs' | 'globals'>,
): readonly string[] {
  const members = structs.flatMap(({ name, fields }) =>
    name === '' ? [] : fields.flatMap((field) => (field.name === '' ? [] : [`${wayTo(name)}.${field.name}`])),
  );
  const names = globals
    .filter(({ isExtern }) => !isExtern)
    .map(({ name, isStatic }) => (isStatic ? `${path}:${name}` : name));
  return [...members, ...names];
}

/** Of a struct without a name: the members that lead to it, `acme.sync` for `acme::sync`. */
const wayTo = (struct: string): string => struct.replaceAll(/::#\d+/g, '').replaceAll('::', '.');
