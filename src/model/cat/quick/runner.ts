import { MOST } from '../../quick/numbers.ts';
import { Order } from '../../quick/order.ts';
import { unionTerms } from '../clausal.ts';
import type { Node } from '../nodes.ts';
import type { CheckStep, Step } from '../program.ts';
import type { Demand, Schedule } from '../schedule.ts';
import { schedule } from '../schedule.ts';
import type { Frame } from '../view.ts';
import type { Segment } from './flat.ts';
import { Flat, wantedOf } from './flat.ts';
import { guardsOf } from './guards.ts';
import { dependentOf, endsOf, sharedOf } from './needs.ts';
import type { Visit } from './ways.ts';
import { Ways } from './ways.ts';

/** Clauses that are remembered while a frame is judged. */
const RECENT = 256;

/** A check that the orders have no part in; where its node is. */
interface Test {
  readonly check: CheckStep;
  readonly compute: Segment;
  readonly at: number;
  readonly isSet: boolean;
}

/** Instructions: those that are needed anyhow, and those of a check that can be passed over. */
interface Parted {
  readonly always: Segment;
  readonly own: Segment;
}

/** A check on the orders. */
interface Asked {
  readonly reflexive: boolean;
  /** Where sets are that, if all of one list are empty, have nothing for the check to forbid. */
  readonly guards: readonly Int32Array[];
  /** What does not depend on the orders, and what does. */
  readonly compute: Parted;
  readonly dependent: Parted;
  readonly demand: Demanded | null;
  /** Where a set is that must be empty; -1 if it is none. */
  readonly set: number;
}

/** A {@link Demand}: where its nodes are (-1 if there is no `by`), and the number of its order. */
interface Demanded {
  readonly of: number;
  readonly by: number;
  readonly order: number;
}

/** A choice of an order: where its elements are, what it must contain, and what it may contain. */
interface Choice {
  readonly set: number;
  readonly relation: number;
  readonly variable: number;
}

/** A part of a check on the orders: the ways of the pairs of the node at a place; whether an edge of the order whose places begin at `instead` would do instead. */
interface Part {
  readonly at: number;
  readonly visit: Visit;
  readonly instead: number;
}

/** Answers yes or no for small frames, one after another; null where it cannot tell. */
export class QuickRunner {
  readonly #flat = new Flat();
  readonly #order = new Order();
  readonly #tests: readonly Test[];
  readonly #choices: readonly Choice[] | null;
  readonly #begin: Segment;
  readonly #asked: readonly Asked[];
  /** By check on the orders: whether there is nothing that it could forbid. */
  readonly #isPassed: Uint8Array;
  readonly #parts: readonly (readonly Part[])[];
  readonly #ways: Ways | null;
  /** By order and element: its place in the joint order, or -1; by order: its elements; by place: the element. */
  readonly #places: Int32Array;
  readonly #elements: Int32Array;
  readonly #elementAt = new Int32Array(MOST);
  readonly #placesBy = new Int32Array(MOST);
  /** The edge that would do instead of what a check forbids; none if it is from an element to itself. */
  #insteadFrom = 0;
  #insteadTo = 0;
  #untold = false;
  /** Clauses by a hash of them, each with the number of the run that asked for it. */
  readonly #recent = new Int32Array(RECENT);
  readonly #recentRun = new Int32Array(RECENT);
  #runs = 0;

