// @ts-check
// standInApi.js
// What VS Code gives to the script of a webview, for pages that are opened without VS Code.

(() => {
  /** @type {unknown[]} */
  let messages = [];
  Object.assign(globalThis, {
    acquireVsCodeApi: () => ({
      postMessage: (/** @type {unknown} */ message) => void messages.push(message),
      getState: () => {
        const state = sessionStorage.getItem('state');
        return state === null ? undefined : /** @type {unknown} */ (JSON.parse(state));
      },
      setState: (/** @type {unknown} */ state) => sessionStorage.setItem('state', JSON.stringify(state)),
    }),
    takeMessages: () => {
      const taken = messages;
      messages = [];
      return taken;
    },
  });
})();
