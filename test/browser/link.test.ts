import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';

/** Several executions of one outcome, and outcomes that `sc` forbids. */
const PROGRAM = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "t1") shared (result i32)
    (i32.store (i32.const 0) (i32.const 1)) (i32.store (i32.const 0) (i32.const 2)) (i32.load (i32.const 4)))
  (func (export "t2") shared (result i32)
    (i32.store (i32.const 4) (i32.const 1)) (drop (i32.load (i32.const 0))) (i32.load (i32.const 0))))
(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)`;

const LAX = 'Wasm "lax"\nempty rf \\ same-value as value';

/** Everything of the view of outcomes, of the dialog of choices, and of the texts. */
async function outcomesOf(page: Page): Promise<unknown> {
  await page.keyboard.press('Alt+1');
  await page.waitForSelector('.outcomes-table');
  const texts = async (selector: string): Promise<readonly string[]> => page.locator(selector).allTextContents();
  const seen = [
    await page.inputValue('input[aria-label="Filter outcomes"]'),
    await texts('.outcomes-table tbody tr'),
    await texts('.app-name'),
    await texts('.editor-texts button'),
  ];
  await page.click('.choices-open');
  await page.waitForSelector('.choices-model input');
  const chosen = await page
    .locator('.choices input, .choices select')
    .evaluateAll((fields: { value: string; checked?: boolean }[]) =>
      fields.map(({ value, checked }) => [value, checked]),
    );
  await page.keyboard.press('Escape');
  return [...seen, chosen];
}

async function executionOf(page: Page): Promise<unknown> {
  await page.waitForSelector('.app-view svg [data-event]');
  await page.waitForSelector('.graph-number:has-text("Execution 2 of")');
  return [
    await page.textContent('.graph-number'),
    await page
      .locator('.graph-legend input[type=checkbox]')
      .evaluateAll((boxes: { checked: boolean }[]) => boxes.map(({ checked }) => checked)),
  ];
}

async function momentOf(page: Page): Promise<unknown> {
  await page.waitForSelector('.time-count:has-text("step 7 of")');
  return [await page.inputValue('.time-order select'), await page.textContent('.time-count')];
}

async function walkOf(page: Page): Promise<unknown> {
  await page.waitForSelector('.walk');
  return page.textContent('.walk [aria-current=step]');
}

describe.skipIf(!hasBrowser)('a link', () => {
  const { open } = visits();

  test('restores text, models, readings, limits, filter and order, the execution with its relations, the step in time, and the edge that is walked', async () => {
    const { page, type, explored } = await open();
    const again = async (): Promise<Page> => {
      await page.click('button:has-text("Share")');
      const visit = await open({}, new URL(page.url()).hash);
      await visit.explored();
      return visit.page;
    };
    await type(PROGRAM);
    await page.click('.choices-open');
    await page.getByRole('checkbox', { name: /^sc / }).check();
    await page.selectOption('#switch-spurious-wakeups', { index: 1 });
    await page.getByLabel('Events of a thread').fill('300');
    await page.click('button:has-text("Write it")');
    await page.locator('[aria-label^="Own model"]').fill(LAX);
    await explored();
    await page.click('.editor-texts button:has-text("Program")');
    await page.fill('input[aria-label="Filter outcomes"]', 'T1:0:0=0');
    await page.click('th button:has-text("T2:0:0")');
    const weak = page.locator('.outcomes-table tbody tr', { has: page.locator('.outcomes-mark') });
    await weak.locator('.outcomes-allowed').first().click();
    await page.click('button[aria-label="Next execution"]');
    await page.waitForSelector('.graph-number:has-text("Execution 2 of")');
    await page.locator('.graph-legend input[type=checkbox]').first().click();
    const execution = await executionOf(page);
    await page.keyboard.press('Alt+3');
    await page.selectOption('.time-order select', 'selected');
    await page.waitForSelector('.time-last');
    await page.locator('input[aria-label="Moment"]').fill('7');
    const moment = await momentOf(page);

    const first = await again();
    expect(await momentOf(first)).toEqual(moment);
    await first.keyboard.press('Alt+2');
    expect(await executionOf(first)).toEqual(execution);
    expect(await outcomesOf(first)).toEqual(await outcomesOf(page));

    await page.locator('.outcomes-forbidden').first().click();
    await page.waitForSelector('.walk');
    for (let step = 0; step < 3; step++) await page.click('button:has-text("Next")');
    const walked = await walkOf(page);
    expect(await walkOf(await again())).toBe(walked);
  });
});
