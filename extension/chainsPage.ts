// chainsPage.ts
// What the page of the Lock chains panel is made of.

import type { Page } from './page.ts';

export const chainsPage: Page = {
  name: 'chains',
  title: 'Lock chains',
  styles: ['page', 'chains'],
  body: `
  <header>
    <h1 id="title"></h1>
    <button id="back" type="button" hidden>Back</button>
    <button id="place" type="button" hidden></button>
  </header>
  <main>
    <p id="note" role="status" hidden></p>
    <div id="chains" role="tree" aria-label="Lock chains" hidden></div>
    <section id="unresolved" hidden></section>
  </main>`,
};
