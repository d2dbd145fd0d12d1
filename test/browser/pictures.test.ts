import { describe, test } from 'vitest';
import { hasBrowser } from './support/browser.ts';
import { visits } from './support/page.ts';
import { expectPicture } from './support/pictures.ts';

/** How the page looks, at two widths, light and dark. */
describe.skipIf(!hasBrowser)('the playground looks as it is kept', () => {
  const { open } = visits();

  test('outcomes, light and wide', async () => {
    const { page, example } = await open({ colorScheme: 'light' });
    await example('MP+sc');
    await expectPicture(page, 'outcomes');
  });

  test('an execution, dark and wide', async () => {
    const { page, example } = await open({ colorScheme: 'dark' });
    await example('IRIW+sc');
    await page.locator('.outcomes-allowed').first().click();
    await page.waitForSelector('.app-view svg [data-event]');
    await page.waitForTimeout(500);
    await expectPicture(page, 'execution');
  });

  test('why, light and narrow', async () => {
    const { page, example } = await open({ colorScheme: 'light', viewport: { width: 390, height: 800 } });
    await example('SB+sc');
    await page.click('button:has-text("Answers")');
    await page.click('[role=tab]:has-text("Why")');
    await page.fill('#why-outcome', 'T1:0:0=0, T2:0:0=0');
    await page.click('button:has-text("Explain")');
    await page.waitForSelector('.walk');
    await page.click('button:has-text("Next")');
    await page.waitForTimeout(300);
    await expectPicture(page, 'why');
  });
});
