import { Blame } from '../../model/reasons/blame.ts';
import type { Assumptions, Model } from '../../model/model.ts';
import { NOTHING_ASSUMED } from '../../model/model.ts';
import type { Surprise } from '../../model/surprise/surprise.ts';
import { surpriseOf } from '../../model/surprise/surprise.ts';
import type { Executor } from '../../runtime/executor.ts';
import type { Program } from '../../runtime/program.ts';
import type { Readings } from '../../syntax/readings.ts';
import type { Bounds } from '../explore.ts';
import type { Witness } from '../result.ts';
import type { Candidate, CandidateOptions } from './candidates.ts';
import { enumerateCandidates } from './candidates.ts';
import type {
  AllowedOutcome,
  Culprits,
  Explanation,
  ForbiddenOutcome,
  ImpossibleOutcome,
  Never,
  OpenOutcome,
} from './explanation.ts';
import { SHOWN } from './explanation.ts';
import { groupByReason } from './groups.ts';
import type { Target } from './target.ts';

export interface ExplainOptions {
  readonly model: Model;
  readonly target: Target;
  readonly readings: Readings;
  readonly bounds: Bounds;
  /** Whether the candidates that break more than they need are grouped by reason as well. */
  readonly all: boolean;
  /** Asked often; true ends the search with what was found. */
  readonly shouldStop: () => boolean;
  /** Told now and then how many candidates were looked at. */
  readonly onProgress: (candidates: number) => void;
}

/** Consistent executions among which the least surprising is looked for. */
const WITNESSES = 64;
/** Candidates that are grouped by reason. */
const GROUPED = 4_000;
const PROGRESS_STEP = 1_000;

type Run = (what: Pick<CandidateOptions, 'assumes' | 'target' | 'plausible' | 'take'>) => string | null;

/** Explains why a model allows an outcome of a program, or why not. */
export function explain<S>(program: Program, executor: Executor<S>, options: ExplainOptions): Explanation {
  const { model, target } = options;
  const run: Run = (what) => {
    const { readings, bounds, shouldStop } = options;
    let taken = 0;
    const take = (candidate: Candidate): boolean => {
      if (++taken % PROGRESS_STEP === 0) options.onProgress(taken);
      return what.take(candidate);
    };
    return enumerateCandidates(program, executor, { readings, bounds, shouldStop, ...what, take });
  };
  const { found, bound } = findWitness(run, model, target);
  if (found !== null) return { model: model.name, target, ...found };
  if (bound !== null) return { model: model.name, target, kind: 'open', bound, forbidden: false };
  return { model: model.name, target, ...whyNot(run, options) };
}

/** How to enumerate the executions of a model, with little else. */
function underModel(model: Model): Pick<CandidateOptions, 'assumes' | 'plausible'> {
  const { assumes } = model;
  return { assumes, plausible: (soFar) => !assumes.monotone || model.check(soFar).consistent };
}

/**
 * How to enumerate all candidate executions; of the ways to read one value by more writes and by fewer, those that matter to the model. Where it allows no
 * read to mix writes, mixed reads are candidates all the same: that they are forbidden is an answer.
 */
function underNone({ assumes }: Model): Pick<CandidateOptions, 'assumes' | 'plausible'> {
  const mixes = assumes.mixes === 'none' ? 'minimal' : assumes.mixes;
  const free: Assumptions = { ...NOTHING_ASSUMED, mixes };
  return { assumes: free, plausible: () => true };
}

function findWitness(
  run: Run,
  model: Model,
  target: Target,
): { readonly found: AllowedOutcome | null; readonly bound: string | null } {
  const seen: AllowedOutcome[] = [];
  let all = true;
  const bound = run({
    ...underModel(model),
    target,
    take: ({ execution, objects, values }) => {
      const verdict = model.check(execution);
      if (!verdict.consistent) return true;
      if (seen.length === WITNESSES) return (all = false);
      const { tot, relations } = verdict;
      const surprise = surpriseOf(execution);
      const sequentiallyConsistent = surprise.kind === 'none';
      const witness: Witness = { execution, tot, relations, races: [], objects, sequentiallyConsistent };
      seen.push({ kind: 'allowed', witness, values, surprise, executions: seen.length + 1, all: false });
      return !sequentiallyConsistent || (all = false);
    },
  });
  const best = seen.toSorted((a, b) => weight(a.surprise) - weight(b.surprise))[0];
  if (best === undefined) return { found: null, bound };
  return { found: { ...best, executions: seen.length, all: all && bound === null }, bound };
}

