import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownAxioms } from '../../scripts/build-axioms.ts';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { catModel } from '../../src/cli/models.ts';
import { Source } from '../../src/base/span.ts';
import { AnswerTrie } from '../../src/exec/answer-trie.ts';
import { ThreadNames } from '../../src/explore/thread-names.ts';
import { executionSoFar, executionsOf } from '../../src/explore/weak/candidates.ts';
import { landscape } from '../../src/explore/weak/landscape.ts';
import { search } from '../../src/explore/weak/search.ts';
import { loadCat } from '../../src/model/cat/load.ts';
import { wasmView } from '../../src/model/cat/wasm-view.ts';
import { DEFINITIONS } from '../../src/model/definitions.ts';
import type { Model } from '../../src/model/model.ts';
import { NOTHING_ASSUMED } from '../../src/model/model.ts';
import { nativeModel } from '../../src/model/native.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { TinyProgram, TinyStart, TinyState, TinyStep } from '../support/tiny-machine.ts';
import { tinyMachine, tinyStart } from '../support/tiny-machine.ts';

function textOf(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');
}

test('generated/known-axioms.ts is what models/ give: npm run build:axioms', () => {
  expect(textOf('src/model/cat/generated/known-axioms.ts')).toBe(knownAxioms());
});

describe.each(DEFINITIONS)('models/$name.cat', (base) => {
  test('is assumed to be what the native model is', () => {
    expect(catModel(base.name).assumes).toEqual(nativeModel({ base }).assumes);
  });

  test('less an axiom is not assumed to be more than the native model less it', () => {
    for (const without of base.axioms) {
      const ours = catModel(base.name).less([without]).assumes;
      const theirs = nativeModel({ base, without }).assumes;
      expect(ours).toEqual({ ...theirs, noTear: ours.noTear && theirs.noTear });
    }
  });
});

/** A file with edits: each replaces a text that must be there. */
function edited(name: string, ...edits: readonly (readonly [string, string])[]): Model {
  const text = edits.reduce(
    (whole, [from, to]) => {
      expect(whole).toContain(from);
      return whole.replace(from, to);
    },
    textOf(`models/${name}.cat`),
  );
  const resolve = (file: string): Source => new Source(file, textOf(`models/lib/${file}`));
  const loaded = loadCat(new Source(`${name}-edited.cat`, text), resolve, { views: [wasmView] });
  if (!loaded.ok) throw new Error(loaded.error.map(({ message }) => message).join('\n'));
  return loaded.value;
}

/** What users may do to a file. */
const EDITS: Readonly<Record<string, () => Model>> = {
  'a check of its own': () => edited('wasm', ['as no-tear', 'as no-tear\nempty rf & (IW * SC) as no-init']),
  'coherence of unordered reads': () =>
    edited('wasm-oopsla19', ['as no-tear', 'as no-tear\nirreflexive rf ; po ; rf^-1 ; (po & loc) as mine']),
  'another synchronises-with': () => edited('wasm-oopsla19', ['(rf & sync); si', '(rf & (SC * SC)); si']),
  'another order': () => edited('wasm-oopsla19', ['linearisations(EV, 0)', 'linearisations(EV, hb)']),
  'a condition on what is absent': () =>
    edited('wasm', ['as no-tear', 'as no-tear\nempty IW \\ domain rf as all-read']),
  'no hb': () => edited('js-es2018', ['let hb = (po | asw | iw | sw)+', 'let hb = (po | asw | iw)+']),
};

function outcomesBySearch(program: TinyProgram, model: Model): readonly string[] {
  const trie = new AnswerTrie<TinyState, TinyStart>(tinyMachine(program));
  const names = new ThreadNames();
  const { assumes } = model;
  const limits = {
    readings: DEFAULT_READINGS,
    nodes: 100_000,
    events: 50,
    returns: 50,
    mixtures: 4096,
    shouldStop: () => false,
    assumes,
  };
  const land = landscape(trie, tinyStart('main'), names, limits);
  expect(land.bound).toBeNull();
  const outcomes = new Set<string>();
  search(trie, tinyStart('main'), names, land, {
    ...limits,
    leaf: ({ graph, threads }) => {
      const ends = [...threads.values()].map(
        ({ id, node }) => `${names.info(id).name}${JSON.stringify(node.state.registers)}`,
      );
      const outcome = ends.sort().join(' ');
      if (outcomes.has(outcome)) return;
      if ([...executionsOf(graph, names)].some((execution) => model.check(execution).consistent)) outcomes.add(outcome);
    },
    plausible: (graph) => !assumes.monotone || model.check(executionSoFar(graph, names)).consistent,
    blocked: () => {},
    spins: () => {},
    bounded: (what) => expect.fail(what),
  });
  return [...outcomes].sort();
}

const order = fc.constantFrom('unord', 'unord', 'acqrel', 'seqcst') as fc.Arbitrary<'unord' | 'acqrel' | 'seqcst'>;
const place = fc.constantFrom({ at: 0, size: 1 }, { at: 1, size: 1 }, { at: 0, size: 2 });

function steps(register: string): fc.Arbitrary<readonly TinyStep[]> {
  const step: fc.Arbitrary<TinyStep> = fc.oneof(
    fc
      .record({ kind: fc.constant('read' as const), p: place, order, to: fc.constantFrom(register, `${register}2`) })
      .map(({ p, ...r }) => ({ ...r, ...p })),
    fc
      .record({ kind: fc.constant('write' as const), p: place, order, value: fc.constantFrom(1, 2, 257) })
      .map(({ p, ...r }) => ({ ...r, ...p })),
  );
  return fc.array(step, { minLength: 1, maxLength: 3 });
}

const programs: fc.Arbitrary<TinyProgram> = fc
  .tuple(steps('p'), steps('q'))
  .map(([p, q]) => ({ main: ['p', 'q'].map((thread) => ({ kind: 'fork', thread })), p, q }));

describe('a search with the assumptions has the outcomes of one without', () => {
  const models: Readonly<Record<string, () => Model>> = {
    ...Object.fromEntries(DEFINITIONS.map(({ name }) => [name, () => catModel(name)])),
    ...EDITS,
  };
  test.each(Object.entries(models))('%s', (_, load) => {
    const model = load();
    fc.assert(
      fc.property(programs, (program) => {
        expect(outcomesBySearch(program, model)).toEqual(
          outcomesBySearch(program, { ...model, assumes: NOTHING_ASSUMED }),
        );
      }),
      { seed: 20261127, numRuns: 25 * Number(process.env['WEFT_RUNS'] ?? 1) },
    );
  });

  test('edits assume less', () => {
    const assumed = Object.fromEntries(Object.entries(EDITS).map(([name, load]) => [name, load().assumes]));
    expect(assumed['a check of its own']).toEqual({
      synchronises: 'acqrel',
      hbConsistent: true,
      noTear: true,
      mixes: 'all',
      monotone: false,
      interleavings: false,
      rewrites: false,
      drf: false,
    });
    expect(assumed['another synchronises-with']).toEqual({ ...NOTHING_ASSUMED, noTear: true });
    expect(assumed['no hb']).toEqual({ ...NOTHING_ASSUMED, noTear: true });
  });
});
