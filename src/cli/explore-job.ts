import { basename } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { AnySource } from '../base/span.ts';
import { ByteSource, Source } from '../base/span.ts';
import type { DivisibleStrategy, Ended, Progressed } from '../explore/divide.ts';
import { DividedSearch } from '../explore/divide.ts';
import { finitePart } from '../explore/endless.ts';
import { explore } from '../explore/explore.ts';
import type { ExploreOptions, Strategy } from '../explore/explore.ts';
import type { ExploreResult, Outcome } from '../explore/result.ts';
import { digestOf } from '../explore/replay/file.ts';
import { DEFAULT_SAMPLE } from '../explore/sample/options.ts';
import { unknownModels, unobserved } from '../litmus/check-litmus.ts';
import { satisfies } from '../litmus/condition.ts';
import { impossibleFacts, parseOutcome } from '../litmus/outcome-text.ts';
import type { Model } from '../model/model.ts';
import { ModelRefusal } from '../model/refusal.ts';
import { conditionReport } from '../report/condition-report.ts';
import { diagnosticJson, diagnosticText } from '../report/diagnostics.ts';
import { drawDot } from '../report/draw/dot.ts';
import { drawSvg } from '../report/draw/svg.ts';
import { drawTikz } from '../report/draw/tikz.ts';
import { drawUnicode } from '../report/draw/unicode.ts';
import { exploreJson } from '../report/explore-json.ts';
import type { ExploreTestJson } from '../report/explore-json.ts';
import { exploreText } from '../report/explore-text.ts';
import { herdText } from '../report/herd-text.ts';
import { drawOptionsOf, lassoText, replayText } from '../report/shown.ts';
import type { TestReport } from '../report/test-report.ts';
import type { Program } from '../runtime/program.ts';
import { makeExec } from '../exec/executor.ts';
import { known } from '../base/assert.ts';
import { EXIT, unloaded, UsageError, worst } from './exit.ts';
import type { ExitCode } from './exit.ts';
import { refusalDiagnostic } from './refusal.ts';
import { herdFacts } from './herd-facts.ts';
import type { LoadedTest } from './load-tests.ts';
import { loadTests } from './load-tests.ts';
import type { JobControl } from './long-job.ts';
import { modelNamed, modelNames } from './models.ts';
import type { ScheduleSpec } from './schedule-options.ts';
import { shownFinding, shownOutcome } from './shown.ts';
import type { SavingSpec } from './states-checkpoint.ts';
import { savingOf } from './states-checkpoint.ts';
import { NOTHING_DONE } from './search-job.ts';
import type { SearchDone, SearchSpec } from './search-job.ts';

/** One file to explore, as plain data, so that a worker can be asked to do it. */
export interface ExploreSpec extends SearchSpec, Partial<ScheduleSpec> {
  readonly strategy: Strategy;
  /** The export of a command program to call; null for its own entry. */
  readonly invoke: string | null;
  /** Rounds of one loop in one activation of its function; null for any number. */
  readonly unroll?: number | null;
  readonly draw: {
    readonly svg: boolean;
    readonly dot: boolean;
    readonly tikz?: boolean;
    /** Below the text, in characters. */
    readonly unicode: boolean;
    readonly outcome: string | null;
    /** The number of the finding to draw or save, from 1; null for an outcome. */
    readonly finding?: number | null;
    /** Whether to write its replay file. */
    readonly replay?: boolean;
  };
  /** The schedules of all findings. */
  readonly verbose?: boolean;
  /** Answers in herd's form. */
  readonly herd: boolean;
  /** What was found in parts so far; null if nothing is to be explored in parts. */
  readonly parts: readonly FoundInParts[] | null;
  /** Where a search of states is saved, and goes on from. */
  readonly saving?: SavingSpec | null;
}

/** A search of some test of a file that is long and can be explored in parts. */
export interface LongSearch {
  /** Which test, from 0. */
  readonly test: number;
  readonly strategy: DivisibleStrategy;
}

/** What was found in parts, for the report. */
export interface FoundInParts extends LongSearch {
  readonly progressed: Progressed;
  readonly ended: Ended;
}

export interface ExploreDone extends SearchDone<ExploreTestJson> {
  /** The first search that is to be explored in parts before there is a report; null if there is none. */
  readonly long: LongSearch | null;
  /** The replay file of an execution, and the number of the finding that it is of. */
  readonly replay: { readonly text: string; readonly finding: number | null } | null;
  readonly tikz: string | null;
}

const NOTHING_EXPLORED: ExploreDone = { ...NOTHING_DONE, long: null, replay: null, tikz: null };

/** Thrown where a search turns out to be long. */
class IsLong {
  readonly search: LongSearch;

  constructor(search: LongSearch) {
    this.search = search;
  }
}

