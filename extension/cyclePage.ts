// cyclePage.ts
// What the page of one cycle is made of.

import type { Page } from './page.ts';

export const cyclePage: Page = {
  name: 'cycle',
  title: 'Cycle of waits',
  styles: ['page', 'cycle', 'ring', 'story'],
  body: `
  <p id="shown" class="unseen" role="status"></p>
  <main id="cycle" hidden>
    <header>
      <div class="bar">
        <div id="facts"></div>
        <button id="confidence" type="button" aria-expanded="false" aria-controls="reasons"></button>
        <button id="copy-id" type="button" title="Copy the id, by which this finding is suppressed"></button>
        <div class="actions" role="group" aria-label="Share">
          <button id="pin" type="button" aria-pressed="false" title="Keep this cycle; the next one opens in another panel">Pin</button>
          <button id="copy-text" type="button" title="Copy the report as text">Copy text</button>
          <button id="copy-reply" type="button" title="Copy a reply to the patch's mail" hidden>Copy reply</button>
          <button id="save-svg" type="button" title="Save the picture, for slides">Save SVG</button>
        </div>
      </div>
      <ul id="reasons" aria-label="Reasons" hidden></ul>
      <h1 id="title"></h1>
    </header>
    <div id="ring"></div>
    <div id="depth" role="group" aria-label="Depth" hidden>
      <button id="depth-own" type="button" aria-pressed="true">Own functions</button>
      <button id="depth-all" type="button" aria-pressed="false">All calls</button>
    </div>
    <div id="story"></div>
    <p id="verdict"></p>
    <dl id="asides"></dl>
    <p id="said" role="status"></p>
  </main>`,
};
