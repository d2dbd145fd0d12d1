import { describe, expect, test } from 'vitest';
import { known } from '../../../src/base/assert.ts';
import { PEERS } from '../../bench/programs/peers/table.ts';
import { inC } from '../../bench/programs/peers/print-c.ts';
import { inHerd } from '../../bench/programs/peers/print-herd.ts';
import { inWasm } from '../../bench/programs/peers/print-wasm.ts';
import { exploreProgram, program } from '../../support/explore-file.ts';

/** Sizes that are quick; GenMC’s figures for the others are checked by the benchmark. */
const MOST_EXECUTIONS = 130;

const cases = PEERS.flatMap((row) =>
  Object.entries(row.genmc)
    .filter(([, executions]) => executions <= MOST_EXECUTIONS)
    .map(([size, executions]) => ({ name: `${row.name} ${size}`, row, size: Number(size), executions })),
);

describe('the peers’ programs: interleavings counts one execution for each reads-from and order of writes, as GenMC does', () => {
  test.each(cases)('$name has $executions', ({ row, size, executions }) => {
    const result = exploreProgram(program(inWasm(row.make(size))), 'sc', { strategy: 'interleavings' });
    expect(result.bound).toBe(null);
    expect(result.executions).toBe(executions);
    expect(result.deadlocks).toBe(0);
    expect(result.races).toEqual([]);
    expect(result.assertions.map(({ holds }) => holds)).toEqual(result.assertions.map(() => 'always'));
  });
});

test('the peers’ programs are the same in every language: the accesses of fib_bench 2', () => {
  const { make } = known(
    PEERS.find(({ name }) => name === 'fib_bench'),
    'fib_bench',
  );
  const [wasm, c, herd] = [inWasm, inC, inHerd].map((print) => print(make(2)));
  const count = (text: string | undefined, what: RegExp): number => text?.match(what)?.length ?? 0;
  expect([count(wasm, /atomic\.store/g), count(c, /atomic_store/g)]).toEqual([2, 2]);
  expect([count(wasm, /atomic\.load/g), count(c, /atomic_load/g)]).toEqual([6, 6]);
  expect([count(herd, /atomic_store/g), count(herd, /atomic_load/g)]).toEqual([4, 10]);
});
