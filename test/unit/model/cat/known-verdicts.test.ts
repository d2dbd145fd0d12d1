import { describe, expect, test } from 'vitest';
import { catModel as shippedModel } from '../../../../src/cli/models.ts';
import type { Program, Thread } from '../build.ts';
import { allows, bytesAt, program, R, Racq, Rsc, U, Uar, W, Wrel, Wsc, x, y, z } from '../build.ts';

/** A family of shapes in one strength: how it writes and reads. */
interface Strength {
  readonly W: typeof W;
  readonly R: typeof R;
}

const PLAIN: Strength = { W, R };
const ACQREL: Strength = { W: Wrel, R: Racq };
const SEQCST: Strength = { W: Wsc, R: Rsc };

/** The threads, and then one that all others have ended before, which reads the last values. */
function joined(threads: readonly Thread[], last: Thread): Program {
  const observer = 1 + threads.reduce((n, thread) => n + thread.length, 0);
  let end = 0;
  const asw = threads.map((thread) => [(end += thread.length), observer] as const);
  return { threads: [...threads, last], asw };
}

/** [Alglave, Maranget, Tautschnig, TOPLAS 2014, Tables III–V; Maranget, Sarkar, Sewell, A tutorial introduction to the ARM and POWER relaxed memory models.] */
const SHAPES: Readonly<Record<string, (s: Strength) => Program>> = {
  SB: (s) => program([s.W(x, 1), s.R(y, 0)], [s.W(y, 1), s.R(x, 0)]),
  MP: (s) => program([s.W(x, 1), s.W(y, 1)], [s.R(y, 1), s.R(x, 0)]),
  LB: (s) => program([s.R(x, 1), s.W(y, 1)], [s.R(y, 1), s.W(x, 1)]),
  R: (s) =>
    joined(
      [
        [s.W(x, 1), s.W(y, 1)],
        [s.W(y, 2), s.R(x, 0)],
      ],
      [R(y, 2)],
    ),
  S: (s) =>
    joined(
      [
        [s.W(x, 2), s.W(y, 1)],
        [s.R(y, 1), s.W(x, 1)],
      ],
      [R(x, 2)],
    ),
  '2+2W': (s) =>
    joined(
      [
        [s.W(x, 1), s.W(y, 2)],
        [s.W(y, 1), s.W(x, 2)],
      ],
      [R(x, 1), R(y, 1)],
    ),
  WRC: (s) => program([s.W(x, 1)], [s.R(x, 1), s.W(y, 1)], [s.R(y, 1), s.R(x, 0)]),
  ISA2: (s) => program([s.W(x, 1), s.W(y, 1)], [s.R(y, 1), s.W(z, 1)], [s.R(z, 1), s.R(x, 0)]),
  IRIW: (s) => program([s.W(x, 1)], [s.W(y, 1)], [s.R(x, 1), s.R(y, 0)], [s.R(y, 1), s.R(x, 0)]),
  RWC: (s) => program([s.W(x, 1)], [s.R(x, 1), s.R(y, 0)], [s.W(y, 1), s.R(x, 0)]),
  'W+RWC': (s) => program([s.W(x, 1), s.W(y, 1)], [s.R(y, 1), s.R(z, 0)], [s.W(z, 1), s.R(x, 0)]),
  'Z6.3': (s) =>
    joined(
      [
        [s.W(x, 1), s.W(y, 1)],
        [s.W(y, 2), s.W(z, 1)],
        [s.R(z, 1), s.R(x, 0)],
      ],
      [R(y, 2)],
    ),
  CoRR: (s) => program([s.W(x, 1), s.W(x, 2)], [s.R(x, 2), s.R(x, 1)]),
  CoRW: (s) => program([s.R(x, 1), s.W(x, 1)]),
  CoWR: (s) => program([s.W(x, 1), s.R(x, 2), s.R(x, 1)], [s.W(x, 2)]),
  CoWW: (s) => joined([[s.W(x, 1), s.W(x, 2)]], [R(x, 1)]),
};

