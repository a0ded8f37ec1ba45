// selfCheck.ts
// Decides whether trees may be read straight from memory: reads a small text both ways and compares.

import type { Tree } from 'web-tree-sitter';
import { readCursorTree } from './cursorTree.ts';
import { FlatArrays } from './flatArrays.ts';
import type { FlatTree } from './flatTree.ts';
import type { MemoryTreeReader } from './memoryTree.ts';

// Aliases (type and field names, labels), leaves in place and as records (a name of more than 255 bytes, padding of
// more than 255 bytes), extras between aliased children, hidden nodes, a missing node and an error.
const sample = `
#include <linux/x.h> /* extra */
#if defined(A) && \\
    B
#define M(a, ...) do { a; } while (0)
typedef struct s { int (*f)(void), b : 3; struct s *next[4]; } s_t;
#elif X
int x = 1;
#endif
${' '.repeat(300)}static const s_t ${'long_name'.repeat(40)} = { .b = 1, [0 ... 3] = { 2 }, .next = { 0, }, };
int f(s_t *p /* extra */, unsigned long /* extra */ int n)
{
  // extra
  for (int i = 0; i < n; i++) { if (p->b) goto out; else p->next[i] /* extra */ -> f = (void *)0; }
out: /* extra */
  switch (n) { case 'a': case L'\\n': g("x" "y\\n", sizeof(s_t), p ? -n : ~n); default: break; }
  asm volatile ("nop" : : "r" (n) : "memory");
  return (s_t){ .b = 1 }.b
}
int g( { ) @ ;
enum e { A, B = 2 `;

export function readsLikeCursor(
  parse: (text: Uint8Array) => Tree,
  reader: MemoryTreeReader,
  addressOf: (tree: Tree) => number,
): boolean {
  const tree = parse(Uint8Array.from(sample, (letter) => letter.charCodeAt(0)));
  try {
    const fromCursor = new FlatArrays();
    const cursor = tree.walk();
    try {
      readCursorTree(cursor, fromCursor);
    } finally {
      cursor.delete();
    }
    const fromMemory = new FlatArrays();
    reader.read(addressOf(tree), fromMemory);
    return sameTrees(fromCursor, fromMemory);
  } catch {
    // An unknown layout may lead anywhere, also out of the memory.
    return false;
  } finally {
    tree.delete();
  }
}

export function sameTrees(left: FlatTree, right: FlatTree): boolean {
  if (left.count !== right.count) return false;
  for (let node = 0; node < left.count; node++) {
    const isSame =
      left.kind[node] === right.kind[node] &&
      left.start[node] === right.start[node] &&
      left.end[node] === right.end[node] &&
      left.next[node] === right.next[node] &&
      left.flags[node] === right.flags[node];
    if (!isSame) return false;
  }
  return true;
}
