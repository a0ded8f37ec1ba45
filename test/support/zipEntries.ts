// zipEntries.ts
// What a zip archive holds, from the list at its end: names and sizes.

export interface ZipEntry {
  readonly name: string;
  readonly bytes: number;
  readonly packedBytes: number;
}

const endMark = 0x06054b50;
const entryMark = 0x02014b50;

export function zipEntries(zip: Buffer): readonly ZipEntry[] {
  // A comment may follow the end; ours have none, so it is the last 22 bytes.
  const end = zip.length - 22;
  if (zip.readUInt32LE(end) !== endMark) throw new Error('this is no zip archive');
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== entryMark) throw new Error(`no entry of the archive at ${at}`);
    const nameEnd = at + 46 + zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + 46, nameEnd),
      packedBytes: zip.readUInt32LE(at + 20),
      bytes: zip.readUInt32LE(at + 24),
    });
    at = nameEnd + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
