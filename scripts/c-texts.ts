import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builds, textFile, textOf } from '../test/support/c-programs.ts';

/** `npm run build:c`: compiles the programs of test/c/ and writes their text anew. */
const folder = mkdtempSync(join(tmpdir(), 'weft-c-'));
execFileSync(new URL('build-c.sh', import.meta.url).pathname, [folder], { stdio: 'inherit' });
for (const name of builds()) writeFileSync(textFile(name), textOf(readFileSync(join(folder, `${name}.wasm`))));
rmSync(folder, { recursive: true });
