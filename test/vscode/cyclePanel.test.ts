// cyclePanel.test.ts
// The panel of one cycle in a real browser, with the policy and the colours that VS Code gives it: every shape of cycle
// in every kind of theme, the keyboard, list and picture in step, what survives a reload, and what goes out of it.

import { strict as assert } from 'node:assert';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { cyclePage } from '../../extension/cyclePage.ts';
import type { FromPage } from '../../media/cycle/messages.ts';
import { inProject } from '../../scripts/project.mjs';
import type { CycleStep } from '../../src/report/cycleRows.ts';
import type { CycleView } from '../../src/report/cycleView.ts';
import * as cycles from '../support/cycles.ts';
import { barriers } from './support/barriers.ts';
import { openPanel } from './support/panelPage.ts';
import type { PanelView } from './support/panelPage.ts';
import { themes } from './support/themes.ts';
import type { ThemeName } from './support/themes.ts';
import { openBrowser } from './support/workbench.ts';

const views: Readonly<Record<string, CycleView>> = {
  'two-threads': cycles.seed,
  'three-locks': cycles.threeLocks,
  'self-deadlock': cycles.selfDeadlock,
  'lock-leak': cycles.leak,
  'irq-deadlock': cycles.irq,
  sleeping: cycles.sleeping,
  splat: cycles.splat,
  'six-threads': cycles.circleOf(6),
};

const browser = await openBrowser();
after(() => browser.close());

for (const theme of Object.keys(themes) as ThemeName[]) {
  test(`every cycle in the colours of ${theme}`, async (t) => {
    const panel = await opened(theme);
    for (const [name, view] of Object.entries(views)) {
      await t.test(name, async () => {
        await show(panel, view);
        assert.equal(await panel.page.locator('.arc').count(), view.threads.length);
        assert.equal(await panel.page.locator('.ring .node').count(), view.nodes.length);
        await picture(panel.page, `cycle-${name}-${theme}`);
        assert.deepEqual(await barriers(panel.page), []);
      });
    }
    assert.deepEqual(panel.troubles, []);
  });
}

test('a narrow editor stacks the columns, and nothing sticks out', async () => {
  const panel = await opened('light');
  for (const width of [320, 420, 640]) {
    await panel.page.setViewportSize({ width, height: 800 });
    for (const [name, view] of Object.entries(views)) {
      await show(panel, view);
      const wide = await panel.page.evaluate('document.documentElement.scrollWidth');
      assert.ok(Number(wide) <= width, `${name} is ${String(wide)} wide in ${width}`);
    }
    await show(panel, cycles.seed);
    const tops = await panel.page
      .locator('.thread')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    assert.equal(new Set(tops).size, width < 640 ? 2 : tops.length);
    await picture(panel.page, `cycle-narrow-${width}`);
  }
});

test('sixty members have a picture, and more have a sentence', async () => {
  const panel = await opened('dark');
  await show(panel, cycles.circleOf(60));
  assert.equal(await panel.page.locator('.ring .node').count(), 60);
  await show(panel, cycles.circleOf(61));
  assert.equal(await panel.page.locator('.ring').count(), 0);
  assert.match((await panel.page.locator('#ring').textContent()) ?? '', /^The cycle has 61 members/);
  assert.equal(await panel.page.locator('.thread').count(), 61);
});

test('two hundred hops in five threads fold, and the picture stays one', async () => {
  const panel = await opened('light');
  const { page } = panel;
  await page.setViewportSize({ width: 400, height: 900 });
  await show(panel, longStory(5, 40));
  assert.equal(await page.locator('.ring .node').count(), 5);
  assert.equal(await page.locator('[role="treeitem"]').count(), 5 * 3);
  await page.locator('#depth-all').click();
  assert.equal(await page.locator('[role="treeitem"]').count(), 5 * 41);
  assert.deepEqual(await stickingOut(page), []);
  assert.deepEqual(await overlapping(page), []);
  assert.deepEqual(await barriers(page), []);
  await picture(page, 'cycle-200-hops');
});

test('at twice the size nothing is cut off, and no names lie upon each other', async () => {
  const panel = await opened('dark');
  const { page } = panel;
  await page.evaluate("document.documentElement.style.zoom = '2'");
  for (const [name, view] of Object.entries({ ...views, long: longStory(5, 4) })) {
    await show(panel, view);
    assert.ok(Number(await page.evaluate('document.documentElement.scrollWidth')) <= 1100, name);
    assert.deepEqual(await overlapping(page), [], name);
  }
  await show(panel, cycles.seed);
  await picture(page, 'cycle-twice');
});

