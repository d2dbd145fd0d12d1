import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import { expect } from 'vitest';

const FOLDER = new URL('../pictures/', import.meta.url).pathname;
/** Pixels that may differ: other versions of a font draw letters a little differently. */
const TOLERANCE = 0.03;

/** Compares what the page shows with a picture that is kept; `WEFT_PICTURES=update` keeps what it shows now. A picture that differs is written beside as `NAME.now.png`. */
export async function expectPicture(page: Page, name: string): Promise<void> {
  await page.evaluate('document.activeElement?.blur()');
  const now = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  const path = join(FOLDER, `${name}.png`);
  if (process.env['WEFT_PICTURES'] === 'update') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, now);
  }
  expect(existsSync(path), `${path} is kept`).toBe(true);
  const [kept, shown] = [PNG.sync.read(readFileSync(path)), PNG.sync.read(now)];
  expect([shown.width, shown.height]).toEqual([kept.width, kept.height]);
  const { width, height } = kept;
  const different = pixelmatch(kept.data, shown.data, undefined, width, height, { threshold: 0.2 });
  if (different > TOLERANCE * width * height) writeFileSync(path.replace('.png', '.now.png'), now);
  expect(different / (width * height), `${name} looks as it is kept`).toBeLessThanOrEqual(TOLERANCE);
}
