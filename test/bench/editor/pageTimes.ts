// pageTimes.ts
// Times as the page itself sees them: from an event until something stands there. The page looks every few milliseconds,
// where playwright would look twice a second.

import type { Page } from 'playwright-core';

/** Milliseconds since the page was asked for. */
export interface OpeningTimes {
  /** The explorer lists files and the editor shows text. */
  readonly workbench: number;
  readonly firstLens: number;
}

interface PageWithTimes {
  holdwaitTimes: { workbench?: number; firstLens?: number };
}

/** To be called before the page goes anywhere; `openingTimes` gives what came of it. */
export async function watchOpening(page: Page): Promise<void> {
  await page.addInitScript(() => {
    if (globalThis.top !== globalThis.self) return;
    const times = ((globalThis as unknown as PageWithTimes).holdwaitTimes = {} as {
      workbench?: number;
      firstLens?: number;
    });
    const timer = setInterval(() => {
      const isThere = (selector: string): boolean => document.querySelector(selector) !== null;
      if (isThere('.explorer-folders-view .monaco-list-row') && isThere('.editor-instance .view-line'))
        times.workbench ??= performance.now();
      if (isThere('.codelens-decoration a')) times.firstLens ??= performance.now();
      if (times.firstLens !== undefined && times.workbench !== undefined) clearInterval(timer);
    }, 5);
  });
}

export async function openingTimes(page: Page): Promise<OpeningTimes> {
  const times = await page.waitForFunction(
    () => {
      const { workbench, firstLens } = (globalThis as unknown as PageWithTimes).holdwaitTimes;
      return workbench !== undefined && firstLens !== undefined && { workbench, firstLens };
    },
    undefined,
    { timeout: 120_000 },
  );
  return (await times.jsonValue()) as OpeningTimes;
}

export interface Awaited {
  /** What starts the clock. */
  readonly event: 'pointerdown' | 'keydown';
  /** Only this key does, where it is told. */
  readonly key?: string;
  /** One of these… */
  readonly selector: string;
  /** …has to have a text with these words in it, in the page or in one of its frames. */
  readonly words: string;
}

/** Does something, and gives the time from its event until what is awaited stands there. */
export async function timeUntil(page: Page, awaited: Awaited, act: () => Promise<void>): Promise<number> {
  // A key can overtake what was sent to the page before it, so the page has to say that it listens.
  await page.evaluate(listenForEvent, awaited);
  const seen = Promise.any(page.frames().map((frame) => frame.evaluate(momentOfWords, awaited)));
  // Where the deed fails, that is what is told.
  seen.catch(() => undefined);
  await act();
  const milliseconds = (await seen) - (await page.evaluate(momentOfEvent));
  if (milliseconds < 0) throw new Error(`"${awaited.words}" stood there before`);
  return milliseconds;
}

/** The same without a clock, for what has to be there first, frames among it. */
export async function waitFor(page: Page, { selector, words }: Awaited): Promise<void> {
  for (let i = 0; i < 600; i++) {
    const counts = page.frames().map((frame) => frame.locator(selector, { hasText: words }).count());
    const found = await Promise.allSettled(counts);
    if (found.some((count) => count.status === 'fulfilled' && count.value > 0)) return;
    await page.waitForTimeout(100);
  }
  throw new Error(`waited a minute in vain for "${words}" in ${selector}`);
}

interface PageWithEvent {
  holdwaitEvent: number | undefined;
}

/** Runs in the page: keeps the moment of the event, by a clock that all frames share. */
function listenForEvent({ event, key }: Awaited): void {
  const page = globalThis as unknown as PageWithEvent;
  page.holdwaitEvent = undefined;
  const heard = (seen: Event): void => {
    if (key !== undefined && (seen as KeyboardEvent).key !== key) return;
    globalThis.removeEventListener(event, heard, { capture: true });
    page.holdwaitEvent = performance.timeOrigin + seen.timeStamp;
  };
  globalThis.addEventListener(event, heard, { capture: true });
}

/** Runs in the page. */
function momentOfEvent(): number {
  const { holdwaitEvent } = globalThis as unknown as PageWithEvent;
  if (holdwaitEvent === undefined) throw new Error('the page heard nothing of it');
  return holdwaitEvent;
}

/** Runs in every frame. */
function momentOfWords({ selector, words }: Awaited): Promise<number> {
  return new Promise((resolve, reject) => {
    const limit = performance.now() + 300_000;
    const timer = setInterval(() => {
      const texts = [...document.querySelectorAll(selector)].map(({ textContent }) => textContent);
      if (texts.some((text) => text.includes(words))) {
        clearInterval(timer);
        resolve(performance.timeOrigin + performance.now());
      } else if (performance.now() > limit) {
        clearInterval(timer);
        reject(new Error(`waited five minutes in vain for "${words}" in ${selector}`));
      }
    }, 3);
  });
}
