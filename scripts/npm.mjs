// @ts-check
// npm.mjs
// Packages from the npm registry into a folder of their own, outside this project. No package may run its install
// scripts, so that nothing is fetched from elsewhere; what must be compiled is compiled by name.

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError, run } from './project.mjs';

/**
 * @param {string} folder
 * @param {readonly string[]} specifiers packages, and options of npm
 */
export async function addPackage(folder, ...specifiers) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  await npm(folder, ['install', '--ignore-scripts', '--save-exact', ...specifiers], undefined);
}

/**
 * Inside `npm test`, this project's own ignore-scripts is in the environment; without their scripts npm says that
 * all went well and compiles nothing.
 *
 * @param {string} folder
 * @param {readonly string[]} modules
 * @param {string} nodeHome
 */
export async function compile(folder, modules, nodeHome) {
  await npm(folder, ['rebuild', '--ignore-scripts=false', ...modules], nodeHome);
  for (const name of modules) {
    const files = readdirSync(join(folder, 'node_modules', name), { recursive: true, encoding: 'utf8' });
    if (!files.some((file) => file.endsWith('.node')))
      throw new SetupError(`npm compiled nothing for ${name}`);
  }
}

/**
 * @param {string} folder
 * @param {readonly string[]} args
 * @param {string | undefined} nodeHome the Node to run under and to compile for
 */
export async function npm(folder, args, nodeHome) {
  const { status, output } = await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    capture: true,
    cwd: folder,
    env: npmEnvironment(nodeHome),
  });
  if (status !== 0) throw new SetupError(describeFailure(args, output, status));
}

/**
 * @param {readonly string[]} args
 * @param {string} text all that npm printed
 * @param {number} status
 */
function describeFailure(args, text, status) {
  const complaint =
    /\berror: (.*)$/m.exec(text)?.[1] ??
    /^npm error (?!code |path |command |errno |syscall )(.*)$/m.exec(text)?.[1] ??
    `exit status ${status}`;
  const advice = args[0] === 'install' ? 'see that "npm ping" works' : 'see that g++, make and python3 work';
  return `"npm ${args.join(' ')}" failed (${complaint}); ${advice}, then run this again`;
}

/** @param {string | undefined} nodeHome */
function npmEnvironment(nodeHome) {
  // Inside `npm run`, npm describes the calling package and folder in the environment; a nested npm must
  // not take those for its own.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_(package|lifecycle|config_(local|global)?_?prefix)/.test(name),
    ),
  );
  if (nodeHome === undefined) return environment;
  return {
    ...environment,
    PATH: `${join(nodeHome, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: nodeHome,
  };
}
