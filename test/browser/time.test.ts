import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';

const SB = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "t1") shared (result i32) (i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4)))
  (func (export "t2") shared (result i32)
    (i32.store (i32.const 4) (i32.const 1))
    (i32.load (i32.const 0))))
(register "M")
(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)`;

async function atStep(page: Page, step: number): Promise<void> {
  await page.waitForSelector(`.time-count:has-text("step ${step} of")`);
}

describe.skipIf(!hasBrowser)('time', () => {
  const { open } = visits();

  test('threads are stepped by keys, back and forth, and the program shows the line', async () => {
    const { page, type } = await open();
    await type(SB);
    await page.keyboard.press('Alt+3');
    await page.waitForSelector('.time-column');
    await atStep(page, 3);
    await page.focus('button[aria-label="One step on"]');
    for (const key of ['3', '3', '3']) await page.keyboard.press(key);
    await atStep(page, 6);
    expect(await page.textContent('section[aria-label="Thread T2"]')).toMatch(/i32\.store.*line 4/);
    expect(await page.textContent('.cm-pointed')).toContain('i32.store (i32.const 4)');
    await page.keyboard.press('Shift+Digit3');
    await atStep(page, 7);
    expect(await page.textContent('.time-shared')).toMatch(/M\.mem\+4.*1.*by T2/);
    await page.keyboard.press('ArrowLeft');
    await atStep(page, 6);
    expect(await page.textContent('.time-shared')).not.toContain('by T2');
    await page.keyboard.press('End');
    await page.waitForSelector('.time-ending:has-text("all threads have ended")');
  });

  test('along a weak execution a stale read is marked, the scrubber goes to any moment, and a link brings it back', async () => {
    const { page, type, complaints } = await open();
    await type(SB);
    await page
      .locator('.outcomes-table tbody tr', { has: page.locator('.outcomes-mark') })
      .locator('.outcomes-allowed')
      .click();
    await page.keyboard.press('Alt+3');
    await page.selectOption('.time-order select', 'selected');
    await page.waitForSelector('.time-last:has-text("No interleaving has these values")');
    await page.click('button[aria-label="To the end"]');
    await page.waitForSelector('.time-shared mark:has-text("stale")');
    await page.locator('input[aria-label="Moment"]').fill('5');
    await atStep(page, 5);
    expect(await page.locator('.time-shared mark').count()).toBe(0);
    expect(await complaints()).toEqual([]);
    await page.click('button:has-text("Share")');
    const again = await open({}, new URL(page.url()).hash);
    await again.page.waitForSelector('.time-last:has-text("No interleaving has these values")');
    await atStep(again.page, 5);
  });

  test('the tree of what may come marks equal branches, and a click goes there', async () => {
    const { page, type } = await open();
    await type(SB);
    await page.keyboard.press('Alt+3');
    await page.waitForSelector('.time-column');
    await page.click('.time-tree summary');
    await page.waitForSelector('.time-node[data-same]');
    await page.locator('.time-node:has-text("reads M.mem+4 = 0")').first().click();
    await page.waitForSelector('.time-last:has-text("reads M.mem+4 = 0")');
    expect(await page.textContent('.time-node[aria-current=step]')).toContain('reads M.mem+4 = 0');
  });
});