/** How much is surprising. */
function weight(surprise: Surprise): number {
  switch (surprise.kind) {
    case 'none':
      return 0;
    case 'reordering':
    case 'disagreement':
    case 'tearing': {
      const kinds = { reordering: 0, disagreement: 100, tearing: 200 };
      return 1 + kinds[surprise.kind] + 10 * surprise.torn.length + (surprise.ways[0]?.reordered.length ?? 0);
    }
    case 'no-order':
      return 1_000;
  }
}

function whyNot(run: Run, options: ExplainOptions): ForbiddenOutcome | ImpossibleOutcome | OpenOutcome {
  const { model, target } = options;
  const blame = new Blame(model);
  const sets = new Map<string, readonly string[]>();
  let least = model.axioms.length;
  let primary = new Pile(true);
  const others = new Pile(options.all);
  const bound = run({
    ...underNone(model),
    target,
    take: (candidate) => {
      const smallest = blame.smallest(candidate.execution, least);
      const size = smallest[0]?.length;
      if (size !== undefined && size < least) {
        least = size;
        others.addAll(primary);
        primary = new Pile(true);
        sets.clear();
      }
      for (const set of smallest) sets.set(set.join(), set);
      (size === undefined ? others : primary).add(candidate, model);
      return true;
    },
  });
  const candidates = primary.count + others.count;
  if (candidates === 0) return bound === null ? impossible(run, options) : { kind: 'open', bound, forbidden: true };
  return {
    kind: 'forbidden',
    bound,
    candidates,
    smallest: [...sets.values()].map((axioms) => culprits(run, blame, axioms, target)),
    groups: groupByReason(model, primary.kept),
    others: { count: others.count, byAxiom: others.byAxiom, groups: groupByReason(model, others.kept) },
  };
}

/** Forbidden candidates: counted, by the axiom that the verdict names, and some of them kept. */
class Pile {
  readonly kept: Candidate[] = [];
  readonly byAxiom = new Map<string, number>();
  readonly #keeps: boolean;
  count = 0;

  constructor(keeps: boolean) {
    this.#keeps = keeps;
  }

  add(candidate: Candidate, model: Model): void {
    const verdict = model.check(candidate.execution);
    if (!verdict.consistent) this.#count(verdict.axiom, 1);
    if (this.#keeps && this.kept.length < GROUPED) this.kept.push(candidate);
  }

  addAll({ kept, byAxiom }: Pile): void {
    for (const [axiom, count] of byAxiom) this.#count(axiom, count);
    if (this.#keeps) this.kept.push(...kept.slice(0, GROUPED - this.kept.length));
  }

  #count(axiom: string, more: number): void {
    this.count += more;
    this.byAxiom.set(axiom, (this.byAxiom.get(axiom) ?? 0) + more);
  }
}

/** Explores anew under the model without the axioms: how many executions have the outcome there. */
function culprits(run: Run, blame: Blame, axioms: readonly string[], target: Target): Culprits {
  const model = blame.less(axioms);
  let executions = 0;
  const bound = run({
    ...underModel(model),
    target,
    take: ({ execution }) => {
      if (model.check(execution).consistent) executions++;
      return true;
    },
  });
  return { axioms, executions, complete: bound === null };
}

/** No candidate has the outcome: looks at all candidates for what they show instead. */
function impossible(run: Run, { target, model }: ExplainOptions): ImpossibleOutcome | OpenOutcome {
  const seen = target.facts.map((): { holds: boolean; readonly values: Set<string> } => ({
    holds: false,
    values: new Set(),
  }));
  const bound = run({
    ...underNone(model),
    target: null,
    take: ({ values }) => {
      for (const [i, fact] of target.facts.entries()) {
        const value = values.get(fact.observation);
        const about = seen[i];
        if (about === undefined) continue;
        about.holds ||= fact.holds(value);
        if (value !== undefined && about.values.size < SHOWN) about.values.add(value);
      }
      return !seen.every(({ holds }) => holds);
    },
  });
  if (bound !== null) return { kind: 'open', bound, forbidden: true };
  const never = target.facts.flatMap(({ observation, text }, i): Never[] => {
    const about = seen[i];
    return about === undefined || about.holds ? [] : [{ text, observation, instead: [...about.values].toSorted() }];
  });
  return { kind: 'impossible', never };
}
