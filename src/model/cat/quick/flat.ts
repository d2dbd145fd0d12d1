import { Bug } from '../../../base/assert.ts';
import type { Rows } from '../../../rel/rows.ts';
import { MOST } from '../../quick/numbers.ts';
import type { Node, Operator } from '../nodes.ts';
import { isOperator } from '../nodes.ts';
import type { Frame } from '../view.ts';

const OP = {
  base: 0,
  none: 1,
  all: 2,
  identity: 3,
  union: 4,
  intersection: 5,
  difference: 6,
  complement: 7,
  sequence: 8,
  plus: 9,
  star: 10,
  optional: 11,
  inverse: 12,
  lift: 13,
  product: 14,
  before: 15,
  after: 16,
  domain: 17,
  range: 18,
  /** A sequence of which only some rows are wanted. */
  sequenceWithin: 19,
} as const satisfies Record<Operator | 'base' | 'sequenceWithin', number>;

/** Opcode, where the result goes, the operands; whether it is a set, or where the rows are that tell which are wanted. */
const WIDTH = 5;

/** A part of the instructions. */
export interface Segment {
  readonly begin: number;
  readonly end: number;
}

/** A base with where its rows are, and the rows whose pairs alone are asked for, if not all are. */
interface BaseRows {
  readonly name: string;
  readonly rows: Rows;
  readonly within: Rows | undefined;
}

/** Computes nodes of one number a row: a set is the first of a node's rows. */
export class Flat {
  size = 0;
  /** All elements. */
  #all = 0;
  #memory = new Int32Array(0);
  readonly #at = new Map<Node, number>();
  readonly #code: number[] = [];
  readonly #bases: { readonly name: string; readonly at: number; readonly within: number }[] = [];
  #program = new Int32Array(0);
  #baseRows: readonly BaseRows[] = [];
  #frame: Frame | null = null;

  /** Where a node's rows are. */
  readonly place = (node: Node): number => {
    let at = this.#at.get(node);
    if (at === undefined) {
      at = this.#at.size * MOST;
      this.#at.set(node, at);
    }
    return at;
  };

