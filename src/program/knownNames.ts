// knownNames.ts
// The tables of primitives as a program sees them: the built-in ones, or a user's before them.

import * as builtIn from '../kernel/knowledge.ts';
import type { Primitive } from '../kernel/primitive.ts';

export interface KnownNames {
  primitiveOf(name: string): Primitive | undefined;
  /** What `guard(name)(...)` does at once. */
  guardOf(name: string): Primitive | undefined;
  /** What `__free(name)` does where the scope of its variable ends. */
  cleanupOf(name: string): Primitive | undefined;
}

export function knownNames(given: Partial<Pick<KnownNames, 'primitiveOf' | 'guardOf'>>): KnownNames {
  const { primitiveOf = builtIn.primitiveOf, guardOf = builtIn.guardOf } = given;
  const cleanupOf = (name: string): Primitive | undefined => {
    const primitive = primitiveOf(name);
    return primitive && (primitive.effect === 'put' || primitive.effect === 'release')
      ? primitive
      : undefined;
  };
  return { primitiveOf, guardOf, cleanupOf };
}
