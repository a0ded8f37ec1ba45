// statCache.ts
// Remembers which content a file had when it looked like this to the file system, so that a start reads only what
// changed. As in git, a file that was written moments before it was read is not trusted: it may be written again
// within the resolution of its time stamp.

import { decodeArrays, encodeArrays, packStrings, unpackStrings } from './arrayFile.ts';
import type { FileVersion } from './host.ts';
import { PathRows } from './pathRows.ts';

const statCacheFormat = 2;

/** Coarse clocks tick in steps of up to two seconds (FAT; network file systems are finer). */
const racyMs = 2000;

/** Clocks of file servers may be ahead of ours by so much. */
const skewMs = 10 * 60 * 1000;

interface Entry {
  readonly version: FileVersion;
  readonly blob: string;
  readonly recordedMs: number;
}

export class StatCache {
  /** What was read from the cache. */
  #written: Written = nothingWritten;
  /** What was found out since, in its place. */
  readonly #entries = new Map<string, Entry>();
  #isChanged = false;

  get isChanged(): boolean {
    return this.#isChanged;
  }

  /** The blob id that the file must still have; `undefined` if it has to be read. */
  blobOf(path: string, version: FileVersion): string | undefined {
    const entry = this.#entries.get(path) ?? this.#writtenEntry(path);
    return entry && isSameVersion(entry.version, version) && !isRacy(entry) ? entry.blob : undefined;
  }

  /** Takes over what another tree knows: of files that are links to the same ones, the content is known. */
  addAll(other: StatCache): void {
    for (const [path, entry] of other.#all())
      if (!this.#entries.has(path) && !this.#writtenEntry(path)) this.#entries.set(path, entry);
    this.#isChanged = true;
  }

  /** `version` must have been asked for before the file was read. */
  remember(path: string, version: FileVersion, blob: string, nowMs: number): void {
    this.#entries.set(path, { version, blob, recordedMs: nowMs });
    this.#isChanged = true;
  }

  /** Files that are no longer listed are left out, racy ones too. */
  encode(isListed: (path: string) => boolean): readonly Uint8Array[] {
    const kept = this.#all().filter(([path, entry]) => isListed(path) && !isRacy(entry));
    const numbers = Float64Array.from(
      kept.flatMap(([, { version }]) => [version.size, version.modifiedMs, version.inode]),
    );
    this.#isChanged = false;
    return encodeArrays(statCacheFormat, [
      ...packStrings(kept.map(([path]) => path)),
      ...packStrings(kept.map(([, { blob }]) => blob)),
      numbers,
    ]);
  }

  static decode(bytes: Uint8Array | undefined): StatCache {
    const cache = new StatCache();
    const arrays = bytes && decodeArrays(statCacheFormat, bytes);
    if (arrays?.length !== 5) return cache;
    const [pathBytes, pathEnds, blobBytes, blobEnds, numbers] = arrays as [
      Uint8Array,
      Uint32Array,
      Uint8Array,
      Uint32Array,
      Float64Array,
    ];
    const paths = unpackStrings(pathBytes, pathEnds);
    const blobs = unpackStrings(blobBytes, blobEnds);
    cache.#written = { paths, rows: new PathRows(paths), blobs, numbers };
    return cache;
  }

  #all(): [string, Entry][] {
    const { paths } = this.#written;
    const others = paths.flatMap((path, row): [string, Entry][] =>
      this.#entries.has(path) ? [] : [[path, entryAt(row, this.#written)]],
    );
    return [...others, ...this.#entries];
  }

  #writtenEntry(path: string): Entry | undefined {
    const row = this.#written.rows.of(path);
    return row === undefined ? undefined : entryAt(row, this.#written);
  }
}

interface Written {
  readonly paths: readonly string[];
  readonly rows: PathRows;
  readonly blobs: readonly string[];
  /** Size, time and inode of each. */
  readonly numbers: Float64Array;
}

const nothingWritten: Written = { paths: [], rows: new PathRows([]), blobs: [], numbers: new Float64Array() };

function entryAt(row: number, { blobs, numbers }: Written): Entry {
  const version = {
    size: numbers[row * 3]!,
    modifiedMs: numbers[row * 3 + 1]!,
    inode: numbers[row * 3 + 2]!,
  };
  // Only entries that were no longer racy have been written.
  return { version, blob: blobs[row]!, recordedMs: Infinity };
}

/** Not by the time at which the inode changed: another link to a file changes that and not the file. */
function isSameVersion(a: FileVersion, b: FileVersion): boolean {
  return a.size === b.size && a.modifiedMs === b.modifiedMs && a.inode === b.inode;
}

/** A time stamp far in the future (an unpacked archive, a wrong clock) is no sign of a write just now. */
function isRacy({ version: { modifiedMs }, recordedMs }: Entry): boolean {
  return modifiedMs > recordedMs - racyMs && modifiedMs < recordedMs + skewMs;
}
