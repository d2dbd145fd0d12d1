import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';

const script = (funcs: string, threads: number): string =>
  [
    `(module $M shared (memory (export "mem") 1 2 shared)\n${funcs})`,
    ...Array.from({ length: threads }, (_, i) => `(thread $T${i + 1} (shared (module $M)) (invoke $M "t${i + 1}"))`),
    ...Array.from({ length: threads }, (_, i) => `(wait $T${i + 1})`),
  ].join('\n');

const SB = script(
  `(func (export "t1") shared (result i32) (i32.store (i32.const 0) (i32.const 1)) (i32.load (i32.const 4)))
(func (export "t2") shared (result i32) (i32.store (i32.const 4) (i32.const 1)) (i32.load (i32.const 0)))`,
  2,
);

/** The third thread reads 1 from either of the others. */
const EITHER = script(
  `(func (export "t1") shared (i32.atomic.store (i32.const 0) (i32.const 1)))
(func (export "t2") shared (i32.atomic.store (i32.const 0) (i32.const 1)))
(func (export "t3") shared (result i32) (i32.atomic.load (i32.const 0)))`,
  3,
);

/** A torn read, a growth, and a thread that waits and is woken. */
const STATE = script(
  `(func (export "t1") shared (i64.store (i32.const 0) (i64.const 0x0000000100000001)) (drop (memory.grow (i32.const 1)))
  (drop (memory.atomic.notify (i32.const 64) (i32.const 1))))
(func (export "t2") shared (result i64 i32) (i64.load (i32.const 0)) (memory.size))
(func (export "t3") shared (drop (memory.atomic.wait32 (i32.const 64) (i32.const 0) (i64.const -1))))`,
  3,
);

const ENDLESS = script(
  `(func (export "t1") shared
  (loop $again (i32.atomic.store (i32.const 0) (i32.const 1)) (i32.atomic.store (i32.const 0) (i32.const 0)) (br $again)))`,
  1,
);

function many(threads: number, pairs: number): string {
  const func = (t: number): string => {
    const body = Array.from({ length: pairs }, (_, k) => {
      const place = `(i32.const ${t * 512 + 4 * k})`;
      return `(i32.atomic.store ${place} (i32.const ${k + 1})) (drop (i32.atomic.load ${place}))`;
    });
    return `(func (export "t${t + 1}") shared ${body.join('\n')})`;
  };
  return script(Array.from({ length: threads }, (_, t) => func(t)).join('\n'), threads);
}

/** Opens the weak execution, or the first. */
async function openExecution(page: Page, row?: Locator): Promise<void> {
  const weak = page.locator('.outcomes-allowed', { has: page.locator('.outcomes-mark:has-text("weak")') });
  const first = page.locator('.outcomes-allowed').first();
  await (row ?? ((await weak.count()) > 0 ? weak.first() : first)).click();
  await page.waitForSelector('.graph-event');
}

const edges = (page: Page, kind: string): Promise<number> => page.locator(`.graph-edge[data-kind=${kind}]`).count();

