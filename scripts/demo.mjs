// @ts-check
// demo.mjs
// Shows the lock chains of one function of a real driver, from a fresh clone: installs the packages, fetches the
// kernel and builds, each only when it is not there yet.

import { ensureKernel } from './kernels.mjs';
import { inProject, run, runProgram } from './project.mjs';
import { ensureDependencies } from './setup.mjs';

const functionName = 'mlx4_unregister_device';

const heading = `
What mlx4_unregister_device() of Linux 6.1 holds and waits for, and the functions it calls directly.
It takes intf_mutex and removes every interface of a Mellanox network card under it.
`;

await runProgram(async () => {
  const log = (/** @type {string} */ line) => console.error(line);
  await ensureDependencies({ log });
  const tree = await ensureKernel('6.1', { log });
  const { build } = await import('./build.mjs');
  await build();
  console.log(heading);
  console.log(`$ holdwait chains ${functionName} --tree ${tree}\n`);
  const { status } = await run(process.execPath, [
    inProject('dist/cli.js'),
    'chains',
    functionName,
    '--tree',
    tree,
  ]);
  return status;
});
