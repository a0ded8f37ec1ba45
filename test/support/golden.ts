// golden.ts
// Output that stands beside its input, as users see it: UPDATE_GOLDEN=1 rewrites it, a mismatch leaves `.actual`.

import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

export function checkGolden(path: string, actual: string): void {
  const wrong = `${path}.actual`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, actual);
  const expected = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (expected === actual) rmSync(wrong, { force: true });
  else writeFileSync(wrong, actual);
  assert.equal(actual, expected, `${path} differs: compare it with ${wrong}, or set UPDATE_GOLDEN=1`);
}
