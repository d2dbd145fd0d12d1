import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { browserPath } from '../browser/support/browser.ts';
import { served } from '../browser/support/served.ts';
import { benchOpening, benchTyping } from './page-response.ts';

/**
 * The playground in a browser: how soon it is there, and how soon a key that is typed during a search is seen; from the click on an outcome to the painted picture of its execution of two hundred events (what is in view of it; the rest follows), and how long frames last
 * while an event, and then the whole picture, is dragged. The first time is that of a page just opened; those after it are of the same page.
 */
export async function benchPage(): Promise<void> {
  const path = browserPath();
  if (path === null) return console.log('page: no browser here');
  const server = await served();
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'] });
  try {
    await benchOpening(browser, address);
    for (const [name, program] of Object.entries(PROGRAMS)) await benchProgram(browser, address, name, program);
    await benchTyping(
      browser,
      address,
      programOf((t, k) => (t * PAIRS + k) % 7, false),
    );
  } finally {
    await browser.close();
    server.close();
  }
}

const VISITS = 3;
const DRAWINGS = 6;
/** Milliseconds for which somebody looks at the outcomes before the first click. */
const LOOKED_AT = 500;

async function benchProgram(browser: Browser, address: string, name: string, program: string): Promise<void> {
  const first: Drawing[] = [];
  const later: Drawing[] = [];
  for (let visit = 0; visit < VISITS; visit++) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    // What tsx puts around functions that have a name.
    await page.addInitScript('globalThis.__name = (it) => it');
    await page.goto(address);
    await page.click('.cm-content');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText(program);
    await page.waitForTimeout(450);
    await page.waitForSelector('[data-state=explored]', { timeout: 60_000 });
    await page.waitForTimeout(LOOKED_AT);
    first.push(await draw(page));
    for (let i = 1; i < DRAWINGS; i++) {
      await exploreAgain(page);
      later.push(await draw(page));
    }
    if (visit === 0) {
      await page.waitForTimeout(1_500);
      console.log(`page, ${name}: ${await page.locator('.graph-event').count()} events`);
      console.log(`  an event is dragged: ${framesText(await dragged(page, '.graph-event'))}`);
      console.log(`  the picture is dragged: ${framesText(await dragged(page, null))}`);
    }
    await context.close();
  }
  console.log(`  drawn the first time: ${drawingText(first)}`);
  console.log(`  drawn again: ${drawingText(later)}`);
}

interface Drawing {
  /** Milliseconds from the click to the worker’s answer, and to the painted picture. */
  readonly answered: number;
  readonly painted: number;
}

async function draw(page: Page): Promise<Drawing> {
  await page.click('[role=tab]:has-text("Outcomes")');
  await page.evaluate(`performance.clearMeasures();
    performance.clearMarks();
    addEventListener('click', () => performance.mark('clicked'), { capture: true, once: true });`);
  await page.locator('.outcomes-allowed').first().click();
  await page.waitForFunction(() => performance.getEntriesByName('execution drawn').length > 0);
  return page.evaluate(() => {
    const clicked = performance.getEntriesByName('clicked')[0]?.startTime ?? 0;
    const since = (what: string): number => {
      const it = performance.getEntriesByName(what)[0];
      return it === undefined ? Number.NaN : it.startTime + it.duration - clicked;
    };
    return { answered: since('execution answered'), painted: since('execution drawn') };
  });
}

/** So that nothing of the picture is known any more. */
async function exploreAgain(page: Page): Promise<void> {
  await page.click('[role=tab]:has-text("Outcomes")');
  await page.click('button:has-text("Explore")');
  await page.waitForTimeout(500);
  await page.waitForSelector('[data-state=explored]');
}

const MOVES = 90;

/** Times between frames while something is dragged, one move a frame. */
async function dragged(page: Page, what: string | null): Promise<readonly number[]> {
  const box = await page
    .locator(what ?? '.graph-picture')
    .nth(what === null ? 0 : 20)
    .boundingBox();
  if (box === null) throw new Error('there is nothing to drag');
  // The picture is taken between its columns.
  const [x, y] = what === null ? [box.x + 6, box.y + 6] : [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.evaluate(`{
    const mine = (globalThis.frames = []);
    requestAnimationFrame(function tick(now) {
      if (globalThis.frames !== mine) return;
      mine.push(now);
      requestAnimationFrame(tick);
    });
  }`);
  for (let i = 1; i <= MOVES; i++) {
    await page.mouse.move(x + 40 * Math.sin(i / 9), y + 40 * Math.sin(i / 7));
    await page.waitForTimeout(14);
  }
  const times = await page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames);
  await page.mouse.up();
  return times.slice(1).map((time, i) => time - (times[i] ?? time));
}

function framesText(frames: readonly number[]): string {
  const sorted = frames.toSorted((a, b) => a - b);
  const at = (share: number): string => (sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN).toFixed(1);
  const late = frames.filter((time) => time > 25).length;
  return `${frames.length} frames, median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms, ${late} late`;
}

function drawingText(drawings: readonly Drawing[]): string {
  const text = (of: (drawing: Drawing) => number): string => {
    const sorted = drawings.map(of).toSorted((a, b) => a - b);
    return `${sorted[0]?.toFixed(0)}/${sorted[sorted.length >> 1]?.toFixed(0)}`;
  };
  const rest = ({ painted, answered }: Drawing): number => painted - answered;
  return `painted ${text(({ painted }) => painted)} ms after the click (least/median): worker ${text(({ answered }) => answered)}, page ${text(rest)}`;
}

const THREADS = 4;
const PAIRS = 25;

/** Each thread writes and reads by turns: at places of its own, or one thread after the other at seven places that all share. */
function programOf(place: (thread: number, pair: number) => number, ends: boolean): string {
  const threads = Array.from({ length: THREADS }, (_, t) => t);
  const body = (t: number): string =>
    Array.from({ length: PAIRS }, (_, k) => {
      const at = `(i32.const ${4 * place(t, k)})`;
      return `(i32.atomic.store ${at} (i32.const ${k + 1})) (drop (i32.atomic.load ${at}))`;
    }).join('\n');
  const funcs = threads.map((t) => `(func (export "f${t}") shared ${body(t)})`);
  const starts = threads.map((t) => `(thread $T${t} (shared (module $M)) (invoke $M "f${t}"))`);
  const waits = threads.map((t) => `(wait $T${t})`);
  const script = ends ? threads.map((t) => `${starts[t]}\n${waits[t]}`) : [...starts, ...waits];
  return `(module $M shared (memory (export "mem") 1 1 shared)\n${funcs.join('\n')})\n${script.join('\n')}`;
}

const PROGRAMS: Readonly<Record<string, string>> = {
  'places of their own': programOf((t, k) => 128 * t + k, false),
  'seven places, one thread after the other': programOf((t, k) => (t * PAIRS + k) % 7, true),
};
