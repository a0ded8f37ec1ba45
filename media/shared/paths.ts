// paths.ts
// Paths as they stand in a row, where there is no room for folders.

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