describe.skipIf(!hasBrowser)('an execution of the playground', () => {
  const { open } = visits();

  test('relations are switched on and off, and an edge says why it is there', async () => {
    const { page, type, complaints } = await open();
    await type(SB);
    await openExecution(page);
    expect(await edges(page, 'rf')).toBe(2);
    expect(await edges(page, 'tot')).toBe(0);
    await page.getByRole('checkbox', { name: /^tot/ }).check();
    await page.waitForSelector('.graph-edge[data-kind=tot]');
    await page.getByRole('checkbox', { name: /^rf/ }).uncheck();
    await page.waitForSelector('.graph-edge[data-kind=rf]', { state: 'detached' });
    await page.getByRole('checkbox', { name: /^main/ }).check();
    await page.waitForSelector('.graph-event[aria-label^="main: fork T1"]');
    expect(await edges(page, 'asw')).toBe(4);
    await page.locator('.graph-edge[data-kind=asw] .graph-hit').first().dispatchEvent('pointermove');
    expect(await page.textContent('.graph-details')).toMatch(/main’s fork at line \d+ starts T1/);
    await page.waitForSelector('.graph-event[data-near=next]');
    expect(await page.locator('.graph-event[data-near=next]').count()).toBe(2);
    expect(await complaints()).toEqual([]);
  });

  test('the relations of the model’s file are shown with their definitions', async () => {
    const { page, type } = await open();
    await type(SB);
    await openExecution(page);
    await page.click('.graph-own summary');
    await page.waitForSelector('[data-relation="own:whole"]');
    await page.locator('[data-relation="own:whole"] input').check();
    await page.waitForSelector('.graph-edge[data-kind=own]');
    await page.locator('.graph-edge[data-kind=own] .graph-hit').first().dispatchEvent('pointermove');
    expect(await page.textContent('.graph-details')).toContain('rf & same-range & (TF * TF)');
  });

  test('arrow keys go from event to event, brackets from edge to edge', async () => {
    const { page, type } = await open();
    await type(SB);
    await openExecution(page);
    await page.locator('.graph-event[tabindex="0"]').focus();
    const label = (): Promise<string | null> => page.locator(':focus').getAttribute('aria-label');
    expect(await label()).toMatch(/init/);
    await page.keyboard.press('ArrowDown');
    expect(await label()).toMatch(/^T1: W mem\+0 := 1|^T1: W .*\+0 := 1/);
    await page.keyboard.press('ArrowDown');
    expect(await label()).toMatch(/^T1: R /);
    await page.keyboard.press('ArrowRight');
    expect(await label()).toMatch(/^T2: /);
    expect(await page.textContent('.graph-details')).toMatch(/line \d+/);
    await page.keyboard.press(']');
    expect(await page.textContent('.graph-details')).toMatch(/T2’s i32\.(load|store)/);
    // Marks follow the words by a frame.
    await page.waitForSelector('.graph-edge[data-near=self]', { state: 'attached' });
    expect(await page.locator('.graph-edge[data-near=self]').count()).toBe(1);
  });

  test('the next execution of an outcome is looked for, and its differences are shown', async () => {
    const { page, type } = await open();
    await type(EITHER);
    await page.locator('.outcomes-table tbody tr', { hasText: '1' }).last().locator('.outcomes-allowed').click();
    await page.waitForSelector('.graph-turn');
    expect(await page.textContent('.graph-number')).toBe('Execution 1 of 2');
    await page.getByRole('button', { name: 'Next execution' }).click();
    await page.waitForSelector('.graph-number:has-text("Execution 2 of 2")');
    expect(await page.getByRole('button', { name: 'Next execution' }).isDisabled()).toBe(true);
    await page.locator('.graph-compare select').selectOption('previous');
    await page.waitForSelector('.graph-difference');
    expect(await page.textContent('.graph-difference')).toContain('the same events');
    expect(await page.locator('.graph-marker').count()).toBeGreaterThan(0);
    await page.waitForSelector('.graph-edge[data-ghost]');
    await page.locator('.graph-edge[data-ghost] .graph-hit').first().dispatchEvent('pointermove');
    expect(await page.textContent('.graph-details')).toMatch(/Only in execution 1 of/);
  });

  test('an event is dragged, and its edges follow', async () => {
    const { page, type } = await open();
    await type(SB);
    await openExecution(page);
    const event = page.locator('.graph-event[aria-label^="T1: R"]');
    const edge = page.locator('.graph-edge[data-kind=rf] .graph-hit').first();
    const [before, way] = [await event.boundingBox(), await edge.getAttribute('d')];
    if (before === null) throw new Error('no event');
    const [x, y] = [before.x + before.width / 2, before.y + before.height / 2];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 30, y + 25, { steps: 4 });
    await page.mouse.up();
    const after = await event.boundingBox();
    expect(Math.round((after?.x ?? 0) - before.x)).toBeCloseTo(30, -1);
    await expect.poll(() => edge.getAttribute('d')).not.toBe(way);
  });

  test('bytes, lengths and wait queues are shown where an execution has them', async () => {
    const { page, type, complaints } = await open({ viewport: { width: 390, height: 844 }, colorScheme: 'dark' });
    await type(STATE);
    await page.click('button:has-text("Answers")');
    const torn = page.locator('.outcomes-table tbody tr', { hasText: '4294967296' }).first();
    await openExecution(page, torn.locator('.outcomes-allowed'));
    await page.waitForSelector('.graph-bytes');
    expect(await page.locator('.graph-bytes thead th').count()).toBe(9);
    expect(await page.textContent('.graph')).toMatch(/The length of .*grows from 1 to 2/);
    expect(await page.textContent('.graph')).toMatch(/Waiting at .*goes to sleep/);
    expect(await complaints()).toEqual([]);
  });

  test('a schedule without end is drawn as far as it repeats itself', async () => {
    const { page, type, complaints } = await open();
    await type(ENDLESS);
    await page.click('button:has-text("Show the execution")');
    await page.waitForSelector('.graph-event');
    expect(await page.locator('.graph-sign:has-text("↻")').count()).toBe(2);
    expect(await page.locator('.graph-event[aria-label*="again and again"]').count()).toBe(2);
    expect(await complaints()).toEqual([]);
  });

  test('an execution is exported as a picture, for TeX and as a replay file', async () => {
    const { page, type } = await open();
    await type(SB);
    await openExecution(page);
    const exported = async (name: RegExp): Promise<{ readonly file: string; readonly bytes: Buffer }> => {
      await page.click('.graph-export summary');
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.locator('.graph-export').getByRole('button', { name }).click(),
      ]);
      return { file: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
    };
    expect((await exported(/^SVG/)).bytes.toString()).toMatch(/^<svg[^]*data-event/);
    expect((await exported(/^TikZ/)).bytes.toString()).toContain('\\begin{tikzpicture}');
    expect((await exported(/^DOT/)).bytes.toString()).toMatch(/^digraph /);
    expect((await exported(/^PNG/)).bytes.subarray(1, 4).toString()).toBe('PNG');
    const replay = JSON.parse((await exported(/^Replay/)).bytes.toString()) as { weft: string; model: string };
    expect(replay).toMatchObject({ weft: 'replay', model: 'wasm' });
    expect((await exported(/^The program/)).bytes.toString()).toBe(SB);
  });

  test('two hundred events are drawn; how long it takes is told', async ({ annotate }) => {
    const { page, type } = await open();
    await type(many(4, 25));
    await openExecution(page);
    await expect.poll(() => page.locator('.graph-event').count()).toBe(201);
    await page.waitForFunction(() => performance.getEntriesByName('execution drawn').length > 0);
    const spans = await page.evaluate(() =>
      performance.getEntriesByType('measure').map(({ name, duration }) => `${name}: ${Math.round(duration)} ms`),
    );
    await annotate(`200 events: ${spans.join(', ')}`);
  });
});
