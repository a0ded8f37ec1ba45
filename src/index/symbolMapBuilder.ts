// symbolMapBuilder.ts
// Puts sketches of files together to the map of a whole tree. An older map can be taken over without the files
// that changed, so that following a tree from commit to commit does not read it again.

import { byCodeUnits } from './fileList.ts';
import { NamePool } from './namePool.ts';
import { rowStart, type SketchBlock } from './sketchBlock.ts';
import { SymbolMap, type MappedFile, type SymbolColumns } from './symbolMap.ts';

/** A block whose names are indices of the pool of the whole tree. */
interface PooledBlock {
  readonly block: SketchBlock;
  readonly poolIndex: Uint32Array;
}

// Linux 6.1 has 1.34 million names in 43,000 files.
const namesOfFile = 32;

export class SymbolMapBuilder {
  readonly #pool: NamePool;
  readonly #older: SymbolMap | undefined;
  readonly #blocks: PooledBlock[] = [];

  /** `files` are those of which blocks will come. */
  constructor(older?: SymbolMap, files = 0) {
    this.#older = older;
    this.#pool = new NamePool(older?.names, files * namesOfFile);
  }

  /** Takes the names over now, so that this costs nothing extra while workers read the next files. */
  add(block: SketchBlock): void {
    const { nameBytes, nameEnds, nameHashes } = block;
    const poolIndex = new Uint32Array(nameEnds.length);
    for (let name = 0; name < poolIndex.length; name++)
      poolIndex[name] = this.#pool.indexOf(
        nameBytes,
        rowStart(nameEnds, name),
        nameEnds[name]!,
        nameHashes[name]!,
      );
    this.#blocks.push({ block, poolIndex });
  }

  /** `keeps` says which files of the older map are still the same. A file of a block replaces one of the older map. */
  build(keeps: (path: string) => boolean): SymbolMap {
    const added = this.#blocks.flatMap(({ block }) => block.files);
    const replaced = new Set(added.map(({ path }) => path));
    const kept = (this.#older?.files ?? []).filter(({ path }) => keeps(path) && !replaced.has(path));
    const files: MappedFile[] = [...kept, ...added].sort((a, b) => byCodeUnits(a.path, b.path));
    const indexOfPath = new Map(files.map(({ path }, i) => [path, i]));
    const rows = new Rows(this.#pool.count, this.#rowCounts());
    if (this.#older) rows.addMap(this.#older, fileIndices(this.#older.files, indexOfPath, replaced));
    // In the order of their files, so that the rows of a name are in order from the start.
    const inOrder = [...this.#blocks].sort((one, other) => byCodeUnits(firstPath(one), firstPath(other)));
    for (const pooled of inOrder) rows.addBlock(pooled, fileIndices(pooled.block.files, indexOfPath));
    return new SymbolMap(files, this.#pool.arrays(), rows.columns());
  }

  #rowCounts(): RowCounts {
    const older = this.#older?.columns;
    const counts = {
      definitions: older?.definitionFile.length ?? 0,
      calls: older?.callFile.length ?? 0,
      uses: older?.useFile.length ?? 0,
    };
    for (const { block } of this.#blocks) {
      counts.definitions += block.definitions.length / 3;
      counts.calls += block.calls.length;
      counts.uses += block.fieldUses.length / 3;
    }
    return counts;
  }
}

const firstPath = ({ block }: PooledBlock): string => block.files[0]?.path ?? '';

const gone = 0xffffffff;

/** At most. */
interface RowCounts {
  readonly definitions: number;
  readonly calls: number;
  readonly uses: number;
}

/** Index of each file in the new map; `gone` for one that is not in it. */
function fileIndices(
  files: readonly { readonly path: string }[],
  indexOfPath: ReadonlyMap<string, number>,
  replaced?: ReadonlySet<string>,
): Uint32Array {
  const indexOf = ({ path }: { readonly path: string }): number =>
    replaced?.has(path) ? gone : (indexOfPath.get(path) ?? gone);
  return Uint32Array.from(files, indexOf);
}

/** All rows of the new map before they are grouped by name. */
class Rows {
  readonly #definitions: RowTable;
  readonly #calls: RowTable;
  readonly #uses: RowTable;
  readonly #nameCount: number;

  constructor(nameCount: number, { definitions, calls, uses }: RowCounts) {
    this.#nameCount = nameCount;
    this.#definitions = new RowTable(4, definitions);
    this.#calls = new RowTable(2, calls);
    this.#uses = new RowTable(4, uses);
  }

  addBlock({ block, poolIndex }: PooledBlock, fileIndex: Uint32Array): void {
    const { definitions, calls, fieldUses } = block;
    for (const [i, file] of fileIndex.entries()) {
      for (let row = rowStart(block.definitionEnds, i) * 3; row < block.definitionEnds[i]! * 3; row += 3) {
        this.#definitions.add(
          poolIndex[definitions[row]!]!,
          file,
          definitions[row + 2]!,
          definitions[row + 1]!,
        );
      }
      for (let row = rowStart(block.callEnds, i); row < block.callEnds[i]!; row++) {
        this.#calls.add(poolIndex[calls[row]!]!, file);
      }
      for (let row = rowStart(block.fieldUseEnds, i) * 3; row < block.fieldUseEnds[i]! * 3; row += 3) {
        this.#uses.add(
          poolIndex[fieldUses[row]!]!,
          file,
          fieldUses[row + 2]!,
          poolIndex[fieldUses[row + 1]!]!,
        );
      }
    }
  }

  addMap(map: SymbolMap, fileIndex: Uint32Array): void {
    const { columns } = map;
    for (let name = 0; name < map.names.ends.length; name++) {
      for (let row = columns.definitionStarts[name]!; row < columns.definitionStarts[name + 1]!; row++) {
        const file = fileIndex[columns.definitionFile[row]!]!;
        if (file !== gone) {
          this.#definitions.add(name, file, columns.definitionAt[row]!, columns.definitionKind[row]!);
        }
      }
      for (let row = columns.callStarts[name]!; row < columns.callStarts[name + 1]!; row++) {
        const file = fileIndex[columns.callFile[row]!]!;
        if (file !== gone) this.#calls.add(name, file);
      }
      for (let row = columns.useStarts[name]!; row < columns.useStarts[name + 1]!; row++) {
        const file = fileIndex[columns.useFile[row]!]!;
        if (file !== gone) this.#uses.add(name, file, columns.useAt[row]!, columns.useField[row]!);
      }
    }
  }

  columns(): SymbolColumns {
    const definitions = this.#definitions.grouped(this.#nameCount);
    const calls = this.#calls.grouped(this.#nameCount);
    const uses = this.#uses.grouped(this.#nameCount);
    const fields = this.#uses.swapped().grouped(this.#nameCount);
    return {
      definitionStarts: definitions.starts,
      definitionFile: definitions.columns[0]!,
      definitionAt: definitions.columns[1]!,
      definitionKind: Uint8Array.from(definitions.columns[2]!),
      callStarts: calls.starts,
      callFile: calls.columns[0]!,
      useStarts: uses.starts,
      useFile: uses.columns[0]!,
      useAt: uses.columns[1]!,
      useField: uses.columns[2]!,
      fieldStarts: fields.starts,
      fieldFile: fields.columns[0]!,
      fieldName: fields.columns[2]!,
    };
  }
}

/** (name, file, place, value) rows, or just (name, file), in one array. */
class RowTable {
  readonly #width: number;
  readonly #cells: Uint32Array;
  #used = 0;

  constructor(width: number, rows: number) {
    this.#width = width;
    this.#cells = new Uint32Array(width * rows);
  }

  add(name: number, file: number, at = 0, value = 0): void {
    const base = this.#used;
    this.#cells[base] = name;
    this.#cells[base + 1] = file;
    if (this.#width === 4) {
      this.#cells[base + 2] = at;
      this.#cells[base + 3] = value;
    }
    this.#used = base + this.#width;
  }

  /** The same rows with name and value exchanged. */
  swapped(): RowTable {
    const table = new RowTable(this.#width, this.#used / this.#width);
    for (let i = 0; i < this.#used; i += 4) {
      table.add(this.#cells[i + 3]!, this.#cells[i + 1]!, this.#cells[i + 2]!, this.#cells[i]!);
    }
    return table;
  }

  /** Counting sort by name, then each name's rows by file and place. */
  grouped(nameCount: number): { readonly starts: Uint32Array; readonly columns: readonly Uint32Array[] } {
    const width = this.#width;
    const starts = new Uint32Array(nameCount + 1);
    for (let i = 0; i < this.#used; i += width) starts[this.#cells[i]! + 1]!++;
    for (let name = 0; name < nameCount; name++) starts[name + 1]! += starts[name]!;
    const next = starts.slice(0, nameCount);
    const columns = Array.from({ length: width - 1 }, () => new Uint32Array(this.#used / width));
    for (let i = 0; i < this.#used; i += width) {
      const row = next[this.#cells[i]!]!++;
      for (let c = 0; c < width - 1; c++) columns[c]![row] = this.#cells[i + 1 + c]!;
    }
    for (let name = 0; name < nameCount; name++)
      if (starts[name + 1]! - starts[name]! > 1) sortRows(columns, starts[name]!, starts[name + 1]!);
    return { starts, columns };
  }
}

function sortRows(columns: readonly Uint32Array[], from: number, to: number): void {
  const files = columns[0]!;
  const places = columns[1];
  const compare = (a: number, b: number): number =>
    files[a]! - files[b]! || (places ? places[a]! - places[b]! : 0);
  let isSorted = true;
  for (let row = from + 1; row < to && isSorted; row++) isSorted = compare(row - 1, row) <= 0;
  if (isSorted) return;
  const order = Array.from({ length: to - from }, (_, i) => from + i).sort(compare);
  for (const column of columns)
    column.set(
      order.map((row) => column[row]!),
      from,
    );
}
