import { existsSync } from 'node:fs';

/** Where Debian and others put Chromium; WEFT_CHROMIUM says otherwise. Null if there is none. */
export function browserPath(): string | null {
  const said = process.env['WEFT_CHROMIUM'];
  const places =
    said === undefined ? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] : [said];
  return places.find((path) => existsSync(path)) ?? null;
}

/** Without a browser these tests are skipped, but in CI they fail. */
export const hasBrowser = browserPath() !== null || process.env['CI'] !== undefined;
