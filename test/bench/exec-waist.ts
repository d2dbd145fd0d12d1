import { known } from '../../src/base/assert.ts';
import type { Response } from '../../src/event/request.ts';
import { begin, goOn, makeExec } from '../../src/exec/executor.ts';
import { Thread } from '../../src/exec/thread.ts';
import { callStart } from '../../src/runtime/call-start.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import { func, load } from '../unit/exec/wat.ts';
import { processorTime } from './exec-time.ts';

/** A thread that only asks: an atomic load in a loop, whose every answer is a zero. */
const ASKING = `(module (memory 1 1 shared) (func (export "f") (local $seen i32)
  (loop $again
    (local.set $seen (i32.add (local.get $seen) (i32.atomic.load (i32.const 0))))
    (br $again))))`;

const ZERO: Response = { kind: 'units', units: [0, 0, 0, 0] };
const FUEL = 1e15;
const REQUESTS = 2_000_000;
const ROUNDS = 5;

function best(run: () => void): number {
  return Math.min(
    ...Array.from({ length: ROUNDS }, () => {
      const started = processorTime();
      run();
      return processorTime() - started;
    }),
  );
}

/** Requests a second of a thread in place and of one whose states are values, and the time of a copy of its state. */
export function measureWaist(): {
  readonly inPlace: number;
  readonly asValues: number;
  readonly copyNanoseconds: number;
} {
  const start = callStart(func(load(ASKING), 'f'), [], new Map());
  const thread = new Thread(false);
  begin(thread, start, null, FUEL);
  const inPlace = best(() => {
    for (let k = 0; k < REQUESTS; k++) goOn(thread, ZERO, null, FUEL);
  });
  const exec = makeExec({ readings: DEFAULT_READINGS, fuel: FUEL });
  let { state } = exec.start(start);
  const asValues = best(() => {
    for (let k = 0; k < REQUESTS; k++) ({ state } = exec.resume(state, ZERO));
  });
  const copies: unknown[] = [];
  const copy = best(() => {
    for (let k = 0; k < REQUESTS; k++) copies[k & 63] = thread.save();
  });
  known(copies[0] ?? undefined, 'copy');
  return {
    inPlace: REQUESTS / inPlace / 1000,
    asValues: REQUESTS / asValues / 1000,
    copyNanoseconds: (copy / REQUESTS) * 1e6,
  };
}
