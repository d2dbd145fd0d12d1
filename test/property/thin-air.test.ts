import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONDITIONS } from '../../src/explore/drf/explore.ts';
import { byDrf, outcomesOf } from '../support/by-drf.ts';
import { exploreProgram, program } from '../support/explore-file.ts';

/**
 * Programs of which many have no race and could only go wrong by values that justify each other: a first thread writes values that main hides before the others begin, which write
 * what, or where, or if they read. `WEFT_RUNS` multiplies the programs.
 */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_127);

const place = fc.integer({ min: 0, max: 2 });
const value = fc.integer({ min: 0, max: 2 });
const atomic = fc.constantFrom('', '', '', 'atomic.');

const load = (order: string, at: number | string): string => `(i32.${order}load8_u ${address(at)})`;
const store = (order: string, at: number | string, what: string): string =>
  `(i32.${order}store8 ${address(at)} ${what})`;
const address = (at: number | string): string => (typeof at === 'number' ? `(i32.const ${at})` : at);

const keep = '(local.set $seen (i32.add (i32.mul (local.get $seen) (i32.const 4)) (local.get $r)))';
const statement: fc.Arbitrary<string> = fc
  .record({
    kind: fc.constantFrom('if', 'if', 'if', 'copy', 'copy', 'there', 'read', 'write', 'unless'),
    from: place,
    to: place,
    v: value,
    orders: fc.tuple(atomic, atomic),
  })
  .map(({ kind, from, to, v, orders: [a, b] }) => {
    const read = `(local.set $r ${load(a, from)}) ${keep}`;
    const constant = `(i32.const ${v})`;
    switch (kind) {
      case 'if':
        return `${read} (if (local.get $r) (then ${store(b, to, constant)}))`;
      case 'unless':
        return `${read} (if (i32.eqz (local.get $r)) (then ${store(b, to, constant)}))`;
      case 'copy':
        return `${read} ${store(b, to, '(local.get $r)')}`;
      case 'there':
        return `${read} ${store(b, '(local.get $r)', constant)}`;
      case 'read':
        return read;
      default:
        return store(b, to, constant);
    }
  });

const body = fc
  .oneof(
    statement.map((one) => [one]),
    fc.array(statement, { minLength: 1, maxLength: 2 }),
  )
  .map((statements) => statements.join(' '));
const programs = fc
  .record({
    hidden: fc.array(fc.tuple(place, fc.constantFrom(1, 2)), { minLength: 1, maxLength: 2 }),
    bodies: fc.array(body, { minLength: 2, maxLength: 3 }),
  })
  .map(({ hidden, bodies }) => {
    const writes = (of: readonly (readonly [number, number])[]): string =>
      of.map(([at, v]) => store('', at, `(i32.const ${v})`)).join(' ');
    const functions = bodies.map(
      (text, i) =>
        `(func (export "t${i}") shared (result i32) (local $r i32) (local $seen i32) ${text} (local.get $seen))`,
    );
    const threads = bodies.map((_, i) => `(thread $T${i} (shared (module $M)) (invoke $M "t${i}"))`);
    return `(module $M shared (memory (export "mem") 1 1 shared)
      (func (export "first") shared ${writes(hidden)})
      (func (export "hide") shared ${writes(hidden.map(([at]) => [at, 0]))})
      ${functions.join('\n')})
      (register "M")
      (thread $First (shared (module $M)) (invoke $M "first")) (wait $First) (invoke $M "hide")
      ${threads.join('\n')}`;
  });

describe('values that justify each other', () => {
  test('programs that SC-DRF answers have those outcomes by axioms', () => {
    const tally = { answered: 0, careful: 0, wrong: 0 };
    fc.assert(
      fc.property(programs, (text) => {
        const careless = byDrf(text, { ...CONDITIONS, thinAir: false });
        if (careless === null) return;
        const answer = byDrf(text, CONDITIONS);
        const axioms = exploreProgram(program(text), 'wasm', { strategy: 'axioms' });
        if (!axioms.complete) return;
        if (answer === null) tally.careful++;
        else {
          tally.answered++;
          expect(answer).toEqual(outcomesOf(axioms));
        }
        if (careless.length < axioms.outcomes.length) tally.wrong++;
      }),
      { seed: SEED, numRuns: 80 * RUNS, endOnFailure: RUNS > 1 },
    );
    if (RUNS > 1) process.stderr.write(`${JSON.stringify(tally)}\n`);
    expect(tally.answered).toBeGreaterThan(20 * RUNS);
  });
});
