// memoryText.ts
// A report on memory as text for the log.

import type { MemoryReport } from '../src/server/protocol.ts';

export function memoryText({ residentBytes, heapBytes, trees }: MemoryReport): string {
  return [
    `memory of the server: ${megabytes(residentBytes)}, of which ${megabytes(heapBytes)} heap`,
    ...trees.flatMap(({ root, lines }) => [root, ...lines.map((line) => `  ${line}`)]),
  ].join('\n');
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? 'unknown' : `${Math.round(bytes / 1024 / 1024)} MB`;
}
