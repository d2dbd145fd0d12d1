import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';

const UNSHARED = `(module $M shared
  (global $g (mut i32) (i32.const 0))
  (func (export "f") shared
    (global.set $g (i32.const 1))))`;

/** Store buffering with atomic accesses: sc and wasm forbid that both read 0. */
const SB = `(module $M shared (memory $mem (export "mem") 1 1 shared)
  (func (export "t1") shared (result i32) (i32.atomic.store (i32.const 0) (i32.const 1)) (i32.atomic.load (i32.const 4)))
  (func (export "t2") shared (result i32) (i32.atomic.store (i32.const 4) (i32.const 1)) (i32.atomic.load (i32.const 0))))
(thread $T1 (shared (module $M)) (invoke $M "t1"))
(thread $T2 (shared (module $M)) (invoke $M "t2"))
(wait $T1)
(wait $T2)`;

/** Anything goes that reads what was written. */
const LAX = 'Wasm "lax"\nempty rf \\ same-value as value';

describe.skipIf(!hasBrowser)('the editor', () => {
  const { open } = visits();

  test('a program that is pasted is seen from its first column', async () => {
    const { page } = await open();
    await page.click('.cm-content');
    await page.evaluate(`{
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', ${JSON.stringify(SB)});
      const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
      document.querySelector('.cm-content').dispatchEvent(paste);
    }`);
    await page.waitForSelector('[data-state=explored]');
    expect(await page.evaluate(`document.querySelector('.cm-scroller').scrollLeft`)).toBe(0);
    expect(await page.textContent('.cm-content')).toContain('(wait $T2)');
  });

  test('a sharing error is marked where it is, with the chain of its reasons, and in a list that leads to it', async () => {
    const { page, type } = await open();
    await type(UNSHARED);
    await page.locator('.cm-lintRange-error').first().hover();
    await page.waitForSelector('.complaint-because');
    const chain = await page.locator('.complaint-because li').allTextContents();
    expect(chain.length).toBeGreaterThanOrEqual(3);
    expect(chain.at(-1)).toMatch(/global \$g is not shared/);
    expect(await page.locator('.cm-lint-marker-error').count()).toBe(1);
    expect(await page.textContent('.problems-count')).toBe('1 error');
    await page.locator('.problems-one').focus();
    await page.keyboard.press('Enter');
    await page.waitForSelector('.cm-content:focus');
    expect(await page.textContent('.cm-lineNumbers .cm-activeLineGutter')).toBe('4');
  });

  test('an assertion that does not hold is marked', async () => {
    const { page, type } = await open();
    await type('(assert_invalid (module (func)) "type mismatch")');
    await page.waitForSelector('.problems-one');
    expect(await page.textContent('.problems-one')).toContain('but the module is valid');
  });

  test('types, order and share of an instruction are told by pointing at it, and at the cursor by a key', async () => {
    const { page, type } = await open();
    await type(SB);
    await page.locator('.cm-line span:text-is("i32.atomic.load")').first().hover();
    await page.waitForSelector('.look');
    const told = await page.textContent('.look');
    expect(told).toContain('[i32] → [i32]');
    expect(told).toContain('order: sequentially consistent');
    expect(told).toContain('memory $mem (index 0) is shared');
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 22; i++) await page.keyboard.press('ArrowRight');
    await page.waitForSelector('.look', { state: 'detached' });
    await page.keyboard.press('Control+i');
    await page.waitForSelector('.look');
    expect(await page.textContent('.look-name')).toBe('memory $mem');
  });

  test('an example is found by its words and opened by the keyboard alone; what was there comes back by undoing', async () => {
    const { page, type, explored } = await open();
    await type(UNSHARED);
    await page.keyboard.press('Alt+E');
    await page.waitForSelector('.library-one');
    await page.keyboard.type('classic wasm forbidden SB');
    await page.waitForFunction('document.querySelectorAll(".library-one").length < 100');
    await page.keyboard.press('Enter');
    await explored();
    expect(await page.textContent('.app-name')).toMatch(/SB.*\.wast/);
    expect(await page.locator('.outcomes-table tbody tr').count()).toBeGreaterThan(1);
    await page.keyboard.press('Alt+P');
    await page.waitForSelector('.cm-content:focus');
    await page.keyboard.press('Control+z');
    expect(await page.textContent('.cm-content')).toContain('global.set $g');
  });

  test('an own model begins as a copy of one that ships; changing it changes what it allows', async () => {
    const { page, type, explored, complaints } = await open();
    await type(SB);
    expect(await page.locator('.outcomes-table tbody tr').count()).toBe(3);
    await page.click('.choices-open');
    await page.selectOption('#own-from', 'sc');
    await page.click('button:has-text("Write it")');
    await page.waitForSelector('.editor-texts');
    await explored();
    expect(await page.textContent('.choices-models')).toBe('wasm, mine');
    expect(await page.locator('.outcomes-table tbody tr .outcomes-allowed').count()).toBe(6);
    expect(await complaints()).toEqual([]);

    const editor = page.locator('.editor-text:not([hidden]) .cm-content');
    await editor.click();
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('Wasm "wrong"\nempty rf & nothing as it');
    await page.waitForSelector('.editor-text:not([hidden]) .problems-one');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(LAX);
    await page.waitForSelector('.outcomes-table tbody tr:nth-child(4)');
    expect(await page.locator('.outcomes-table tbody tr .outcomes-allowed').count()).toBe(7);

    const again = await open({}, new URL(page.url()).hash);
    await again.explored();
    expect(await again.page.locator('.outcomes-table tbody tr').count()).toBe(4);
  });
});
