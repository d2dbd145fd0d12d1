import type { Node } from 'ohm-js';
import { assertNever } from '../base/assert.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import type { Immediate, MemArg, OrderAnnotation } from '../syntax/module.ts';
import type { HeapType, ValType } from '../syntax/types.ts';
import type { Cursor } from './context.ts';
import { parseF32, parseF64 } from './floats.ts';
import { integerValue, parseI32, parseI64 } from './integers.ts';
import { build, idOfToken, optional, report, resolve, textOf, tokenOf, u32 } from './nodes.ts';

/** The immediates of an instruction, read by the shape that its row gives [core specification, Text Format, Instructions]. */
export function immediateOf(cursor: Cursor, row: InstructionRow, node: Node): Immediate {
  const { spaces } = cursor.module;
  switch (row.immediates) {
    case 'none':
      return { kind: 'none' };
    case 'local':
      return { kind: 'index', x: resolve(cursor, cursor.locals, node) };
    case 'global':
      return { kind: 'index', x: resolve(cursor, spaces.global, node) };
    case 'func':
      return { kind: 'index', x: resolve(cursor, spaces.func, node) };
    case 'type':
      return { kind: 'index', x: resolve(cursor, spaces.type, node) };
    case 'label':
      return { kind: 'index', x: resolveLabel(cursor, node) };
    case 'memory':
      return { kind: 'index', x: memoryOf(cursor, node.child(0)) };
    case 'memory-memory':
      return memoryPairOf(cursor, node);
    case 'memarg':
      return { kind: 'memarg', memarg: memArgOf(cursor, row, node.child(0), node.child(1), node.child(2)) };
    case 'atomic-memarg':
      return {
        kind: 'atomic-memarg',
        memarg: memArgOf(cursor, row, node.child(0), node.child(2), node.child(3)),
        order: orderOf(cursor, node.child(1)),
      };
    case 'order':
      return { kind: 'order', order: orderOf(cursor, node.child(0)) };
    case 'labels':
      return { kind: 'labels', labels: node.child(0).children.map((label) => resolveLabel(cursor, label)) };
    case 'result-types': {
      const results = node.child(0).children;
      return {
        kind: 'result-types',
        types: results.length === 0 ? null : results.flatMap((result) => build<ValType[]>(result)),
      };
    }
    case 'heap-type':
      return { kind: 'heap-type', heap: build<HeapType>(node) };
    case 'i32':
    case 'i64':
    case 'f32':
    case 'f64':
      return literalOf(cursor, row.immediates, node);
    default:
      return assertNever(row.immediates);
  }
}

type Literal = Extract<Immediate, { kind: 'i32' | 'i64' | 'f32' | 'f64' }>;

/** A number; out of its type's range it is malformed. */
export function literalOf(cursor: Cursor, type: Literal['kind'], node: Node): Literal {
  const text = textOf(cursor, node);
  const literal = parseLiteral(type, text);
  if (literal !== null) return literal;
  report(cursor, node, 'Parse/constant', `constant out of range: ${text} is no ${type}`);
  return type === 'i32'
    ? { kind: type, value: 0 }
    : type === 'i64'
      ? { kind: type, value: 0n }
      : type === 'f32'
        ? { kind: type, bits: 0 }
        : { kind: type, bits: 0n };
}

function parseLiteral(type: Literal['kind'], text: string): Literal | null {
  switch (type) {
    case 'i32': {
      const value = parseI32(text);
      return value === null ? null : { kind: type, value };
    }
    case 'i64': {
      const value = parseI64(text);
      return value === null ? null : { kind: type, value };
    }
    case 'f32': {
      const bits = parseF32(text);
      return bits === null ? null : { kind: type, bits };
    }
    case 'f64': {
      const bits = parseF64(text);
      return bits === null ? null : { kind: type, bits };
    }
    default:
      return assertNever(type);
  }
}

/** A label: how many blocks lie between the branch and its target. */
export function resolveLabel(cursor: Cursor, node: Node): number {
  if (!textOf(cursor, node).startsWith('$')) return u32(cursor, node);
  const id = idOfToken(cursor.module, tokenOf(cursor, node));
  const at = cursor.labels.lastIndexOf(id);
  if (at >= 0) return cursor.labels.length - 1 - at;
  report(cursor, node, 'Resolve/label', `unknown label $${id}`);
  return 0;
}

function memoryOf(cursor: Cursor, node: Node): number {
  const index = optional(node);
  return index === null ? 0 : resolve(cursor, cursor.module.spaces.memory, index);
}

function memoryPairOf(cursor: Cursor, pair: Node): Immediate {
  const written = pair.child(0);
  if (written.ctorName !== 'memoryPair_both') return { kind: 'index-pair', x: 0, y: 0 };
  const { memory } = cursor.module.spaces;
  return {
    kind: 'index-pair',
    x: resolve(cursor, memory, written.child(0)),
    y: resolve(cursor, memory, written.child(1)),
  };
}

const ORDERS: Readonly<Record<string, OrderAnnotation>> = {
  seq_cst: 'seqcst',
  seqcst: 'seqcst',
  acq_rel: 'acqrel',
  acqrel: 'acqrel',
};

function orderOf(cursor: Cursor, node: Node): OrderAnnotation {
  const order = optional(node);
  return order === null ? 'none' : (ORDERS[textOf(cursor, order)] ?? 'none');
}

const MAX_OFFSET = 0xffff_ffff_ffff_ffffn;

function memArgOf(cursor: Cursor, row: InstructionRow, memoryNode: Node, offsetNode: Node, alignNode: Node): MemArg {
  const written = (node: Node | null): bigint | null =>
    node === null ? null : integerValue(textOf(cursor, node).slice(textOf(cursor, node).indexOf('=') + 1));
  const offset = written(optional(offsetNode)) ?? 0n;
  if (offset > MAX_OFFSET) report(cursor, offsetNode, 'Parse/constant', 'i64 constant out of range: offset');
  const align = written(optional(alignNode)) ?? BigInt(naturalAlignment(row));
  if (align === 0n || (align & (align - 1n)) !== 0n || align > MAX_OFFSET) {
    report(cursor, alignNode, 'Parse/alignment', 'alignment must be a power of two');
  }
  return { memory: memoryOf(cursor, memoryNode), offset, align: Number(align) };
}

/** The bytes that an access touches. */
export function naturalAlignment(row: InstructionRow): number {
  return 'bytes' in row.meaning ? row.meaning.bytes : 4;
}
