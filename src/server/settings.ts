// settings.ts
// The settings of the server, read from whatever an editor sends. A wrong value is named in the log and its default used.

export interface ServerSettings {
  readonly codeLensEnabled: boolean;
  /** Findings of high confidence as warnings in open files. */
  readonly diagnosticsEnabled: boolean;
  /** Read when the server starts. */
  readonly callHierarchyEnabled: boolean;
  readonly backgroundIndexing: boolean;
  /** Whose folder under `arch/` is read. */
  readonly architecture: string;
  /** What the cache on disk may take, all trees together. */
  readonly cacheMegabytes: number;
}

const defaultSettings: ServerSettings = {
  codeLensEnabled: true,
  diagnosticsEnabled: true,
  callHierarchyEnabled: true,
  backgroundIndexing: true,
  architecture: 'x86',
  cacheMegabytes: 1024,
};

export interface ReadSettings {
  readonly settings: ServerSettings;
  readonly problems: readonly string[];
}

/** Reads the object under `holdwait`: `{ codeLens: { enabled }, diagnostics: { enabled }, index: { background, architecture, cacheSize } }`. */
export function readSettings(input: unknown): ReadSettings {
  const problems: string[] = [];
  const take = <T>(path: string, fallback: T, accepts: (value: unknown) => value is T, what: string): T => {
    const value = valueAt(input, path);
    if (value === undefined || value === null) return fallback;
    if (accepts(value)) return value;
    problems.push(`setting holdwait.${path} must be ${what}; ${JSON.stringify(fallback)} is used`);
    return fallback;
  };
  const settings: ServerSettings = {
    diagnosticsEnabled: take(
      'diagnostics.enabled',
      defaultSettings.diagnosticsEnabled,
      isBoolean,
      'true or false',
    ),
    codeLensEnabled: take('codeLens.enabled', defaultSettings.codeLensEnabled, isBoolean, 'true or false'),
    callHierarchyEnabled: take(
      'callHierarchy.enabled',
      defaultSettings.callHierarchyEnabled,
      isBoolean,
      'true or false',
    ),
    backgroundIndexing: take(
      'index.background',
      defaultSettings.backgroundIndexing,
      isBoolean,
      'true or false',
    ),
    architecture: take('index.architecture', defaultSettings.architecture, isFolderName, 'a folder of arch/'),
    cacheMegabytes: take('index.cacheSize', defaultSettings.cacheMegabytes, isSize, 'a number of megabytes'),
  };
  return { settings, problems };
}

/** Editors send settings nested or with dots in their names; both are understood. */
function valueAt(input: unknown, path: string): unknown {
  if (typeof input !== 'object' || input === null) return undefined;
  const entries = new Map<string, unknown>(Object.entries(input));
  if (entries.has(path)) return entries.get(path);
  const dot = path.indexOf('.');
  return dot < 0 ? undefined : valueAt(entries.get(path.slice(0, dot)), path.slice(dot + 1));
}

const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isSize = (value: unknown): value is number => typeof value === 'number' && value >= 0;
const isFolderName = (value: unknown): value is string => typeof value === 'string' && /^[\w-]+$/.test(value);
