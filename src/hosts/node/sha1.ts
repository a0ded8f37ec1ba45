// sha1.ts
// SHA-1 by OpenSSL: 800 MB of kernel text take a second.

import { createHash } from 'node:crypto';

export function sha1(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
