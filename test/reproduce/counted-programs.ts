/** Programs whose executions under sequential consistency are published counts [BASELINES, GenMC 0.10.3]; every access is seqcst. */
export interface CountedProgram {
  readonly name: string;
  readonly text: string;
  readonly executions: number;
  /** Takes longer than a quick run should. */
  readonly long: boolean;
}

const X = '(i32.const 0)';
const Y = '(i32.const 4)';

function script(functions: readonly string[], calls: readonly string[], after = ''): string {
  const threads = calls.map((call, i) => `(thread $T${i} (shared (module $M)) (invoke $M ${call}))`);
  const waits = calls.map((_, i) => `(wait $T${i})`);
  return `(module $M shared (memory (export "mem") 1 1 shared) ${functions.join('\n')}) (register "M")
${threads.join('\n')}\n${waits.join('\n')}\n${after}`;
}

function times(n: number, call: string): string[] {
  return Array.from({ length: n }, () => call);
}

/** Thread i: x[i] = 1; r = x[(i+1) mod n]. */
function ring(n: number): string {
  const store = `(i32.atomic.store (i32.mul (local.get 0) (i32.const 4)) (i32.const 1))`;
  const next = `(i32.mul (i32.rem_u (i32.add (local.get 0) (i32.const 1)) (i32.const ${n})) (i32.const 4))`;
  const body = `(func (export "t") shared (param i32) (result i32) ${store} (i32.atomic.load ${next}))`;
  return script(
    [body],
    Array.from({ length: n }, (_, i) => `"t" (i32.const ${i})`),
  );
}

function readers(n: number): string {
  return script(
    [
      `(func (export "w") shared (i32.atomic.store ${X} (i32.const 42)))`,
      `(func (export "r") shared (result i32) (i32.atomic.load ${X}))`,
    ],
    ['"w"', ...times(n, '"r"')],
  );
}

/** A hash table of 128 entries: thread t puts 11i + t for i = 1 … 4, each where the next free place is. */
function indexer(n: number): string {
  const body = `(func (export "t") shared (param $t i32) (local $i i32) (local $w i32) (local $h i32)
    (loop $next
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (local.set $w (i32.add (i32.mul (local.get $i) (i32.const 11)) (local.get $t)))
      (local.set $h (i32.rem_u (i32.mul (local.get $w) (i32.const 7)) (i32.const 128)))
      (loop $probe
        (if (i32.atomic.rmw.cmpxchg (i32.mul (local.get $h) (i32.const 4)) (i32.const 0) (local.get $w))
          (then
            (local.set $h (i32.rem_u (i32.add (local.get $h) (i32.const 1)) (i32.const 128)))
            (br $probe))))
      (br_if $next (i32.lt_u (local.get $i) (i32.const 4)))))`;
  return script(
    [body],
    Array.from({ length: n }, (_, t) => `"t" (i32.const ${t})`),
  );
}

/** x = y = 1; n times x = x + y beside n times y = x + y; a third thread reads both. */
function fibonacci(n: number): string {
  const add = (to: string): string =>
    times(n, `(i32.atomic.store ${to} (i32.add (i32.atomic.load ${X}) (i32.atomic.load ${Y})))`).join('\n');
  return script(
    [
      `(data (i32.const 0) "\\01\\00\\00\\00\\01\\00\\00\\00")`,
      `(func (export "x") shared ${add(X)})`,
      `(func (export "y") shared ${add(Y)})`,
      `(func (export "r") shared (result i32 i32) (i32.atomic.load ${X}) (i32.atomic.load ${Y}))`,
    ],
    ['"x"', '"y"', '"r"'],
  );
}

function increments(n: number): string {
  return script([`(func (export "a") shared (result i32) (i32.atomic.rmw.add ${X} (i32.const 1)))`], times(n, '"a"'));
}

/** Thread takes a ticket, waits until it is served, enters and serves the next. */
function ticketLock(n: number): string {
  const body = `(func (export "t") shared (local $ticket i32)
    (local.set $ticket (i32.atomic.rmw.add ${X} (i32.const 1)))
    (loop $wait (br_if $wait (i32.ne (i32.atomic.load ${Y}) (local.get $ticket))))
    (i32.atomic.store ${Y} (i32.add (local.get $ticket) (i32.const 1))))`;
  return script([body], times(n, '"t"'));
}

function counted(name: string, text: string, executions: number, long = false): CountedProgram {
  return { name, text, executions, long };
}

export const COUNTED_PROGRAMS: readonly CountedProgram[] = [
  counted('ring of 6', ring(6), 63),
  counted('ring of 10', ring(10), 1023, true),
  counted('ring of 12', ring(12), 4095, true),
  counted('8 readers', readers(8), 256),
  counted('13 readers', readers(13), 8192, true),
  counted('indexer of 12', indexer(12), 8),
  counted('indexer of 14', indexer(14), 512, true),
  counted('fib_bench 3', fibonacci(3), 1698, true),
  counted('fib_bench 4', fibonacci(4), 19605, true),
  counted('5 fetch_adds', increments(5), 120),
  counted('7 fetch_adds', increments(7), 5040, true),
  counted('8 fetch_adds', increments(8), 40320, true),
  counted('ticket lock of 2', ticketLock(2), 2),
  counted('ticket lock of 3', ticketLock(3), 6),
  counted('ticket lock of 4', ticketLock(4), 24, true),
];
