import { Bug } from '../../base/assert.ts';
import * as kernel from '../../rel/kernels.ts';
import type { Rows } from '../../rel/rows.ts';
import { wordsOf } from '../../rel/rows.ts';
import { complain } from './complain.ts';
import { Interpreter } from './interpret.ts';
import type { Group, Node } from './nodes.ts';
import type { Runtime } from './runtime-values.ts';
import type { Frame } from './view.ts';

/** How often a fixpoint that is not known to grow may be computed anew. */
const MOST_ROUNDS = 1000;

/** Computes nodes for one frame after another, each in memory of its own that is used again. */
export class Machine {
  size = 0;
  words = 0;
  /** The words of a relation. */
  length = 0;
  frame: Frame | null = null;
  /** By node: the rows of sets and relations. */
  readonly rows: Rows[] = [];
  /** By node: other values. */
  readonly values: Runtime[] = [];
  readonly #runs: (() => void)[] = [];
  readonly #inner = new Map<Group, readonly Node[]>();
  readonly #interpreter = new Interpreter(this);
  #capacity = 0;

  begin(frame: Frame): void {
    this.frame = frame;
    this.size = frame.size;
    this.words = wordsOf(frame.size);
    this.length = this.size * this.words;
    if (this.length > this.#capacity) this.#grow(Math.max(16, 2 * this.length));
  }

  #grow(capacity: number): void {
    this.#capacity = capacity;
    for (const id of this.rows.keys()) if (this.rows[id] !== undefined) this.rows[id] = new Int32Array(capacity);
  }

  /** The rows of a node, which is a set or a relation. */
  rowsOf(node: Node): Rows {
    return (this.rows[node.id] ??= new Int32Array(this.#capacity));
  }

  /** How many words of {@link rowsOf} a node takes. */
  lengthOf(node: Node): number {
    return node.sort === 'set' ? this.words : this.length;
  }

  /** The rows of a base that a primitive uses; an operand of the node that applies it. */
  baseRows(name: string): Rows {
    const rows = new Int32Array(this.length);
    this.frame?.write(name, rows);
    return rows;
  }

  valueOf(node: Node): Runtime {
    const value = this.values[node.id];
    if (value === undefined) throw new Bug('a value of a cat file is used before it is computed');
    return value;
  }

  /** Gives a variable its value. */
  assign(variable: Node, value: Runtime): void {
    if (variable.sort === 'value') this.values[variable.id] = value;
    else this.#interpreter.store(value, variable.sort, this.rowsOf(variable));
  }

  itemsOf(node: Node): readonly Runtime[] {
    return this.#interpreter.itemsOf(this.valueOf(node));
  }

  /** Computes the nodes, which are in an order in which operands come first. */
  compute(nodes: readonly Node[]): void {
    for (let i = 0; i < nodes.length; i++) {
      const { id } = nodes[i] as Node;
      const run = this.#runs[id];
      if (run !== undefined) run();
      else (this.#runs[id] = this.#compile(nodes[i] as Node))();
    }
  }

  #compile(node: Node): () => void {
    const { operation } = node;
    switch (operation.kind) {
      case 'base':
        return () => {
          const out = this.rowsOf(node);
          out.fill(0, 0, this.lengthOf(node));
          this.frame?.write(operation.name, out);
        };
      case 'variable':
        return () => {};
      case 'dynamic':
        return () => {
          const value = this.#interpreter.evaluate(operation.dynamic);
          if (node.sort === 'value') this.values[node.id] = value;
          else this.#interpreter.store(value, node.sort, this.rowsOf(node));
        };
      case 'fixpoint': {
        const { group, index } = operation;
        const variable = group.variables[index] as Node;
        return () => {
          this.#solve(group);
          kernel.copyInto(this.rowsOf(node), this.rowsOf(variable), this.lengthOf(node));
        };
      }
      case 'operator':
        return this.#compileOperator(node, operation.operator);
    }
  }

  #compileOperator(node: Node, operator: string): () => void {
    const { rows } = this;
    const { id, operands } = node;
    this.rowsOf(node);
    const a = operands[0]?.id ?? id;
    const b = operands[1]?.id ?? id;
    for (const operand of operands) this.rowsOf(operand);
    const isSet = node.sort === 'set';
    const at = (index: number): Rows => rows[index] as Rows;
    const count = (): number => (isSet ? this.words : this.length);
    switch (operator) {
      case 'none':
        return () => at(id).fill(0, 0, count());
      case 'all':
        return () => kernel.allInto(at(id), this.size, this.words, isSet ? 1 : this.size);
      case 'identity':
        return () => kernel.identityInto(at(id), this.size, this.words);
      case 'union':
        return () => kernel.unionInto(at(id), at(a), at(b), count());
      case 'intersection':
        return () => kernel.intersectionInto(at(id), at(a), at(b), count());
      case 'difference':
        return () => kernel.differenceInto(at(id), at(a), at(b), count());
      case 'complement':
        return () => kernel.complementInto(at(id), at(a), this.size, this.words, isSet ? 1 : this.size);
      case 'sequence':
        return () => kernel.sequenceInto(at(id), at(a), at(b), this.size, this.words);
      case 'plus':
        return () => kernel.plusInto(at(id), at(a), this.size, this.words);
      case 'star':
        return () => {
          kernel.plusInto(at(id), at(a), this.size, this.words);
          kernel.optionalInto(at(id), at(id), this.size, this.words);
        };
      case 'optional':
        return () => kernel.optionalInto(at(id), at(a), this.size, this.words);
      case 'inverse':
        return () => kernel.inverseInto(at(id), at(a), this.size, this.words);
      case 'lift':
        return () => kernel.liftInto(at(id), at(a), this.size, this.words);
      case 'product':
        return () => kernel.productInto(at(id), at(a), at(b), this.size, this.words);
      case 'before':
        return () => kernel.beforeInto(at(id), at(a), at(b), this.size, this.words);
      case 'after':
        return () => kernel.afterInto(at(id), at(a), at(b), this.size, this.words);
      case 'domain':
        return () => kernel.domainInto(at(id), at(a), this.size, this.words);
      case 'range':
        return () => kernel.rangeInto(at(id), at(a), this.size, this.words);
      default:
        throw new Bug(`unknown operator ${operator}`);
    }
  }

  /** The least fixpoint, from below; the variables hold it afterwards. */
  #solve(group: Group): void {
    const inner = this.#innerOf(group);
    for (const variable of group.variables) this.rowsOf(variable).fill(0, 0, this.lengthOf(variable));
    for (let round = 0; ; round++) {
      this.compute(inner);
      let stable = true;
      group.variables.forEach((variable, i) => {
        const body = this.rowsOf(group.bodies[i] as Node);
        const now = this.rowsOf(variable);
        const length = this.lengthOf(variable);
        if (!kernel.isSubset(body, now, length)) stable = false;
        kernel.copyInto(now, body, length);
      });
      if (stable) return;
      if (!group.monotone && round >= MOST_ROUNDS)
        complain('Cat/recursion', group.at, 'this let rec does not come to an end');
    }
  }

