import type { EventId } from '../../src/event/execution.ts';
import { Source } from '../../src/base/span.ts';
import { drawOptionsOf, lassoText, replayText } from '../../src/report/shown.ts';
import type { Shown } from '../../src/report/shown.ts';
import { makeExec } from '../../src/exec/executor.ts';
import type { FinitePart } from '../../src/explore/endless.ts';
import { finitePart } from '../../src/explore/endless.ts';
import { executionsWith } from '../../src/explore/executions.ts';
import type { FoundExecutions } from '../../src/explore/executions.ts';
import { digestOf, isLasso } from '../../src/explore/replay/file.ts';
import { readReplay } from '../../src/explore/replay/read.ts';
import { replayedWitness } from '../../src/explore/replay/replay.ts';
import type { NonTermination } from '../../src/explore/loops/non-termination.ts';
import type { ExploreResult, Outcome, Witness } from '../../src/explore/result.ts';
import { findModel } from '../../src/model/catalogue.ts';
import { drawDot } from '../../src/report/draw/dot.ts';
import { drawSvg } from '../../src/report/draw/svg.ts';
import { drawTikz } from '../../src/report/draw/tikz.ts';
import { DEFAULT_READINGS } from '../../src/syntax/readings.ts';
import type { BitMatrix } from '../../src/rel/bit-matrix.ts';
import type { Readings } from '../../src/syntax/readings.ts';
import type { Control, Handler } from '../work/calls.ts';
import { outcomeKeyOf } from '../outcomes/key.ts';
import type { Explored } from '../work/explored.ts';
import { recall } from '../work/explored.ts';
import { catNamed, modelNamed } from '../work/models.ts';
import { readingsOf } from '../work/readings.ts';
import { Refused } from '../work/refused.ts';
import type {
  ArrangeAsked,
  DrawingAsked,
  Arrangement,
  ExecutionAnswer,
  ExecutionAsked,
  ExportAsked,
  GraphCalls,
  GraphData,
  GraphEdge,
  OwnRelations,
} from './calls.ts';
import { arrange, shownEdges, shownRelations } from './data/arrange.ts';
import { ownEdges } from './data/edges.ts';
import { drawnFigure, graphOf } from './data/graph.ts';
import { modificationOrder } from './data/modification.ts';

export const graphHandlers: { readonly [N in keyof GraphCalls]: Handler<N> } = {
  execution: (asked, control) => answer(found(asked, control), asked.scaffold, asked.chosen),
  ownRelations,
  arrange: (asked: ArrangeAsked): Arrangement => arrange(asked),
  exported,
};

/** Executions of one outcome that are kept, and how long they are looked for. */
const MOST = 64;
const SEARCH_MILLISECONDS = 5_000;
const FUEL = 1_000_000;

interface Found extends Pick<ExecutionAnswer, 'number' | 'known' | 'counted' | 'more'> {
  readonly explored: Explored;
  readonly result: ExploreResult;
  readonly witness: Witness;
  readonly outcome: Outcome | null;
  readonly finding: Shown['finding'];
  /** Of a schedule without end: the events that come again and again. */
  readonly repeated: ReadonlySet<EventId>;
}

/** The witness that is meant. Those after the first are looked for when somebody asks. */
function found({ run, model, outcome: key, number, finding, file }: ExecutionAsked, control: Control<never>): Found {
  const explored = recall(run);
  const result = explored?.results.get(model);
  if (explored === null || result === undefined)
    throw new Refused('The program was explored again; this execution is no longer remembered.');
  if (finding !== null) return ofFinding(explored, result, finding);
  const outcome = result.outcomes.find(({ values }) => outcomeKeyOf(values) === key);
  if (outcome === undefined) throw new Refused(`Under ${model} no execution has this outcome: “Why” tells the reason.`);
  const { witness } = outcome;
  if (witness === null) throw new Refused('No execution of this outcome was kept.');
  if (file !== null)
    return {
      ...ONLY,
      explored,
      result,
      outcome,
      finding: null,
      repeated: NOTHING,
      witness: ofFile(explored, model, file),
    };
  const base = { explored, result, outcome, finding: null, repeated: NOTHING, counted: outcome.executions };
  if (number === 0) {
    const all = known.get(explored)?.get(`${model} ${key}`);
    const count = all?.witnesses.length ?? 1;
    const more = all === undefined ? outcome.executions > 1 : all.bound !== null;
    return { ...base, witness, number, known: count, more };
  }
  const all = allOf(explored, model, outcome, witness, control);
  const index = Math.min(number, all.witnesses.length - 1);
  const one = all.witnesses[index] ?? witness;
  return { ...base, witness: one, number: index, known: all.witnesses.length, more: all.bound !== null };
}

