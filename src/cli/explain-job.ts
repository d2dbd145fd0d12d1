import { Source } from '../base/span.ts';
import { makeExec } from '../exec/executor.ts';
import { explain } from '../explore/explain/explain.ts';
import type { Explanation } from '../explore/explain/explanation.ts';
import type { Target } from '../explore/explain/target.ts';
import { loadProgram } from '../litmus/load.ts';
import { parseOutcome } from '../litmus/outcome-text.ts';
import { conditionOf, targetOf } from '../litmus/target.ts';
import { diagnosticJson, diagnosticText } from '../report/diagnostics.ts';
import { drawDot } from '../report/draw/dot.ts';
import { drawSvg } from '../report/draw/svg.ts';
import { pictureOf } from '../report/explain/explain-draw.ts';
import { explainTestJson } from '../report/explain/explain-json.ts';
import type { ExplainTestJson } from '../report/explain/explain-json.ts';
import { explainText } from '../report/explain/explain-text.ts';
import type { ExplainReport } from '../report/explain/explain-text.ts';
import { ModelRefusal } from '../model/refusal.ts';
import type { Program } from '../runtime/program.ts';
import { EXIT, unloaded, UsageError, worst } from './exit.ts';
import type { ExitCode } from './exit.ts';
import type { JobControl } from './long-job.ts';
import { modelNamed } from './models.ts';
import { NOTHING_DONE } from './search-job.ts';
import type { SearchDone, SearchSpec } from './search-job.ts';
import { refusalDiagnostic } from './refusal.ts';

/** One file to explain, as plain data, so that a worker can be asked to do it. */
export interface ExplainSpec extends SearchSpec {
  /** The outcome; null for the conditions of the file’s litmus tests. */
  readonly outcome: string | null;
  readonly all: boolean;
  readonly svg: boolean;
  readonly dot: boolean;
}

export type ExplainDone = SearchDone<ExplainTestJson>;

/** Explains one file’s outcomes and makes the reports. */
export function explainJob(spec: ExplainSpec, control: JobControl): ExplainDone {
  const source = new Source(spec.path, spec.text);
  const loaded = loadProgram(source, spec.readings);
  if (!loaded.ok) {
    const texts = loaded.error.map((diagnostic) => diagnosticText(diagnostic, source, { color: spec.color }));
    const errors = loaded.error.map((diagnostic) => diagnosticJson(diagnostic, source));
    return { ...NOTHING_DONE, text: texts.join('\n\n'), errors, code: unloaded(loaded.error) };
  }
  try {
    const model = modelNamed(spec.model);
    const reports = targetsOf(loaded.value, spec).map(({ name, target }): ExplainReport => {
      const explanation = explain(loaded.value, makeExec({ readings: spec.readings, fuel: spec.maxSteps }), {
        model,
        target,
        readings: spec.readings,
        bounds: {
          executions: spec.maxExecutions,
          events: spec.maxEvents,
          returns: spec.maxReturns,
          milliseconds: spec.milliseconds,
          memory: control.memory,
        },
        all: spec.all,
        shouldStop: control.shouldStop,
        onProgress: control.onProgress,
      });
      return { name, source, explanation, axioms: model.axioms };
    });
    return {
      ...NOTHING_DONE,
      ...draw(spec, reports),
      text: reports.map((report) => explainText(report, { color: spec.color })).join('\n\n'),
      tests: reports.map(explainTestJson),
      code: reports.map(({ explanation }) => exitCode(explanation)).reduce(worst, EXIT.holds),
    };
  } catch (error) {
    if (error instanceof ModelRefusal) {
      const refusal = refusalDiagnostic(error);
      const text = diagnosticText(refusal, source, { color: spec.color });
      return { ...NOTHING_DONE, text, errors: [diagnosticJson(refusal, source)], code: EXIT.usage };
    }
    if (error instanceof UsageError) return { ...NOTHING_DONE, code: EXIT.usage, usage: error.message };
    throw error;
  }
}

/** What is to be explained: the outcome that was given, or what the file’s litmus tests ask about. */
function targetsOf(program: Program, { name, path, outcome }: ExplainSpec): { name: string; target: Target }[] {
  if (outcome !== null) {
    const condition = parseOutcome(outcome, program);
    if (!condition.ok) throw new UsageError(condition.error);
    return [{ name: program.litmus[0]?.name ?? name, target: targetOf(condition.value) }];
  }
  if (program.litmus.length === 0)
    throw new UsageError(`${path} has no litmus test; give the outcome to explain with --outcome`);
  return program.litmus.map((litmus) => ({ name: litmus.name, target: targetOf(conditionOf(litmus)) }));
}

/** Allowed or forbidden, an outcome is explained; one that no execution can have is the caller’s mistake. */
function exitCode(explanation: Explanation): ExitCode {
  switch (explanation.kind) {
    case 'allowed':
      return EXIT.holds;
    case 'forbidden':
      return explanation.bound === null ? EXIT.holds : EXIT.bound;
    case 'impossible':
      return EXIT.refuted;
    case 'open':
      return EXIT.bound;
  }
}

function draw(spec: ExplainSpec, reports: readonly ExplainReport[]): Pick<ExplainDone, 'svg' | 'dot'> {
  const [first] = reports;
  if ((!spec.svg && !spec.dot) || first === undefined) return { svg: null, dot: null };
  const picture = pictureOf(first.name, first.source, first.explanation);
  if (picture === null) return { svg: null, dot: null };
  const { witness, options } = picture;
  return { svg: spec.svg ? drawSvg(witness, options) : null, dot: spec.dot ? drawDot(witness, options) : null };
}
