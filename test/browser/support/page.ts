import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { browserPath } from './browser.ts';
import { served } from './served.ts';

/** The built page in a real browser, as a person uses it. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Searches and first loads may take long on a busy machine. */
const PATIENCE = 30_000;

export interface Visit {
  readonly page: Page;
  /** Waits until the program that is on the page was explored, or refused. */
  explored(): Promise<void>;
  /** Makes a text the program, as by pasting it. */
  type(program: string): Promise<void>;
  /** Opens an example by its name. */
  example(name: string): Promise<void>;
  /** What axe has to say against the page as it is: rule and element. */
  complaints(): Promise<readonly string[]>;
}

/** Opens and closes browser and server around a file’s tests, and fails a test after which the page has complained on its console. */
export function visits(): { open(options?: BrowserContextOptions, hash?: string): Promise<Visit>; address(): string } {
  let browser: Browser;
  let server: Server;
  const errors: string[] = [];
  const opened: Page[] = [];
  beforeAll(async () => {
    server = await served();
    browser = await chromium.launch({ executablePath: browserPath() ?? '', args: ['--no-sandbox'] });
  }, PATIENCE);
  afterEach(async () => {
    for (const page of opened.splice(0)) await page.context().close();
    expect(errors.splice(0), 'errors on the console').toEqual([]);
  });
  afterAll(async () => {
    await browser.close();
    server.close();
  });
  const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return {
    address,
    async open(options = {}, hash = '') {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(PATIENCE);
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(error.message));
      opened.push(page);
      await page.goto(address() + hash);
      await page.waitForSelector('.cm-content');
      return visitOf(page);
    },
  };
}

function visitOf(page: Page): Visit {
  const explored = async (): Promise<void> => {
    // What was typed rests before it is explored.
    await page.waitForTimeout(450);
    await page.waitForSelector('[data-state=explored], [data-state=refused], [data-state=failed]');
  };
  return {
    page,
    explored,
    async type(program) {
      await page.click('.cm-content');
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(program);
      await explored();
    },
    async example(name) {
      await page.click('button:has-text("Examples")');
      await page.fill('.library input[type=search]', name);
      await page.click(`.library-one:has(.library-name:text-is("${name}"))`);
      await explored();
    },
    async complaints() {
      await page.evaluate(AXE);
      return page.evaluate(async () => {
        const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
        const { violations } = await axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
      });
    },
  };
}

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}
