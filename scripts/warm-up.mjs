// After tsdown: gives each worker of the command its launcher, and runs the command a few times so that what V8 compiled is kept (src/cli/launch.ts).
// The command works without it, and starts slower.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const dist = process.argv[2] ?? fileURLToPath(new URL('dist', root));
for (const file of readdirSync(`${dist}/code`)) {
  if (file.endsWith('-worker.cjs')) copyFileSync(`${dist}/weft.js`, `${dist}/${file.replace(/\.cjs$/, '.js')}`);
}

const MP = 'models/litmus/classic/MP.wast';
for (const args of [
  ['litmus', 'models/litmus/classic', '--models', 'wasm,sc'],
  ['explore', MP, '--draw'],
  ['explore', MP, '--model', 'sc', '--json'],
  ['explain', MP, '--json'],
]) {
  const env = { ...process.env, WEFT_WARM_UP: '1' };
  spawnSync(process.execPath, [`${dist}/weft.js`, ...args], { cwd: fileURLToPath(root), env, stdio: 'ignore' });
}
