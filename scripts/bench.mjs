// @ts-check
// bench.mjs
// Measures whole runs of the command line, and of ctags and cscope over the same files, and prints a table of medians.
// Cold means an empty cache folder of ours; the files themselves are in the page cache. `npm run bench -- quick`
// leaves out the facts of the whole tree.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePrograms } from './debian-packages.mjs';
import { ensureKernel } from './kernels.mjs';
import { SetupError, inProject, run, runProgram } from './project.mjs';
import { ensureDependencies } from './setup.mjs';

/**
 * @typedef {object} Benchmark
 * @property {string} name
 * @property {string} program
 * @property {readonly string[]} args
 * @property {boolean} isCold Whether what it writes is removed before each run.
 * @property {'whole tree' | 'driver'} size
 * @property {boolean} [isBaseline] A program of others, whose time is 1 in the columns of ratios.
 *
 * @typedef {{ readonly wall: number; readonly cpu: number; readonly megabytes: number }} Cost
 */

const log = (/** @type {string} */ line) => console.error(line);
const scratch = mkdtempSync(join(tmpdir(), 'holdwait-bench-'));
const cacheFolder = join(scratch, 'cache');

await runProgram(async () => {
  try {
    await bench(process.argv.slice(2));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

/** @param {readonly string[]} words */
async function bench(words) {
  const isQuick = words.includes('quick');
  const runs = Number(words.find((word) => word.startsWith('--runs='))?.slice('--runs='.length) ?? 3);
  await ensureDependencies({ log });
  const trees = { old: await ensureKernel('6.1', { log }), current: await ensureKernel('6.12', { log }) };
  const { build } = await import('./build.mjs');
  log(await build({ minify: true }));
  await ensurePrograms({ programs: { time: 'time' }, purpose: 'measuring', log });

  const list = join(scratch, 'files');
  const files = await listSources(trees.current, list);
  const baselines = await findBaselines(list);
  const all = [...baselines, ...ourBenchmarks(trees, isQuick)];
  /** @type {Map<string, Cost>} */
  const costs = new Map();
  for (const benchmark of all) {
    log(`measuring: ${benchmark.name}`);
    const measured = await measure(benchmark, runs);
    if (measured !== undefined) costs.set(benchmark.name, measured);
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`;
  console.log(`\nMedians of ${runs} runs on ${machine}; whole tree: linux-source-6.12, ${files} files.\n`);
  console.log(table(all, costs));
}

/**
 * @param {{ readonly old: string; readonly current: string }} trees
 * @param {boolean} isQuick
 * @returns {readonly Benchmark[]}
 */
function ourBenchmarks(trees, isQuick) {
  const cli = (/** @type {readonly string[]} */ args) => ({
    program: process.execPath,
    args: [inProject('dist/cli.js'), ...args, '--cache-dir', cacheFolder],
  });
  const current = ['--tree', trees.current];
  const chains = cli(['chains', 'mlx4_unregister_device', '--tree', trees.old]);
  /** @type {readonly Benchmark[]} */
  const wholeFacts = [
    { name: 'all facts, cold', ...cli(['index', '--all', ...current]), isCold: true, size: 'whole tree' },
    { name: 'all facts, warm', ...cli(['index', '--all', ...current]), isCold: false, size: 'whole tree' },
  ];
  return [
    {
      name: 'symbols, cold',
      ...cli(['index', '--symbols-only', ...current]),
      isCold: true,
      size: 'whole tree',
    },
    {
      name: 'symbols, warm',
      ...cli(['index', '--symbols-only', ...current]),
      isCold: false,
      size: 'whole tree',
    },
    ...(isQuick ? [] : wholeFacts),
    {
      name: 'facts of mlx4 alone, cold',
      ...cli(['index', '--all', '--tree', mlx4Alone(trees.current)]),
      isCold: true,
      size: 'driver',
    },
    { name: 'chains of one function, cold', ...chains, isCold: true, size: 'driver' },
    { name: 'chains of one function, warm', ...chains, isCold: false, size: 'driver' },
  ];
}

/**
 * The two folders of one driver as a tree of their own: what its files cost, without the symbols of a whole kernel.
 * @param {string} tree
 */
function mlx4Alone(tree) {
  const copy = join(scratch, 'mlx4');
  const marks = ['Makefile', 'Kbuild', 'Kconfig', 'MAINTAINERS'];
  for (const part of [...marks, 'drivers/net/ethernet/mellanox/mlx4', 'drivers/infiniband/hw/mlx4']) {
    cpSync(join(tree, part), join(copy, part), { recursive: true });
  }
  return copy;
}

/**
 * @param {string} list Holds the names of all files.
 * @returns {Promise<readonly Benchmark[]>}
 */
async function findBaselines(list) {
  try {
    const programs = { ctags: 'universal-ctags', cscope: 'cscope' };
    await ensurePrograms({ programs, purpose: 'comparing', log });
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    log(`left out: ctags and cscope (${error.message})`);
    return [];
  }
  // Cold as well: cscope only brings an older database of its own up to date.
  const shared = { isCold: true, size: /** @type {const} */ ('whole tree'), isBaseline: true };
  return [
    { name: 'ctags', program: 'ctags', args: ['-L', list, '-f', join(cacheFolder, 'tags')], ...shared },
    {
      name: 'cscope',
      program: 'cscope',
      args: ['-b', '-q', '-k', '-i', list, '-f', join(cacheFolder, 'cscope.out')],
      ...shared,
    },
  ];
}

/**
 * The files that the index reads too: C and headers, of x86 alone, without the register lists of amdgpu and the programs for
 * user space.
 * @param {string} tree
 * @param {string} list
 */
async function listSources(tree, list) {
  const { output } = await run(
    'find',
    [tree, '-type', 'f', '-name', '*.[ch]', '-not', '-path', `${tree}/drivers/gpu/drm/amd/include/*`],
    { capture: true },
  );
  const others = new RegExp(`^${tree}/(?:arch/(?!x86/)|tools/|scripts/|usr/|Documentation/)`);
  const files = output.split('\n').filter((file) => file !== '' && !others.test(file));
  writeFileSync(list, `${files.sort().join('\n')}\n`);
  return files.length;
}

/**
 * @param {Benchmark} benchmark
 * @param {number} runs
 * @returns {Promise<Cost | undefined>}
 */
async function measure(benchmark, runs) {
  /** @type {Cost[]} */
  const costs = [];
  // What is measured warm is run once before, so that its cache is that of the same command.
  if (!benchmark.isCold) await runOnce(benchmark);
  for (let i = 0; i < runs; i++) {
    if (benchmark.isCold) rmSync(cacheFolder, { recursive: true, force: true });
    const cost = await runOnce(benchmark);
    if (cost === undefined) return undefined;
    costs.push(cost);
  }
  return {
    wall: median(costs.map(({ wall }) => wall)),
    cpu: median(costs.map(({ cpu }) => cpu)),
    megabytes: median(costs.map(({ megabytes }) => megabytes)),
  };
}

/**
 * @param {Benchmark} benchmark
 * @returns {Promise<Cost | undefined>}
 */
async function runOnce({ name, program, args }) {
  mkdirSync(cacheFolder, { recursive: true });
  const report = join(scratch, 'time');
  const { status, output } = await run('time', ['-o', report, '-f', '%e %U %S %M', program, ...args], {
    capture: true,
    cwd: scratch,
  });
  if (status !== 0) {
    log(`  ${name} failed with ${status}: ${output.trim().split('\n').at(-1)}`);
    return undefined;
  }
  const words = readFileSync(report, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  const [wall = 0, user = 0, system = 0, kilobytes = 0] = words;
  return { wall, cpu: user + system, megabytes: kilobytes / 1024 };
}

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? 0)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/**
 * @param {readonly Benchmark[]} benchmarks
 * @param {ReadonlyMap<string, Cost>} costs
 */
function table(benchmarks, costs) {
  const baselines = benchmarks.filter(({ isBaseline, name }) => isBaseline && costs.has(name));
  const ratios = baselines.map(({ name }) => `of ${name}: wall, CPU`);
  const rows = benchmarks.map(({ name, size }) => {
    const cost = costs.get(name);
    if (cost === undefined) return [name, 'failed', '', '', ...ratios.map(() => '')];
    const against = baselines.map((baseline) => {
      const other = costs.get(baseline.name);
      if (size !== 'whole tree' || !other) return '';
      return `${(cost.wall / other.wall).toFixed(2)}, ${(cost.cpu / other.cpu).toFixed(2)}`;
    });
    return [
      name,
      `${cost.wall.toFixed(2)} s`,
      `${cost.cpu.toFixed(2)} s`,
      `${Math.round(cost.megabytes)} MB`,
      ...against,
    ];
  });
  return aligned([['', 'wall', 'CPU', 'peak memory', ...ratios], ...rows]);
}

/**
 * As a Markdown table, so that it can be pasted into a document.
 * @param {readonly (readonly string[])[]} rows The first one is the heading.
 */
function aligned(rows) {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (/** @type {readonly string[]} */ row) =>
    `| ${row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [heading = [], ...body] = rows;
  return [line(heading), rule, ...body.map(line)].join('\n');
}