  #innerOf(group: Group): readonly Node[] {
    let inner = this.#inner.get(group);
    if (inner === undefined) {
      inner = innerNodes(group);
      this.#inner.set(group, inner);
    }
    return inner;
  }
}

/** The nodes that a fixpoint computes again in each round, in order. */
function innerNodes(group: Group): readonly Node[] {
  const inner = new Set<Node>();
  const visit = (node: Node): void => {
    if (inner.has(node) || !group.variables.some((variable) => node.variables.has(variable))) return;
    inner.add(node);
    for (const operand of dependencies(node)) visit(operand);
  };
  for (const body of group.bodies) visit(body);
  return [...inner].sort((a, b) => a.id - b.id);
}

/** What must be computed before a node: its operands, or what a fixpoint takes from outside. */
function dependencies(node: Node): readonly Node[] {
  if (node.operation.kind !== 'fixpoint') return node.operands;
  const inner = new Set(innerNodes(node.operation.group));
  const outside = [...inner].flatMap((each) => dependencies(each).filter((operand) => !inner.has(operand)));
  return [...outside, ...node.operation.group.bodies.filter((body) => !inner.has(body))];
}

/** All nodes that a node needs, itself included, operands first. */
export function neededFor(targets: readonly Node[]): readonly Node[] {
  const needed = new Set<Node>();
  const visit = (node: Node): void => {
    if (needed.has(node)) return;
    needed.add(node);
    for (const operand of dependencies(node)) visit(operand);
  };
  for (const target of targets) visit(target);
  return [...needed].sort((a, b) => a.id - b.id);
}