test('colours that the system forces leave shapes and focus', async () => {
  const panel = await opened('contrastDark');
  await panel.page.emulateMedia({ forcedColors: 'active' });
  await show(panel, cycles.seed);
  await panel.page.locator('.arc').first().focus();
  await picture(panel.page, 'cycle-forced-colors');
  assert.deepEqual(await barriers(panel.page), []);
});

test('nothing moves for those who want it so', async () => {
  const panel = await opened('dark');
  await show(panel, cycles.seed);
  const duration = (): Promise<string> =>
    panel.page
      .locator('.thread')
      .first()
      .evaluate((one) => getComputedStyle(one).transitionDuration);
  await panel.page.emulateMedia({ reducedMotion: 'reduce' });
  assert.equal(await duration(), '0s');
  await panel.page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.notEqual(await duration(), '0s');
});

test('list and picture are in step', async (t) => {
  const panel = await opened('dark');
  const { page } = panel;
  await show(panel, cycles.threeLocks);
  const lit = async (): Promise<readonly string[]> =>
    page
      .locator('.lit')
      .evaluateAll((all) =>
        all.map(
          (one) =>
            `${one.classList[0] ?? ''} ${(one as HTMLElement).dataset['thread'] ?? (one as HTMLElement).dataset['node'] ?? ''}`,
        ),
      );

  await t.test('the pointer on an arc shows its column and its two nodes', async () => {
    await page.locator('.arc .label').nth(1).hover();
    assert.deepEqual(await lit(), ['node 1', 'node 2', 'arc 1', 'thread 1']);
  });
  await t.test('the focus on a step shows its arc', async () => {
    await page.mouse.move(1, 1);
    await rows(page, 2).first().focus();
    assert.deepEqual(await lit(), ['node 0', 'node 2', 'arc 2', 'thread 2']);
    assert.deepEqual(await barriers(page), []);
    await picture(page, 'cycle-in-step');
  });
  await t.test('and still does when the panel gets another width', async () => {
    await page.setViewportSize({ width: 900, height: 800 });
    await page.waitForFunction(() => document.querySelector('#ring')?.clientWidth === 860);
    assert.deepEqual(await lit(), ['node 0', 'node 2', 'arc 2', 'thread 2']);
  });
  await t.test('a click on an arc keeps it', async () => {
    await page.locator('.arc .label').first().click();
    await page.mouse.move(1, 1);
    await page.evaluate('document.activeElement.blur()');
    assert.deepEqual(await lit(), ['node 0', 'node 1', 'arc 0', 'thread 0']);
    assert.equal(await page.locator('.arc').first().getAttribute('aria-pressed'), 'true');
  });
  await t.test('Escape lets it go', async () => {
    await page.keyboard.press('Escape');
    assert.deepEqual(await lit(), []);
  });
});