/** Explores one file and makes its reports. */
export function exploreJob(spec: ExploreSpec, control: JobControl): ExploreDone {
  const source = spec.bytes === null ? new Source(spec.path, spec.text) : new ByteSource(spec.path, spec.bytes);
  const loaded = loadTests(source, spec.readings, spec.invoke);
  if (!loaded.ok) return refused(loaded.error, source, spec);
  const model = modelNamed(spec.model);
  const reports: TestReport[] = [];
  let code: ExitCode = EXIT.holds;
  const texts: string[] = [];
  let shown: AnySource = source;
  try {
    for (const [i, test] of loaded.value.entries()) {
      const { program } = test;
      shown = program.source;
      const unknown = unknownModels(program, [...new Set([...modelNames(), model.name])]);
      if (unknown.length > 0) return refused(unknown, source, spec);
      const started = performance.now();
      const found = exploreUnder(model, program, spec, control, i);
      const result = { ...found, outcomes: found.outcomes.map(test.show) };
      const seconds = (performance.now() - started) / 1000;
      const blind = unobserved(program, [result]);
      if (blind.length > 0) return refused(blind, source, spec);
      const own = reportsOf(test, result);
      reports.push(...own);
      if (program.command !== undefined && result.outcomes.some(isFailure)) code = EXIT.refuted;
      texts.push(...own.map((report) => textOf(report, test, seconds, spec)));
    }
    const { picture, ...drawn } = draw(spec, known(reports[0], 'report'), known(loaded.value[0], 'test'));
    return {
      ...NOTHING_EXPLORED,
      ...drawn,
      text: [...texts, ...(picture === null ? [] : [picture])].join(spec.herd ? '\n' : '\n\n'),
      tests: exploreJson(reports).tests,
      code: reports.map(exitCode).reduce(worst, code),
    };
  } catch (error) {
    if (error instanceof UsageError) return { ...NOTHING_EXPLORED, code: EXIT.usage, usage: error.message };
    if (error instanceof ModelRefusal) return refused([refusalDiagnostic(error)], shown, spec);
    if (error instanceof IsLong) return { ...NOTHING_EXPLORED, long: error.search };
    throw error;
  }
}

function refused(errors: readonly Diagnostic[], source: AnySource, { color }: ExploreSpec): ExploreDone {
  return {
    ...NOTHING_EXPLORED,
    text: errors.map((diagnostic) => diagnosticText(diagnostic, source, { color })).join('\n\n'),
    errors: errors.map((diagnostic) => diagnosticJson(diagnostic, source)),
    code: unloaded(errors),
  };
}

function exploreUnder(
  model: Model,
  program: Program,
  spec: ExploreSpec,
  control: JobControl,
  test: number,
): ExploreResult {
  const found = spec.parts?.find((part) => part.test === test);
  const options = optionsOf(model, spec, control);
  const divided = found?.strategy ?? null;
  const divide = <S>(search: DividedSearch<S>, strategy: DivisibleStrategy): ExploreResult => {
    if (found === undefined) throw new IsLong({ test, strategy });
    return search.result(found.progressed, found.ended);
  };
  return explore(program, executorOf(spec), {
    ...options,
    divided,
    saving: savingOf(spec, test),
    ...(spec.parts === null ? {} : { divide }),
  });
}

function executorOf({ readings, maxSteps }: ExploreSpec): ReturnType<typeof makeExec> {
  return makeExec({ readings, fuel: maxSteps });
}

/** The search of one test in parts; the spec is known to be good. */
export function dividedSearch(
  spec: ExploreSpec,
  { test, strategy }: LongSearch,
  control: JobControl,
): DividedSearch<unknown> {
  const source = spec.bytes === null ? new Source(spec.path, spec.text) : new ByteSource(spec.path, spec.bytes);
  const loaded = loadTests(source, spec.readings, spec.invoke);
  const { program } = known(loaded.ok ? loaded.value[test] : undefined, 'test');
  return new DividedSearch(
    program,
    executorOf(spec),
    optionsOf(modelNamed(spec.model), spec, control),
    strategy,
  ) as DividedSearch<unknown>;
}

function optionsOf(model: Model, spec: ExploreSpec, control: JobControl): ExploreOptions {
  return {
    model,
    strategy: spec.strategy,
    schedules: spec.schedules ?? null,
    sample: spec.sample ?? DEFAULT_SAMPLE,
    readings: spec.readings,
    bounds: {
      executions: spec.maxExecutions,
      events: spec.maxEvents,
      returns: spec.maxReturns,
      rounds: spec.unroll ?? null,
      milliseconds: spec.milliseconds,
      memory: control.memory,
    },
    shouldStop: control.shouldStop,
    onProgress: control.onProgress,
  };
}

