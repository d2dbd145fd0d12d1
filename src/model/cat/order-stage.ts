import type { EventId } from '../../event/execution.ts';
import { BitMatrix } from '../../rel/bit-matrix.ts';
import * as kernel from '../../rel/kernels.ts';
import { addBit, hasBit } from '../../rel/rows.ts';
import type { Constraint } from '../total-order.ts';
import { solveOrder } from '../total-order.ts';
import { unionTerms } from './clausal.ts';
import type { Machine } from './machine.ts';
import type { Node } from './nodes.ts';
import type { CheckStep, ChooseStep } from './program.ts';
import type { Literal } from './reasons-of.ts';
import { Reasons, pairsOf } from './reasons-of.ts';
import type { Demand, OrderStage } from './schedule.ts';

/** What became of the choice of orders: one for each choice, or the check at which it ends. */
export type Solved =
  | { readonly kind: 'solved'; readonly orders: readonly (readonly number[])[] }
  | { readonly kind: 'failed'; readonly axiom: string; readonly elements: readonly number[] }
  /** A cycle that involves elements which the order does not order: to be found by trying. */
  | { readonly kind: 'untold' };

/**
 * Solves for unknown total orders: what the checks ask of their pairs are clauses. The orders are solved for as one, over a copy of its elements for
 * each: what is asked of different copies meets in clauses alone.
 */
export class OrderSolver {
  readonly #machine: Machine;
  readonly #stage: OrderStage;
  readonly #reasons: Reasons;
  /** Of each order: its elements, and by element its place in the joint order, or -1. */
  #elements: number[][] = [];
  #places: Int32Array[] = [];
  #start = new BitMatrix(0);
  #constraints: Constraint[] = [];
  #untold = false;
  /** Whether more is known of the orders than the rows of their variables say. */
  #changed = true;
  /** Counts how often those rows were made anew; by node, when it was last computed. */
  #round = 0;
  readonly #computed: number[] = [];
  /** What ends it, once something does. */
  #conflict: (Solved & { kind: 'failed' }) | null = null;