function ofFinding(explored: Explored, result: ExploreResult, number: number): Found {
  const it = result.findings[number];
  const part = it === undefined || it.lasso === null ? null : finitePartOf(explored, it.lasso);
  const witness = it?.witness ?? part?.witness ?? null;
  if (it === undefined || witness === null)
    throw new Refused('This finding is a schedule without end, and no execution shows it.');
  const outcome = it.outcome === null ? null : (result.outcomes[it.outcome] ?? null);
  const finding = { number: number + 1, it };
  const repeated = part?.repeated ?? NOTHING;
  return { ...ONLY, explored, result, witness, repeated, outcome, finding };
}

/** The execution of a replay file, which was checked when it was opened. */
function ofFile({ program, request }: Explored, model: string, text: string): Witness {
  const read = readReplay(text);
  const readings = readingsOf(request.readings);
  const executor = makeExec({ readings, fuel: FUEL });
  const witness =
    read.ok && !isLasso(read.value)
      ? replayedWitness(program, executor, modelNamed(model), readings, read.value)
      : null;
  if (witness === null) throw new Refused('The program on the page does not do what the opened file says.');
  return witness;
}

const ONLY = { number: 0, known: 1, counted: 1, more: false };
const NOTHING: ReadonlySet<EventId> = new Set();

function finitePartOf({ program, request }: Explored, lasso: NonTermination): FinitePart | null {
  const readings = readingsOf(request.readings);
  return finitePart(program, makeExec({ readings, fuel: FUEL }), readings, lasso);
}

/** What was looked for, by model and outcome. */
const known = new WeakMap<Explored, Map<string, FoundExecutions>>();

function allOf(
  explored: Explored,
  name: string,
  outcome: Outcome,
  first: Witness,
  { shouldStop }: Control<never>,
): FoundExecutions {
  const own = known.get(explored) ?? new Map<string, FoundExecutions>();
  known.set(explored, own);
  const key = `${name} ${outcomeKeyOf(outcome.values)}`;
  const old = own.get(key);
  if (old !== undefined) return old;
  const { program, request } = explored;
  const readings: Readings = { ...DEFAULT_READINGS, ...request.readings } as Readings;
  const bounds = { ...request.limits, returns: 8, milliseconds: SEARCH_MILLISECONDS };
  const all = executionsWith(program, makeExec({ readings, fuel: FUEL }), {
    model: modelNamed(name),
    readings,
    bounds,
    values: outcome.values,
    first,
    most: MOST,
    shouldStop,
  });
  own.set(key, all);
  return all;
}

function answer(it: Found, scaffold: boolean, chosen: DrawingAsked['chosen']): ExecutionAnswer {
  const { number, known: count, counted, more } = it;
  const data = dataOf(it, scaffold, chosen['hb'] === true || chosen['tot'] === true);
  const edges = shownEdges(data.edges, shownRelations(data.relations, chosen));
  return { data, arrangement: arrange({ figure: data.figure, edges }), number, known: count, counted, more };
}

function dataOf(it: Found, scaffold: boolean, orders: boolean): GraphData {
  const { result, witness } = it;
  const model = modelNamed(result.model);
  const isHardware = 'view' in model && (model as { view: { wholeReads: boolean } }).view.wholeReads;
  return graphOf(witness, {
    ...optionsOf(it),
    source: it.explored.program.source,
    demands: () => model.demands?.(witness.execution) ?? null,
    hasHappensBefore: !isHardware,
    hasTotalOrder: !isHardware,
    scaffold,
    orders,
    repeated: it.repeated,
  });
}

