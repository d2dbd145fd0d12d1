import fc from 'fast-check';
import type { TinyProgram, TinyStep } from '../../support/tiny-machine.ts';

/** Tiny programs: the pieces that their threads are made of, and how threads are put together. */

const order = fc.constantFrom('unord' as const, 'seqcst' as const);
/** Places of one and two bytes, so that accesses overlap in part. */
const place = fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 }, { at: 0, size: 2 });
const register = fc.constantFrom('a', 'b');
const timeout = fc.constantFrom(-1n, -1n, 5n);

const read: fc.Arbitrary<TinyStep> = fc
  .tuple(place, order, register)
  .map(([p, o, to]) => ({ kind: 'read', ...p, order: o, to }));
const write: fc.Arbitrary<TinyStep> = fc
  .tuple(place, order, fc.constantFrom(1, 2))
  .map(([p, o, value]) => ({ kind: 'write', ...p, order: o, value }));
const copy: fc.Arbitrary<TinyStep> = fc
  .tuple(place, register)
  .map(([p, from]) => ({ kind: 'write', ...p, order: 'unord', value: 0, from }));
const add: fc.Arbitrary<TinyStep> = place.map((p) => ({
  kind: 'rmw',
  ...p,
  order: 'seqcst',
  op: 'add',
  value: 1,
  to: 'a',
}));
const cas: fc.Arbitrary<TinyStep> = fc
  .tuple(place, fc.constantFrom(0, 1))
  .map(([p, expected]) => ({ kind: 'cas', ...p, order: 'seqcst', expected, value: 1, to: 'b' }));
const wait: fc.Arbitrary<TinyStep> = fc
  .tuple(fc.constantFrom(0, 1), timeout)
  .map(([expected, t]) => ({ kind: 'wait', at: 0, expected, timeout: t, to: 'w' }));
const notify: fc.Arbitrary<TinyStep> = fc
  .constantFrom(0, 1, 2)
  .map((count) => ({ kind: 'notify', at: 0, count, to: 'n' }));
const trap: fc.Arbitrary<TinyStep> = fc.constant({ kind: 'trap', reason: 'unreachable' });

const one = (step: fc.Arbitrary<TinyStep>): fc.Arbitrary<readonly TinyStep[]> => step.map((s) => [s]);
/** Reads, or tries, again and again. */
const spin: fc.Arbitrary<readonly TinyStep[]> = fc
  .tuple(fc.oneof(read, cas), fc.constantFrom(0, 1))
  .map(([step, value]) => [step, { kind: 'while', register: 'to' in step ? step.to : 'a', value, back: 1 }]);

function body(
  pieces: readonly fc.WeightedArbitrary<readonly TinyStep[]>[],
  most: number,
): fc.Arbitrary<readonly TinyStep[]> {
  return fc.array(fc.oneof(...pieces), { minLength: 1, maxLength: most }).map((parts) => parts.flat());
}

/** Main forks the threads, and may join the first and look, or act beside them. */
export function programs(pieces: readonly fc.WeightedArbitrary<readonly TinyStep[]>[]): fc.Arbitrary<TinyProgram> {
  const threads = fc.oneof(
    fc.tuple(body(pieces, 3), body(pieces, 3)),
    fc.tuple(body(pieces, 2), body(pieces, 1), body(pieces, 1)),
  );
  const joins: readonly TinyStep[] = [
    { kind: 'join', thread: 't0' },
    { kind: 'read', at: 0, size: 2, order: 'unord', to: 'm' },
  ];
  return fc.tuple(threads, fc.oneof(fc.constant(joins), body(pieces, 1), fc.constant([]))).map(([bodies, rest]) => ({
    main: [...bodies.map((_, i): TinyStep => ({ kind: 'fork', thread: `t${i}` })), ...rest],
    ...Object.fromEntries(bodies.map((steps, i) => [`t${i}`, steps])),
  }));
}

export const accesses = [
  { weight: 2, arbitrary: one(read) },
  { weight: 2, arbitrary: one(write) },
  { weight: 1, arbitrary: one(copy) },
  { weight: 1, arbitrary: one(add) },
  { weight: 1, arbitrary: one(cas) },
];
export const queues = [...accesses, { weight: 3, arbitrary: one(wait) }, { weight: 3, arbitrary: one(notify) }];
export const spins = [...accesses, { weight: 4, arbitrary: spin }];
export const traps = [...queues, { weight: 2, arbitrary: one(trap) }];
