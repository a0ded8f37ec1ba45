// @ts-check
// demo.mjs
// Reviews a patch to a real driver, from a fresh clone: installs the packages, fetches the kernel and builds, each only
// when it is not there yet.

import { ensureKernel } from './kernels.mjs';
import { inProject, run, runProgram } from './project.mjs';
import { ensureDependencies } from './setup.mjs';

const patch = 'test/tree/patches/take-intf-mutex.patch';

const heading = `
A patch to the Mellanox mlx4 driver of Linux 6.1 lets mlx4_do_bond() take intf_mutex. What does it bring in?
`;

await runProgram(async () => {
  const log = (/** @type {string} */ line) => console.error(line);
  await ensureDependencies({ log });
  const tree = await ensureKernel('6.1', { log });
  const { build } = await import('./build.mjs');
  await build();
  console.log(heading);
  console.log(`$ holdwait review ${patch} --tree ${tree}\n`);
  const { status } = await run(process.execPath, [
    inProject('dist/cli.js'),
    'review',
    inProject(patch),
    '--tree',
    tree,
  ]);
  // That something is introduced is what there is to show.
  return status === 1 ? 0 : status;
});
