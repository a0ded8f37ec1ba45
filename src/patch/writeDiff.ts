// writeDiff.ts
// Writes a change of one file as git diff prints it, with full ids.

import type { ByteString, ChangeKind, Hunk } from './change.ts';
import { byteStringOf } from './byteText.ts';
import { hunkHeader } from './hunkHeader.ts';
import { hunksBetween } from './hunksBetween.ts';

export interface WrittenChange {
  readonly kind: Exclude<ChangeKind, 'copied'>;
  readonly oldPath: string;
  readonly newPath: string;
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  readonly oldBlob: string | undefined;
  readonly newBlob: string | undefined;
  /** `undefined`: it is not told what is in it, as of binary files. Empty where there is no file. */
  readonly oldText: ByteString | undefined;
  readonly newText: ByteString | undefined;
}

export function writeDiff(change: WrittenChange): ByteString {
  const { oldText, newText, kind } = change;
  const names = {
    old: kind === 'added' ? '/dev/null' : quoted(`a/${change.oldPath}`),
    new: kind === 'deleted' ? '/dev/null' : quoted(`b/${change.newPath}`),
  };
  const header = headerOf(change).map((line) => `${line}\n`);
  if (change.oldBlob === change.newBlob) return header.join('');
  if (oldText === undefined || newText === undefined || isBinary(oldText) || isBinary(newText))
    return [...header, `Binary files ${names.old} and ${names.new} differ\n`].join('');
  const hunks = hunksBetween(oldText, newText);
  if (hunks.length === 0) return header.join('');
  return [...header, `--- ${ended(names.old)}\n`, `+++ ${ended(names.new)}\n`, ...hunks.map(writeHunk)].join(
    '',
  );
}

function writeHunk(hunk: Hunk): ByteString {
  const pieces = [`${hunkHeader(hunk)}\n`];
  for (const { kind, text, endsWithoutNewline } of hunk.lines) {
    pieces.push(signs[kind], text, '\n');
    if (endsWithoutNewline) pieces.push('\\ No newline at end of file\n');
  }
  return pieces.join('');
}

const signs = { context: ' ', added: '+', removed: '-' } as const;

function headerOf({ kind, oldPath, newPath, oldMode, newMode, oldBlob, newBlob }: WrittenChange): string[] {
  const lines = [`diff --git ${quoted(`a/${oldPath}`)} ${quoted(`b/${newPath}`)}`];
  const isModeChanged = oldMode !== newMode && oldMode !== undefined && newMode !== undefined;
  if (isModeChanged) lines.push(`old mode ${oldMode}`, `new mode ${newMode}`);
  if (kind === 'added') lines.push(`new file mode ${newMode ?? '100644'}`);
  if (kind === 'deleted') lines.push(`deleted file mode ${oldMode ?? '100644'}`);
  if (kind === 'renamed') lines.push(`rename from ${quoted(oldPath)}`, `rename to ${quoted(newPath)}`);
  if (oldBlob !== newBlob) {
    const id = (blob: string | undefined): string =>
      blob ?? '0'.repeat((oldBlob ?? newBlob ?? '').length || 40);
    const mode = oldMode === newMode && oldMode !== undefined ? ` ${oldMode}` : '';
    lines.push(`index ${id(oldBlob)}..${id(newBlob)}${mode}`);
  }
  return lines;
}

const isBinary = (text: ByteString): boolean => text.slice(0, 8000).includes('\0');

/** A tab ends names that hold blanks, as of GNU patch. */
const ended = (name: ByteString): ByteString =>
  name.includes(' ') && !name.startsWith('"') ? `${name}\t` : name;

/** In C's quotes where a byte of the name needs it. */
function quoted(name: string): ByteString {
  const bytes = byteStringOf(new TextEncoder().encode(name));
  if (!/[^\x20-\x7e]|["\\]/.test(bytes)) return bytes;
  const escaped = bytes.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/g, octal);
  return `"${escaped}"`;
}

const octal = (letter: string): string => `\\${letter.charCodeAt(0).toString(8).padStart(3, '0')}`;
