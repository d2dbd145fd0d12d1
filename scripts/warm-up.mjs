// After tsdown: gives each worker of the command its launcher, and runs the command a few times so that what V8 compiled is kept (src/cli/launch.ts).
// The command works without it, and starts slower.
import { spawnSync } from 'node:child_process';
import { copyFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = new URL('..', import.meta.url);
const dist = process.argv[2] ?? fileURLToPath(new URL('dist', root));
for (const file of readdirSync(`${dist}/code`)) {
  if (file.endsWith('-worker.cjs')) copyFileSync(`${dist}/weft.cjs`, `${dist}/${file}`);
}

const CLASSIC = 'models/litmus/classic';
const MP = `${CLASSIC}/MP.wast`;
for (const args of [
  ['litmus', CLASSIC, '--models', 'wasm,sc'],
  ['explore', MP, '--draw'],
  ['explore', MP, '--model', 'sc', '--json'],
  ['explain', MP, '--json'],
])
  run('compiled', args);
// What is compiled of a command's files together is what such runs call, and no more: whatever is kept has to be read again.
for (const runs of [
  [
    ['explore', MP],
    ['explore', MP, '--model', 'sc', '--json'],
    ['explore', 'scripts/warm-up.wast', '--model', 'sc'],
  ],
  [['litmus', CLASSIC, '--models', 'wasm,sc']],
]) {
  run('together', runs[0]);
  for (const args of runs) run('compiled', args);
}

function run(what, args) {
  const env = { ...process.env, WEFT_WARM_UP: what };
  spawnSync(process.execPath, [`${dist}/weft.cjs`, ...args], { cwd: fileURLToPath(root), env, stdio: 'ignore' });
}