function shownOf({ witness, outcome, finding }: Found): Shown {
  return { witness, outcome, finding };
}

function reportOf({ explored: { program, request }, result }: Found): Parameters<typeof drawOptionsOf>[1] {
  return { name: program.litmus[0]?.name ?? request.name, source: program.source, result, condition: null };
}

function optionsOf(it: Found): ReturnType<typeof drawOptionsOf> {
  return drawOptionsOf(shownOf(it), reportOf(it));
}

function ownRelations(asked: ExecutionAsked, control: Control<never>): OwnRelations {
  const it = found(asked, control);
  const file = catNamed(asked.model);
  const derived = file?.derived(it.witness.execution) ?? null;
  if (file === null || derived === null) return { relations: [], edges: [] };
  const isNative = findModel(asked.model) !== null;
  const { figure, order } = drawnFigure(it.witness, { ...optionsOf(it), scaffold: asked.scaffold });
  const modifications = (): BitMatrix | undefined => {
    const demands = modelNamed(asked.model).demands?.(it.witness.execution) ?? null;
    return modificationOrder(it.witness.execution, order, demands) ?? undefined;
  };
  const own = file.definitions.flatMap(({ name, text, isChosen }, i) => {
    if (STANDARD.has(name) && !file.view.wholeReads) return [];
    // What a file chooses for itself need not be what goes with the order that is drawn.
    const relation = !(isNative && isChosen) ? derived[i] : name === 'mo' ? modifications() : undefined;
    const made = relation === undefined ? null : ownEdges(figure, name, text ?? 'of the library', relation);
    return made === null ? [] : [made];
  });
  return { relations: own.map(({ relation }) => relation), edges: own.flatMap(({ edges }) => edges) };
}

/** What is shown of every model but those of hardware. */
const STANDARD: ReadonlySet<string> = new Set(['po', 'rf', 'sw', 'asw', 'hb', 'fr', 'tot']);

function exported(asked: ExportAsked, control: Control<never>): { readonly file: string; readonly text: string } {
  const it = found(asked, control);
  const { request } = it.explored;
  const base = baseName(request.name);
  const { repeated } = it;
  const marked = repeated.size === 0 ? shownOf(it) : { ...shownOf(it), repeated };
  const options = { ...drawOptionsOf(marked, reportOf(it)), edges: pictured(it, asked, control) };
  switch (asked.format) {
    case 'svg':
      return { file: `${base}.svg`, text: drawSvg(it.witness, options) };
    case 'dot':
      return { file: `${base}.dot`, text: drawDot(it.witness, options) };
    case 'tikz':
      return { file: `${base}.tex`, text: drawTikz(it.witness, options) };
    case 'wast':
      return { file: `${base}.wast`, text: request.text };
    case 'replay':
      return { file: `${base}.replay.json`, text: replayOf(it, asked.model) };
  }
}

/** The edges of a picture with these relations. */
function pictured(it: Found, asked: ExportAsked, control: Control<never>): readonly GraphEdge[] {
  const { edges } = dataOf(it, true, asked.shown.includes('hb') || asked.shown.includes('tot'));
  const wantsOwn = asked.shown.some((id) => id.startsWith('own:'));
  return shownEdges([...edges, ...(wantsOwn ? ownRelations(asked, control).edges : [])], new Set(asked.shown));
}

function baseName(name: string): string {
  return name.replace(/\.(wast|wat|bex)$/, '') || 'program';
}

/** As `weft explore --save-replay` writes it. */
function replayOf(it: Found, model: string): string {
  const { request } = it.explored;
  const readings: Readings = { ...DEFAULT_READINGS, ...request.readings } as Readings;
  const { name: file, text } = new Source(request.name, request.text);
  const program = { name: it.explored.name, digest: digestOf(text), source: { file, text } };
  const finding = it.finding?.it;
  if (finding !== undefined && finding.lasso !== null)
    return lassoText(finding, reportOf(it), { model, readings, program });
  const outcome = it.outcome === null ? null : it.explored.show(it.outcome);
  return replayText({ ...shownOf(it), outcome }, reportOf(it), { model, readings, program });
}