interface Row {
  readonly model: string;
  readonly strength: 'plain' | 'acqrel' | 'seqcst';
  /** The shapes that the model allows; it forbids the others. */
  readonly allowed: readonly string[];
  readonly source: string;
}

const COHERENCE = new Set(['CoRR', 'CoRW', 'CoWR', 'CoWW']);
const ALL_BUT_COHERENCE = Object.keys(SHAPES).filter((name) => !COHERENCE.has(name));

const ROWS: readonly Row[] = [
  {
    model: 'x86-tso',
    strength: 'plain',
    allowed: ['SB', 'R', 'RWC', 'W+RWC'],
    source:
      'only a store may be delayed past a later load: Owens, Sarkar, Sewell, TPHOLs 2009, §2; Alglave et al. 2014, Table III (TSO)',
  },
  { model: 'x86-tso', strength: 'acqrel', allowed: ['SB', 'R', 'RWC', 'W+RWC'], source: 'MOV is acquire and release' },
  {
    model: 'x86-tso',
    strength: 'seqcst',
    allowed: [],
    source: 'MFENCE after each store restores sequential consistency: ibid., §4',
  },
  {
    model: 'armv8',
    strength: 'plain',
    allowed: ALL_BUT_COHERENCE,
    source: 'LDR and STR without dependencies go in any order: Pulte et al., POPL 2018, §2',
  },
  {
    model: 'armv8',
    strength: 'acqrel',
    allowed: ['SB', 'R', 'RWC', 'W+RWC'],
    source:
      'STLR before LDAPR is not ordered, all else is, and writes are multicopy-atomic: Pulte et al., POPL 2018, §3; Arm ARM B2.3',
  },
  {
    model: 'armv8',
    strength: 'seqcst',
    allowed: [],
    source: 'LDAR and STLR among themselves are sequentially consistent: ibid.',
  },
  {
    model: 'rc11',
    strength: 'acqrel',
    allowed: ['SB', 'R', '2+2W', 'IRIW', 'RWC', 'W+RWC', 'Z6.3'],
    source: 'release and acquire: Lahav et al., PLDI 2017; Lahav, Giannarakis, Vafeiadis, POPL 2016, §1 (2+2W)',
  },
  {
    model: 'rc11',
    strength: 'seqcst',
    allowed: [],
    source: 'Lahav et al., PLDI 2017, Theorem 4: SC accesses alone are SC',
  },
  {
    model: 'c11',
    strength: 'acqrel',
    allowed: ['SB', 'R', '2+2W', 'IRIW', 'RWC', 'W+RWC', 'Z6.3'],
    source: 'Batty et al., POPL 2011; as rc11, which changes seq_cst alone',
  },
  { model: 'c11', strength: 'seqcst', allowed: [], source: 'Batty et al., POPL 2011' },
];

const STRENGTHS = { plain: PLAIN, acqrel: ACQREL, seqcst: SEQCST };

describe.each(ROWS)('$model on $strength accesses ($source)', ({ model, strength, allowed }) => {
  test.each(Object.entries(SHAPES))('%s', (name, shape) => {
    expect(allows(shippedModel(model), shape(STRENGTHS[strength]))).toBe(allowed.includes(name));
  });
});

describe('updates', () => {
  const models = ['x86-tso', 'armv8', 'rc11', 'c11'];

  test.each(models)('%s: two updates do not read one value', (model) => {
    expect(allows(shippedModel(model), program([U(x, 0, 1)], [U(x, 0, 2)]))).toBe(false);
    expect(allows(shippedModel(model), program([Uar(x, 0, 1)], [Uar(x, 0, 2)]))).toBe(false);
    expect(allows(shippedModel(model), program([U(x, 0, 1)], [U(x, 1, 2)]))).toBe(true);
  });

  test('x86: an update between a store and a load is a fence; on ARMv8 it is not', () => {
    const of = program([W(x, 1), U(z, 0, 1), R(y, 0)], [W(y, 1), U(bytesAt(3, 1), 0, 1), R(x, 0)]);
    expect(allows(shippedModel('x86-tso'), of)).toBe(false);
    expect(allows(shippedModel('armv8'), of)).toBe(true);
  });
});
