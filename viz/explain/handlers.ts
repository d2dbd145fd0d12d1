import { makeExec } from '../../src/exec/executor.ts';
import { explain } from '../../src/explore/explain/explain.ts';
import type { Explanation, Group } from '../../src/explore/explain/explanation.ts';
import type { Target } from '../../src/explore/explain/target.ts';
import { parseOutcome } from '../../src/litmus/outcome-text.ts';
import { conditionOf, targetOf } from '../../src/litmus/target.ts';
import type { Model } from '../../src/model/model.ts';
import { axiomsOf } from '../../src/model/reasons/reasons.ts';
import { ModelRefusal } from '../../src/model/refusal.ts';
import type { DrawOptions } from '../../src/report/draw/options.ts';
import { drawSvg } from '../../src/report/draw/svg.ts';
import { allowedText } from '../../src/report/explain/allowed-text.ts';
import { readsText } from '../../src/report/explain/event-lines.ts';
import { pictureOf } from '../../src/report/explain/explain-draw.ts';
import type { EventNames } from '../../src/report/explain/names.ts';
import { nameEvents } from '../../src/report/explain/names.ts';
import { edgeText } from '../../src/report/explain/path-text.ts';
import { eventsIn, reasonLines } from '../../src/report/explain/reason-text.ts';
import { witnessOf } from '../../src/report/explain/witness.ts';
import type { Program } from '../../src/runtime/program.ts';
import type { Control, Handler } from '../work/calls.ts';
import { outcomeOfKey } from '../outcomes/key.ts';
import { recall } from '../work/explored.ts';
import { modelNamed } from '../work/models.ts';
import { readingsOf } from '../work/readings.ts';
import { Refused } from '../work/refused.ts';
import type { ExplainAnswer, ExplainCalls, ExplainRequest, ForbiddenWay, NamedEvent, WalkStep } from './calls.ts';

const FUEL = 1_000_000;
/** The page has its own heading. */
const UNTITLED = { title: '', facts: [], outcome: new Map<string, string>() };
/** Groups of candidates that are drawn. */
const MOST_WAYS = 12;

export const explainHandlers: { readonly [N in keyof ExplainCalls]: Handler<N> } = { explain: explainOne };

function explainOne({ run, model: named, outcome }: ExplainRequest, control: Control<number>): ExplainAnswer {
  const explored = recall(run);
  if (explored === null) throw new Refused('The program was explored again; ask once more.');
  const { program, request } = explored;
  const model = modelNamed(named);
  const target = askedTarget(outcome, program);
  const readings = readingsOf(request.readings);
  try {
    const explanation = explain(program, makeExec({ readings, fuel: FUEL }), {
      model,
      target,
      readings,
      bounds: { ...request.limits, returns: 8 },
      all: false,
      shouldStop: control.shouldStop,
      onProgress: control.tell,
    });
    return { outcome: target.text, ...answerOf(request.name, program, model, explanation) };
  } catch (error) {
    if (error instanceof ModelRefusal) throw new Refused(`${named}: ${error.message}`);
    throw error;
  }
}

/** An outcome of the table: exactly these values. */
function exactTarget(values: Readonly<Record<string, string>>): Target {
  const entries = Object.entries(values);
  return {
    text: entries.map(([key, value]) => `${key} = ${value}`).join('; '),
    matches: (outcome) => entries.every(([key, value]) => outcome.get(key) === value),
    excludes: (known) => entries.some(([key, value]) => known.has(key) && known.get(key) !== value),
    facts: entries.map(([observation, wanted]) => ({
      observation,
      text: `${observation} = ${wanted}`,
      holds: (value) => value === wanted,
    })),
  };
}

function askedTarget(outcome: ExplainRequest['outcome'], program: Program): Target {
  if ('text' in outcome) return typedTarget(outcome.text, program);
  if ('key' in outcome) return exactTarget(outcomeOfKey(outcome.key));
  const test = program.litmus[outcome.condition];
  if (test === undefined) throw new Refused('The program has no such test any more.');
  return targetOf(conditionOf(test));
}

function typedTarget(text: string, program: Program): Target {
  const condition = parseOutcome(text, program);
  if (!condition.ok) throw new Refused(condition.error);
  return targetOf(condition.value);
}

type Answer = ExplainAnswer extends infer T ? (T extends ExplainAnswer ? Omit<T, 'outcome'> : never) : never;

function answerOf(name: string, program: Program, model: Model, found: Explanation): Answer {
  switch (found.kind) {
    case 'allowed': {
      const picture = pictureOf(name, program.source, found);
      const { names, lines } = allowedText(program.source, found);
      return {
        kind: 'allowed',
        events: eventsOf(names, program),
        text: lines.join('\n'),
        svg: picture === null ? '' : drawSvg(picture.witness, { ...picture.options, ...UNTITLED }),
      };
    }
    case 'forbidden':
      return {
        kind: 'forbidden',
        ways: found.groups.slice(0, MOST_WAYS).map((group) => wayOf(name, program, model, found, group)),
        checked: found.smallest,
        others: found.others.count + Math.max(0, found.groups.length - MOST_WAYS),
        bound: found.bound,
      };
    case 'impossible':
      return { kind: 'impossible', never: found.never.map(({ text, instead }) => ({ text, instead })) };
    case 'open':
      return { kind: 'open', bound: found.bound, forbidden: found.forbidden };
  }
}

function wayOf(
  name: string,
  program: Program,
  model: Model,
  found: Extract<Explanation, { kind: 'forbidden' }>,
  group: Group,
): ForbiddenWay {
  const { reason, forbidden, candidate, executions, elsewhere } = group;
  const witness = witnessOf(group);
  const names = nameEvents(witness, program.source, eventsIn(reason, forbidden.steps));
  const picture = pictureOf(name, program.source, { ...found, groups: [group] });
  const options: DrawOptions = { ...(picture?.options ?? { title: name }), ...UNTITLED };
  const own = axiomsOf(reason);
  return {
    axioms: own.map((one) => {
      const axiom = model.axioms.find((it) => it.name === one);
      return { name: one, statement: axiom?.statement ?? '', source: axiom?.source ?? '' };
    }),
    executions,
    events: eventsOf(names, program),
    reads: readsText(candidate.execution, names, elsewhere),
    walk: reasonLines(reason, names, forbidden.steps).flatMap(({ text, depth, edges }): WalkStep[] => [
      { text, depth, edge: null },
      ...edges.map((edge) => ({
        text: edgeText(edge, names),
        depth,
        edge: { kind: edge.kind, from: edge.from, to: edge.to },
      })),
    ]),
    svg: drawSvg(witness, options),
  };
}

function eventsOf(names: EventNames, { source }: Program): readonly NamedEvent[] {
  return names.rows.map(({ id, name, thread, label, instruction, at }) => {
    const position = at === null ? null : source.position(at.start);
    return { id, name, thread, label, instruction, line: position?.line ?? null, column: position?.column ?? null };
  });
}