  private constructor({ stages }: Schedule) {
    const [stage] = stages as [Schedule['stages'][number]];
    const { orders } = stage;
    const checks = stage.tests.flatMap((test) => (test.kind === 'check' ? [test] : []));
    const dependent = dependentOf(orders);
    const nodes = [
      ...checks.flatMap(({ compute }) => compute),
      ...(orders === null ? [] : [...orders.compute, ...orders.checks.flatMap(({ compute }) => compute)]),
      ...dependent.flat(),
    ];
    const ends = endsOf(checks, orders);
    const wanted = wantedOf(nodes, ends);
    const compile = (list: readonly Node[]): Segment => this.#flat.compile(list, wanted);
    const { place } = this.#flat;
    this.#tests = checks.map(({ check, compute }) => ({
      check,
      compute: compile(compute),
      at: place(check.of),
      isSet: check.of.sort === 'set',
    }));
    this.#begin = compile(orders?.compute ?? []);
    const variables = orders?.choices.map(({ variable }) => variable) ?? [];
    const guards = (orders?.checks ?? []).map(({ check, demand }) => (demand === null ? guardsOf(check.of) : []));
    const shared = sharedOf(orders, guards.flat(2));
    const parted = (list: readonly Node[], i: number): Parted => ({
      always: compile(list.filter((node) => shared(node, i))),
      own: compile(list.filter((node) => !shared(node, i))),
    });
    this.#asked = (orders?.checks ?? []).map(({ check, compute, demand }, i) => ({
      reflexive: check.test === 'irreflexive',
      guards: (guards[i] ?? []).map((sets) => Int32Array.from(sets, place)),
      compute: parted(compute, i),
      dependent: parted(dependent[i] as readonly Node[], i),
      demand: demand === null ? null : this.#demandedBy(demand, variables),
      set: check.of.sort === 'set' ? place(check.of) : -1,
    }));
    this.#choices =
      orders?.choices.map(({ variable, orders: of }) => {
        const { set, relation } = of as NonNullable<typeof of>;
        return { set: place(set), relation: place(relation), variable: place(variable) };
      }) ?? null;
    this.#flat.link();
    this.#isPassed = new Uint8Array(this.#asked.length);
    this.#places = new Int32Array(variables.length * MOST);
    this.#elements = new Int32Array(variables.length);
    const places = this.#places;
    this.#ways = orders === null ? null : new Ways(this.#flat, this.#order, { nodes: variables, places });
    this.#parts = (orders?.checks ?? []).map(({ check }) => this.#partsOf(check, variables));
  }

  /** Null for files that do more than check, and choose orders that can be solved for. */
  static of(steps: readonly Step[]): QuickRunner | null {
    if (steps.some((step) => step.kind === 'forall' || (step.kind === 'check' && step.purpose !== 'check')))
      return null;
    const plan = schedule(steps, [], false);
    const [stage] = plan.stages;
    if (plan.stages.length !== 1 || stage === undefined || stage.choice !== null) return null;
    const nodes = [
      ...stage.tests.flatMap(({ compute }) => compute),
      ...(stage.orders?.compute ?? []),
      ...(stage.orders?.checks ?? []).flatMap(({ compute, dependent }) => [...compute, ...dependent]),
    ];
    const flat = nodes.every(({ operation: { kind } }) => kind !== 'dynamic' && kind !== 'fixpoint');
    return flat && (stage.orders?.choices ?? []).every(({ orders }) => orders !== null) ? new QuickRunner(plan) : null;
  }

  #demandedBy({ of, by, order }: Demand, variables: readonly Node[]): Demanded {
    const { place } = this.#flat;
    return { of: place(of), by: by === null ? -1 : place(by), order: variables.indexOf(order) };
  }

  #partsOf(check: CheckStep, variables: readonly Node[]): readonly Part[] {
    const ways = this.#ways as Ways;
    const refuse = (): void => this.#refuse(ways);
    if (check.of.sort === 'set') return [];
    if (check.test !== 'acyclic')
      return [{ at: this.#flat.place(check.of), visit: ways.of(check.of, refuse), instead: -1 }];
    const terms = unionTerms(check.of);
    const order = terms.find((term) => variables.includes(term)) as Node;
    const instead = variables.indexOf(order) * MOST;
    return terms
      .filter((term) => term !== order)
      .map((node) => ({ at: this.#flat.place(node), visit: ways.of(node, refuse), instead }));
  }

  run(frame: Frame): boolean | null {
    const flat = this.#flat;
    flat.begin(frame);
    for (let i = 0; i < this.#tests.length; i++) {
      const test = this.#tests[i] as Test;
      flat.run(test.compute);
      if (!this.#holds(test)) return false;
    }
    return this.#choices === null ? true : this.#solve(this.#choices);
  }

  #holds({ check: { test, negated }, at, isSet }: Test): boolean {
    switch (test) {
      case 'empty':
        return this.#flat.isEmpty(at, isSet) !== negated;
      case 'irreflexive':
        return this.#flat.isIrreflexive(at) !== negated;
      case 'acyclic':
        return this.#flat.isAcyclic(at) !== negated;
    }
  }

  #solve(choices: readonly Choice[]): boolean | null {
    const flat = this.#flat;
    const order = this.#order;
    flat.run(this.#begin);
    if (!this.#beginOrders(choices)) return null;
    if (order.broken) return false;
    for (let i = 0; i < this.#asked.length; i++) {
      const { compute, demand, guards } = this.#asked[i] as Asked;
      flat.run(compute.always);
      const isPassed = this.#isEmpty(guards);
      this.#isPassed[i] = isPassed ? 1 : 0;
      if (!isPassed) flat.run(compute.own);
      if (demand === null) continue;
      if (!this.#demand(demand)) return null;
      if (order.broken) return false;
    }
    this.#mayBe(choices);
    this.#untold = false;
    this.#runs = (this.#runs + 1) | 0;
    for (let i = 0; i < this.#asked.length; i++) {
      const { reflexive, dependent, demand, set } = this.#asked[i] as Asked;
      if (demand !== null) continue;
      flat.run(dependent.always);
      if (this.#isPassed[i] === 1) continue;
      flat.run(dependent.own);
      if (set >= 0 && !flat.isEmpty(set, true)) return false;
      const parts = this.#parts[i] as readonly Part[];
      for (let j = 0; j < parts.length; j++) {
        this.#ask(reflexive, parts[j] as Part);
        if (this.#untold) return null;
        if (order.broken) return false;
      }
    }
    return order.isPossible();
  }

  /** Whether all sets of one of the lists are empty. */
  #isEmpty(guards: readonly Int32Array[]): boolean {
    const { memory } = this.#flat;
    for (let k = 0; k < guards.length; k++) {
      const sets = guards[k] as Int32Array;
      let all = 0;
      for (let i = 0; i < sets.length; i++) all |= memory[sets[i] as number] as number;
      if (all === 0) return true;
    }
    return false;
  }

  /** Gives the elements of each order their places, and the order what it must contain; false if there are too many. */
  #beginOrders(choices: readonly Choice[]): boolean {
    const { memory, size } = this.#flat;
    let count = 0;
    for (let k = 0; k < choices.length; k++) {
      const elements = memory[(choices[k] as Choice).set] as number;
      this.#elements[k] = elements;
      for (let e = 0; e < size; e++) this.#places[k * MOST + e] = -1;
      for (let left = elements; left !== 0; left &= left - 1) {
        const e = 31 - Math.clz32(left & -left);
        if (count === MOST) return false;
        this.#elementAt[count] = e;
        this.#places[k * MOST + e] = count++;
      }
    }
    const order = this.#order;
    order.begin(count, 0, order.after, order.before);
    for (let k = 0; k < choices.length; k++) {
      const { relation } = choices[k] as Choice;
      const elements = this.#elements[k] as number;
      for (let left = elements; left !== 0; left &= left - 1) {
        const a = 31 - Math.clz32(left & -left);
        for (let row = (memory[relation + a] as number) & elements; row !== 0; row &= row - 1) {
          const b = 31 - Math.clz32(row & -row);
          order.require(this.#places[k * MOST + a] as number, this.#places[k * MOST + b] as number);
        }
      }
    }
    return true;
  }

  /** Requires of an order what a check wants to be in it; false if the check cannot be said so. */
  #demand({ of, order: k, by }: Demanded): boolean {
    const { memory, size } = this.#flat;
    const places = this.#placesBy;
    if (by < 0) for (let e = 0; e < size; e++) places[e] = this.#places[k * MOST + e] as number;
    else if (!this.#findPlaces(by, k)) return false;
    for (let a = 0; a < size; a++) {
      const from = places[a] as number;
      const row = memory[of + a] as number;
      // Elements of one place side by side often have the same row.
      if (from < 0 || (a > 0 && from === places[a - 1] && row === memory[of + a - 1])) continue;
      for (let left = row; left !== 0; left &= left - 1) {
        const to = places[31 - Math.clz32(left & -left)] as number;
        if (to >= 0 && to !== from) this.#order.require(from, to);
      }
    }
    return true;
  }

  /** By element, the place of the one element of an order that the relation relates it to, both ways; false if there are several for some, or one way only. */
  #findPlaces(by: number, k: number): boolean {
    const { memory, size } = this.#flat;
    const elements = this.#elements[k] as number;
    for (let a = 0; a < size; a++) {
      const related = (memory[by + a] as number) & elements;
      this.#placesBy[a] = -1;
      if (related === 0) continue;
      const e = 31 - Math.clz32(related);
      if ((related & (related - 1)) !== 0 || (((memory[by + e] as number) >>> a) & 1) === 0) return false;
      this.#placesBy[a] = this.#places[k * MOST + e] as number;
    }
    for (let left = elements; left !== 0; left &= left - 1) {
      const e = 31 - Math.clz32(left & -left);
      for (let row = memory[by + e] as number; row !== 0; row &= row - 1) {
        if ((((memory[by + 31 - Math.clz32(row & -row)] as number) >>> e) & 1) === 0) return false;
      }
    }
    return true;
  }

  /** Gives each order's variable all pairs that may still be in it. */
  #mayBe(choices: readonly Choice[]): void {
    const { memory, size } = this.#flat;
    const { before } = this.#order;
    let first = 0;
    for (let k = 0; k < choices.length; k++) {
      const rows = (choices[k] as Choice).variable;
      const elements = this.#elements[k] as number;
      let end = first;
      for (let e = 0; e < size; e++) {
        memory[rows + e] = 0;
        if (((elements >>> e) & 1) === 0) continue;
        let row = elements & ~(1 << e);
        for (let left = before[end] as number; left !== 0; left &= left - 1) {
          const place = 31 - Math.clz32(left & -left);
          if (place >= first) row &= ~(1 << (this.#elementAt[place] as number));
        }
        memory[rows + e] = row;
        end++;
      }
      first = end;
    }
  }

  /** Asks of the orders that no way of the pairs of a node is there. */
  #ask(reflexive: boolean, { at, visit, instead }: Part): void {
    const { memory, size } = this.#flat;
    for (let a = 0; a < size; a++) {
      const row = memory[at + a] as number;
      for (let left = reflexive ? row & (1 << a) : row; left !== 0; left &= left - 1) {
        const b = 31 - Math.clz32(left & -left);
        this.#insteadFrom = this.#insteadTo = 0;
        if (instead >= 0) {
          const from = this.#places[instead + a] as number;
          const to = this.#places[instead + b] as number;
          if (from < 0 || to < 0) this.#untold = true;
          this.#insteadFrom = from;
          this.#insteadTo = to;
        }
        if (this.#untold) return;
        visit(a, b);
        if (this.#order.broken) return;
      }
    }
  }

  /** Whether the clause was not asked of this frame just before: the cells of two accesses ask for the same. */
  #isNew(a: number, b: number, c: number, d: number): boolean {
    const clause = ((a * MOST + b) * MOST + c) * MOST + d;
    const at = (clause ^ (clause >> 8)) & (RECENT - 1);
    if (this.#recent[at] === clause && this.#recentRun[at] === this.#runs) return false;
    this.#recent[at] = clause;
    this.#recentRun[at] = this.#runs;
    return true;
  }

  /** Not all pairs of the way, unless the edge is there. */
  #refuse({ literals, count }: Ways): void {
    const order = this.#order;
    const from = this.#insteadFrom;
    const to = this.#insteadTo;
    if (count === 0) {
      order.require(from, to);
    } else if (count === 1) {
      order.either(literals[1] as number, literals[0] as number, from, to);
    } else if (count === 2 && from === to) {
      const a = literals[1] as number;
      const b = literals[0] as number;
      const c = literals[3] as number;
      const d = literals[2] as number;
      if (this.#isNew(a, b, c, d)) order.either(a, b, c, d);
    } else {
      this.#untold = true;
    }
  }
}
