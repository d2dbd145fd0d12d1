import { assertNever } from '../base/assert.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import type { Immediate, MemArg, OrderAnnotation } from '../syntax/module.ts';
import type { VectorShape } from '../syntax/script.ts';
import type { HeapType, RefType, ValType } from '../syntax/types.ts';
import { UNIT, unitOf } from './classes.ts';
import type { Cursor } from './context.ts';
import { integerValue } from './integers.ts';
import { literalAt, vectorAt } from './literals.ts';
import { type Space, newSpace } from './names.ts';
import { idOfToken, reportAt, resolveToken, u32OfToken } from './resolve.ts';
import { closeOf, shown, spanOf, tokenText } from './tokens.ts';
import type { BlockForm } from './type-actions.ts';
import { resolveTypeUse } from './type-use.ts';

/**
 * The immediates of instructions [core 3.0, Text Format, Instructions], read token by token: the grammar has taken them, so that each
 * is where its shape says.
 */

const ORDERS = new Map<number, OrderAnnotation>([
  [unitOf('seq_cst'), 'seqcst'],
  [unitOf('seqcst'), 'seqcst'],
  [unitOf('acq_rel'), 'acqrel'],
  [unitOf('acqrel'), 'acqrel'],
]);

const NONE: Immediate = { kind: 'none' };
const MAX_OFFSET = 0xffff_ffff_ffff_ffffn;
const NO_FIELDS = newSpace('field');

