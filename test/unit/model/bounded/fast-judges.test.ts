import { describe, expect, test } from 'vitest';
import { known } from '../../../../src/base/assert.ts';
import type { Alphabet } from '../../../../src/model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../../../src/model/bounded/alphabet.ts';
import { Executions } from '../../../../src/model/bounded/execution.ts';
import { HappensBefore } from '../../../../src/model/bounded/happens-before.ts';
import { InterleavingFinder } from '../../../../src/model/bounded/interleavings.ts';
import type { BoundedProgram } from '../../../../src/model/bounded/programs.ts';
import { forEachProgram } from '../../../../src/model/bounded/programs.ts';
import type { ReadSlots } from '../../../../src/model/bounded/reads-from.ts';
import { forEachReadsFrom, readSlotsOf } from '../../../../src/model/bounded/reads-from.ts';
import { checkScDrf } from '../../../../src/model/bounded/sc-drf.ts';
import { findModel, MODELS } from '../../../../src/model/catalogue.ts';
import { dataRaces } from '../../../../src/model/races.ts';
import { isSequentiallyConsistent } from '../../../../src/model/sc-order.ts';
import { executionLine } from '../../../../src/report/bounded-text.ts';
import { smallProgram } from './by-hand.ts';

const BYTES: Alphabet = { places: singleBytes(2), letters: lettersOf(['unord', 'seqcst']) };
const ONE_BYTE: Alphabet = { places: singleBytes(1), letters: BYTES.letters };
const MIXED: Alphabet = { places: bytesAndPair(0), letters: lettersOf(['unord', 'seqcst']) };
/** One of each kind: the others have their axioms. */
const JUDGES = ['wasm', 'js-es2018', 'js-es2018-scdrf', 'sc'].map((name) => known(findModel(name), name));
const wasm = known(findModel('wasm-oopsla19'), 'wasm-oopsla19');

describe('the fast judges', () => {
  test.each([
    ['bytes, 3 events', BYTES, 3, false],
    ['one byte, 4 events', ONE_BYTE, 4, true],
    ['a pair of bytes, 3 events', MIXED, 3, true],
  ] as const)('agree with the models on %s', (_, alphabet, events, withoutIdle) => {
    let [racy, weak] = [0, 0];
    forEachProgram({ alphabet, events, withoutIdle }, (program) => {
      const slots = readSlotsOf(program, events === 3 ? 'all' : 'local');
      const hb = new HappensBefore(program, slots);
      const runner = new InterleavingFinder(program, slots);
      const executions = new Executions(program, slots);
      forEachReadsFrom(program, slots, (rf) => {
        const execution = executions.execution(rf);
        hb.close(rf);
        const name = executionLine({ program, rf });
        if (runner.explains(rf) !== isSequentiallyConsistent(execution)) expect.fail(`interleavings: ${name}`);
        const verdict = wasm.check(execution);
        if (!verdict.consistent) {
          const byHb = ['hb-irreflexive', 'hb-consistent-1', 'hb-consistent-3'].includes(verdict.axiom);
          if (byHb === hb.isConsistent(rf)) expect.fail(`hb: ${name}`);
          return;
        }
        if (!hb.isConsistent(rf)) expect.fail(`hb: ${name}`);
        if (!runner.explains(rf)) weak++;
        const races = dataRaces(execution, verdict.relations.hb).length > 0;
        if (races) racy++;
        if (races !== hb.races()) expect.fail(`races: ${name}`);
      });
    });
    expect(racy).toBeGreaterThan(10);
    expect(weak).toBeGreaterThan(0);
  });
});

