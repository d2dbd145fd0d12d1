import { exploreProgram, program } from '../support/explore-file.ts';

/** Programs whose numbers of executions the literature and the peers report; times as ratios to the first row of the same run. */
function script(functions: readonly string[], calls: readonly string[]): string {
  const threads = calls.map((call, i) => `(thread $T${i} (shared (module $M)) (invoke $M "${call}"))`);
  const waits = calls.map((_, i) => `(wait $T${i})`);
  return `(module $M shared (memory (export "mem") 1 1 shared) ${functions.join('\n')}) (register "M")\n${threads.join('\n')}\n${waits.join('\n')}`;
}

function ring(n: number): string {
  const functions = Array.from(
    { length: n },
    (_, i) =>
      `(func (export "t${i}") shared (result i32) (i32.atomic.store (i32.const ${4 * i}) (i32.const 1)) (i32.atomic.load (i32.const ${4 * ((i + 1) % n)})))`,
  );
  return script(
    functions,
    functions.map((_, i) => `t${i}`),
  );
}

function readers(n: number): string {
  return script(
    [
      '(func (export "w") shared (i32.atomic.store (i32.const 0) (i32.const 42)))',
      '(func (export "r") shared (result i32) (i32.atomic.load (i32.const 0)))',
    ],
    ['w', ...Array.from({ length: n }, () => 'r')],
  );
}

function increments(n: number): string {
  return script(
    ['(func (export "a") shared (result i32) (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))'],
    Array.from({ length: n }, () => 'a'),
  );
}

const ROWS: readonly (readonly [string, string])[] = [
  ['ring 6', ring(6)],
  ['ring 10', ring(10)],
  ['readers 8', readers(8)],
  ['increments 5', increments(5)],
  ['increments 6', increments(6)],
];

export function benchExplore(): void {
  let unit = 0;
  for (const [name, text] of ROWS) {
    for (const model of ['wasm', 'sc']) {
      const start = performance.now();
      const result = exploreProgram(program(text), model);
      const time = performance.now() - start;
      unit ||= time;
      console.log(
        `${name.padEnd(13)} ${model.padEnd(5)} ${String(result.executions).padStart(6)} executions, ${String(result.blocked).padStart(6)} blocked, ${(time / unit).toFixed(2).padStart(7)} × the first row (${time.toFixed(0)} ms)`,
      );
    }
  }
}
