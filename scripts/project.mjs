// @ts-check
// project.mjs
// Where this project lies, and how its scripts run other programs. Node built-ins only: it is used before `npm ci`.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dirname, join, resolve } from 'node:path';

/** The folder of package.json. */
export const projectRoot = dirname(dirname(fileURLToPath(import.meta.url)));

/** @param {...string} parts A path below the project's root. */
export const inProject = (...parts) => join(projectRoot, ...parts);

/**
 * Whether this module is the program that node was started with, and not one imported by another.
 * @param {string} moduleUrl The module's `import.meta.url`.
 */
export function isProgram(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && resolve(started) === fileURLToPath(moduleUrl);
}

/** A failure that is worth one line to the user and no stack. */
export class SetupError extends Error {
  /** @override */
  name = 'SetupError';
}

/**
 * Runs the main function of a script: a SetupError becomes one line, anything else keeps its stack.
 * @param {() => Promise<number | void>} main Gives the exit status; nothing means 0.
 */
export async function runProgram(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    console.error(error instanceof SetupError ? error.message : error);
  }
}

/**
 * @typedef {object} Outcome
 * @property {number} status Exit status; 128 and more for a signal.
 * @property {string} output What the program printed, when it was captured.
 *
 * @typedef {object} RunOptions
 * @property {boolean} [capture] Collect both outputs in place of passing them on.
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 */

/**
 * Runs a program to its end; never throws for a bad exit status.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<Outcome>}
 */
export function run(program, args, options = {}) {
  return new Promise((done) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? projectRoot,
      env: options.env ?? process.env,
      stdio: ['ignore', options.capture ? 'pipe' : 'inherit', options.capture ? 'pipe' : 'inherit'],
    });
    /** @type {Buffer[]} */
    const chunks = [];
    child.stdout?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    child.stderr?.on('data', (/** @type {Buffer} */ chunk) => chunks.push(chunk));
    child.on('error', (error) => done({ status: 127, output: `${program}: ${error.message}` }));
    child.on('close', (code, signal) => {
      done({ status: code ?? (signal ? 128 : 1), output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
