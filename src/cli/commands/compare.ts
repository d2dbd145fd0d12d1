import type { Order } from '../../event/action.ts';
import type { Alphabet } from '../../model/bounded/alphabet.ts';
import { bytesAndPair, lettersOf, singleBytes } from '../../model/bounded/alphabet.ts';
import { compareModels } from '../../model/bounded/compare.ts';
import type { Model } from '../../model/model.ts';
import { compareJson, compareText } from '../../report/compare-text.ts';
import { EXIT } from '../exit.ts';
import type { ExitCode } from '../exit.ts';
import { modelNamed } from '../models.ts';
import { printJson, printText } from '../output.ts';
import { showProgress } from '../progress.ts';

export interface CompareCommandOptions {
  readonly events: number;
  readonly limit: number;
  readonly mixedSizes?: boolean;
  readonly idle?: boolean;
  readonly timeout?: number;
  readonly json?: boolean;
}

const ORDERS: readonly Order[] = ['unord', 'acqrel', 'seqcst'];

/** The smallest programs that tell two models apart: 0 if there are none of up to so many events, 1 if there are. */
export function compare(first: string, second: string, options: CompareCommandOptions): ExitCode {
  const models = [modelNamed(first), modelNamed(second)] as const;
  const end = options.timeout === undefined ? Infinity : performance.now() + options.timeout;
  const progress = showProgress('weft compare');
  const comparison = compareModels({
    models,
    alphabet: options.mixedSizes === true ? mixedSizes : oneSize,
    events: options.events,
    withoutIdle: options.idle !== true,
    limit: options.limit,
    shouldStop: () => performance.now() > end,
    onProgress: (executions) => progress.update(executions),
  });
  progress.stop();
  const labels = labelsOf(models, [first, second]);
  if (options.json === true) printJson(compareJson(comparison, labels));
  else printText(compareText(comparison, labels));
  if (comparison.sides.some(({ found }) => found > 0)) return EXIT.refuted;
  return comparison.complete ? EXIT.holds : EXIT.bound;
}

function oneSize(events: number): Alphabet {
  return { places: singleBytes(events), letters: lettersOf(ORDERS, ['acqrel', 'seqcst']) };
}

/** Two bytes and their pair; more places would take too long. */
function mixedSizes(): Alphabet {
  return { places: bytesAndPair(1), letters: lettersOf(['unord', 'seqcst']) };
}

/** Models of one name, a file's and the one that ships, are called what they were asked for by. */
function labelsOf(
  [a, b]: readonly [Model, Model],
  [first, second]: readonly [string, string],
): ReadonlyMap<Model, string> {
  return a.name === b.name
    ? new Map([
        [a, first],
        [b, second],
      ])
    : new Map();
}
