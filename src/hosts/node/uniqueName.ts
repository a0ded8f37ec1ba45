// uniqueName.ts
// Names for files that only this process writes.

import { randomBytes } from 'node:crypto';

export function uniqueName(): string {
  return `${Date.now().toString(36)}-${process.pid}-${randomBytes(6).toString('hex')}`;
}
