import { Source } from '../../src/base/span.ts';
import { makeExec } from '../../src/exec/executor.ts';
import { explore } from '../../src/explore/explore.ts';
import type { ExploreResult, Outcome } from '../../src/explore/result.ts';
import { ModelRefusal } from '../../src/model/refusal.ts';
import { conditionReport } from '../../src/report/condition-report.ts';
import { diagnosticJson } from '../../src/report/diagnostics.ts';
import type { Program } from '../../src/runtime/program.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import type { Control, Handler } from '../work/calls.ts';
import { recall, remember } from '../work/explored.ts';
import type { Loaded } from '../work/load.ts';
import { loadWritten } from '../work/load.ts';
import { modelNamed, setOwnModel } from '../work/models.ts';
import { readingsOf } from '../work/readings.ts';
import { Refused } from '../work/refused.ts';
import { outcomeKeyOf } from './key.ts';
import type {
  BrokenModel,
  ExploreAnswer,
  ExploreNews,
  ExploreRequest,
  ModelAnswer,
  OutcomeCalls,
  OutcomeRow,
} from './calls.ts';

/** Instructions of a thread between two requests. */
const FUEL = 1_000_000;

export const outcomeHandlers: { readonly [N in keyof OutcomeCalls]: Handler<N> } = { explore: exploreAll };

function exploreAll(request: ExploreRequest, control: Control<ExploreNews>): ExploreAnswer {
  const readings = readingsOf(request.readings);
  const loaded = loadWritten(request, readings);
  if (!loaded.ok) {
    const source = new Source(request.name, request.text);
    return { kind: 'refused', diagnostics: loaded.error.map((diagnostic) => diagnosticJson(diagnostic, source)) };
  }
  setOwnModel(request.mine);
  const { name: called, program, instances, show } = loaded.value;
  const run = remember({ name: called, program, show, request, results: new Map() });
  const answers: ModelAnswer[] = [];
  const broken: BrokenModel[] = [];
  const answer = (): ExploreAnswer => ({
    kind: 'explored',
    run,
    answers: [...answers],
    broken: [...broken],
    instances,
  });
  for (const name of request.models) {
    const started = performance.now();
    try {
      const result = exploreUnder(name, program, request, readings, control);
      recall(run)?.results.set(name, result);
      answers.push(answerOf(loaded.value, result, performance.now() - started));
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      broken.push({ model: name, message: error.message, place: error.place });
    }
    control.tell({ kind: 'answer', answer: answer() });
  }
  return answer();
}

function exploreUnder(
  name: string,
  program: Program,
  { strategy, limits }: ExploreRequest,
  readings: Readings,
  { shouldStop, tell }: Control<ExploreNews>,
): ExploreResult {
  const model = modelNamed(name);
  try {
    return explore(program, makeExec({ readings, fuel: FUEL }), {
      model,
      strategy: model.assumes.interleavings ? strategy : 'auto',
      readings,
      bounds: { ...limits, returns: 8 },
      shouldStop,
      onProgress: (executions) => tell({ kind: 'progress', model: name, executions }),
    });
  } catch (error) {
    if (error instanceof ModelRefusal) throw new Refused(error.message);
    throw error;
  }
}

function answerOf({ program, show }: Loaded, result: ExploreResult, milliseconds: number): ModelAnswer {
  const { source } = program;
  return {
    model: result.model,
    complete: result.complete,
    bound: result.bound,
    executions: result.executions,
    blocked: result.blocked,
    duplicates: result.duplicates,
    deadlocks: result.deadlocks,
    strategy: result.method.strategy,
    states: result.method.states,
    outcomes: result.outcomes.map((outcome) => rowOf(outcome, show(outcome))),
    findings: result.findings.map(({ kind, text, executions, outcome, witness, lasso, places }) => ({
      kind,
      text,
      executions,
      outcome,
      hasWitness: witness !== null || lasso !== null,
      places: places.map(({ thread, at, instruction }) => {
        const { line, column } = source.position(at.start);
        return { thread, line, column, instruction };
      }),
    })),
    conditions: program.litmus.map((test) => {
      const { quantifier, text, holds } = conditionReport(test, result);
      return { name: test.name, quantifier, text, holds };
    }),
    assertions: result.assertions.map(({ at, holds, failure }) => ({
      line: source.position(at.start).line,
      holds,
      failure,
    })),
    flags: result.flags.map(({ name }) => name),
    milliseconds,
  };
}

function rowOf({ values, executions, witness, deadlock }: Outcome, shown: Outcome): OutcomeRow {
  return {
    key: outcomeKeyOf(values),
    values: Object.fromEntries(shown.values),
    executions,
    hasWitness: witness !== null,
    deadlock,
    weak: witness !== null && !witness.sequentiallyConsistent,
  };
}
