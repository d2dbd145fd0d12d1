import { known } from '../base/assert.ts';
import { instructionRow } from '../syntax/instructions.ts';
import type { Annotation, Catch, Expr, Instr } from '../syntax/module.ts';
import { namesData } from '../syntax/sections.ts';
import * as code from './codes.ts';
import { writeInstruction } from './write-immediates.ts';
import { writeBlockType } from './write-types.ts';
import type { Writer } from './writer.ts';

/** Instruction sequences [core 3.0, Binary Format, Instructions, Expressions]. */

/** What is noted of code while it is written. */
export interface CodeLog {
  /** An instruction names a data segment. */
  dataUse(): void;
  /** The next block, in order of appearance, has this name. */
  label(name: string | null): void;
  /** The instruction that is written next has annotations. */
  notes(notes: readonly Annotation[]): void;
}

/** Of code outside of functions nothing is noted. */
const NOTHING: CodeLog = { dataUse() {}, label() {}, notes() {} };

/** A sequence and its `end`. */
export function writeExpr(w: Writer, body: Expr, log: CodeLog = NOTHING): void {
  writeInstrs(w, body, log);
  w.byte(code.END);
}

function writeInstrs(w: Writer, body: Expr, log: CodeLog): void {
  for (const instr of body) {
    if (instr.notes !== undefined) log.notes(instr.notes);
    if (instr.kind === 'plain') {
      writeInstruction(w, known(instructionRow(instr.op), instr.op), instr.imm);
      if (namesData(instr.op)) log.dataUse();
    } else writeBlock(w, instr, log);
  }
}

const BLOCKS = { block: code.BLOCK, loop: code.LOOP, if: code.IF, try_table: code.TRY_TABLE } as const;

function writeBlock(w: Writer, block: Exclude<Instr, { kind: 'plain' }>, log: CodeLog): void {
  w.byte(BLOCKS[block.kind]);
  writeBlockType(w, block.type);
  log.label(block.label);
  if (block.kind === 'try_table') w.list(block.catches, (clause) => writeCatch(w, clause));
  writeInstrs(w, block.kind === 'if' ? block.then : block.body, log);
  if (block.kind === 'if' && block.else.length > 0) {
    w.byte(code.ELSE);
    writeInstrs(w, block.else, log);
  }
  w.byte(code.END);
}

function writeCatch(w: Writer, { kind, tag, label }: Catch): void {
  w.byte(code.CATCHES.indexOf(kind));
  if (tag !== null) w.u32(tag);
  w.u32(label);
}