/** One report for each litmus test of the program, or one without a condition. */
function reportsOf({ name, program }: LoadedTest, result: ExploreResult): readonly TestReport[] {
  const { source, litmus } = program;
  if (litmus.length === 0) return [{ name, source, result, condition: null }];
  return litmus.map((test) => ({ name: test.name, source, result, condition: conditionReport(test, result) }));
}

function textOf(report: TestReport, { about, program }: LoadedTest, seconds: number, spec: ExploreSpec): string {
  if (spec.herd) return herdText(report, herdFacts(program, seconds));
  const text = exploreText(report, { color: spec.color, verbose: spec.verbose === true });
  return about === '' ? text : text.replace('\n', `\nParameters ${about}\n`);
}

/** Whether a command program so ends as none should: by a trap, of which a failed assertion is one, not at all, or with an error’s code. */
function isFailure({ values, deadlock }: Outcome): boolean {
  return deadlock || [...values.values()].some((value) => value.startsWith('trap: ') || /^exit [^0]/.test(value));
}

function exitCode({ result, condition }: TestReport): ExitCode {
  if (result.assertions.some((assertion) => assertion.holds !== 'always')) return EXIT.refuted;
  if (condition?.holds === false) return EXIT.refuted;
  return result.complete ? EXIT.holds : EXIT.bound;
}

function draw(
  spec: ExploreSpec,
  report: TestReport,
  { name, program }: LoadedTest,
): Pick<ExploreDone, 'svg' | 'dot' | 'tikz' | 'replay'> & { readonly picture: string | null } {
  const { finding = null, replay = false, tikz = false } = spec.draw;
  if (!spec.draw.svg && !spec.draw.dot && !tikz && !spec.draw.unicode && !replay)
    return { svg: null, dot: null, tikz: null, replay: null, picture: null };
  const { result } = report;
  const { model, readings } = spec;
  const own = spec.bytes === null ? { source: { file: basename(spec.path), text: spec.text } } : {};
  const mark = { name, digest: digestOf(spec.bytes ?? spec.text), ...own };
  const isFinding = finding !== null || (replay && spec.draw.outcome === null && result.findings.length > 0);
  const saved = { model, readings, program: mark };
  // Observations of EMME's programs have names of their own, which no script has.
  const shown = isFinding
    ? shownFinding(result, finding ?? 1, (lasso) => finitePart(program, executorOf(spec), readings, lasso))
    : shownOutcome(choose(result.outcomes, spec.draw.outcome, spec.path.endsWith('.bex') ? null : program));
  const options = drawOptionsOf(shown, report);
  return {
    svg: spec.draw.svg ? drawSvg(shown.witness, options) : null,
    dot: spec.draw.dot ? drawDot(shown.witness, options) : null,
    tikz: tikz ? drawTikz(shown.witness, options) : null,
    replay: replay
      ? {
          text:
            shown.finding === null || shown.finding.it.lasso === null
              ? replayText(shown, report, saved)
              : lassoText(shown.finding.it, report, saved),
          finding: isFinding ? (finding ?? 1) : null,
        }
      : null,
    picture: spec.draw.unicode ? drawUnicode(shown.witness, { ...options, color: spec.color }) : null,
  };
}

/** The outcome that `--outcome` names; without it a weak one if there is one. */
function choose(outcomes: readonly Outcome[], wanted: string | null, program: Program | null): Outcome {
  const [first] = outcomes;
  if (first === undefined) throw new UsageError('there is no outcome to draw');
  if (wanted === null) return outcomes.find((o) => o.witness !== null && !o.witness.sequentiallyConsistent) ?? first;
  if (/^\d+$/.test(wanted)) {
    const found = outcomes[Number(wanted) - 1];
    if (found === undefined) throw new UsageError(`there are ${outcomes.length} outcomes, so no outcome ${wanted}`);
    return found;
  }
  if (program === null) return chooseByNames(outcomes, wanted);
  const condition = parseOutcome(wanted, program);
  if (!condition.ok) throw new UsageError(condition.error);
  const found = outcomes.find(({ values }) => satisfies(condition.value, values));
  if (found !== undefined) return found;
  const reasons = impossibleFacts(condition.value, outcomes, program).map((reason) => `; ${reason}`);
  throw new UsageError(`no outcome has ${wanted}${reasons.join('')}`);
}

function chooseByNames(outcomes: readonly Outcome[], wanted: string): Outcome {
  const pairs = wanted.split(',').map((pair) => pair.split('=').map((part) => part.trim()));
  const found = outcomes.find((outcome) =>
    pairs.every(([key = '', value = '']) => [value, `i32 ${value}`].includes(outcome.values.get(key) ?? '')),
  );
  if (found === undefined) throw new UsageError(`no outcome has ${wanted}`);
  return found;
}
