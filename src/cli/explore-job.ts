import { Source } from '../base/span.ts';
import { explore } from '../explore/explore.ts';
import type { Strategy } from '../explore/explore.ts';
import type { ExploreResult, Outcome } from '../explore/result.ts';
import { evaluate, printCondition } from '../litmus/condition.ts';
import { loadProgram } from '../litmus/load.ts';
import { diagnosticJson, diagnosticText } from '../report/diagnostics.ts';
import type { DiagnosticJson } from '../report/diagnostics.ts';
import { drawDot } from '../report/draw/dot.ts';
import { drawSvg } from '../report/draw/svg.ts';
import type { DrawOptions } from '../report/draw/options.ts';
import { exploreJson } from '../report/explore-json.ts';
import type { ExploreTestJson } from '../report/explore-json.ts';
import { exploreText } from '../report/explore-text.ts';
import type { ConditionReport, TestReport } from '../report/test-report.ts';
import { makeExec } from '../exec/executor.ts';
import type { Litmus } from '../syntax/script.ts';
import type { Readings } from '../syntax/readings.ts';
import { known } from '../base/assert.ts';
import { EXIT, unloaded, UsageError, worst } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { modelNamed } from './models.ts';

/** One file to explore, as plain data, so that a worker can be asked to do it. */
export interface ExploreSpec {
  readonly name: string;
  readonly path: string;
  readonly text: string;
  readonly model: string;
  readonly strategy: Strategy;
  readonly readings: Readings;
  readonly maxExecutions: number;
  readonly maxEvents: number;
  readonly maxReturns: number;
  readonly maxSteps: number;
  readonly milliseconds: number | null;
  readonly draw: { readonly svg: boolean; readonly dot: boolean; readonly outcome: string | null };
  readonly color: boolean;
}

export interface ExploreDone {
  readonly text: string;
  readonly tests: readonly ExploreTestJson[];
  readonly errors: readonly DiagnosticJson[];
  readonly svg: string | null;
  readonly dot: string | null;
  readonly code: ExitCode;
  /** The mistake in the call, if there is one. */
  readonly usage: string | null;
}

export interface JobControl {
  readonly shouldStop: () => boolean;
  readonly onProgress: (executions: number) => void;
}

const NOTHING: ExploreDone = { text: '', tests: [], errors: [], svg: null, dot: null, code: EXIT.holds, usage: null };

/** Explores one file and makes its reports. */
export function exploreJob(spec: ExploreSpec, control: JobControl): ExploreDone {
  const source = new Source(spec.path, spec.text);
  const loaded = loadProgram(source, spec.readings);
  if (!loaded.ok) {
    const text = loaded.error
      .map((diagnostic) => diagnosticText(diagnostic, source, { color: spec.color }))
      .join('\n\n');
    return {
      ...NOTHING,
      text,
      errors: loaded.error.map((diagnostic) => diagnosticJson(diagnostic, source)),
      code: unloaded(loaded.error),
    };
  }
  const program = loaded.value;
  const result = explore(program, makeExec({ readings: spec.readings, fuel: spec.maxSteps }), {
    model: modelNamed(spec.model),
    strategy: spec.strategy,
    readings: spec.readings,
    bounds: {
      executions: spec.maxExecutions,
      events: spec.maxEvents,
      returns: spec.maxReturns,
      milliseconds: spec.milliseconds,
    },
    shouldStop: control.shouldStop,
    onProgress: control.onProgress,
  });
  const reports: TestReport[] =
    program.litmus.length === 0
      ? [{ name: spec.name, source, result, condition: null }]
      : program.litmus.map((litmus) => ({ name: litmus.name, source, result, condition: judge(litmus, result) }));
  const first = known(reports[0], 'report');
  try {
    const drawn = draw(spec, first);
    return {
      ...NOTHING,
      ...drawn,
      text: reports.map((report) => exploreText(report, { color: spec.color })).join('\n\n'),
      tests: exploreJson(reports).tests,
      code: reports.map(exitCode).reduce(worst, EXIT.holds),
    };
  } catch (error) {
    if (error instanceof UsageError) return { ...NOTHING, code: EXIT.usage, usage: error.message };
    throw error;
  }
}

/** A condition is settled by a complete exploration, or by outcomes that more of them cannot change. */
function judge(litmus: Litmus, result: ExploreResult): ConditionReport {
  const { holds, positive, negative } = evaluate(litmus, result.outcomes);
  const settled = result.complete || (litmus.quantifier === 'exists') === holds;
  return {
    quantifier: litmus.quantifier,
    text: printCondition(litmus.condition),
    holds: settled ? holds : null,
    positive,
    negative,
  };
}

function exitCode({ result, condition }: TestReport): ExitCode {
  if (result.assertions.some((assertion) => assertion.holds !== 'always')) return EXIT.refuted;
  if (condition?.holds === false) return EXIT.refuted;
  return result.complete ? EXIT.holds : EXIT.bound;
}

function draw(spec: ExploreSpec, { name, result, source }: TestReport): Pick<ExploreDone, 'svg' | 'dot'> {
  if (!spec.draw.svg && !spec.draw.dot) return { svg: null, dot: null };
  const outcome = choose(result.outcomes, spec.draw.outcome);
  const witness = outcome.witness;
  if (witness === null) throw new UsageError('no execution of this outcome was kept');
  const options: DrawOptions = { title: name, model: result.model, outcome: outcome.values, source };
  return {
    svg: spec.draw.svg ? drawSvg(witness, options) : null,
    dot: spec.draw.dot ? drawDot(witness, options) : null,
  };
}

/** The outcome that `--outcome` names; without it a weak one if there is one. */
function choose(outcomes: readonly Outcome[], wanted: string | null): Outcome {
  const [first] = outcomes;
  if (first === undefined) throw new UsageError('there is no outcome to draw');
  if (wanted === null) return outcomes.find((o) => o.witness !== null && !o.witness.sequentiallyConsistent) ?? first;
  if (/^\d+$/.test(wanted)) {
    const found = outcomes[Number(wanted) - 1];
    if (found === undefined) throw new UsageError(`there are ${outcomes.length} outcomes, so no outcome ${wanted}`);
    return found;
  }
  const pairs = wanted.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const found = outcomes.find((outcome) =>
    pairs.every(([key = '', value = '']) => [value, `i32 ${value}`].includes(outcome.values.get(key) ?? '')),
  );
  if (found === undefined) throw new UsageError(`no outcome has ${wanted}`);
  return found;
}
