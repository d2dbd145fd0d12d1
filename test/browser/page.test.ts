import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';
import { SB } from './support/programs.ts';

/** Three threads whose plain accesses race: more executions than anybody waits for. */
const LONG = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "f") shared ${'(i32.store (i32.const 0) (i32.add (i32.load (i32.const 0)) (i32.const 1)))'.repeat(6)}))
(thread $T1 (shared (module $M)) (invoke $M "f"))
(thread $T2 (shared (module $M)) (invoke $M "f"))
(thread $T3 (shared (module $M)) (invoke $M "f"))`;

describe.skipIf(!hasBrowser)('the playground', () => {
  const { open } = visits();

  test('a program is typed, its outcomes are listed, and an execution of one is opened', async () => {
    const { page, type } = await open();
    await type(SB);
    expect(await page.locator('.outcomes-table tbody tr').count()).toBe(4);
    expect(await page.locator('.outcomes-mark:has-text("weak")').count()).toBe(1);
    await page
      .locator('.outcomes-table tbody tr', { has: page.locator('.outcomes-mark') })
      .locator('.outcomes-allowed')
      .click();
    await page.waitForSelector('.app-view svg');
    expect(await page.getByRole('tab', { selected: true }).textContent()).toBe('Execution');
  });

  test('models are compared side by side, and a forbidden outcome is explained by a cycle that is walked', async () => {
    const { page, type, explored } = await open();
    await type(SB);
    await page.click('.choices-open');
    await page.getByRole('checkbox', { name: /^sc / }).check();
    await page.keyboard.press('Escape');
    await explored();
    await page.click('.outcomes-forbidden');
    await page.waitForSelector('.walk');
    const first = await page.locator('.walk [aria-current=step]').textContent();
    await page.click('button:has-text("Next")');
    const second = page.locator('.walk [aria-current=step]');
    expect(await second.textContent()).not.toBe(first);
    expect(await second.textContent()).toMatch(/─\w+→|before/);
    await page.keyboard.press('ArrowLeft');
    expect(await page.locator('.walk [aria-current=step]').textContent()).toBe(first);
    expect(await page.textContent('.why-checked')).toMatch(/the outcome appears in 1 execution/);
  });

  test('an empty page leads to a first program; a test’s answer leads to its reason; paper has the whole program', async () => {
    const { page, example, explored, complaints } = await open();
    expect(await complaints()).toEqual([]);
    await page.click('.welcome-step');
    await explored();
    expect(await page.locator('.outcomes-table tbody tr').count()).toBe(4);
    await example('MP+sc');
    await page.click('button[aria-label="Why, under wasm"]');
    await page.waitForSelector('.walk');
    expect(await page.textContent('.why h2')).toMatch(/wasm forbids T2:0:0 = i32 1; T2:0:1 = i32 0/);
    await page.emulateMedia({ media: 'print' });
    await page.waitForSelector('.printed li');
    expect(await page.locator('.printed li').count()).toBeGreaterThan(30);
    expect(await page.locator('.walk-buttons:visible').count()).toBe(0);
  });

  test('a link restores the program, the models and what is looked at', async () => {
    const { page, type } = await open();
    await type(SB);
    await page.locator('.outcomes-allowed').first().click();
    await page.waitForSelector('.app-view svg');
    await page.click('button:has-text("Share")');
    const { hash } = new URL(page.url());
    const again = await open({}, hash);
    await again.explored();
    await again.page.waitForSelector('.app-view svg');
    expect(await again.page.locator('.cm-content').textContent()).toContain('i32.store');
    expect(await again.page.getByRole('tab', { selected: true }).textContent()).toBe('Execution');
  });

  test('a damaged link is told, and leaves a page that works', async () => {
    const { page, type } = await open({}, '#1nonsense');
    await page.waitForSelector('.app-status:has-text("damaged")');
    await type(SB);
    expect(await page.locator('.outcomes-table tbody tr').count()).toBe(4);
  });

  test('what is wrong with a program is told where it is', async () => {
    const { page, type } = await open();
    await type('(module (func (result i32) (i64.const 1)))');
    await page.waitForSelector('.cm-lintRange-error');
    expect(await page.textContent('.problems')).toContain('type mismatch');
    expect(await page.textContent('.app-answers')).toContain('not accepted');
    await page.click('.problems-one');
    expect(await page.locator('.cm-content:focus').count()).toBe(1);
  });

  test('a search that takes too long does not block typing, and is interrupted with what it found', async () => {
    const { page } = await open();
    await page.click('.choices-open');
    await page.getByLabel('Seconds').fill('600');
    await page.keyboard.press('Escape');
    await page.click('.cm-content');
    await page.keyboard.insertText(LONG);
    await page.waitForSelector('[data-state=running]');
    await page.keyboard.type(';; still here');
    expect(await page.locator('.cm-content').textContent()).toContain('still here');
    await page.waitForSelector('[data-state=running]');
    await page.click('button:has-text("Interrupt")');
    await page.waitForSelector('[data-state=explored]');
    expect(await page.textContent('.app-status')).toMatch(/not all: interrupted/);
  });

  test('thousands of outcomes are a table of which only the rows in sight exist, and which is filtered and sorted', async () => {
    const { page, type } = await open();
    await type(`(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "w") shared (i64.store (i32.const 0) (i64.const -1)) (i32.store (i32.const 9) (i32.const -1)))
  (func (export "r") shared (result i64 i32) (i64.load (i32.const 0)) (i32.load (i32.const 9))))
(thread $T1 (shared (module $M)) (invoke $M "w"))
(thread $T2 (shared (module $M)) (invoke $M "r"))`);
    expect(await page.textContent('#outcomes-title')).toBe('4096 outcomes');
    expect(await page.locator('.outcomes-table tbody tr').count()).toBeLessThan(100);
    await page.fill('input[aria-label="Filter outcomes"]', 'T2:0:0=-256');
    await page.waitForSelector('#outcomes-title:has-text("16 of 4096")');
    await page.click('th button:has-text("T2:0:1")');
    expect(await page.locator('.outcomes-table tbody tr').first().textContent()).toContain('-16777216');
  });

  test('everything is reached by the keyboard', async () => {
    const { page, explored } = await open();
    await page.keyboard.press('Alt+E');
    await page.waitForSelector('.library[open]');
    await page.keyboard.type('MP+sc');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await explored();
    await page.keyboard.press('Alt+P');
    await page.waitForSelector('.cm-content:focus');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await page.locator('.cm-content:focus').count()).toBe(0);
    await page.locator('.outcomes-allowed').first().focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.app-view svg');
    await page.keyboard.press('Alt+1');
    await page.waitForSelector('.outcomes');
    await page.keyboard.press('?');
    await page.waitForSelector('.app-dialog[open]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('.app-dialog:not([open])', { state: 'attached' });
  });

  test.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('axe finds nothing against it: %s, %d pixels wide', async (colorScheme, width) => {
    const { page, type, complaints } = await open({ colorScheme, viewport: { width, height: 800 } });
    await type(SB);
    expect(await complaints()).toEqual([]);
    if (width < 800) await page.click('button:has-text("Answers")');
    await page.locator('.outcomes-allowed').first().click();
    await page.waitForSelector('.app-view svg');
    expect(await complaints()).toEqual([]);
    for (const view of ['Time', 'Why']) {
      await page.click(`[role=tab]:has-text("${view}")`);
      await page.waitForTimeout(300);
      expect(await complaints()).toEqual([]);
    }
    await page.keyboard.press('Alt+E');
    await page.waitForSelector('.library-one');
    expect(await complaints()).toEqual([]);
  });
});
