// sources.ts
// The project's own source files and what each of them imports, for tests that are about the project itself.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, posix, sep } from 'node:path';
import { projectRoot } from '../../scripts/project.mjs';

export interface SourceFile {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
  /** As written: `./heldLocks.ts`, `node:fs`, `vscode`. */
  readonly imports: readonly string[];
}

/** All TypeScript files below a folder of the project; none when there is no such folder. */
export function sourceFilesIn(folder: string): readonly SourceFile[] {
  if (!existsSync(join(projectRoot, folder))) return [];
  return readdirSync(join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => posix.join(folder, name.split(sep).join('/')))
    .sort()
    .map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(projectRoot, path), 'utf8');
  return { path, text, imports: importsIn(text) };
}

/** What a text imports: statically, for its types, for its effects, or by a call of `import` or `require`. */
export function importsIn(text: string): readonly string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const pattern =
    /(?:^|;)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s*)?['"]([^'"]+)['"]|\b(?:import|require)\(\s*['"]([^'"]+)['"]/gm;
  return [...code.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? '');
}

/** The project's path of a relative import; `undefined` for a package. */
export function importedPath(importer: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(dirname(importer), specifier) : undefined;
}
