// addresses.ts
// Addresses (URIs) of files and folders as editors write them, against paths inside a tree.
// Editors differ in what they escape (`c%3A`, `C:`), so addresses are compared part by part, unescaped.

/** The path of a file inside a tree, with `/`; `undefined` when it lies elsewhere. */
export function pathInside(root: string, address: string): string | undefined {
  const rootParts = comparableParts(root);
  const parts = comparableParts(address);
  if (parts.length <= rootParts.length) return undefined;
  if (rootParts.some((part, i) => part !== parts[i])) return undefined;
  return partsOf(address).slice(rootParts.length).map(unescapePart).join('/');
}

export function addressInside(root: string, path: string): string {
  const escaped = path.split('/').map(encodeURIComponent).join('/');
  return `${withoutEndSlash(root)}/${escaped}`;
}

export const sameAddress = (one: string, other: string): boolean =>
  comparableParts(one).join('/') === comparableParts(other).join('/');

/** The folder above, or `undefined` at the top. */
export function parentAddress(address: string): string | undefined {
  const clean = withoutEndSlash(address);
  // Some file systems name nobody who has the files: `memfs:/linux`.
  const top = /^[a-z][\w+.-]*:(?:\/\/[^/]*|(?=\/))/i.exec(clean)?.[0];
  const end = clean.lastIndexOf('/');
  return top === undefined || end < top.length ? undefined : clean.slice(0, end);
}

/** Scheme and authority are the first parts, so a file of another machine is never taken for one of this. */
function partsOf(address: string): string[] {
  return withoutEndSlash(address).split('/');
}

function comparableParts(address: string): string[] {
  return partsOf(address).map((part) => {
    const plain = unescapePart(part);
    return /^[a-z]:$/i.test(plain) ? plain.toLowerCase() : plain;
  });
}

function unescapePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const withoutEndSlash = (address: string): string => address.replace(/\/+$/, '');
