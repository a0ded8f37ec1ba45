// kernelTree.ts
// How a kernel tree is told from any other folder, and which version it is.

/** Files at the root: the Makefile that carries the version, and one of these. */
export const kernelMarkers = ['MAINTAINERS', 'Kconfig'] as const;

/** `6.12.117` or `6.13.0-rc2` from the text of the top Makefile; `undefined` if it is no kernel's. */
export function kernelVersionOf(makefile: string): string | undefined {
  const head = makefile.slice(0, 4096);
  const value = (name: string): string | undefined =>
    new RegExp(`^${name} *= *(.*?) *$`, 'm').exec(head)?.[1];
  const version = value('VERSION');
  const patchLevel = value('PATCHLEVEL');
  if (!version || !patchLevel) return undefined;
  return `${version}.${patchLevel}.${value('SUBLEVEL') || '0'}${value('EXTRAVERSION') ?? ''}`;
}
