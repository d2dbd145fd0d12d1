import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catModel } from '../../src/cli/models.ts';
import type { EventId, Execution } from '../../src/event/execution.ts';
import type { AxiomName, Definition } from '../../src/model/definition.ts';
import {
  DEFINITIONS,
  jsEs2018,
  jsEs2018Scdrf,
  sc,
  wasm,
  wasmOopsla19Uncorrected,
} from '../../src/model/definitions.ts';
import type { Model } from '../../src/model/model.ts';
import { nativeModel } from '../../src/model/native.ts';
import { definitionalModel } from '../../src/model/slow.ts';
import { ATOMIC, CYCLES, executions, MIXED, SEQCST } from '../unit/model/arbitrary.ts';
import type { Program } from '../unit/model/build.ts';
import { aroundAcqrel, overwrittenAcqrel } from '../unit/model/rare-programs.ts';
import {
  bytesAt,
  candidates,
  eventsOf,
  everyReadsFrom,
  execution,
  Fsc,
  program,
  R,
  Racq,
  Rsc,
  U,
  Uar,
  W,
  Wrel,
  Wsc,
  x,
  y,
  z,
} from '../unit/model/build.ts';

const x2 = bytesAt(0, 2);

const storeBuffering = program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Rsc(x, 0)]);
const doubleRead = program([Wsc(x, 1), Wsc(y, 1)], [Wsc(x, 2), Rsc(y, 1), R(x, 2), R(x, 1)]);
const armLeast = program([Wsc(x, 1), W(x, 2), Rsc(y, 1)], [Wsc(y, 1), W(y, 2), Rsc(x, 1)]);
const byteStoreBuffering = program([W(x, 1), Rsc(y, 0)], [W(y, 1), Rsc(x, 0)]);
const stale = program([Wsc(x, 1), Rsc(y, 0)], [Wsc(y, 1), Wsc(x, 2), Rsc(z, 0)], [Wsc(z, 1), Rsc(x, 1)]);
const dagger = program([W(x, 1), Wsc(y, 1), U(x, 1, 3)], [Rsc(y, 1), Wsc(x, 2), Rsc(x, 3)]);
const twoUpdates = program([Wsc(x, 1)], [U(x, 1, 2)], [U(x, 1, 3)]);
const messagePassing = program([W(x, 1), Wrel(y, 1)], [Racq(y, 1), R(x, 0)]);

/** Reads 2 from a write of 1. */
function wrongValue(): readonly Execution[] {
  const rf = [[null, null], [null], [[1 as EventId]]];
  return [execution(eventsOf(program([W(x, 1)], [R(x, 2)])), rf)];
}

interface Witness {
  readonly axiom: AxiomName;
  readonly base: Definition;
  readonly what: string;
  readonly executions: readonly Execution[];
}

function witness(base: Definition, axiom: AxiomName, what: string, of: Program): Witness {
  return { axiom, base, what, executions: [...candidates(of)] };
}

const WITNESSES: readonly Witness[] = [
  { axiom: 'value', base: wasm, what: 'a read of what was not written', executions: wrongValue() },
  witness(wasm, 'hb-irreflexive', 'store buffering, by a tot that forgets po', storeBuffering),
  witness(wasm, 'hb-consistent-1', 'a read from its own future', program([R(x, 1), W(x, 1)])),
  witness(wasm, 'hb-consistent-3', 'a read of an overwritten value', program([W(x, 1), W(x, 2), R(x, 1)])),
  witness(wasm, 'sc-last-visible-1', 'a stale seqcst write, seen past a later one', stale),
  witness(wasm, 'sc-last-visible-2', 'store buffering', storeBuffering),
  witness(wasm, 'sc-last-visible-3', 'Fig. 18: two seqcst writes seen in both orders', doubleRead),
  witness(wasm, 'no-tear', 'half of each of two stores', program([W(x2, 0x0101)], [W(x2, 0x0202)], [R(x2, 0x0102)])),
  witness(wasm, 'sc-modification-order', 'two seqcst writes in two orders around an acqrel one', aroundAcqrel),
  witness(wasm, 'sc-last-visible-acqrel', 'store buffering, past an overwritten acqrel write', overwrittenAcqrel),
  witness(
    wasm,
    'fence-order',
    'store buffering on acqrel accesses with fences',
    program([Wrel(x, 1), Fsc, Racq(y, 0)], [Wrel(y, 1), Fsc, Racq(x, 0)]),
  ),
  witness(wasm, 'rmw-atomicity', 'two acqrel updates of one value', program([Uar(x, 0, 1)], [Uar(x, 0, 2)])),
  witness(
    wasm,
    'atomic-coherence',
    'two readers who disagree on the order of two acqrel writes',
    program([Wrel(x, 1)], [Wrel(x, 2)], [Racq(x, 1), Racq(x, 2)], [Racq(x, 2), Racq(x, 1)]),
  ),
  witness(sc, 'sc-latest', 'store buffering', storeBuffering),
  witness(jsEs2018, 'sc-last-visible-1', 'the ARMv8 test', armLeast),
  witness(jsEs2018Scdrf, 'sc-last-visible-2', '† alone', dagger),
  witness(wasmOopsla19Uncorrected, 'sc-last-visible-1', 'two seqcst updates of one value', twoUpdates),
  witness(wasmOopsla19Uncorrected, 'hb-irreflexive', 'the same, by a tot that forgets sw', twoUpdates),
];

