import { known } from '../../src/base/assert.ts';
import type { Alphabet } from '../../src/model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../src/model/bounded/alphabet.ts';
import { checkScDrf } from '../../src/model/bounded/sc-drf.ts';
import type { BoundedExecution } from '../../src/model/bounded/sc-drf.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { executionLine } from '../../src/report/bounded-text.ts';
import type { Claim, Judgement, Run } from './claim.ts';

const GROUP = 'SC-DRF: consistent and race-free executions are sequentially consistent';

const ORDERS = lettersOf(['unord', 'seqcst']);

/** Without idle accesses every byte has two events: n events touch at most n/2 bytes. */
function bytes(events: number): Alphabet {
  return { places: singleBytes(Math.max(1, events >> 1)), letters: ORDERS };
}

function mixed(): Alphabet {
  return { places: bytesAndPair(1), letters: ORDERS };
}

/** All sizes up to the bound, for models that should have no violation. */
function holds(
  models: readonly string[],
  what: string,
  alphabet: (events: number) => Alphabet,
  most: number,
  quick: number,
): Claim {
  return {
    group: GROUP,
    source: 'OOPSLA19 Prop. 6.1',
    text: `${models.join(', ')}: ${what}`,
    claimed: `0 violations up to ${most} events`,
    judge: (run) => check(models, alphabet, run.quick ? quick : most, run),
  };
}

function check(names: readonly string[], alphabet: (events: number) => Alphabet, most: number, run: Run): Judgement {
  const models = names.map((name) => known(findModel(name), name));
  let [executions, raceFree, violated, looked] = [0, 0, 0, 0];
  let complete = true;
  const found: BoundedExecution[] = [];
  for (let events = 1; events <= most && complete; events++) {
    const result = checkScDrf({ models, alphabet: alphabet(events), events, shouldStop: run.shouldStop });
    executions += result.executions;
    raceFree += result.raceFree;
    complete = result.complete;
    looked = events;
    for (const verdict of result.verdicts) {
      violated += verdict.violated;
      found.push(...verdict.violations);
    }
  }
  const count = executions.toLocaleString('en');
  const notes = [
    `${count} candidate executions up to symmetry of up to ${looked} events, ${raceFree.toLocaleString('en')} without a race`,
  ];
  notes.push(...found.slice(0, 1).map((violation) => `violated by ${executionLine(violation)}`));
  return {
    answer: `${violated} violations up to ${looked} events`,
    agrees: violated === 0 && complete,
    incomplete: !complete,
    notes,
  };
}

/** Models that have violations: the least is shown. */
function fails(name: string, least: number): Claim {
  return {
    group: GROUP,
    source: 'OOPSLA19 §6.2',
    text: `${name}: not SC-DRF`,
    claimed: `least violation of ${least} events`,
    judge: () => {
      const model = known(findModel(name), name);
      for (let events = 1; events <= 5; events++) {
        const [verdict] = checkScDrf({ models: [model], alphabet: bytes(events), events }).verdicts;
        const [violation] = verdict?.violations ?? [];
        if (violation === undefined) continue;
        return {
          answer: `least violation of ${events} events`,
          agrees: events === least,
          notes: [`${name} allows, without a race: ${executionLine(violation)}`],
        };
      }
      return { answer: 'none up to 5 events', agrees: false };
    },
  };
}

export const scDrf: readonly Claim[] = [
  holds(['wasm-oopsla19', 'wasm', 'js-repaired'], 'accesses of single bytes', bytes, 6, 4),
  holds(['wasm-oopsla19', 'wasm', 'js-repaired'], 'bytes and pairs of bytes', mixed, 4, 3),
  holds(['js-es2018-scdrf'], 'accesses of single bytes', bytes, 5, 4),
  fails('js-es2018', 4),
  // Two seqcst updates may both read the initial value, which synchronises with nobody: less than the four events of OOPSLA19's own.
  fails('wasm-oopsla19-uncorrected', 2),
];
