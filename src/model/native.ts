import type { EventId, Execution } from '../event/execution.ts';
import { BitMatrix } from '../rel/bit-matrix.ts';
import type { Accesses } from './accesses.ts';
import { accessesOf } from './accesses.ts';
import type { Failure, Subject, TotAxioms } from './axioms.ts';
import { constraintsOn, hbConsistent1, hbConsistent3, noTear, placingOf, totAxioms } from './axioms.ts';
import type { AxiomName, Definition } from './definition.ts';
import { demandsOf } from './demands.ts';
import { NativeIncremental } from './incremental/incremental.ts';
import type { Assumptions, Model, Relations, Verdict } from './model.ts';
import { QuickJudge } from './quick/judge.ts';
import { lazyVerdict } from './quick/verdict.ts';
import type { EdgeList } from './relations.ts';
import { closeEdges, initOrder, programOrder, relationsOf, synchronisesWith } from './relations.ts';
import { describeAxiom } from './statements.ts';
import type { Constraint, Ordering } from './total-order.ts';
import { solveOrder } from './total-order.ts';

export interface NativeOptions {
  readonly base: Definition;
  /** Leaves an axiom out, or several: a mutant, to see what the axiom is for. */
  readonly without?: AxiomName | readonly AxiomName[];
  /** Judges small executions like large ones, with their reasons at once: for tests of what judges them quickly. */
  readonly plain?: boolean;
}

/** A model of the OOPSLA19 family, checked natively. */
export function nativeModel({ base, without = [], plain = false }: NativeOptions): Model {
  const out: readonly string[] = typeof without === 'string' ? [without] : without;
  const axioms = base.axioms.filter((axiom) => !out.includes(axiom));
  const definition: Definition = { ...base, axioms };
  const judge = checker(definition);
  return {
    name: out.length === 0 ? base.name : `${base.name} less ${out.join(', ')}`,
    title: base.title,
    source: base.source,
    about: base.about,
    axioms: axioms.map((axiom) => describeAxiom(axiom, definition)),
    assumes: assumptionsOf(definition),
    check: plain ? judge : quickly(definition, judge),
    less: (more) => nativeModel({ base, without: [...out, ...more] as AxiomName[], plain }),
    demands: (execution) => demandsOf(definition, execution),
    incremental: () => new NativeIncremental(definition),
  };
}

/** The axioms that place an atomic update right after what it reads, and let nobody read past it. */
const COHERENT: readonly AxiomName[] = [
  'hb-consistent-1',
  'hb-consistent-3',
  'sc-last-visible-1',
  'sc-last-visible-2',
  'sc-last-visible-3',
];
const COHERENT_ACQREL: readonly AxiomName[] = [
  'sc-modification-order',
  'atomic-coherence',
  'rmw-atomicity',
  'sc-last-visible-acqrel',
];

/** The axioms of SC-DRF: without one of them some consistent execution without a data race is no interleaving. */
export const DRF_AXIOMS: readonly AxiomName[] = ['value', 'hb-irreflexive', ...COHERENT];

/** See {@link Assumptions.rewrites}. */
export function leavesOutRewrites({
  axioms,
  weakestAtomic,
  initSynchronises,
}: Pick<Definition, 'axioms' | 'weakestAtomic' | 'initSynchronises'>): boolean {
  const on = new Set(axioms);
  const needed: AxiomName[] = ['no-tear', ...COHERENT];
  if (weakestAtomic === 'acqrel') needed.push(...COHERENT_ACQREL, 'fence-order');
  const coheres = on.has('sc-latest') || needed.every((axiom) => on.has(axiom));
  return coheres && on.has('value') && on.has('hb-irreflexive') && !initSynchronises;
}

function assumptionsOf({ axioms, weakestAtomic, initSynchronises }: Definition): Assumptions {
  const on = new Set(axioms);
  const latest = on.has('sc-latest');
  const interleavings = latest && on.has('hb-irreflexive') && on.has('value');
  return {
    synchronises: on.has('hb-irreflexive') ? weakestAtomic : null,
    hbConsistent: (latest && on.has('hb-irreflexive')) || (on.has('hb-consistent-1') && on.has('hb-consistent-3')),
    noTear: latest || on.has('no-tear'),
    mixes: initSynchronises ? 'diluted' : 'minimal',
    monotone: true,
    interleavings,
    rewrites: leavesOutRewrites({ axioms, weakestAtomic, initSynchronises }),
    drf: interleavings || DRF_AXIOMS.every((axiom) => on.has(axiom)),
  };
}