/** The program less one event, with what reads-from is left. */
function without(program: BoundedProgram, rf: Int8Array, slots: ReadSlots, event: number): [BoundedProgram, Int8Array] {
  const keep = <T>(values: Iterable<T>): T[] => [...values].filter((_, e) => e !== event);
  const thread = keep(program.thread);
  const shorter = {
    ...program,
    count: program.count - 1,
    sizes: program.sizes.map((_, t) => thread.filter((other) => other === t).length),
    thread: Int8Array.from(thread),
    place: Int8Array.from(keep(program.place)),
    letter: Int8Array.from(keep(program.letter)),
    symmetries: [],
  };
  const left = [...rf].filter((_, slot) => slots.reader[slot] !== event);
  return [shorter, Int8Array.from(left, (writer) => (writer > event ? writer - 1 : writer))];
}

describe('idle accesses', () => {
  test.each([
    ['bytes', BYTES],
    ['a pair of bytes', MIXED],
  ] as const)('change no verdict of any model here: %s', (_, alphabet) => {
    const active = new Set<string>();
    forEachProgram({ alphabet, events: 3, withoutIdle: true }, (program) => {
      active.add(`${[...program.sizes]} ${[...program.place]} ${[...program.letter]}`);
    });
    let seen = 0;
    forEachProgram({ alphabet, events: 3 }, (program) => {
      if (active.has(`${[...program.sizes]} ${[...program.place]} ${[...program.letter]}`)) return;
      const slots = readSlotsOf(program, 'local');
      const executions = new Executions(program, slots);
      forEachReadsFrom(program, slots, (rf) => {
        const execution = executions.execution(rf);
        const removed = [...Array(program.count).keys()].filter((e) => isIdle(program, e));
        expect(removed.length).toBeGreaterThan(0);
        const [shorter, left] = without(program, rf, slots, known(removed[0], 'idle event'));
        const smaller = new Executions(shorter, readSlotsOf(shorter, 'local')).execution(left);
        for (const model of JUDGES) {
          seen++;
          if (model.check(execution).consistent !== model.check(smaller).consistent) {
            expect.fail(`${model.name}: ${executionLine({ program, rf })}`);
          }
        }
      });
    });
    expect(seen).toBeGreaterThan(1000);
  });
});

function isIdle({ alphabet, place, letter, count }: BoundedProgram, event: number): boolean {
  const at = (e: number) => known(alphabet.places[known(place[e], 'place')], 'place');
  const kind = (e: number) => known(alphabet.letters[known(letter[e], 'letter')], 'letter').kind;
  return [...Array(count).keys()].every((other) => {
    const [a, b] = [at(event), at(other)];
    const apart = other === event || a.offset + a.size <= b.offset || b.offset + b.size <= a.offset;
    const conflict = (kind(event) !== 'rd' && kind(other) !== 'wr') || (kind(event) !== 'wr' && kind(other) !== 'rd');
    return apart || !conflict;
  });
}

describe('SC-DRF on every execution of four events', () => {
  const result = checkScDrf({ models: MODELS, alphabet: BYTES, events: 4 });
  const violated = (name: string) =>
    known(
      result.verdicts.find(({ model }) => model.name === name),
      name,
    );

  test('counts', () => {
    expect(result).toMatchObject({ programs: 4574, executions: 15838, raceFree: 6181, interleavings: 4132 });
  });

  test.each(['wasm-oopsla19', 'wasm', 'js-es2018-scdrf', 'sc'])('holds for %s', (name) => {
    expect(violated(name).violated).toBe(0);
  });

  test('fails for js-es2018 as the paper has it', () => {
    const { violations, violated: count } = violated('js-es2018');
    expect(count).toBe(2);
    expect(violations.map(executionLine)).toContain('Wsc x := 1; Rsc x = 2; R x = 1 ‖ Wsc x := 2');
  });

  test('the paper’s program has no race', () => {
    const { program, slots, rfs } = smallProgram('Wscx1 Rscx2 Rx1 | Wscx2');
    const hb = new HappensBefore(program, slots);
    hb.close(known(rfs[0], 'reads-from'));
    expect(hb.races()).toBe(false);
  });
});
