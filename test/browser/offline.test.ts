import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserPath, hasBrowser } from './support/browser.ts';
import { served } from './support/served.ts';

describe.skipIf(!hasBrowser)('the page as plain files', () => {
  test('shares memory with its worker after its first visit, and opens without a network', async () => {
    const server = await served({});
    const browser = await chromium.launch({ executablePath: browserPath() ?? '', args: ['--no-sandbox'] });
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await page.waitForFunction('globalThis.crossOriginIsolated === true');
      await page.waitForSelector('.cm-content');
      // All that is loaded later was asked for once.
      await page.reload();
      await page.waitForSelector('.cm-content');
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await page.reload();
      await page.waitForSelector('.cm-content');
      await page.click('.cm-content');
      await page.keyboard.insertText('(module)');
      await page.waitForSelector('.problems-count:has-text("valid")');
      expect(await page.locator('.app-title').count()).toBe(1);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
