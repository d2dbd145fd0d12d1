import type { Browser } from 'playwright-core';

const VISITS = 7;

/** From the request for a page that was never opened before (nothing is kept of other visits) until its first contents are painted, and until the editor is. */
export async function benchOpening(browser: Browser, address: string): Promise<void> {
  const contents: number[] = [];
  const editor: number[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(`requestAnimationFrame(function look() {
      if (document.querySelector('.cm-content') === null) requestAnimationFrame(look);
      else requestAnimationFrame(() => setTimeout(() => performance.mark('editor painted')));
    })`);
    await page.goto(address);
    await page.waitForFunction(() => performance.getEntriesByName('editor painted').length > 0);
    const [first, second] = await page.evaluate(() =>
      ['first-contentful-paint', 'editor painted'].map((name) => performance.getEntriesByName(name)[0]?.startTime),
    );
    contents.push(first ?? Number.NaN);
    editor.push(second ?? Number.NaN);
    await context.close();
  }
  console.log(`page, opened: first contents ${timesText(contents)}, editor ${timesText(editor)}`);
}

const KEYS = 60;

/** From a key to the painted letter: on a page that does nothing, and while it searches. */
export async function benchTyping(browser: Browser, address: string, endless: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(address);
  await page.click('.cm-content');
  await page.evaluate(`globalThis.keys = [];
    addEventListener('keydown', ({ timeStamp }) => {
      requestAnimationFrame(() => setTimeout(() => globalThis.keys.push(performance.now() - timeStamp)));
    }, { capture: true })`);
  const typed = async (): Promise<readonly number[]> => {
    await page.evaluate('globalThis.keys.length = 0');
    for (let i = 0; i < KEYS; i++) await page.keyboard.type(';', { delay: 50 });
    return page.evaluate(() => (globalThis as unknown as { keys: readonly number[] }).keys);
  };
  const atRest = await typed();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(endless);
  await page.waitForSelector('[data-state=running]');
  const searching = await typed();
  const state = await page.locator('[data-state]').first().getAttribute('data-state');
  console.log(
    `page, a key until it is painted: at rest ${timesText(atRest)}, during a search ${timesText(searching)} (then ${state})`,
  );
  await page.close();
}

function timesText(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(0);
  return `${at(0)}/${at(0.5)}/${at(1)} ms (least/median/most)`;
}
