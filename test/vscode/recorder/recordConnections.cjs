// @ts-check
// recordConnections.cjs
// Loaded into the Node processes of a server: writes down each attempt to reach another machine. An attempt counts
// even where the network refuses it at once, so this also works on a machine without one.

const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const net = require('node:net');

const log = process.env['HOLDWAIT_CONNECTIONS'];
const loopback = /^(localhost|127\.[\d.]+|::1|::ffff:127\.[\d.]+)$/;

// (options), (port, host) or (path); Node itself passes these as one list.
watch(net.Socket.prototype, 'connect', (args) => {
  const [first, second] = Array.isArray(args[0]) ? /** @type {unknown[]} */ (args[0]) : args;
  if (typeof first === 'object' && first !== null && 'host' in first) return first.host;
  return typeof first === 'number' ? second : undefined;
});
// (message, [offset, length,] port, address)
watch(dgram.Socket.prototype, 'send', (args) =>
  args.slice(1).find((argument) => typeof argument === 'string'),
);

/**
 * VS Code clears the environment of an extension host of everything that loads code, so there this file comes as an
 * extension of its own, active before all others, and sees to the processes that they start.
 */
exports.activate = () => {
  process.env['NODE_OPTIONS'] = `--require ${__filename}`;
  if (log !== undefined) appendFileSync(log, 'recording\n');
};

/**
 * @param {object} prototype
 * @param {string} method
 * @param {(args: readonly unknown[]) => unknown} hostOf
 */
function watch(prototype, method, hostOf) {
  const original = /** @type {Function} */ (Reflect.get(prototype, method));
  /**
   * @this {unknown}
   * @param {unknown[]} args
   */
  function watched(...args) {
    const host = hostOf(args);
    if (log !== undefined && typeof host === 'string' && !loopback.test(host)) {
      appendFileSync(log, `${host} (by ${process.argv.slice(1, 3).join(' ')})\n`);
    }
    return /** @type {unknown} */ (Reflect.apply(original, this, args));
  }
  Reflect.set(prototype, method, watched);
}