  /** Adds instructions for the nodes, operands before what uses them; what of them is wanted is told by {@link wantedOf}. */
  compile(nodes: readonly Node[], wanted: ReadonlyMap<Node, Node>): Segment {
    const begin = this.#code.length;
    for (const node of nodes) {
      const { operation, operands, sort } = node;
      const at = this.place(node);
      if (operation.kind === 'variable') continue;
      if (operation.kind === 'base') {
        const within = wanted.get(node);
        this.#code.push(OP.base, at, this.#bases.length, 0, sort === 'set' ? 1 : 0);
        this.#bases.push({ name: operation.name, at, within: within === undefined ? -1 : this.place(within) });
      } else if (operation.kind === 'operator') {
        const [a, b] = operands;
        const from = a === undefined ? 0 : this.place(a);
        const to = b === undefined ? 0 : this.place(b);
        const rows = wanted.get(node);
        if (operation.operator === 'sequence' && rows !== undefined)
          this.#code.push(OP.sequenceWithin, at, from, to, this.place(rows));
        else this.#code.push(OP[operation.operator], at, from, to, sort === 'set' ? 1 : 0);
      } else throw new Bug('a node that is not computed by rows');
    }
    return { begin, end: this.#code.length };
  }

  /** Takes memory, once everything is compiled. */
  link(): void {
    this.#memory = new Int32Array(this.#at.size * MOST);
    this.#program = Int32Array.from(this.#code);
    const rows = (at: number): Rows => this.#memory.subarray(at, at + MOST);
    this.#baseRows = this.#bases.map(({ name, at, within }) => ({
      name,
      rows: rows(at),
      within: within < 0 ? undefined : rows(within),
    }));
  }

  get memory(): Int32Array {
    return this.#memory;
  }

  begin(frame: Frame): void {
    this.#frame = frame;
    this.size = frame.size;
    this.#all = frame.size === MOST ? -1 : (1 << frame.size) - 1;
  }

  run({ begin, end }: Segment): void {
    const memory = this.#memory;
    const program = this.#program;
    const all = this.#all;
    for (let i = begin; i < end; i += WIDTH) {
      const op = program[i] as number;
      const out = program[i + 1] as number;
      const a = program[i + 2] as number;
      const b = program[i + 3] as number;
      const rows = program[i + 4] === 1 ? 1 : this.size;
      switch (op) {
        case OP.base:
          this.#writeBase(a, out, rows);
          break;
        case OP.none:
          for (let x = 0; x < rows; x++) memory[out + x] = 0;
          break;
        case OP.all:
          for (let x = 0; x < rows; x++) memory[out + x] = all;
          break;
        case OP.identity:
          for (let x = 0; x < rows; x++) memory[out + x] = 1 << x;
          break;
        case OP.union:
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[a + x] as number) | (memory[b + x] as number);
          break;
        case OP.intersection:
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[a + x] as number) & (memory[b + x] as number);
          break;
        case OP.difference:
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[a + x] as number) & ~(memory[b + x] as number);
          break;
        case OP.complement:
          for (let x = 0; x < rows; x++) memory[out + x] = ~(memory[a + x] as number) & all;
          break;
        case OP.sequence:
          sequence(memory, out, a, b, rows);
          break;
        case OP.sequenceWithin:
          sequenceWithin(memory, out, a, b, program[i + 4] as number, this.size);
          break;
        case OP.plus:
          plus(memory, out, a, rows);
          break;
        case OP.star:
          plus(memory, out, a, rows);
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[out + x] as number) | (1 << x);
          break;
        case OP.optional:
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[a + x] as number) | (1 << x);
          break;
        case OP.inverse:
          inverse(memory, out, a, rows);
          break;
        case OP.lift:
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[a] as number) & (1 << x);
          break;
        case OP.product:
          for (let x = 0; x < rows; x++) {
            memory[out + x] = -(((memory[a] as number) >>> x) & 1) & (memory[b] as number);
          }
          break;
        case OP.before:
          for (let x = 0; x < rows; x++) {
            memory[out + x] = -(((memory[a] as number) >>> x) & 1) & (memory[b + x] as number);
          }
          break;
        case OP.after:
          for (let x = 0; x < rows; x++) memory[out + x] = (memory[a + x] as number) & (memory[b] as number);
          break;
        case OP.domain: {
          let set = 0;
          for (let x = 0; x < this.size; x++) if (memory[a + x] !== 0) set |= 1 << x;
          memory[out] = set;
          break;
        }
        case OP.range: {
          let set = 0;
          for (let x = 0; x < this.size; x++) set |= memory[a + x] as number;
          memory[out] = set;
          break;
        }
      }
    }
  }

  #writeBase(index: number, out: number, rows: number): void {
    const base = this.#baseRows[index] as BaseRows;
    for (let x = 0; x < rows; x++) this.#memory[out + x] = 0;
    (this.#frame as Frame).write(base.name, base.rows, base.within);
  }

  /** Of the node at a place. */
  isEmpty(at: number, isSet: boolean): boolean {
    const rows = isSet ? 1 : this.size;
    for (let x = 0; x < rows; x++) if (this.#memory[at + x] !== 0) return false;
    return true;
  }

  isIrreflexive(at: number): boolean {
    for (let x = 0; x < this.size; x++) if ((((this.#memory[at + x] as number) >>> x) & 1) === 1) return false;
    return true;
  }

  /** Elements that nothing left follows are taken away until none is left. */
  isAcyclic(at: number): boolean {
    let left = this.#all;
    for (let removed = true; removed; ) {
      removed = false;
      for (let bits = left; bits !== 0; bits &= bits - 1) {
        if (((this.#memory[at + 31 - Math.clz32(bits & -bits)] as number) & left) !== 0) continue;
        left &= ~(bits & -bits);
        removed = true;
      }
    }
    return left === 0;
  }
}

/** Elements side by side, of one event, often relate to the same: their rows are made once. */
function sequence(memory: Int32Array, out: number, a: number, b: number, size: number): void {
  let done = 0;
  let row = 0;
  for (let x = 0; x < size; x++) {
    const through = memory[a + x] as number;
    if (through !== done) {
      done = through;
      row = 0;
      for (let left = through; left !== 0; left &= left - 1) row |= memory[b + 31 - Math.clz32(left & -left)] as number;
    }
    memory[out + x] = row;
  }
}

/** The rows that are not empty at `wanted`. */
function sequenceWithin(memory: Int32Array, out: number, a: number, b: number, wanted: number, size: number): void {
  let done = 0;
  let row = 0;
  for (let x = 0; x < size; x++) {
    const through = memory[wanted + x] === 0 ? 0 : (memory[a + x] as number);
    if (through !== done) {
      done = through;
      row = 0;
      for (let left = through; left !== 0; left &= left - 1) row |= memory[b + 31 - Math.clz32(left & -left)] as number;
    }
    memory[out + x] = row;
  }
}

function plus(memory: Int32Array, out: number, a: number, size: number): void {
  for (let x = 0; x < size; x++) memory[out + x] = memory[a + x] as number;
  for (let k = 0; k < size; k++) {
    const row = memory[out + k] as number;
    if (row === 0) continue;
    const bit = 1 << k;
    for (let x = 0; x < size; x++) {
      if (((memory[out + x] as number) & bit) !== 0) memory[out + x] = (memory[out + x] as number) | row;
    }
  }
}

function inverse(memory: Int32Array, out: number, a: number, size: number): void {
  for (let x = 0; x < size; x++) memory[out + x] = 0;
  for (let x = 0; x < size; x++) {
    const bit = 1 << x;
    for (let left = memory[a + x] as number; left !== 0; left &= left - 1) {
      const y = out + 31 - Math.clz32(left & -left);
      memory[y] = (memory[y] as number) | bit;
    }
  }
}

/**
 * What of a relation is wanted, if not all: of a base the pairs of another node, on which all that use it look; of a sequence the rows that are not empty in
 * another node, as what uses it does so row by row. That node is computed before them. `ends` are wanted whole.
 */
export function wantedOf(nodes: readonly Node[], ends: ReadonlySet<Node>): ReadonlyMap<Node, Node> {
  const users = new Map<Node, Set<Node>>();
  for (const node of new Set(nodes)) {
    for (const operand of node.operands) users.set(operand, (users.get(operand) ?? new Set()).add(node));
  }
  const wanted = new Map<Node, Node>();
  const byUser = [...new Set(nodes)].sort((a, b) => b.id - a.id);
  for (const node of byUser) {
    if (ends.has(node) || node.sort !== 'relation') continue;
    const isBase = node.operation.kind === 'base';
    const by = [...(users.get(node) ?? [])].map((user) =>
      isBase ? pairsWanted(node, user) : rowsWanted(node, user, wanted),
    );
    const [first] = by;
    if (first !== undefined && first !== null && by.every((one) => one === first) && comesBefore(first, node))
      wanted.set(node, first);
  }
  return wanted;
}

/** What depends on the orders is computed after what does not, and both by their numbers. */
function comesBefore(one: Node, other: Node): boolean {
  const [early, late] = [one.variables.size === 0, other.variables.size === 0];
  return early === late ? one.id < other.id : early;
}

/** The node on whose pairs alone another looks at a base. */
function pairsWanted(base: Node, user: Node): Node | null {
  const [a, b] = user.operands as [Node, Node];
  if (a === b) return null;
  if (isOperator(user, 'difference') && base === b) return a;
  return isOperator(user, 'intersection') ? (base === a ? b : a) : null;
}

/** A node whose empty rows another does not look at in a relation. */
function rowsWanted(relation: Node, user: Node, wanted: ReadonlyMap<Node, Node>): Node | null {
  const [a, b] = user.operands as [Node, Node];
  if (user.operation.kind !== 'operator' || a === b) return null;
  switch (user.operation.operator) {
    case 'intersection': {
      const other = relation === a ? b : a;
      return wanted.get(user) ?? (comesBefore(other, relation) ? other : null);
    }
    case 'union':
    case 'difference':
    case 'after':
    case 'optional':
      return wanted.get(user) ?? null;
    case 'sequence':
      return relation === a ? (wanted.get(user) ?? null) : null;
    default:
      return null;
  }
}
