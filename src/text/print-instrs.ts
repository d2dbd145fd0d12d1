import { assertNever, known } from '../base/assert.ts';
import { type InstructionRow, instructionRow } from '../syntax/instructions.ts';
import type {
  Annotation,
  BlockType,
  Catch,
  Immediate,
  Instr,
  MemArg,
  OrderAnnotation,
  PlainInstr,
} from '../syntax/module.ts';
import { printHeapType, printRefType, printValType } from '../syntax/print-types.ts';
import { printValue } from '../syntax/print-values.ts';
import { naturalAlignment } from './immediates.ts';
import { type ModuleNames, type SpaceNames, printAnnotation, printGivenName, printId } from './print-names.ts';

/** What instructions are printed with: the names of indices, those of locals included. */
export interface InstrNames extends ModuleNames {
  readonly local: SpaceNames;
}

/** Instructions in flat form, one a line, each line with its depth of blocks; annotations before the instruction that has them. */
export function printInstrs(
  instrs: readonly Instr[],
  names: InstrNames,
): { readonly depth: number; readonly text: string }[] {
  const lines: { depth: number; text: string }[] = [];
  const labels: (string | null)[] = [];
  const line = (text: string): void => {
    lines.push({ depth: labels.length, text });
  };
  const annotated = (notes: readonly Annotation[] | undefined, text: string): void => {
    line([...(notes ?? []).map(printAnnotation), text].join(' '));
  };
  const body = (label: string | null, inner: readonly Instr[]): void => {
    labels.push(label);
    for (const instr of inner) print(instr);
    labels.pop();
  };
  const print = (instr: Instr): void => {
    if (instr.kind === 'plain') {
      annotated(instr.notes, printPlain(instr, names, labels));
      return;
    }
    const catches = instr.kind === 'try_table' ? instr.catches.map((c) => printCatch(c, names, labels)) : [];
    const type = printBlockType(instr.type, names);
    annotated(instr.notes, words(instr.kind, printGivenName(instr.label), type, ...catches));
    if (instr.kind === 'if') {
      body(instr.label, instr.then);
      if (instr.else.length > 0) line('else');
      body(instr.label, instr.else);
    } else body(instr.label, instr.body);
    line('end');
  };
  for (const instr of instrs) print(instr);
  return lines;
}

