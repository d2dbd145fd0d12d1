import { INSTRUCTIONS, type InstructionRow } from '../syntax/instructions.ts';
import { namesData } from '../syntax/sections.ts';
import { type ImmediateReader, immediateReader } from './read-immediates.ts';
import type { Reader } from './reader.ts';

/** The instruction table by opcode. */

export interface Opcode {
  readonly mnemonic: string;
  readonly row: InstructionRow;
  readonly read: ImmediateReader;
  /** It names a data segment, which needs a data count section. */
  readonly usesData: boolean;
}

const singles: (Opcode | undefined)[] = new Array<undefined>(256).fill(undefined);
const prefixed: (Map<number, Opcode> | undefined)[] = new Array<undefined>(256).fill(undefined);

function enter(row: InstructionRow, [first, second]: readonly number[], other: boolean): void {
  const { mnemonic, immediates } = row;
  const opcode = { mnemonic, row, read: immediateReader(immediates, other), usesData: namesData(mnemonic) };
  if (first === undefined) return;
  if (second === undefined) singles[first] = opcode;
  else (prefixed[first] ??= new Map<number, Opcode>()).set(second, opcode);
}

for (const row of INSTRUCTIONS) {
  enter(row, row.opcode, false);
  for (const other of row.otherOpcodes ?? []) enter(row, other, true);
}

/** The plain instruction whose first byte `first` was just read; for a prefix reads the rest of the opcode. */
export function readOpcode(r: Reader, first: number): Opcode {
  const single = singles[first];
  if (single !== undefined) return single;
  const byNumber = prefixed[first];
  const start = r.pos - 1;
  if (byNumber === undefined) return r.fail('Binary/opcode', `illegal opcode ${hex(first)}`, 'opcode', start, r.pos);
  const number = r.u32('opcode');
  const found = byNumber.get(number);
  return found ?? r.fail('Binary/opcode', `illegal opcode ${hex(first)} ${hex(number)}`, 'opcode', start, r.pos);
}

function hex(n: number): string {
  return n.toString(16).padStart(2, '0');
}
