// manifest.ts
// package.json as VS Code reads it: with the words of package.nls.json in their places.

import { readFileSync } from 'node:fs';
import { inProject } from '../../scripts/project.mjs';

export interface Command {
  readonly command: string;
  readonly title: string;
  readonly category: string;
  readonly icon?: string;
  readonly enablement?: string;
}

export interface MenuEntry {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

export interface Setting {
  readonly default?: unknown;
  readonly markdownDescription?: string;
  readonly scope?: string;
}

export interface ModelTool {
  readonly name: string;
  readonly modelDescription: string;
  readonly when?: string;
  readonly inputSchema: {
    readonly type: string;
    readonly properties: Readonly<Record<string, { readonly description: string }>>;
  };
}

interface Walkthrough {
  readonly id: string;
  readonly when?: string;
  readonly steps: readonly {
    readonly id: string;
    readonly description: string;
    readonly media: { readonly svg: string; readonly altText: string };
    readonly completionEvents: readonly string[];
  }[];
}

interface View {
  readonly id: string;
  readonly name: string;
  readonly when?: string;
  readonly icon?: string;
}

export interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly l10n: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly files: readonly string[];
  readonly engines: { readonly node: string; readonly vscode: string };
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: boolean | 'limited';
      readonly description?: string;
      readonly restrictedConfigurations?: readonly string[];
    };
    readonly virtualWorkspaces: { readonly supported: boolean | 'limited'; readonly description?: string };
  };
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: Readonly<Record<string, readonly MenuEntry[]>>;
    readonly submenus?: readonly { readonly id: string }[];
    readonly keybindings?: readonly { readonly command: string; readonly when?: string }[];
    readonly views: Readonly<Record<string, readonly View[]>>;
    readonly viewsContainers?: Readonly<Record<string, readonly { readonly icon: string }[]>>;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly grammars: readonly { readonly path: string; readonly scopeName: string }[];
    readonly languageModelTools: readonly ModelTool[];
    readonly walkthroughs: readonly Walkthrough[];
    readonly jsonValidation: readonly { readonly url: string }[];
  };
}

/** As it is written, `%keys%` and all. */
export const manifestText = readFileSync(inProject('package.json'), 'utf8');

/** The words of the manifest, by their keys. */
export const manifestWords = JSON.parse(readFileSync(inProject('package.nls.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

export const manifest = JSON.parse(manifestText, (_, value: unknown) =>
  typeof value === 'string' ? withWords(value) : value,
) as Manifest;

/** Every place in the manifest that only VS Code reads, as `contributes.commands.0.title`, with its text as written. */
export function writtenTexts(): readonly (readonly [place: string, text: string])[] {
  const { contributes, capabilities } = JSON.parse(manifestText) as Record<string, unknown>;
  return [...textsIn('contributes', contributes), ...textsIn('capabilities', capabilities)];
}

function textsIn(place: string, value: unknown): (readonly [string, string])[] {
  if (typeof value === 'string') return [[place, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsIn(`${place}.${key}`, inner));
}

function withWords(text: string): string {
  const key = /^%(.+)%$/.exec(text)?.[1];
  return key === undefined ? text : (manifestWords[key] ?? text);
}