/** Words with a space between, empty ones left out. */
export function words(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function printBlockType(type: BlockType, names: InstrNames): string {
  if (type.kind === 'type') return `(type ${names.type.used(type.type)})`;
  return type.result === null ? '' : `(result ${printValType(type.result, names.type.used)})`;
}

type Labels = readonly (string | null)[];

function printCatch({ kind, tag, label }: Catch, names: InstrNames, labels: Labels): string {
  return `(${words(kind, tag === null ? '' : names.tag.used(tag), printLabel(label, labels))})`;
}

function printPlain(instr: PlainInstr, names: InstrNames, labels: Labels): string {
  const row = known(instructionRow(instr.op), `the row of ${instr.op}`);
  return words(row.mnemonic, printImmediate(row, instr.imm, names, labels));
}

const ORDERS: Readonly<Record<OrderAnnotation, string>> = {
  none: '',
  seqcst: 'seq_cst',
  acqrel: 'acq_rel',
  'seqcst-acqrel': 'seq_cst acq_rel',
  'acqrel-seqcst': 'acq_rel seq_cst',
};

function printImmediate(row: InstructionRow, imm: Immediate, names: InstrNames, labels: Labels): string {
  const type = names.type.used;
  switch (imm.kind) {
    case 'none':
      return '';
    case 'index':
      return printIndex(row, imm.x, names, labels);
    case 'index-pair':
      return printPair(row, imm.x, imm.y, names);
    case 'memarg':
      return printMemArg(row, imm.memarg, 'none', names);
    case 'atomic-memarg':
      return printMemArg(row, imm.memarg, imm.order, names);
    case 'memarg-lane':
      return words(printMemArg(row, imm.memarg, 'none', names), String(imm.lane));
    case 'order':
      return ORDERS[imm.order];
    case 'order-index':
      return words(ORDERS[imm.order], printIndex(row, imm.x, names, labels));
    case 'order-index-pair':
      return words(ORDERS[imm.order], type(imm.x), names.fields(imm.x).used(imm.y));
    case 'labels':
      return imm.labels.map((label) => printLabel(label, labels)).join(' ');
    case 'result-types':
      return imm.types === null ? '' : `(${words('result', ...imm.types.map((t) => printValType(t, type)))})`;
    case 'heap-type':
      return printHeapType(imm.heap, type);
    case 'ref-type':
      return printRefType(imm.type, type);
    case 'cast-branch':
      return words(printLabel(imm.x, labels), printRefType(imm.from, type), printRefType(imm.to, type));
    case 'lanes':
      return imm.lanes.join(' ');
    case 'v128':
      return printVector(imm.bytes);
    case 'i32':
      return printLiteral({ type: 'i32', value: imm.value });
    case 'i64':
      return printLiteral({ type: 'i64', value: imm.value });
    case 'f32':
      return printLiteral({ type: 'f32', bits: imm.bits });
    case 'f64':
      return printLiteral({ type: 'f64', bits: imm.bits });
    default:
      return assertNever(imm);
  }
}

/** The literal in `i32 5`. */
function printLiteral(value: Parameters<typeof printValue>[0]): string {
  return printValue(value).slice('i32 '.length);
}

function printVector(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lanes = [0, 4, 8, 12].map((at) => `0x${view.getUint32(at, true).toString(16).padStart(8, '0')}`);
  return `i32x4 ${lanes.join(' ')}`;
}

function printIndex(row: InstructionRow, x: number, names: InstrNames, labels: Labels): string {
  switch (row.immediates) {
    case 'label':
      return printLabel(x, labels);
    case 'local':
    case 'global':
    case 'func':
    case 'type':
    case 'tag':
    case 'elem':
    case 'data':
      return names[row.immediates].used(x);
    case 'table':
    case 'memory':
      return x === 0 ? '' : names[row.immediates].used(x);
    case 'order-global':
    case 'rmw-global':
      return names.global.used(x);
    case 'order-table':
    case 'rmw-table':
      return x === 0 ? '' : names.table.used(x);
    case 'order-type':
    case 'rmw-type':
      return names.type.used(x);
    default:
      return String(x);
  }
}

function printPair(row: InstructionRow, x: number, y: number, names: InstrNames): string {
  const { type, table, memory, elem, data } = names;
  const unlessFirst = (space: SpaceNames): string => (x === 0 ? '' : space.used(x));
  switch (row.immediates) {
    case 'memory-memory':
      return x === 0 && y === 0 ? '' : words(memory.used(x), memory.used(y));
    case 'table-table':
      return x === 0 && y === 0 ? '' : words(table.used(x), table.used(y));
    case 'memory-data':
      return words(unlessFirst(memory), data.used(y));
    case 'table-elem':
      return words(unlessFirst(table), elem.used(y));
    case 'table-type':
      return words(unlessFirst(table), `(type ${type.used(y)})`);
    case 'type-type':
      return words(type.used(x), type.used(y));
    case 'type-field':
      return words(type.used(x), names.fields(x).used(y));
    case 'type-data':
      return words(type.used(x), data.used(y));
    case 'type-elem':
      return words(type.used(x), elem.used(y));
    default:
      return words(type.used(x), String(y));
  }
}

/** A label by its identifier, unless a block in between has the same. */
function printLabel(x: number, labels: Labels): string {
  const at = labels.length - 1 - x;
  const id = labels[at];
  return id === undefined || id === null || id === '' || labels.lastIndexOf(id) !== at ? String(x) : printId(id);
}

function printMemArg(
  row: InstructionRow,
  { memory, offset, align }: MemArg,
  order: OrderAnnotation,
  names: InstrNames,
): string {
  return words(
    memory === 0 ? '' : names.memory.used(memory),
    ORDERS[order],
    offset === 0n ? '' : `offset=${offset}`,
    align === naturalAlignment(row) ? '' : `align=${BigInt(align)}`,
  );
}
