// @ts-check
// recordConnections.cjs
// Loaded into every Node process of the server, before anything else: writes down each attempt to reach another
// machine. An attempt counts even where the network refuses it at once, so this works on a machine without one.

const { appendFileSync } = require('node:fs');
const dgram = require('node:dgram');
const net = require('node:net');

const log = process.env['HOLDWAIT_CONNECTIONS'];
const loopback = /^(localhost|127\.[\d.]+|::1|::ffff:127\.[\d.]+)$/;

/** @param {unknown} host */
function record(host) {
  if (log === undefined || typeof host !== 'string' || loopback.test(host)) return;
  appendFileSync(log, `${host} (by ${process.argv.slice(1, 3).join(' ')})\n`);
}

/** @type {Function} */
const connect = net.Socket.prototype.connect;
/** @param {unknown[]} args (options), (port, host) or (path); Node itself passes them as one list. */
net.Socket.prototype.connect = function recordedConnect(...args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  record(
    typeof first === 'object' && first !== null ? first.host : typeof first === 'number' ? second : undefined,
  );
  return connect.apply(this, args);
};

/** @type {Function} */
const send = dgram.Socket.prototype.send;
/** @param {unknown[]} args (message, [offset, length,] port, address) */
dgram.Socket.prototype.send = function recordedSend(...args) {
  record(args.slice(1).find((argument) => typeof argument === 'string'));
  return send.apply(this, args);
};
