// @ts-check
// test-files.mjs
// Bundles files of tests and runs them on node's own test runner: a dot for each test that passes, and everything
// there is to know about one that fails.

import { relative } from 'node:path';
import { run } from 'node:test';
import { inProject, projectRoot } from './project.mjs';

/**
 * @typedef {object} Tally
 * @property {number} passed
 * @property {string[]} failures Names of the tests that failed.
 * @property {string[]} skipped Names of the tests that did not run, with their reasons.
 *
 * @typedef {object} TestResult What the runner says of one test; `data` of its pass and fail events.
 * @property {string} name
 * @property {string} [file]
 * @property {number} [line]
 * @property {number} nesting
 * @property {unknown} [skip]
 * @property {unknown} [todo]
 * @property {{ readonly type?: string; readonly error?: Error & { readonly failureType?: string } }} details
 */

/**
 * @param {{ readonly folder: string; readonly minutes: number; readonly atOnce: number }} part
 * @param {readonly string[]} files Below test/.
 * @param {Tally} tally
 */
export async function runTestFiles(part, files, tally) {
  const before = { passed: tally.passed, failed: tally.failures.length };
  const started = Date.now();
  process.stdout.write(`${part.folder} (${files.length} ${files.length === 1 ? 'file' : 'files'}) `);
  const bundles = await bundle(files, tally);
  if (bundles.size > 0) {
    const limits = { concurrency: part.atOnce, timeout: part.minutes * 60_000 };
    await collect(run({ files: [...bundles.keys()], ...limits }), bundles, tally);
  }
  const failed = tally.failures.length - before.failed;
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`\n  ${tally.passed - before.passed} passed, ${failed} failed in ${seconds} s`);
}

/**
 * Each file for itself: one that does not build must not take the others with it.
 * @param {readonly string[]} files
 * @param {Tally} tally
 * @returns {Promise<ReadonlyMap<string, string>>} From each bundle to the file it was made of.
 */
async function bundle(files, tally) {
  const { bundleForNode } = await import('./typescript.mjs');
  const made = await Promise.all(
    files.map(async (file) => {
      try {
        await bundleForNode(`test/${file}`, bundleOf(file));
        return [file];
      } catch (error) {
        const name = `test/${file} does not build`;
        tally.failures.push(name);
        console.log(`\n✖ ${name}\n${indent(error instanceof Error ? error.message : String(error))}`);
        return [];
      }
    }),
  );
  return new Map(made.flat().map((file) => [bundleOf(file), `test/${file}`]));
}

/** @param {string} file */
const bundleOf = (file) => inProject('build/test', file.replace(/\.ts$/, '.mjs'));

/**
 * @param {AsyncIterable<{ readonly type: string; readonly data: unknown }>} stream
 * @param {ReadonlyMap<string, string>} bundles
 * @param {Tally} tally
 */
async function collect(stream, bundles, tally) {
  /** @type {Map<string, string>} What each file printed. */
  const printed = new Map();
  /** @type {Map<string, string>} The test of each source that was begun last: the one that hangs, if one does. */
  const begun = new Map();
  for await (const { type, data } of stream) {
    if (type === 'test:dequeue') {
      const { file = '', name } = /** @type {{ file?: string; name: string }} */ (data);
      if (name !== file) begun.set(sourceOf(file, bundles), name);
    } else if (type === 'test:stdout' || type === 'test:stderr') {
      const { file = '', message } = /** @type {{ file?: string; message: string }} */ (data);
      printed.set(file, (printed.get(file) ?? '') + message);
    } else if (type === 'test:pass' || type === 'test:fail') {
      const result = /** @type {TestResult} */ (data);
      count(type, result, { bundles, printed, begun }, tally);
    }
  }
}

/**
 * @param {'test:pass' | 'test:fail'} type
 * @param {TestResult} result
 * @param {Record<'bundles' | 'printed' | 'begun', ReadonlyMap<string, string>>} files What is known of each bundle, and of each source.
 * @param {Tally} tally
 */
function count(type, result, { bundles, printed, begun }, tally) {
  const isFile = bundles.has(result.name);
  const error = result.details.error;
  // A suite, and a test that fails only through a test inside it, have been counted by what is in them.
  if (result.details.type === 'suite' || error?.failureType === 'subtestsFailed') return;
  const file = sourceOf(result.file ?? '', bundles);
  const reason = result.skip ?? result.todo;
  if (reason !== undefined && reason !== false) {
    tally.skipped.push(
      `${file}: ${result.name}${typeof reason === 'string' && reason ? ` (${reason})` : ''}`,
    );
  } else if (type === 'test:fail') {
    const name = isFile ? `${file} as a whole` : `${file}: ${result.name}`;
    tally.failures.push(name);
    console.log(`\n✖ ${name}\n${indent(describe(error))}`);
    if (isFile) console.log(indent(`begun last: ${begun.get(file) ?? 'no test'}`));
    if (isFile && printed.has(result.name)) console.log(indent(printed.get(result.name) ?? ''));
  } else if (!isFile) {
    // A file that holds no test is reported as a passed one; it has shown nothing.
    tally.passed += 1;
    process.stdout.write('.');
  }
}

/**
 * The runner names a bundle by its own path, and the tests in it by that of their source.
 * @param {string} file
 * @param {ReadonlyMap<string, string>} bundles
 */
const sourceOf = (file, bundles) => bundles.get(file) ?? relative(projectRoot, file);

/** @param {Error | undefined} error */
function describe(error) {
  const cause = error?.cause;
  if (!(cause instanceof Error)) return error?.message ?? 'no reason given';
  const lines = (cause.stack ?? cause.message).split('\n');
  return lines.filter((line) => !/^\s+at .*\bnode:/.test(line)).join('\n');
}

/** @param {string} text */
const indent = (text) => text.trimEnd().replace(/^/gm, '    ');