  constructor(machine: Machine, stage: OrderStage) {
    this.#machine = machine;
    this.#stage = stage;
    const variables = stage.choices.map(({ variable }) => variable);
    this.#reasons = new Reasons(machine, new Set(variables), (order, from, to) => {
      const places = this.#places[variables.indexOf(order)] as Int32Array;
      return this.#start.has(places[from] as number, places[to] as number);
    });
  }

  solve(): Solved {
    const machine = this.#machine;
    machine.compute(this.#stage.compute);
    this.#constraints = [];
    this.#conflict = null;
    this.#untold = false;
    this.#changed = true;
    const cyclic = this.#begin();
    if (cyclic !== null) return { kind: 'failed', axiom: cyclic.name, elements: [] };
    for (const { check, compute, dependent, demand } of this.#stage.checks) {
      machine.compute(compute);
      if (demand !== null && this.#demand(check, demand)) {
        if (this.#conflict !== null) return this.#conflict;
        continue;
      }
      if (this.#changed) this.#mayBe();
      machine.compute(this.#stale(dependent));
      this.#ask(check);
      if (this.#untold) return { kind: 'untold' };
      if (this.#conflict !== null) return this.#conflict;
    }
    const solved = solveOrder(this.#start, this.#constraints);
    if ('conflict' in solved) return { kind: 'failed', axiom: solved.conflict.axiom, elements: solved.conflict.events };
    return { kind: 'solved', orders: this.#stage.choices.map((_, k) => this.#orderOf(k, solved.order)) };
  }

  /** Starts with what the orders must contain; the choice that has none is answered. */
  #begin(): ChooseStep | null {
    const { size, words } = this.#machine;
    this.#elements = [];
    this.#places = [];
    let count = 0;
    for (const { orders } of this.#stage.choices) {
      const elements = orders === null ? [] : kernel.elementsOf(this.#machine.rowsOf(orders.set), words);
      const places = new Int32Array(size).fill(-1);
      for (const element of elements) places[element] = count++;
      this.#elements.push(elements);
      this.#places.push(places);
    }
    this.#start = new BitMatrix(count);
    for (const [k, choice] of this.#stage.choices.entries()) {
      if (choice.orders === null) continue;
      const rows = this.#machine.rowsOf(choice.orders.relation);
      for (const a of this.#elements[k] as number[]) {
        for (const b of this.#elements[k] as number[]) {
          if (hasBit(rows, words, a, b) && !this.#require(k, a, b)) return choice;
        }
      }
    }
    return null;
  }

  /** Adds a pair to an order; false if that makes a cycle. */
  #require(k: number, a: number, b: number): boolean {
    const places = this.#places[k] as Int32Array;
    const [from, to] = [places[a] as number, places[b] as number];
    if (from === to || this.#start.has(to, from)) return false;
    this.#start.addClosed(from, to);
    return true;
  }

  /** The nodes that have not been computed since more became known of the orders. */
  #stale(nodes: readonly Node[]): readonly Node[] {
    const stale = nodes.filter((node) => this.#computed[node.id] !== this.#round);
    for (const { id } of stale) this.#computed[id] = this.#round;
    return stale;
  }

  /** Gives each order's variable all pairs that may still be in it. */
  #mayBe(): void {
    this.#changed = false;
    this.#round++;
    const { words } = this.#machine;
    for (const [k, { variable }] of this.#stage.choices.entries()) {
      const rows = this.#machine.rowsOf(variable);
      const places = this.#places[k] as Int32Array;
      rows.fill(0, 0, this.#machine.length);
      const elements = this.#elements[k] as number[];
      for (const a of elements) {
        for (const b of elements) {
          if (a !== b && !this.#start.has(places[b] as number, places[a] as number)) addBit(rows, words, a, b);
        }
      }
    }
  }

  /** What a check asks that wants pairs to be in an order; false if it cannot be said so. */
  #demand(check: CheckStep, { of, order, by }: Demand): boolean {
    const { size, words } = this.#machine;
    const k = this.#stage.choices.findIndex(({ variable }) => variable === order);
    const places = by === null ? (this.#places[k] as Int32Array) : this.#placesBy(by, k);
    if (places === null) return false;
    const rows = this.#machine.rowsOf(of);
    for (let a = 0; a < size; a++) {
      const from = places[a] as number;
      if (from < 0) continue;
      for (let b = 0; b < size; b++) {
        if (!hasBit(rows, words, a, b)) continue;
        const to = places[b] as number;
        if (to < 0 || from === to || this.#start.has(from, to)) continue;
        if (this.#start.has(to, from)) {
          this.#conflict = { kind: 'failed', axiom: check.name, elements: [a, b] };
          return true;
        }
        this.#start.addClosed(from, to);
        this.#changed = true;
      }
    }
    return true;
  }

  /** By element, the place of the one element of an order that the relation relates it to; null if there are several for some. */
  #placesBy(by: Node, k: number): Int32Array | null {
    const { size, words } = this.#machine;
    const rows = this.#machine.rowsOf(by);
    const own = this.#places[k] as Int32Array;
    const places = new Int32Array(size).fill(-1);
    for (const element of this.#elements[k] as number[]) {
      for (let a = 0; a < size; a++) {
        const there = hasBit(rows, words, a, element);
        if (there !== hasBit(rows, words, element, a)) return null;
        if (!there) continue;
        if (places[a] !== -1) return null;
        places[a] = own[element] as number;
      }
    }
    return places;
  }

  /** What a check asks of the orders. */
  #ask(check: CheckStep): void {
    const { size, words } = this.#machine;
    const rows = this.#machine.rowsOf(check.of);
    if (check.test === 'acyclic') {
      this.#askAcyclic(check);
      return;
    }
    if (check.of.sort === 'set') {
      const [element] = kernel.elementsOf(rows, words);
      if (element !== undefined) this.#conflict = { kind: 'failed', axiom: check.name, elements: [element] };
      return;
    }
    const reflexive = check.test === 'irreflexive';
    for (const [a, b] of pairsOf(rows, size, words)) {
      if (reflexive && a !== b) continue;
      this.#reasons.of(check.of, a, b, (literals, path) => {
        const elements = reflexive ? [a, ...path] : [a, ...path, b];
        this.#refuse(check, literals, elements, null);
      });
      if (this.#conflict !== null) return;
    }
  }

  /** A union with an order itself has no cycle if the order contains all the rest. */
  #askAcyclic(check: CheckStep): void {
    const { size, words } = this.#machine;
    const terms = unionTerms(check.of);
    const variables = this.#stage.choices.map(({ variable }) => variable);
    const order = terms.find((term) => variables.includes(term)) as Node;
    const places = this.#places[variables.indexOf(order)] as Int32Array;
    for (const term of terms) {
      if (term === order) continue;
      for (const [a, b] of pairsOf(this.#machine.rowsOf(term), size, words)) {
        if (places[a] === -1 || places[b] === -1) {
          this.#untold = true;
          return;
        }
        const instead = a === b ? null : { order, from: a, to: b };
        this.#reasons.of(term, a, b, (literals, path) => this.#refuse(check, literals, [a, ...path, b], instead));
        if (this.#conflict !== null) return;
      }
    }
  }

  /** Not all of the literals, or else `instead`. */
  #refuse(check: CheckStep, literals: readonly Literal[], elements: readonly number[], instead: Literal | null): void {
    if (this.#conflict !== null) return;
    const either: number[] = [];
    for (const { order, from, to } of literals) this.#addPair(either, order, to, from);
    if (instead !== null) this.#addPair(either, instead.order, instead.from, instead.to);
    if (either.length === 2) {
      const [from, to] = either as [number, number];
      if (this.#start.has(to, from)) this.#conflict = { kind: 'failed', axiom: check.name, elements };
      else if (!this.#start.has(from, to)) {
        this.#start.addClosed(from, to);
        this.#changed = true;
      }
      return;
    }
    if (either.length === 0) this.#conflict = { kind: 'failed', axiom: check.name, elements };
    else this.#constraints.push({ axiom: check.name, events: elements as EventId[], either });
  }

  #addPair(either: number[], order: Node, from: number, to: number): void {
    const k = this.#stage.choices.findIndex(({ variable }) => variable === order);
    const places = this.#places[k] as Int32Array;
    either.push(places[from] as number, places[to] as number);
  }

  /** The elements of one of the orders, first to last. */
  #orderOf(k: number, joint: readonly number[]): readonly number[] {
    const at = new Int32Array(joint.length);
    for (let i = 0; i < joint.length; i++) at[joint[i] as number] = i;
    const places = this.#places[k] as Int32Array;
    const rank = (element: number): number => at[places[element] as number] as number;
    return [...(this.#elements[k] as number[])].sort((a, b) => rank(a) - rank(b));
  }
}
