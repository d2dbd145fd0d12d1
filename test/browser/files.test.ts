import type { FileChooser, Page } from 'playwright-core';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';
import { SB } from './support/programs.ts';

/** EMME's language; with `n` of 1, 16-bit reads of what is written byte by byte. */
const EMME = `var x = new SharedArrayBuffer();
Thread t1 {
  Atomics.store(x-I8, 0, <n>);
}
Thread t2 {
  print(Atomics.load(x-I8, 0));
}
Params {
  n = 1..2;
}`;

interface Dropped {
  readonly name: string;
  readonly text: string;
}

/** By the keyboard and the browser's own dialog. The browser is told to hand the dialog over while the keys are pressed, and may hear that too late: then they are pressed again. */
async function choose(page: Page, ...files: readonly Dropped[]): Promise<void> {
  const asked = async (tries: number): Promise<FileChooser> => {
    const chooser = page.waitForEvent('filechooser', { timeout: 3_000 });
    const [answer] = await Promise.allSettled([chooser, page.keyboard.press('Alt+O')]);
    if (answer.status === 'fulfilled') return answer.value;
    if (tries === 0) throw answer.reason;
    return asked(tries - 1);
  };
  const chooser = await asked(5);
  await chooser.setFiles(
    files.map(({ name, text }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text, 'utf8') })),
  );
}

/** Whose 1 the reader takes makes two executions of one outcome. */
const TWO_WRITERS = `(module $M shared (memory (export "mem") 1 1 shared)
  (func (export "w") shared (i32.atomic.store (i32.const 0) (i32.const 1)))
  (func (export "r") shared (result i32) (i32.atomic.load (i32.const 0))))
(thread $T1 (shared (module $M)) (invoke $M "w"))
(thread $T2 (shared (module $M)) (invoke $M "w"))
(thread $T3 (shared (module $M)) (invoke $M "r"))`;

async function drop(page: Page, { name, text }: Dropped): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    `(() => { const it = new DataTransfer(); it.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)})); return it; })()`,
  );
  await page.dispatchEvent('.app-answers', 'drop', { dataTransfer });
}

/** The replay file of the weak outcome. */
async function saved(page: Page): Promise<string> {
  await page
    .locator('.outcomes-table tbody tr', { has: page.locator('.outcomes-mark') })
    .locator('.outcomes-allowed')
    .click();
  await page.waitForSelector('.app-view svg');
  return savedReplay(page);
}

/** The replay file of the execution that is shown. */
async function savedReplay(page: Page): Promise<string> {
  await page.click('summary:has-text("Export")');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('button:has-text("Replay file")')]);
  return readFileSync(await download.path(), 'utf8');
}

describe.skipIf(!hasBrowser)('files', () => {
  const { open } = visits();

  test('a saved replay opens elsewhere with its program, model and readings, and is walked; damaged and foreign ones are refused with a reason', async () => {
    const { page, type } = await open({}, '');
    await type(SB);
    const text = await saved(page);
    const other = await open();
    await choose(other.page, { name: 'sb.replay.json', text });
    await other.page.waitForSelector('.time-file:has-text("sb.replay.json, under wasm")');
    expect(await other.page.locator('.cm-content').textContent()).toContain('(i32.store (i32.const 4)');
    await other.page.click('button[aria-label="To the end"]');
    await other.page.waitForSelector('.time-shared mark:has-text("stale")');
    await other.explored();

    const file = JSON.parse(text) as { program: { source: object }; model: string };
    const bad: readonly (readonly [string, string])[] = [
      [text.slice(0, 300), 'it is no JSON'],
      ['{}', 'it is no replay file'],
      [JSON.stringify({ ...file, model: 'sc' }), 'does not do that under sc: sc forbids it'],
      [JSON.stringify({ ...file, program: { ...file.program, source: { file: 'a.wast', text: '' } } }), 'damaged'],
      [JSON.stringify({ ...file, program: { name: 'else', digest: '0' } }), 'not with its program'],
    ];
    for (const [content, reason] of bad) {
      await drop(other.page, { name: 'bad.json', text: content });
      await other.page.waitForSelector(`.app-notice:has-text("${reason}")`);
    }
    expect(await other.complaints()).toEqual([]);
    await choose(other.page, { name: 'a.wast', text: ';; empty' }, { name: 'sb.replay.json', text });
    await other.page.waitForSelector('.time-file:has-text("sb.replay.json")');
    expect(await other.page.locator('.app-notice:visible').count()).toBe(0);
  });

  test('the picture of an opened replay is of the file’s own execution, where its outcome has several', async () => {
    const { page, type } = await open({}, '');
    await type(TWO_WRITERS);
    await page.locator('.outcomes-table tbody tr', { hasText: '1' }).last().locator('.outcomes-allowed').click();
    await page.click('button[aria-label="Next execution"]');
    await page.waitForSelector('.graph-number:has-text("Execution 2 of 2")');
    const text = await savedReplay(page);
    const other = await open();
    await choose(other.page, { name: 'second.json', text });
    await other.explored();
    await other.page.click('[role=tab]:has-text("Execution")');
    await other.page.waitForSelector('.graph-number:has-text("The opened file’s")');
    const again = async (): Promise<unknown> => {
      await other.page.waitForSelector('.app-view svg');
      return (JSON.parse(await savedReplay(other.page)) as { events: unknown }).events;
    };
    const { events } = JSON.parse(text) as { events: unknown };
    expect(await again()).toEqual(events);
    await other.page.click('button:has-text("Those found")');
    await other.page.waitForSelector('.graph-number:has-text("Execution 1 of 2")');
    expect(await again()).not.toEqual(events);
    expect(await other.complaints()).toEqual([]);
  });

  test('a program of EMME is checked, and explored for each choice of its parameters, under its own names', async () => {
    const { page, explored } = await open();
    await drop(page, { name: 'small.bex', text: EMME });
    await explored();
    expect(await page.locator('.outcomes-table tbody tr').allTextContents()).toEqual([
      expect.stringMatching(/^0/),
      expect.stringMatching(/^1/),
    ]);
    expect(await page.textContent('.outcomes-table thead')).toMatch(/id\d+_R_t2/);
    await page.selectOption('.outcomes-instances select', { label: 'n=2' });
    await explored();
    await page.waitForSelector('.outcomes-table tbody tr:last-child:has-text("2")');
    await page.locator('.cm-content').pressSequentially(';;');
    await page.waitForSelector('.problems-one:has-text("unexpected")');
  });

  test('a model of one’s own with an error leaves the others explored, and says what is wrong where', async () => {
    const { page, type, explored } = await open();
    await type(SB);
    await choose(page, { name: 'mine.cat', text: 'Wasm "lax"\n\nacyclic po | nosuch as broken' });
    await explored();
    await page.waitForSelector('.outcomes-broken:has-text("line 3")');
    expect(await page.textContent('.outcomes-broken')).toContain('nosuch');
    expect(await page.locator('.outcomes-table tbody tr').count()).toBe(4);
    await page.click('.outcomes-broken button');
    await page.waitForSelector('[aria-label^="Own model"]:focus');
  });
});