test('everything can be done by the keyboard', async (t) => {
  const panel = await opened('light');
  const { page } = panel;
  await show(panel, cycles.seed);
  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

  await t.test('Tab goes through the buttons into the ring and the columns', async () => {
    const stops: string[] = [];
    for (let i = 0; i < 14; i++) {
      await press('Tab');
      stops.push(await focused(page));
    }
    assert.deepEqual(stops, [
      ...['confidence', 'copy-id', 'pin', 'copy-text', 'copy-reply', 'save-svg'],
      'Thread 1 acme_set_mtu() holds → waits for: acme_list_mutex → net_device references',
      ...['depth-own', 'depth-all'],
      'takes mutex_lock(&acme_list_mutex), in acme_unregister_card, list.c:375',
      'which 2acme_en_rebond_work() has',
      'calls acme_en_event() via notifier chain, in call_netdevice_notifiers, dev.c:2122',
      'which 1acme_set_mtu() has',
      'BODY',
    ]);
  });
  await t.test('ArrowDown from nowhere goes into the steps, to the one where the reader was', async () => {
    await page.evaluate('document.activeElement.blur()');
    await rows(page, 1).nth(1).focus();
    await page.evaluate('document.activeElement.blur()');
    await press('ArrowDown');
    assert.equal(await page.locator(':focus').getAttribute('data-id'), '1.1');
  });
  await t.test('arrow keys go from thread to thread, Enter opens where one waits', async () => {
    await page.locator('.arc').first().focus();
    await press('ArrowRight');
    assert.match(await focused(page), /^Thread 2 /);
    await panel.received();
    await press('Enter');
    assert.deepEqual(await opens(panel), [['drivers/net/ethernet/acme/list.c', 187, true]]);
    await press('ArrowRight');
    assert.match(await focused(page), /^Thread 1 /);
  });
  await t.test('arrow keys go from step to step, Enter opens one, Space only shows it', async () => {
    await rows(page, 0).first().focus();
    await press('ArrowDown', 'Enter', 'ArrowDown', 'Space', 'ArrowUp', 'End', 'Enter', 'Home', 'Enter');
    assert.deepEqual(await opens(panel), [
      ['drivers/net/ethernet/acme/list.c', 379, true],
      ['drivers/net/ethernet/acme/list.c', 328, false],
      ['net/core/dev.c', 10977, true],
      ['drivers/net/ethernet/acme/list.c', 375, true],
    ]);
  });
  await t.test('ArrowRight opens a fold, and Escape closes it from inside', async () => {
    const fold = page.locator('.row.fold');
    await fold.focus();
    await press('ArrowRight');
    assert.equal(await fold.getAttribute('aria-expanded'), 'true');
    await press('ArrowDown', 'ArrowDown');
    assert.match(await focused(page), /^calls __device_release_driver/);
    await press('Escape');
    assert.equal(await fold.getAttribute('aria-expanded'), 'false');
    assert.equal(await focused(page), '3 calls through the driver core');
  });
  await t.test('to the side they go to the other column', async () => {
    await rows(page, 0).first().focus();
    await press('ArrowRight');
    assert.match(await focused(page), /in call_netdevice_notifiers/);
    await press('ArrowLeft');
    assert.match(await focused(page), /in acme_unregister_card/);
  });
  await t.test('the depth unfolds all calls', async () => {
    await page.locator('#depth-all').focus();
    await press('Enter');
    assert.equal(await rows(page, 0).count(), 15);
    await picture(page, 'cycle-all-calls');
    assert.deepEqual(await barriers(page), []);
  });
  await t.test('reasons come and go', async () => {
    await page.locator('#confidence').focus();
    await press('Enter');
    assert.equal(await page.locator('#reasons').textContent(), cycles.seed.reasons.join(''));
    assert.deepEqual(await barriers(page), []);
    await press('Escape');
    assert.ok(await page.locator('#reasons').isHidden());
  });
  await t.test('the focus can be seen', async () => {
    await rows(page, 0).first().focus();
    assert.notEqual(
      await page.locator(':focus').evaluate((one) => getComputedStyle(one).outlineStyle),
      'none',
    );
    await page.locator('.arc').first().focus();
    await press('ArrowRight');
    const ring = await page.locator('.arc:focus .label').evaluate((one) => getComputedStyle(one).strokeWidth);
    assert.equal(ring, '2px');
  });
});

test('a reload keeps what the reader has opened and chosen', async () => {
  const panel = await opened('dark');
  const { page } = panel;
  await show(panel, cycles.seed);
  await page.locator('.row.fold').click();
  await rows(page, 1).nth(2).focus();
  await page.locator('.arc .label').nth(1).click();
  await page.locator('#confidence').click();
  await page.locator('#pin').click();
  const before = await standing(page);
  assert.equal(before.rows, 15);
  await page.reload();
  await rows(page, 0).first().waitFor();
  assert.deepEqual(await standing(page), before);
  // The extension sends the cycle once more, and that changes nothing.
  await panel.send({ type: 'show', shown: { root, view: cycles.seed }, isPinned: true });
  assert.deepEqual(await standing(page), before);
  await show(panel, cycles.irq);
  assert.deepEqual((await standing(page)).chosen, null);
  assert.deepEqual(panel.troubles, []);
});