function allowsSome(model: Model, candidatesOf: readonly Execution[]): boolean {
  return candidatesOf.some((candidate) => model.check(candidate).consistent);
}

describe('each axiom forbids what the others allow', () => {
  test.each(WITNESSES)('$axiom of $base.name: $what', ({ axiom, base, executions: candidatesOf }) => {
    expect(candidatesOf.length).toBeGreaterThan(0);
    expect(allowsSome(nativeModel({ base }), candidatesOf)).toBe(false);
    expect(allowsSome(nativeModel({ base, without: axiom }), candidatesOf)).toBe(true);
  });

  const pairs = DEFINITIONS.flatMap((base) => base.axioms.map((axiom) => ({ base, axiom })));
  test.each(pairs)('$base.name less $axiom is caught', ({ base, axiom }) => {
    const [whole, mutant] = [nativeModel({ base }), nativeModel({ base, without: axiom })];
    const caught = WITNESSES.some((w) => !allowsSome(whole, w.executions) && allowsSome(mutant, w.executions));
    expect(caught).toBe(true);
  });
});

describe('each check of a model’s file forbids what the others allow', () => {
  test.each(WITNESSES)('$axiom of models/$base.name.cat: $what', ({ axiom, base, executions: candidatesOf }) => {
    expect(allowsSome(catModel(base.name), candidatesOf)).toBe(false);
    expect(allowsSome(catModel(base.name).less([axiom]), candidatesOf)).toBe(true);
  });
});

describe('each choice of a definition forbids something', () => {
  test('wasm: acqrel synchronises', () => {
    const of = [...candidates(messagePassing)];
    expect(allowsSome(nativeModel({ base: wasm }), of)).toBe(false);
    expect(allowsSome(nativeModel({ base: { ...wasm, weakestAtomic: 'seqcst' } }), of)).toBe(true);
  });

  test('js-es2018: init synchronises', () => {
    const of = [...candidates(byteStoreBuffering)];
    expect(allowsSome(nativeModel({ base: jsEs2018 }), of)).toBe(false);
    expect(allowsSome(nativeModel({ base: { ...jsEs2018, initSynchronises: false } }), of)).toBe(true);
  });

  test('js-es2018: sc-last-visible-1 looks at unordered writes too', () => {
    const of = [...candidates(armLeast)];
    expect(allowsSome(nativeModel({ base: jsEs2018 }), of)).toBe(false);
    expect(allowsSome(nativeModel({ base: { ...jsEs2018, lastVisibleAmong: 'seqcst' } }), of)).toBe(true);
  });
});

describe('the executions of the property tests tell every mutant from its model', () => {
  const sample = [
    ...fc.sample(executions({ ...ATOMIC, noise: 5 }), { seed: 20261124, numRuns: 4000 }),
    ...fc.sample(executions(MIXED), { seed: 20261124, numRuns: 2000 }),
    ...fc.sample(executions(CYCLES), { seed: 20261124, numRuns: 2000 }),
    ...everyReadsFrom(aroundAcqrel),
    ...everyReadsFrom(overwrittenAcqrel),
    ...fc.sample(executions(SEQCST), { seed: 20261124, numRuns: 2000 }),
  ];
  test.each(wasm.axioms)('wasm less %s', (axiom) => {
    const mutant = nativeModel({ base: wasm, without: axiom });
    const whole = nativeModel({ base: wasm });
    const differs = sample.find((e) => mutant.check(e).consistent !== whole.check(e).consistent);
    expect(differs).toBeDefined();
    if (differs !== undefined) expect(definitionalModel(wasm).check(differs).consistent).toBe(false);
  });
});
