// editorVisit.ts
// What a person does in an open window, each with the time until it is answered.

import { basename } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { activeEditor, lensAbove, quickPick, runCommand } from '../../vscode/support/workbench.ts';
import { timeUntil, waitFor } from './pageTimes.ts';
import type { Awaited } from './pageTimes.ts';

// Both in view at once, so that nobody scrolls.
const functions = ['mlx4_register_device', 'mlx4_unregister_device'] as const;
/** The name stands before the last two letters of its line, in sight of the lens. */
const lock = { line: 203, name: 'intf_mutex', lettersBehind: 2 };

/** Lists and headings of views, and the heading of a panel. */
const chainsTexts = '.pane-header, .pane-body .message, .monaco-list-row, #title';
const lensTexts = '.codelens-decoration';
const reviewTexts = '.pane-body';

export class EditorVisit {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The first click, which opens the view, is not counted. */
  async clicksToChains(count: number): Promise<readonly number[]> {
    const times: number[] = [];
    for (let i = 0; i <= count; i++) {
      const name = functions[i % functions.length] ?? '';
      const lens = await lensAbove(this.#page, `${name}(struct`, /^(takes|waits|calls)/);
      const awaited = { event: 'pointerdown', selector: chainsTexts, words: name } as const;
      if (i > 0) times.push(await this.#time(awaited, () => lens.click()));
      else {
        await lens.click();
        await waitFor(this.#page, awaited);
      }
    }
    return times;
  }

  /** Types a number into the name of a lock, and takes it back in the end. */
  async keystrokesToLens(count: number): Promise<readonly number[]> {
    await this.#goTo(lock.line);
    await this.#page.keyboard.press('End');
    for (let i = 0; i < lock.lettersBehind; i++) await this.#page.keyboard.press('ArrowLeft');
    const times: number[] = [];
    let name: string = lock.name;
    for (let i = 0; i < count; i++) {
      name += i;
      const awaited = { event: 'keydown', key: `${i}`, selector: lensTexts, words: name } as const;
      times.push(await this.#time(awaited, () => this.#page.keyboard.press(`${i}`)));
    }
    await runCommand(this.#page, 'File: Revert File');
    return times;
  }

  async commandsToReview(count: number, patch: string): Promise<readonly number[]> {
    const times: number[] = [];
    for (let i = 0; i < count; i++) {
      await this.#openByPath(patch);
      await runCommand(this.#page, 'Holdwait: Review Patch');
      const choice = quickPick(this.#page, 'The patch in this editor');
      await choice.waitFor();
      const awaited = { event: 'pointerdown', selector: reviewTexts, words: 'introduced' } as const;
      times.push(await this.#time(awaited, () => choice.click()));
      // The changed line opens after the answer; what is done before that would lose its place to it.
      await this.#page.locator('.tab.active', { hasText: '(base ↔' }).first().waitFor();
      await runCommand(this.#page, 'Holdwait: Clear Review');
    }
    return times;
  }

  #time(awaited: Awaited, act: () => Promise<void>): Promise<number> {
    return timeUntil(this.#page, awaited, act);
  }

  async #openByPath(path: string): Promise<void> {
    await this.#page.keyboard.press('Control+P');
    await this.#input.fill(path);
    // Not by the Enter key: another row can stand first for a moment.
    await quickPick(this.#page, basename(path)).click();
    await activeEditor(this.#page, basename(path));
  }

  async #goTo(line: number): Promise<void> {
    await this.#page.locator('.tab.active').first().click();
    await this.#page.keyboard.press('Control+P');
    await this.#input.fill(`:${line}`);
    await this.#input.press('Enter');
    await this.#input.waitFor({ state: 'hidden' });
  }

  get #input(): Locator {
    return this.#page.locator('.quick-input-widget .quick-input-box input');
  }
}