test('texts and pictures go out', async (t) => {
  const panel = await opened('contrastDark');
  const { page } = panel;
  await show(panel, cycles.seed);
  await t.test('as the extension copies them', async () => {
    await panel.received();
    for (const what of ['text', 'reply', 'id']) await page.locator(`#copy-${what}`).click();
    await page.locator('#pin').click();
    assert.deepEqual(await panel.received(), [
      { type: 'copy', what: 'text' },
      { type: 'copy', what: 'reply' },
      { type: 'copy', what: 'id' },
      { type: 'pin', isPinned: true },
    ]);
    await panel.send({ type: 'done', sentence: 'The report is in the clipboard.' });
    await page.getByRole('status').getByText('The report is in the clipboard.').waitFor();
  });
  await t.test('without a mail there is no reply', async () => {
    await show(panel, cycles.irq);
    assert.ok(await page.locator('#copy-reply').isHidden());
  });
  for (const [name, view] of Object.entries(views)) {
    await t.test(`the picture of ${name} stands alone`, async () => {
      await show(panel, view);
      await page.locator('#save-svg').click();
      const message = (await panel.received()).find(isSaved);
      assert.ok(message);
      assert.doesNotMatch(message.svg, /var\(|class=|style=|href=|currentcolor/i);
      // Whatever the theme, and whoever is looked at.
      assert.match(message.svg, /rx="12" fill="rgb\(255, 255, 255\)"/);
      assert.doesNotMatch(message.svg, / opacity="0\.\d/);
      assert.ok(message.svg.includes(view.verdict));
      const parsed = await page.evaluate(
        (svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement.outerHTML,
        message.svg,
      );
      assert.doesNotMatch(parsed, /parsererror/);
      const alone = await page.context().newPage();
      await alone.setContent(message.svg);
      await picture(alone, `cycle-svg-${name}`);
      await alone.close();
    });
  }
});

/** Threads with names as long as the kernel has them, and as many calls through other code. */
function longStory(threads: number, calls: number): CycleView {
  const circle = cycles.circleOf(threads);
  return {
    ...circle,
    id: `long${threads}x${calls}`,
    nodes: circle.nodes.map((node) => ({ ...node, name: `${node.name}_of_the_adapter_private_data_lock` })),
    threads: circle.threads.map((thread) => {
      const [take, call, wait] = thread.rows as readonly CycleStep[];
      const steps = Array.from({ length: calls - 2 }, (_, i): CycleStep => ({
        ...call!,
        code: `err = ${call!.fn}_through_the_core_${i}(adapter->private_data, GFP_KERNEL);`,
        line: 100 + i,
      }));
      const fold = { kind: 'fold', through: 'the driver core', isHeld: true, steps } as const;
      return { ...thread, fn: `${thread.fn}_in_a_function_with_a_long_name`, rows: [take!, fold, wait!] };
    }),
  };
}

/** What is wider than the page, for its reader would have to scroll. */
const stickingOut = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() =>
    document.documentElement.scrollWidth <= document.documentElement.clientWidth
      ? []
      : [...document.querySelectorAll('body *')]
          .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth)
          .map((one) => `${one.tagName} ${one.getAttribute('class') ?? one.id}`),
  );

/** Texts of the picture that lie upon each other or outside of it. */
const overlapping = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const texts = [...document.querySelectorAll('.ring text')].map((text) => ({
      name: text.textContent,
      box: text.getBoundingClientRect(),
    }));
    return texts.flatMap((one, i) => {
      const outside = one.box.left < 0 || one.box.right > document.documentElement.clientWidth;
      const upon = texts.slice(i + 1).filter(
        ({ box }) =>
          Math.min(box.right, one.box.right) - Math.max(box.left, one.box.left) > 1 &&
          // Lines of a label stand closer than their boxes.
          Math.min(box.bottom, one.box.bottom) - Math.max(box.top, one.box.top) > 4,
      );
      return [...upon.map(({ name }) => `${one.name} / ${name}`), ...(outside ? [one.name] : [])];
    });
  });

const root = 'file:///linux';

async function opened(theme: ThemeName): Promise<PanelView> {
  const panel = await openPanel(browser.context, cyclePage, theme);
  await panel.page.setViewportSize({ width: 1100, height: 800 });
  return panel;
}

async function show(panel: PanelView, view: CycleView): Promise<void> {
  const { page } = panel;
  await panel.send({ type: 'show', shown: { root, view }, isPinned: false });
  await page.locator('#copy-id', { hasText: view.id }).waitFor({ state: 'attached' });
}

const rows = (page: Page, thread: number): Locator =>
  page.locator(`.thread[data-thread="${thread}"] [role="treeitem"]`);

/** Name of what has the focus, as a screen reader says it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const one = document.activeElement;
    return (
      one?.getAttribute('aria-label') ??
      (one?.id || (one === document.body ? 'BODY' : (one?.textContent ?? '')))
    );
  });

async function opens(panel: PanelView): Promise<readonly (readonly unknown[])[]> {
  const messages = (await panel.received()) as readonly FromPage[];
  return messages.flatMap((one) => (one.type === 'open' ? [[one.path, one.line, one.focus]] : []));
}

const isSaved = (message: unknown): message is Extract<FromPage, { readonly type: 'saveSvg' }> =>
  (message as FromPage).type === 'saveSvg';

interface Standing {
  readonly rows: number;
  readonly selected: string | null;
  readonly chosen: string | null;
  readonly reasons: boolean;
  readonly pinned: string | null;
}

async function standing(page: Page): Promise<Standing> {
  const attribute = async (selector: string, name: string): Promise<string | null> =>
    (await page.locator(selector).count()) === 0 ? null : page.locator(selector).first().getAttribute(name);
  return {
    rows: await rows(page, 0).count(),
    selected: await attribute('.row[aria-selected="true"]', 'data-id'),
    chosen: await attribute('.arc[aria-pressed="true"]', 'data-thread'),
    reasons: await page.locator('#reasons').isVisible(),
    pinned: await attribute('#pin', 'aria-pressed'),
  };
}

async function picture(page: Page, name: string): Promise<void> {
  const folder = inProject('build/screenshots');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