type Judge = (execution: Execution) => Verdict;

/** Small executions are judged yes or no, and their reasons found when somebody looks at them. */
function quickly(definition: Definition, judge: Judge): Judge {
  const quick = new QuickJudge(definition);
  return (execution) => {
    const consistent = quick.judge(execution);
    return consistent === null ? judge(execution) : lazyVerdict(consistent, execution, judge);
  };
}

/** Compiles a definition: `value` and hb first, then the axioms without `tot`, then those that `tot` must satisfy. */
function checker(definition: Definition): Judge {
  const on = new Set(definition.axioms);
  const orderless: ((subject: Subject) => Failure | null)[] = [];
  if (on.has('hb-consistent-1')) orderless.push(hbConsistent1);
  if (on.has('hb-consistent-3')) orderless.push(hbConsistent3);
  if (on.has('no-tear')) orderless.push(noTear);
  const placing = placingOf(definition.axioms);
  const asked = (acqrel: boolean, fences: boolean): TotAxioms => totAxioms(definition.axioms, acqrel, fences);
  const [plain, fenced, relaxed, all] = [
    asked(false, false),
    asked(false, true),
    asked(true, false),
    asked(true, true),
  ];

  return (execution) => {
    const accesses = accessesOf(execution, definition.weakestAtomic, placing);
    if (accesses.wrongValue !== null && on.has('value')) {
      const { writer, reader } = accesses.wrongValue;
      return failed({ axiom: 'value', events: [writer, reader] });
    }
    const sw = synchronisesWith(accesses, definition);
    const edges = [programOrder(execution.events), flatten(execution.asw), initOrder(execution.events, accesses), sw];
    const closure = closeEdges(accesses.count, edges);
    const ordered = on.has('hb-irreflexive');
    if ('cycle' in closure && ordered) return failed({ axiom: 'hb-irreflexive', events: closure.cycle });
    const hb = 'cycle' in closure ? closeCyclic(accesses.count, edges) : closure.closed;

    const within = ordered ? hb : new BitMatrix(accesses.count);
    const subject: Subject = { accesses, hb, within, definition };
    for (const axiom of orderless) {
      const failure = axiom(subject);
      if (failure !== null) return failed(failure);
    }

    const { count, acqrel, fences, placed } = accesses;
    const [withoutAcqrel, withAcqrel] = fences.length === 0 ? [plain, relaxed] : [fenced, all];
    const constraints = constraintsOn(subject, acqrel ? withAcqrel : withoutAcqrel);
    const start = constraints.length === 0 ? within : within.grown(count + placed.length);
    const solved = solveOrder(start, constraints);
    if ('conflict' in solved) return failed(solved.conflict);
    return new Consistent(solved, execution, accesses, sw, hb);
  };
}

type Solved = Extract<Ordering, { readonly order: readonly EventId[] }>;

/** A verdict whose order and relations are made when someone looks at them. */
class Consistent {
  readonly consistent = true;
  readonly #solved: Solved;
  readonly #execution: Execution;
  readonly #accesses: Accesses;
  readonly #sw: EdgeList;
  readonly #hb: BitMatrix;
  #relations: Relations | null = null;

  constructor(solved: Solved, execution: Execution, accesses: Accesses, sw: EdgeList, hb: BitMatrix) {
    this.#solved = solved;
    this.#execution = execution;
    this.#accesses = accesses;
    this.#sw = sw;
    this.#hb = hb;
  }

  /** Events alone: the solved order also has the places of the modification orders. */
  get tot(): readonly EventId[] {
    const { count, placed } = this.#accesses;
    const { order } = this.#solved;
    return placed.length === 0 ? order : order.filter((element) => element < count);
  }

  get relations(): Relations {
    this.#relations ??= relationsOf(this.#execution, this.#accesses, this.#sw, this.#hb);
    return this.#relations;
  }
}

function failed({ axiom, events }: Failure | Constraint): Verdict {
  return { consistent: false, axiom, events };
}

function flatten(edges: Execution['asw']): EdgeList {
  const flat: EdgeList = [];
  for (const [a, b] of edges) flat.push(a, b);
  return flat;
}

function closeCyclic(size: number, lists: readonly EdgeList[]): BitMatrix {
  const relation = new BitMatrix(size);
  for (const edges of lists) {
    for (let i = 0; i < edges.length; i += 2) relation.add(edges[i] as EventId, edges[i + 1] as EventId);
  }
  return relation.close();
}
