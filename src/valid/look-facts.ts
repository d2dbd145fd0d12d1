import { known } from '../base/assert.ts';
import type { ImmediateShape } from '../syntax/instructions.ts';
import { INSTRUCTIONS } from '../syntax/instructions.ts';
import type { Immediate, Instr, OrderAnnotation } from '../syntax/module.ts';
import type { Code } from './code.ts';
import type { Context, Thing } from './context.ts';
import { nameThing, printField, printId, printVal, printVals, whyShared } from './describe.ts';
import { TYPINGS } from './typings.ts';

/** What is said of an instruction in words: the order of its access, the labels and locals that it names, and whether the things that it touches are shared. */

const SHAPES = new Map(INSTRUCTIONS.map(({ mnemonic, immediates }) => [mnemonic, immediates]));

export function nameOfInstr(instr: Instr): string {
  return instr.kind === 'plain' ? instr.op : instr.kind;
}

/** The id of its typing rule. */
export function ruleOf(instr: Instr): string {
  return instr.kind === 'plain' ? known(TYPINGS.get(instr.op), instr.op).rule : `Instr_ok/${instr.kind}`;
}

/** In the state after the instruction; of a block, in that at its body's begin. */
export function factsOf(code: Code, instr: Instr): readonly string[] {
  if (instr.kind !== 'plain') return [`a branch to it takes ${printVals(code.C, code.top.label)}`];
  const { op, imm } = instr;
  const shape = known(SHAPES.get(op), op);
  return [
    ...orderText(op, imm),
    ...placesOf(code, shape, imm),
    ...fieldOf(code.C, shape, imm),
    ...thingsOf(shape, imm).map((thing) => aboutThing(code.C, thing).fact),
  ];
}

/** `field 0 $n is (mut i32)`. */
function fieldOf(C: Context, shape: ImmediateShape, imm: Immediate): readonly string[] {
  if (!shape.endsWith('type-field') || !('y' in imm)) return [];
  const comp = C.types[imm.x]?.comp;
  const field = comp?.kind === 'struct' ? comp.fields[imm.y] : undefined;
  const id = C.module.types[imm.x]?.fields[imm.y] ?? null;
  return field === undefined
    ? []
    : [`field ${imm.y}${id === null ? '' : ` ${printId(id)}`} is ${printField(C, field)}`];
}

/** A thing's name, and what it is and why it is shared or not; its index too, where that is not its name. */
export function aboutThing(C: Context, thing: Thing): { readonly name: string; readonly fact: string } {
  const name = nameThing(C, thing);
  const said = whyShared(C, thing);
  const isNamed = name.includes('$');
  return { name, fact: isNamed ? `${name} (index ${thing.index})${said.slice(name.length)}` : said };
}

const ORDERS: Readonly<Record<Exclude<OrderAnnotation, 'none'>, string>> = {
  seqcst: 'sequentially consistent',
  acqrel: 'acquire–release',
  'seqcst-acqrel': 'its read is sequentially consistent, its write acquire–release',
  'acqrel-seqcst': 'its read is acquire–release, its write sequentially consistent',
};

/** Accesses that other threads may see; constants and arithmetic have no order. */
const PLAIN_ACCESS = /\.(load|store)|^(global|table|struct|array)\.(get|set)|^(memory|table|array)\.(copy|fill|init)/;

function orderText(op: string, imm: Immediate): readonly string[] {
  if ('order' in imm && imm.order !== 'none') return [`order: ${ORDERS[imm.order]}`];
  if (op.includes('atomic')) return ['order: sequentially consistent, since none is written'];
  return PLAIN_ACCESS.test(op) ? ['order: unordered'] : [];
}

/** The local, or the labels with what a branch to them takes. */
function placesOf({ C, locals, func, frames }: Code, shape: ImmediateShape, imm: Immediate): readonly string[] {
  if (shape === 'local' && 'x' in imm) {
    const type = locals[imm.x];
    const params = func?.params ?? [];
    const isParam = imm.x < params.length;
    const id = isParam ? params[imm.x] : func?.locals[imm.x - params.length]?.id;
    const name = id === undefined || id === null ? '' : ` ${printId(id)}`;
    return [
      `${isParam ? 'parameter' : 'local'} ${imm.x}${name} is ${type === undefined ? 'unknown' : printVal(C, type)}`,
    ];
  }
  return labelsOf(shape, imm).map((l) => {
    const frame = frames[frames.length - 1 - l];
    return `label ${l} takes ${frame === undefined ? 'unknown types' : printVals(C, frame.label)}`;
  });
}

function labelsOf(shape: ImmediateShape, imm: Immediate): readonly number[] {
  if (imm.kind === 'labels') return [...new Set(imm.labels)].slice(0, MOST_LABELS);
  return (shape === 'label' || shape === 'cast-branch') && 'x' in imm ? [imm.x] : [];
}

const MOST_LABELS = 8;

const FIRST: Partial<Readonly<Record<ImmediateShape, Thing['kind']>>> = {
  global: 'global',
  func: 'func',
  table: 'table',
  memory: 'memory',
  tag: 'tag',
  elem: 'elem',
  data: 'data',
  type: 'type',
  'memory-memory': 'memory',
  'memory-data': 'memory',
  'table-table': 'table',
  'table-elem': 'table',
  'table-type': 'table',
  'type-type': 'type',
  'type-field': 'type',
  'type-length': 'type',
  'type-data': 'type',
  'type-elem': 'type',
  'order-global': 'global',
  'rmw-global': 'global',
  'order-table': 'table',
  'rmw-table': 'table',
  'order-type': 'type',
  'rmw-type': 'type',
  'order-type-field': 'type',
  'rmw-type-field': 'type',
};
const SECOND: Partial<Readonly<Record<ImmediateShape, Thing['kind']>>> = {
  'memory-memory': 'memory',
  'memory-data': 'data',
  'table-table': 'table',
  'table-elem': 'elem',
  'table-type': 'type',
  'type-type': 'type',
  'type-data': 'data',
  'type-elem': 'elem',
};

/** What the immediates name, each once. */
function thingsOf(shape: ImmediateShape, imm: Immediate): readonly Thing[] {
  if ('memarg' in imm) return [{ kind: 'memory', index: imm.memarg.memory }];
  const first = FIRST[shape];
  const second = SECOND[shape];
  const things: readonly Thing[] = [
    ...(first !== undefined && 'x' in imm ? [{ kind: first, index: imm.x }] : []),
    ...(second !== undefined && 'y' in imm ? [{ kind: second, index: imm.y }] : []),
  ];
  return things.filter(({ kind, index }, i) => things.findIndex((it) => it.kind === kind && it.index === index) === i);
}