/** Hides the place up to which tokens have been read. */
export class ImmediateReader {
  /** The labels of the blocks around, innermost last. */
  readonly labels: (string | null)[] = [];
  /** The next token. */
  next = 0;
  readonly #cursor: Cursor;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** The immediates of an instruction, which begin with the next token. */
  immediates(row: InstructionRow): Immediate {
    const { spaces } = this.#cursor.module;
    switch (row.immediates) {
      case 'none':
        return NONE;
      case 'local':
        return this.#one(this.#cursor.locals);
      case 'global':
      case 'func':
      case 'type':
      case 'tag':
      case 'elem':
      case 'data':
        return this.#one(spaces[row.immediates]);
      case 'label':
        return { kind: 'index', x: this.label() };
      case 'table':
      case 'memory':
        return { kind: 'index', x: this.#optional(spaces[row.immediates]) };
      case 'memarg':
        return { kind: 'memarg', memarg: this.#memArg(row, this.#optional(spaces.memory)) };
      case 'atomic-memarg': {
        const memory = this.#optional(spaces.memory);
        const order = this.#order();
        return { kind: 'atomic-memarg', memarg: this.#memArg(row, memory), order };
      }
      case 'rmw-memarg': {
        const memory = this.#optional(spaces.memory);
        const order = this.#orders();
        return { kind: 'atomic-memarg', memarg: this.#memArg(row, memory), order };
      }
      case 'memarg-lane':
        return this.#memArgLane(row);
      case 'order':
        return { kind: 'order', order: this.#order() };
      case 'memory-memory':
        return this.#optionalPair(spaces.memory);
      case 'table-table':
        return this.#optionalPair(spaces.table);
      case 'memory-data':
        return this.#leadingIndex(spaces.memory, spaces.data);
      case 'table-elem':
        return this.#leadingIndex(spaces.table, spaces.elem);
      case 'table-type':
        return { kind: 'index-pair', x: this.#optional(spaces.table), y: this.#functionType() };
      case 'type-type':
        return this.#pair(spaces.type, spaces.type);
      case 'type-data':
        return this.#pair(spaces.type, spaces.data);
      case 'type-elem':
        return this.#pair(spaces.type, spaces.elem);
      case 'type-field':
        return { kind: 'index-pair', ...this.#typeAndField() };
      case 'type-length':
        return { kind: 'index-pair', x: this.#index(spaces.type), y: u32OfToken(this.#cursor.module, this.next++) };
      case 'order-global':
        return { kind: 'order-index', order: this.#order(), x: this.#index(spaces.global) };
      case 'rmw-global':
        return { kind: 'order-index', order: this.#orders(), x: this.#index(spaces.global) };
      case 'order-table':
        return { kind: 'order-index', order: this.#order(), x: this.#optional(spaces.table) };
      case 'rmw-table':
        return { kind: 'order-index', order: this.#orders(), x: this.#optional(spaces.table) };
      case 'order-type':
        return { kind: 'order-index', order: this.#order(), x: this.#index(spaces.type) };
      case 'rmw-type':
        return { kind: 'order-index', order: this.#orders(), x: this.#index(spaces.type) };
      case 'order-type-field':
        return { kind: 'order-index-pair', order: this.#order(), ...this.#typeAndField() };
      case 'rmw-type-field':
        return { kind: 'order-index-pair', order: this.#orders(), ...this.#typeAndField() };
      case 'labels': {
        const first = this.next;
        const labels = [this.label()];
        while (this.#isIndex() && labels.length <= MAX_LABELS) labels.push(this.label());
        if (labels.length > MAX_LABELS)
          reportAt(this.#cursor.module, first, 'Parse/size', `over ${MAX_LABELS} labels in one list`);
        while (this.#isIndex()) this.next++;
        return { kind: 'labels', labels };
      }
      case 'cast-branch':
        return { kind: 'cast-branch', x: this.label(), from: this.#refType(), to: this.#refType() };
      case 'result-types':
        return { kind: 'result-types', types: this.#resultTypes() };
      case 'heap-type':
        return { kind: 'heap-type', heap: this.#type('heapType') as HeapType };
      case 'ref-type':
        return { kind: 'ref-type', type: this.#refType() };
      case 'lane':
        return { kind: 'index', x: this.#lane() };
      case 'lanes':
        return { kind: 'lanes', lanes: this.#lanes() };
      case 'i32':
      case 'i64':
      case 'f32':
      case 'f64':
        return literalAt(this.#cursor.module, row.immediates, this.next++);
      case 'v128': {
        const { tokens } = this.#cursor.module;
        const shapeToken = this.next++;
        const first = this.next;
        while (this.#isNumber()) this.next++;
        const shape = tokenText(tokens, shapeToken) as VectorShape;
        return { kind: 'v128', bytes: vectorAt(this.#cursor.module, shape, shapeToken, first, this.next) };
      }
      default:
        return assertNever(row.immediates);
    }
  }

  /** A label: how many blocks lie between the branch and its target. */
  label(): number {
    const token = this.next++;
    const { module } = this.#cursor;
    if (module.tokens.units[token] !== UNIT.id) return u32OfToken(module, token);
    const id = idOfToken(module, token);
    const at = this.labels.lastIndexOf(id);
    if (at >= 0) return this.labels.length - 1 - at;
    reportAt(module, token, 'Resolve/label', `unknown label $${shown(id)}`);
    return 0;
  }

  /** A tag's index. */
  tag(): number {
    return this.#index(this.#cursor.module.spaces.tag);
  }

  /** A block's type as written, which begins with the next token. */
  blockForm(): BlockForm {
    const { tokens } = this.#cursor.module;
    const first = this.next;
    const end = this.#afterTypeGroups(first);
    this.next = end;
    if (end === first) return { ref: null, params: [], results: [] };
    const isAlone = closeOf(tokens, first) === end - 1 && end === first + 4;
    if (isAlone && tokens.units[first + 1] === UNIT.type) return { ref: first + 2, params: [], results: [] };
    if (isAlone && tokens.units[first + 1] === UNIT.result && DATA_TYPES.has(tokens.units[first + 2] ?? 0))
      return { ref: null, params: [], results: [tokenText(tokens, first + 2) as ValType] };
    return (
      (this.#cursor.read(first, end - 1, 'blockType') as BlockForm | null) ?? { ref: null, params: [], results: [] }
    );
  }

  #functionType(): number {
    const { module } = this.#cursor;
    const first = this.next;
    const { ref, params, results } = this.blockForm();
    const at = first < this.next ? spanOf(module.tokens, first, this.next - 1) : spanOf(module.tokens, first - 1);
    return resolveTypeUse(module, ref, params, results, 'unshared', at);
  }

  /** The first token behind `(type …)`, `(param …)` and `(result …)`. */
  #afterTypeGroups(first: number): number {
    const { tokens } = this.#cursor.module;
    let end = first;
    while (tokens.units[end] === UNIT.open && TYPE_GROUPS.has(tokens.units[end + 1] ?? 0))
      end = closeOf(tokens, end) + 1;
    return end;
  }

  #resultTypes(): readonly ValType[] | null {
    const first = this.next;
    this.next = this.#afterTypeGroups(first);
    if (this.next === first) return null;
    return this.#cursor.read(first, this.next - 1, 'resultTypes') as readonly ValType[] | null;
  }

  #refType(): RefType {
    return this.#type('refType') as RefType;
  }

  /** A type of one token or group. */
  #type(rule: 'refType' | 'heapType'): unknown {
    const first = this.next;
    const { tokens } = this.#cursor.module;
    const last = tokens.units[first] === UNIT.open ? closeOf(tokens, first) : first;
    this.next = last + 1;
    return this.#cursor.read(first, last, rule);
  }

  #isIndex(): boolean {
    const unit = this.#cursor.module.tokens.units[this.next];
    return unit === UNIT.nat || unit === UNIT.id;
  }

  #isNumber(): boolean {
    const unit = this.#cursor.module.tokens.units[this.next];
    return unit === UNIT.nat || unit === UNIT.int || unit === UNIT.float;
  }

  #index(space: Space): number {
    return resolveToken(this.#cursor.module, space, this.next++);
  }

  #one(space: Space): Immediate {
    return { kind: 'index', x: this.#index(space) };
  }

  #optional(space: Space): number {
    return this.#isIndex() ? this.#index(space) : 0;
  }

  #pair(first: Space, second: Space): Immediate {
    return { kind: 'index-pair', x: this.#index(first), y: this.#index(second) };
  }

  #optionalPair(space: Space): Immediate {
    return this.#isIndex() ? this.#pair(space, space) : { kind: 'index-pair', x: 0, y: 0 };
  }

  /** `x y`, or `y` alone, where x is 0. */
  #leadingIndex(first: Space, second: Space): Immediate {
    const unit = this.#cursor.module.tokens.units[this.next + 1];
    const both = unit === UNIT.nat || unit === UNIT.id;
    return both ? this.#pair(first, second) : { kind: 'index-pair', x: 0, y: this.#index(second) };
  }

  #typeAndField(): { x: number; y: number } {
    const { module } = this.#cursor;
    const x = this.#index(module.spaces.type);
    const y = this.#index(module.fields.get(x) ?? NO_FIELDS);
    return { x, y };
  }

  #order(): OrderAnnotation {
    const order = ORDERS.get(this.#cursor.module.tokens.units[this.next] ?? 0);
    if (order === undefined) return 'none';
    this.next++;
    return order;
  }

  /** The orders of a read-modify-write: one for both halves, or one each. */
  #orders(): OrderAnnotation {
    const read = this.#order();
    const write = this.#order();
    if (write === 'none' || write === read) return read;
    return read === 'seqcst' ? 'seqcst-acqrel' : 'acqrel-seqcst';
  }

  #memArg(row: InstructionRow, memory: number): MemArg {
    const { module } = this.#cursor;
    const offset = this.#keyed(UNIT.offset, 'offset='.length) ?? 0n;
    if (offset > MAX_OFFSET) reportAt(module, this.next - 1, 'Parse/constant', 'i64 constant out of range: offset');
    const align = this.#keyed(UNIT.align, 'align='.length);
    if (align === null) return { memory, offset, align: naturalAlignment(row) };
    if (align === 0n || (align & (align - 1n)) !== 0n || align > MAX_OFFSET)
      reportAt(module, this.next - 1, 'Parse/alignment', 'alignment must be a power of two');
    return { memory, offset, align: Number(align) };
  }

  /** The number in `offset=1`; null if the next token is of another class. */
  #keyed(unit: number, keyLength: number): bigint | null {
    const { tokens } = this.#cursor.module;
    if (tokens.units[this.next] !== unit) return null;
    return integerValue(tokenText(tokens, this.next++).slice(keyLength));
  }

  #memArgLane(row: InstructionRow): Immediate {
    // A single number is the lane.
    const { units } = this.#cursor.module.tokens;
    const unit = units[this.next];
    const behind = units[this.next + 1];
    const isMemory =
      unit === UNIT.id ||
      (unit === UNIT.nat && (behind === UNIT.nat || behind === UNIT.offset || behind === UNIT.align));
    const memory = isMemory ? this.#index(this.#cursor.module.spaces.memory) : 0;
    const memarg = this.#memArg(row, memory);
    return { kind: 'memarg-lane', memarg, lane: this.#lane() };
  }

  #lane(): number {
    const { module } = this.#cursor;
    const token = this.next++;
    const isNatural = module.tokens.units[token] === UNIT.nat;
    const value = isNatural ? integerValue(tokenText(module.tokens, token)) : -1n;
    if (0n <= value && value <= 255n) return Number(value);
    reportAt(module, token, 'Parse/lane', 'i8 constant out of range: a lane');
    return 0;
  }

  #lanes(): readonly number[] {
    const { module } = this.#cursor;
    const before = this.next - 1;
    const lanes: number[] = [];
    while (this.#isNumber()) lanes.push(this.#lane());
    if (lanes.length === LANES) return lanes;
    reportAt(module, before, 'Parse/lanes', `invalid lane length: ${lanes.length} lanes, where there must be ${LANES}`);
    return Array.from({ length: LANES }, () => 0);
  }
}

const LANES = 16;
/** Engines take 65,520 [JavaScript API, Implementation-defined Limits]. */
const MAX_LABELS = 1_000_000;
const TYPE_GROUPS: ReadonlySet<number> = new Set([UNIT.type, UNIT.param, UNIT.result]);
const DATA_TYPES: ReadonlySet<number> = new Set(['i32', 'i64', 'f32', 'f64', 'v128'].map(unitOf));

/** The bytes that an access touches. */
export function naturalAlignment(row: InstructionRow): number {
  return 'bytes' in row.meaning ? row.meaning.bytes : 4;
}
