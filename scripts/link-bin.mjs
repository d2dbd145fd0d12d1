// Puts the checkout's own command where npx looks first, so that `npx weft` needs neither the network nor npx's cache.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';

const bin = new URL('../node_modules/.bin/', import.meta.url);
mkdirSync(bin, { recursive: true });
chmodSync(new URL('../dist/weft.cjs', import.meta.url), 0o755);
if (process.platform === 'win32') {
  writeFileSync(new URL('weft.cmd', bin), '@node "%~dp0\\..\\..\\dist\\weft.cjs" %*\r\n');
} else {
  rmSync(new URL('weft', bin), { force: true });
  symlinkSync('../../dist/weft.cjs', new URL('weft', bin));
}
