import { assertNever, known } from '../base/assert.ts';
import { type InstructionRow, instructionRow } from '../syntax/instructions.ts';
import type { BlockType, Immediate, Instr, MemArg, OrderAnnotation, PlainInstr } from '../syntax/module.ts';
import { printHeapType, printValType } from '../syntax/print-types.ts';
import { printValue } from '../syntax/print-values.ts';
import { naturalAlignment } from './immediates.ts';
import { type IndexNames, printId } from './print-names.ts';

/** What instructions are printed with: the names of indices, and the labels around, innermost last. */
export interface InstrNames extends IndexNames {
  readonly local: (x: number) => string;
}

/** Instructions in flat form, one a line, each line with its depth of blocks. */
export function printInstrs(
  instrs: readonly Instr[],
  names: InstrNames,
): { readonly depth: number; readonly text: string }[] {
  const lines: { depth: number; text: string }[] = [];
  const labels: (string | null)[] = [];
  const line = (text: string): void => {
    lines.push({ depth: labels.length, text });
  };
  const block = (label: string | null, head: string, bodies: readonly (readonly Instr[])[]): void => {
    line(head);
    bodies.forEach((body, i) => {
      if (i > 0) line('else');
      labels.push(label);
      body.forEach(print);
      labels.pop();
    });
    line('end');
  };
  const print = (instr: Instr): void => {
    switch (instr.kind) {
      case 'plain':
        line(printPlain(instr, names, labels));
        break;
      case 'block':
      case 'loop':
        block(instr.label, printHead(instr.kind, instr.label, instr.type, names), [instr.body]);
        break;
      case 'if': {
        const head = printHead(instr.kind, instr.label, instr.type, names);
        block(instr.label, head, instr.else.length === 0 ? [instr.then] : [instr.then, instr.else]);
        break;
      }
      default:
        assertNever(instr);
    }
  };
  instrs.forEach(print);
  return lines;
}

function printHead(kind: string, label: string | null, type: BlockType, names: InstrNames): string {
  return [kind, label === null ? '' : printId(label), printBlockType(type, names)]
    .filter((part) => part !== '')
    .join(' ');
}

function printBlockType(type: BlockType, names: InstrNames): string {
  if (type.kind === 'type') return `(type ${names.type(type.type)})`;
  return type.result === null ? '' : `(result ${printValType(type.result, names.type)})`;
}

function printPlain(instr: PlainInstr, names: InstrNames, labels: readonly (string | null)[]): string {
  const row = known(instructionRow(instr.op), `the row of ${instr.op}`);
  const immediates = printImmediate(row, instr.imm, names, labels);
  return immediates === '' ? row.mnemonic : `${row.mnemonic} ${immediates}`;
}

const ORDERS: Readonly<Record<OrderAnnotation, string>> = { none: '', seqcst: 'seq_cst', acqrel: 'acq_rel' };

function printImmediate(
  row: InstructionRow,
  imm: Immediate,
  names: InstrNames,
  labels: readonly (string | null)[],
): string {
  switch (imm.kind) {
    case 'none':
      return '';
    case 'index':
      return printIndex(row, imm.x, names, labels);
    case 'index-pair':
      return imm.x === 0 && imm.y === 0 ? '' : `${names.memory(imm.x)} ${names.memory(imm.y)}`;
    case 'memarg':
      return printMemArg(row, imm.memarg, 'none', names);
    case 'atomic-memarg':
      return printMemArg(row, imm.memarg, imm.order, names);
    case 'order':
      return ORDERS[imm.order];
    case 'labels':
      return imm.labels.map((label) => printLabel(label, labels)).join(' ');
    case 'result-types':
      return imm.types === null
        ? ''
        : `(${['result', ...imm.types.map((t) => printValType(t, names.type))].join(' ')})`;
    case 'heap-type':
      return printHeapType(imm.heap, names.type);
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

function printIndex(row: InstructionRow, x: number, names: InstrNames, labels: readonly (string | null)[]): string {
  switch (row.immediates) {
    case 'label':
      return printLabel(x, labels);
    case 'local':
      return names.local(x);
    case 'global':
      return names.global(x);
    case 'func':
      return names.func(x);
    case 'type':
      return names.type(x);
    case 'memory':
      return x === 0 ? '' : names.memory(x);
    default:
      return String(x);
  }
}

/** A label by its identifier, unless a block in between has the same. */
function printLabel(x: number, labels: readonly (string | null)[]): string {
  const at = labels.length - 1 - x;
  const id = labels[at];
  return id === undefined || id === null || labels.lastIndexOf(id) !== at ? String(x) : printId(id);
}

function printMemArg(
  row: InstructionRow,
  { memory, offset, align }: MemArg,
  order: OrderAnnotation,
  names: InstrNames,
): string {
  const parts = [
    memory === 0 ? '' : names.memory(memory),
    ORDERS[order],
    offset === 0n ? '' : `offset=${offset}`,
    align === naturalAlignment(row) ? '' : `align=${BigInt(align)}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}
