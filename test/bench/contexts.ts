import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { known } from '../../src/base/assert.ts';
import { encodeModule } from '../../src/binary/encode.ts';
import { createCompartment } from '../../src/embed/create-compartment.ts';
import type { Compartment } from '../../src/runtime/embed/compartment.ts';
import type { Context } from '../../src/runtime/embed/context.ts';
import type { Global } from '../../src/runtime/embed/global.ts';

/**
 * What a further thread costs: a context beside V8's further instance of the same module and its worker, in the same run. Bytes are what
 * the process has in use (heap and buffers) after collection, over many of the things measured.
 */
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function bytesInUse(): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 8; i++) {
    collect();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { heapUsed, external } = process.memoryUsage();
    least = Math.min(least, heapUsed + external);
  }
  return least;
}

interface Cost {
  readonly bytes: number;
  readonly milliseconds: number;
}

/** What was measured is kept to the end, so that nothing of it goes while something else is measured. */
const kept: unknown[][] = [];

/** Of each of `count` things. */
async function costOf(count: number, make: (i: number) => unknown): Promise<Cost> {
  const things: unknown[] = Array.from({ length: count }, () => null);
  kept.push(things);
  // What the engine itself keeps of running this comes first.
  for (let i = 0; i < Math.min(count, 200); i++) make(i);
  const before = await bytesInUse();
  const start = performance.now();
  for (let i = 0; i < count; i++) things[i] = make(i);
  const milliseconds = (performance.now() - start) / count;
  return { bytes: ((await bytesInUse()) - before) / count, milliseconds };
}

function show(what: string, { bytes, milliseconds }: Cost): void {
  console.log(
    `contexts: ${what.padEnd(58)} ${bytes.toFixed(0).padStart(9)} bytes ${milliseconds.toFixed(4).padStart(9)} ms`,
  );
}

function threadLocals(n: number): string {
  return `(module ${Array.from({ length: n }, (_, i) => `(global (export "g${i}") (thread_local mut i64))`).join(' ')})`;
}

interface Loaded {
  readonly home: Compartment;
  readonly globals: readonly Global[];
}

function load(text: string): Loaded {
  const home = createCompartment();
  const made = home.instantiate(text);
  if (!made.ok) throw new Error(made.error.message);
  const globals = [...made.value.exports.values()].flatMap((extern) =>
    'value' in extern && 'set' in extern && 'inst' in extern && 'addr' in extern.inst ? [extern as Global] : [],
  );
  return { home, globals };
}

/** A context that has written all of its thread-locals. */
function used({ home, globals }: Loaded): Context {
  const context = home.createContext();
  for (const global of globals) global.set(context, 1n);
  return context;
}

const EXPORTS = 20_000;

function manyExports(memory: boolean): string {
  const funcs = Array.from(
    { length: EXPORTS },
    (_, i) => `(func (export "f${i}") (param i32) (result i32) (i32.add (local.get 0) (i32.const ${i})))`,
  );
  return `(module ${memory ? '(memory 1)' : ''} ${funcs.join('\n')})`;
}

export async function benchContexts(): Promise<void> {
  for (const n of [0, 1, 10, 100]) {
    const loaded = load(threadLocals(n));
    show(`a context, ${n} thread-locals written`, await costOf(5000, () => used(loaded)));
    const context = used(loaded);
    show(`a clone of a context with ${n} thread-locals`, await costOf(20_000, () => context.clone()));
  }
  await benchMany();
  await benchProducts();
}

async function benchMany(): Promise<void> {
  const home = createCompartment();
  const text = manyExports(true);
  const made = home.instantiate(text);
  if (!made.ok) throw new Error(made.error.message);
  const f = known(made.value.func('f7'), 'function');
  const ours = await costOf(1000, () => {
    const context = home.createContext();
    f.call(context, [1]);
    return context;
  });
  show(`a context of an instance with ${EXPORTS} exports, and a call`, ours);
  const total = ours.bytes * 1000;
  console.log(
    `contexts: 1000 of them ${(total / 1e6).toFixed(2)} MB in all (under 2), ${ours.milliseconds.toFixed(4)} ms each (under 1)`,
  );
  const engine = wasmOf(encodeModule(made.value.inst.module.module));
  const theirs = await costOf(10, () => engine());
  show(`V8's further instance of the same module`, theirs);
  show(`V8's worker, empty`, await workerCost(4));
  console.log(`contexts: V8's instance takes ${(theirs.bytes / ours.bytes).toFixed(0)} times the bytes of a context`);
}

/** V8's own WebAssembly, whose types the project does not have. */
function wasmOf(bytes: Uint8Array): () => unknown {
  const { Module, Instance } = (
    globalThis as unknown as {
      readonly WebAssembly: {
        readonly Module: new (bytes: Uint8Array) => object;
        readonly Instance: new (module: object) => { readonly exports: object };
      };
    }
  ).WebAssembly;
  const module = new Module(bytes);
  return () => new Instance(module).exports;
}

/** A worker's memory is not in its parent's heap: the whole process is measured. */
async function workerCost(count: number): Promise<Cost> {
  const workers: Worker[] = [];
  const before = process.memoryUsage.rss();
  const start = performance.now();
  for (let i = 0; i < count; i++) {
    const worker = new Worker('setInterval(() => {}, 1000)', { eval: true });
    await new Promise((resolve) => worker.once('online', resolve));
    workers.push(worker);
  }
  const milliseconds = (performance.now() - start) / count;
  const bytes = (process.memoryUsage.rss() - before) / count;
  for (const worker of workers) await worker.terminate();
  return { bytes, milliseconds };
}

/** C compartments of T threads with L thread-locals each: the sum of C products, whatever the other compartments have. */
async function benchProducts(): Promise<void> {
  const shapes: readonly (readonly [threads: number, locals: number])[] = [
    [4000, 10],
    [1000, 100],
    [200, 1000],
    [2000, 50],
  ];
  const loaded = shapes.map(([, locals]) => load(threadLocals(locals)));
  let sum = 0;
  for (const [i, [threads, locals]] of shapes.entries()) {
    const here = known(loaded[i], 'compartment');
    const { bytes } = await costOf(threads, () => used(here));
    sum += bytes * threads;
    console.log(
      `contexts: compartment of ${threads} threads × ${locals} thread-locals: ${(bytes * threads).toFixed(0)} bytes, ${(bytes / locals).toFixed(1)} for each thread's thread-local`,
    );
  }
  const all = await costOf(1, () =>
    shapes.map(([threads], i) => Array.from({ length: threads }, () => used(known(loaded[i], 'compartment')))),
  );
  console.log(
    `contexts: all ${shapes.length} compartments at once ${all.bytes.toFixed(0)} bytes, ${(all.bytes / sum).toFixed(2)} times the sum of the products (${sum.toFixed(0)})`,
  );
}
