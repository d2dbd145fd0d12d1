import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Source } from '../../src/base/span.ts';
import { decodeModule } from '../../src/binary/decode.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import type { Module } from '../../src/syntax/module.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { parseModule } from '../../src/text/parse-module.ts';
import { checkModule } from '../../src/valid/check.ts';
import { validateBytes } from '../../src/valid/stream/validate.ts';
import { suiteModules } from '../support/suite-modules.ts';
import { clangModule } from './front-clang.ts';
import { type Contestant, median, megabytesPerSecond, quietly, race, sumWhere } from './front-measure.ts';
import { peers } from './front-peers.ts';
import { syntheticText } from './front-synthetic.ts';

/**
 * The front end on modules: text parsed and validated, binaries decoded and validated, in one run with other tools on the same files. Peers
 * refuse some modules: ours and a peer's times are those of the modules that both accept.
 */

const ROUNDS = 3;

function parsed(text: string): Module {
  const module = parseModule(new Source('bench.wat', text));
  if (!module.ok) throw new Error(module.error[0]?.message);
  return module.value;
}

function textIsValid(text: string): boolean {
  return checkModule(parsed(text), DEFAULT_READINGS).ok;
}

/** The decoder with its syntax, and the checker with its reasons. */
function pairAccepts(bytes: Uint8Array): boolean {
  const module = decodeModule(bytes);
  return module.ok && checkModule(module.value, DEFAULT_READINGS).ok;
}

export async function benchFront(): Promise<void> {
  const modules = suiteModules('core').filter(({ verdict }) => verdict === 'valid');
  const others = await peers();

  const texts = modules.flatMap(({ text }) => (text === null ? [] : [text]));
  const readers = others.flatMap(({ name, text }) => (text === null ? [] : [{ name, job: text }]));
  compare('text', texts, [{ name: 'parse + check', job: textIsValid }, ...readers]);

  const binaries = modules.map(({ bytes }) => bytes);
  const validators = others.flatMap(({ name, binary }) => (binary === null ? [] : [{ name, job: binary }]));
  const stream = { name: 'stream', job: validateBytes, repeat: 10 };
  compare('binary', binaries, [stream, { name: 'decode + check', job: pairAccepts }, ...validators]);

  linearity();
  realModules();
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(0)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}

/** The first contestant, ours, and each other on the items that both accept. */
function compare<T extends string | Uint8Array>(
  kind: string,
  items: readonly T[],
  contestants: readonly Contestant<T>[],
): void {
  const sizes = items.map((item) => item.length);
  const ones = items.map(() => 1);
  const [own = [], ...others] = quietly(() => race(contestants, items, ROUNDS));
  const [first, ...rest] = contestants;
  const size = sumWhere(sizes, own);
  const count = sumWhere(ones, own);
  const all = sumWhere(own, own);
  console.log(`front, ${kind}: ${count} of ${items.length} modules of the core suite, ${sizeText(size)}`);
  console.log(`  ${first?.name} ${megabytesPerSecond(size, all)}, ${((all * 1e3) / count).toFixed(1)} µs a module`);
  others.forEach((times, i) => {
    const [bytes, mine, its] = [sizes, own, times].map((values) => sumWhere(values, own, times)) as [
      number,
      number,
      number,
    ];
    console.log(
      `  ${rest[i]?.name} ${megabytesPerSecond(bytes, its)} on the ${sumWhere(ones, own, times)} that both accept, ${first?.name} there ${megabytesPerSecond(bytes, mine)}: ${(its / mine).toFixed(2)} times as fast`,
    );
  });
}

/** Time over size: equal on 1, 4 and 16 MB where it is linear. */
function linearity(): void {
  const perFunction = encodeModule(parsed(syntheticText(1e5))).length / 1e5;
  for (const megabytes of [1, 4, 16]) {
    const text = syntheticText(megabytes * 1e6);
    const bytes = encodeModule(parsed(syntheticText((megabytes * 1e6) / perFunction)));
    const [[ofText = 0] = []] = race([{ name: 'text', job: textIsValid }], [text], 1);
    const [[ofBytes = 0] = [], [ofPair = 0] = []] = race<Uint8Array>(
      [
        { name: 'stream', job: validateBytes },
        { name: 'pair', job: pairAccepts },
      ],
      [bytes],
      3,
    );
    const [a, b, c] = [
      megabytesPerSecond(text.length, ofText),
      megabytesPerSecond(bytes.length, ofBytes),
      megabytesPerSecond(bytes.length, ofPair),
    ];
    console.log(`front, ${megabytes} MB: text parse + check ${a}, binary stream ${b}, decode + check ${c}`);
  }
}

/** Modules of megabytes from start to end: the whole command, its process included. */
function realModules(): void {
  const folder = dirname(createRequire(import.meta.url).resolve('@bytecodealliance/jco-transpile'));
  const real = ['js-component-bindgen-component.core.wasm', 'wasm-tools.core.wasm'].map((name) =>
    join(folder, '../vendor', name),
  );
  for (const file of real) weftCheck(file, 'of LLVM');
  const built = clangModule();
  if (built === null) {
    console.log('front: no module of clang, which is not here or has no wasm target');
    return;
  }
  const temporary = mkdtempSync(join(tmpdir(), 'weft-front-'));
  try {
    const file = join(temporary, 'clang.wasm');
    writeFileSync(file, built);
    weftCheck(file, 'of clang');
  } finally {
    rmSync(temporary, { recursive: true });
  }
}

function weftCheck(file: string, origin: string): void {
  const root = new URL('../..', import.meta.url).pathname;
  const run = (args: readonly string[]): number => {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'ignore' });
    return status === 0 ? performance.now() - start : Number.NaN;
  };
  const times = Array.from(
    { length: ROUNDS },
    () => [run(['dist/weft.cjs', 'check', file]), run(['-e', '0'])] as const,
  );
  const [weft, node] = [median(times.map(([ms]) => ms)), median(times.map(([, ms]) => ms))];
  const size = readFileSync(file).length;
  console.log(
    `front, weft check of ${sizeText(size)} ${origin}: ${weft.toFixed(0)} ms, of which node -e 0 ${node.toFixed(0)} ms`,
  );
}
