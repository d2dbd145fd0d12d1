import { known } from '../../src/base/assert.ts';
import { runCall } from '../../src/exec/sequential.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { func, i32, load } from '../unit/exec/wat.ts';
import { leb, name, section, vector } from '../unit/semantics/v8.ts';
import { instantiate } from '../unit/semantics/v8.ts';

/**
 * The fast executor against the engine underneath, in the same run: `npx tsx test/bench/exec.ts`. The bodies are written twice, as text and
 * in bytes; equal results show that they are the same.
 */
interface Bench {
  readonly name: string;
  readonly text: string;
  /** The body of [i32] → [i32], function 0, in a module with 16 pages. */
  readonly bytes: readonly number[];
  readonly locals: number;
  readonly argument: number;
  /** Instructions executed, counted by hand. */
  readonly instructions: (result: number) => number;
}

const I32 = 0x7f;
const VOID = 0x40;
const BENCHES: readonly Bench[] = [
  {
    name: 'fib',
    text: `(func $fib (export "f") (param $n i32) (result i32)
      (if (result i32) (i32.lt_u (local.get $n) (i32.const 2))
        (then (local.get $n))
        (else (i32.add (call $fib (i32.sub (local.get $n) (i32.const 1))) (call $fib (i32.sub (local.get $n) (i32.const 2)))))))`,
    bytes: [
      0x20,
      0,
      0x41,
      2,
      0x49,
      0x04,
      I32,
      0x20,
      0,
      0x05,
      0x20,
      0,
      0x41,
      1,
      0x6b,
      0x10,
      0,
      0x20,
      0,
      0x41,
      2,
      0x6b,
      0x10,
      0,
      0x6a,
      0x0b,
    ],
    locals: 0,
    argument: 27,
    // A leaf of the tree of calls is 5 instructions long, and each of the others 13.
    instructions: (leaves) => 5 * 1.618 * leaves + 13 * 1.618 * leaves,
  },
  {
    name: 'sieve',
    text: `(memory 16) (func (export "f") (param $n i32) (result i32) (local $i i32) (local $j i32) (local $count i32)
      (local.set $i (i32.const 2))
      (loop $outer
        (if (i32.lt_u (local.get $i) (local.get $n)) (then
          (if (i32.eqz (i32.load8_u (local.get $i))) (then
            (local.set $count (i32.add (local.get $count) (i32.const 1)))
            (local.set $j (i32.add (local.get $i) (local.get $i)))
            (block $done (loop $inner
              (br_if $done (i32.ge_u (local.get $j) (local.get $n)))
              (i32.store8 (local.get $j) (i32.const 1))
              (local.set $j (i32.add (local.get $j) (local.get $i)))
              (br $inner)))))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $outer))))
      (local.get $count))`,
    bytes: [
      0x41,
      2,
      0x21,
      1,
      0x03,
      VOID,
      0x20,
      1,
      0x20,
      0,
      0x49,
      0x04,
      VOID,
      0x20,
      1,
      0x2d,
      0,
      0,
      0x45,
      0x04,
      VOID,
      0x20,
      3,
      0x41,
      1,
      0x6a,
      0x21,
      3,
      0x20,
      1,
      0x20,
      1,
      0x6a,
      0x21,
      2,
      0x02,
      VOID,
      0x03,
      VOID,
      0x20,
      2,
      0x20,
      0,
      0x4f,
      0x0d,
      1,
      0x20,
      2,
      0x41,
      1,
      0x3a,
      0,
      0,
      0x20,
      2,
      0x20,
      1,
      0x6a,
      0x21,
      2,
      0x0c,
      0,
      0x0b,
      0x0b,
      0x0b,
      0x20,
      1,
      0x41,
      1,
      0x6a,
      0x21,
      1,
      0x0c,
      1,
      0x0b,
      0x0b,
      0x20,
      3,
    ],
    locals: 3,
    argument: 1_000_000,
    // 2.77 million numbers are crossed out, in 12 instructions each; each of the million is looked at in 13.
    instructions: () => 12 * 2_775_000 + 13 * 1_000_000,
  },
];

function encode({ bytes, locals }: Bench): Uint8Array {
  const body = [...vector(locals === 0 ? [] : [[locals, I32]]), ...bytes, 0x0b];
  return Uint8Array.from([
    0,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(1, vector([[0x60, 1, I32, 1, I32]])),
    ...section(3, vector([[0]])),
    ...section(5, vector([[0, 16]])),
    ...section(7, vector([[...name('f'), 0, 0]])),
    ...section(10, vector([[...leb(body.length), ...body]])),
  ]);
}

const ROUNDS = 7;

/** The first and the shortest of some calls, each in a fresh instance. */
function measure(call: () => { readonly result: number; readonly milliseconds: number }) {
  const runs = Array.from({ length: ROUNDS }, call);
  const first = known(runs[0], 'run');
  return { result: first.result, first: first.milliseconds, best: Math.min(...runs.map((run) => run.milliseconds)) };
}

for (const bench of BENCHES) {
  const ours = measure(() => {
    const loaded = load(`(module ${bench.text})`);
    const { ending, milliseconds } = runCall(
      { readings: DEFAULT_READINGS, fuel: 1e12 },
      func(loaded, 'f'),
      [i32(bench.argument)],
      loaded.store,
    );
    const [value] = ending.kind === 'results' ? ending.values : [];
    return { result: value?.type === 'i32' ? value.value : Number.NaN, milliseconds };
  });
  const engine = measure(() => {
    const f = instantiate(encode(bench)).exports['f'] as (n: number) => number;
    const start = performance.now();
    return { result: f(bench.argument), milliseconds: performance.now() - start };
  });
  if (ours.result !== engine.result) throw new Error(`${bench.name}: ${ours.result}, not ${engine.result}`);
  const rate = bench.instructions(ours.result) / ours.best / 1000;
  console.log(
    `${bench.name}(${bench.argument}) = ${ours.result}: first ${ours.first.toFixed(1)} ms, best ${ours.best.toFixed(1)} ms (${rate.toFixed(0)} M instructions/s); ` +
      `V8 first ${engine.first.toFixed(2)} ms, best ${engine.best.toFixed(2)} ms; ratio of the best ${(ours.best / engine.best).toFixed(1)}`,
  );
}
