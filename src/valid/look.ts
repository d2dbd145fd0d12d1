import type { Span } from '../base/span.ts';
import { known } from '../base/assert.ts';
import { INSTRUCTIONS } from '../syntax/instructions.ts';
import type { ImmediateShape } from '../syntax/instructions.ts';
import type { Immediate, Module, OrderAnnotation, PlainInstr } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { moduleErrors } from './check.ts';
import { type Context, makeContext, type Thing } from './context.ts';
import { whyShared } from './describe.ts';
import { type Operand, printOperands } from './operands.ts';
import { SHARING_PREMISES } from './premises.ts';
import { TYPINGS } from './typings.ts';

/** What there is to say of a place of a module's text, for who points at it. */
export interface Looked {
  readonly at: Span;
  /** `i32.store`, `memory $mem`. */
  readonly name: string;
  /** Of an instruction: the id of its typing rule; null of a definition. */
  readonly rule: string | null;
  /** Operands of its block before it and after it; null of a definition, and where the code before it is wrong. */
  readonly stack: { readonly before: string; readonly after: string } | null;
  /** In words: what it mentions and whether that is shared, the type of a definition, the order of an access. */
  readonly facts: readonly string[];
}

/** The smallest instruction or definition at an offset of the text; null if there is none. */
export function lookAt(module: Module, readings: Readings, offset: number): Looked | null {
  return instructionAt(module, readings, offset) ?? definitionAt(module, readings, offset);
}

function holds({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset < end;
}

function instructionAt(module: Module, readings: Readings, offset: number): Looked | null {
  let found: Looked | null = null;
  moduleErrors(module, readings, SHARING_PREMISES, (C, instr, before, after) => {
    const { at, op } = instr;
    if (!holds(at, offset) || (found !== null && length(found.at) <= length(at))) return;
    const stack = { before: operandsText(C, before), after: operandsText(C, after) };
    found = { at, name: op, rule: known(TYPINGS.get(op), op).rule, stack, facts: factsOf(C, instr) };
  });
  return found;
}

function length({ start, end }: Span): number {
  return end - start;
}

function operandsText(C: Context, operands: readonly Operand[]): string {
  return printOperands(C, operands);
}

const SHAPES = new Map(INSTRUCTIONS.map(({ mnemonic, immediates }) => [mnemonic, immediates]));

function factsOf(C: Context, { op, imm }: PlainInstr): readonly string[] {
  const order = 'order' in imm ? orderText(op, imm.order) : [];
  const mentioned = thingsOf(known(SHAPES.get(op), op), imm).map((thing) => whyShared(C, thing));
  return [...order, ...mentioned];
}

const ORDERS: Readonly<Record<Exclude<OrderAnnotation, 'none'>, string>> = {
  seqcst: 'sequentially consistent',
  acqrel: 'acquire–release',
  'seqcst-acqrel': 'its read is sequentially consistent, its write acquire–release',
  'acqrel-seqcst': 'its read is acquire–release, its write sequentially consistent',
};

function orderText(op: string, order: OrderAnnotation): readonly string[] {
  if (order !== 'none') return [`order: ${ORDERS[order]}`];
  return op.includes('atomic') ? ['order: sequentially consistent, since none is written'] : [];
}

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

/** What the immediates name. */
function thingsOf(shape: ImmediateShape, imm: Immediate): readonly Thing[] {
  if ('memarg' in imm) return [{ kind: 'memory', index: imm.memarg.memory }];
  const first = FIRST[shape];
  const second = SECOND[shape];
  return [
    ...(first !== undefined && 'x' in imm ? [{ kind: first, index: imm.x }] : []),
    ...(second !== undefined && 'y' in imm ? [{ kind: second, index: imm.y }] : []),
  ];
}

function definitionAt(module: Module, readings: Readings, offset: number): Looked | null {
  const C = makeContext(module, readings, SHARING_PREMISES, () => {});
  const imported = (kind: Thing['kind']): number => module.imports.filter(({ desc }) => desc.kind === kind).length;
  const lists: readonly (readonly [Thing['kind'], readonly { readonly at: Span }[], number])[] = [
    ['type', module.types, 0],
    ['func', module.funcs, imported('func')],
    ['table', module.tables, imported('table')],
    ['memory', module.memories, imported('memory')],
    ['global', module.globals, imported('global')],
    ['tag', module.tags, imported('tag')],
    ['elem', module.elems, 0],
    ['data', module.datas, 0],
  ];
  for (const [kind, list, first] of lists) {
    const index = list.findIndex(({ at }) => holds(at, offset));
    const at = list[index]?.at;
    if (at !== undefined) return definition(C, at, { kind, index: first + index });
  }
  return null;
}

function definition(C: Context, at: Span, thing: Thing): Looked {
  const said = whyShared(C, thing);
  const [name = said] = said.split(/ is /, 1);
  return { at, name, rule: null, stack: null, facts: [said] };
}
