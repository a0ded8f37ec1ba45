// @ts-check
// no-network.mjs
// Stands in our bundles where Node's module `net` would stand. The libraries of the language server protocol can also
// speak over sockets; this product never does, and with this module it cannot.

const refuse = () => {
  throw new Error('Holdwait opens no network connection');
};

export const connect = refuse;
export const createConnection = refuse;
export const createServer = refuse;
