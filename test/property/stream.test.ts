import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encodeModule } from '../../src/binary/encode.ts';
import { validateBytes } from '../../src/valid/stream/validate.ts';
import { complaint } from '../support/explained.ts';
import { suiteModules } from '../support/suite-modules.ts';
import { parseWat } from '../unit/valid/check-wat.ts';
import { RULE_CASES } from '../unit/valid/rule-cases.ts';
import { moduleFromSeed } from './generators/modules/module.ts';
import { nearMissFromSeed } from './generators/modules/near-miss.ts';

/**
 * The streaming validator and the pair that explains, decoder and checker, are two answers to one question. They agree on generated modules, on near misses
 * of them, and on whatever changed bytes make of modules.
 */

/** Multiplies the runs of every property: `WEFT_RUNS=10` for a long campaign. */
const RUNS = Number(process.env['WEFT_RUNS'] ?? 1);
const SEED = Number(process.env['WEFT_SEED'] ?? 20_261_126);

/** Both verdicts, so that a failure shows the complaint. */
function judge(bytes: Uint8Array): readonly [boolean, string | null] {
  return [validateBytes(bytes), complaint(bytes)];
}

function agree(bytes: Uint8Array): boolean {
  const [valid, explained] = judge(bytes);
  if (valid === (explained === null)) return valid;
  throw new Error(`stream: ${valid}, pair: ${explained ?? 'valid'}: ${Buffer.from(bytes).toString('hex')}`);
}

const seeds = fc.nat({ max: 0xffff_ffff });

test('on generated modules', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      agree(encodeModule(moduleFromSeed(seed)));
    }),
    { seed: SEED, numRuns: 200 * RUNS },
  );
});

test('on generated modules with one premise broken', () => {
  let refused = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const { module } = nearMissFromSeed(moduleFromSeed(seed), seed);
      if (!agree(encodeModule(module))) refused++;
    }),
    { seed: SEED + 1, numRuns: 200 * RUNS },
  );
  expect(refused).toBeGreaterThan(150 * RUNS);
});

/** A change of bytes; places are fractions of the module after its header. */
interface Change {
  readonly kind: 'set' | 'add' | 'flip' | 'copy';
  readonly at: number;
  readonly from: number;
  readonly value: number;
}

const fractions = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** Bytes that mean something in many places. */
const TELLING = [
  0x00, 0x01, 0x0b, 0x1a, 0x40, 0x50, 0x60, 0x63, 0x64, 0x65, 0x6e, 0x70, 0x7b, 0x7f, 0xd0, 0xfb, 0xfd, 0xfe,
];
const changes: fc.Arbitrary<Change> = fc.record({
  kind: fc.constantFrom('set', 'add', 'flip', 'copy'),
  at: fractions,
  from: fractions,
  value: fc.oneof(fc.constantFrom(...TELLING), fc.nat({ max: 255 })),
});

function changed(bytes: Uint8Array, all: readonly Change[]): Uint8Array {
  const result = bytes.slice();
  const place = (fraction: number): number => 8 + Math.floor(fraction * (bytes.length - 8));
  for (const { kind, at, from, value } of all) {
    const i = place(at);
    const old = result[i] ?? 0;
    if (kind === 'set') result[i] = value;
    else if (kind === 'add') result[i] = old + (value % 2 === 0 ? 1 : 255);
    else if (kind === 'flip') result[i] = old ^ (1 << (value % 8));
    else result.copyWithin(i, place(from), place(from) + 1 + (value % 4));
  }
  return result;
}

/** What is changed: the modules of the rules' tests and of the small suites, and generated ones. */
function sources(): readonly Uint8Array[] {
  const accepted = Object.values(RULE_CASES).flatMap((cases) => cases.flatMap((c) => c.accepts));
  const modules = accepted.map((c) => encodeModule(parseWat(typeof c === 'string' ? c : c.wat)));
  const generated = Array.from({ length: 60 }, (_, i) => encodeModule(moduleFromSeed(SEED + i)));
  const suites = ['threads', 'shared-everything'].flatMap((folder) => suiteModules(folder).map(({ bytes }) => bytes));
  return [...modules, ...generated, ...suites].filter((bytes) => bytes.length > 8);
}

test('on modules with changed bytes, of which some stay valid', () => {
  let valid = 0;
  fc.assert(
    fc.property(fc.constantFrom(...sources()), fc.array(changes, { minLength: 1, maxLength: 4 }), (bytes, all) => {
      if (agree(changed(bytes, all))) valid++;
    }),
    { seed: SEED + 2, numRuns: 5000 * RUNS },
  );
  expect(valid).toBeGreaterThan(200 * RUNS);
});
