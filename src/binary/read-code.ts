import type { Annotation, BlockType, Catch, Expr, Instr } from '../syntax/module.ts';
import { MAX_BLOCKS } from '../syntax/limits.ts';
import * as code from './codes.ts';
import type { OrderReading } from './read-immediates.ts';
import { readOpcode } from './opcodes.ts';
import { readBlockType } from './read-types.ts';
import type { Reader } from './reader.ts';

/** Instruction sequences [core 3.0, Binary Format, Instructions, Expressions], without recursion. */

/** What reading code needs beside the bytes, and finds out. */
export interface CodeContext {
  readonly orders: OrderReading;
  /** Where the first instruction is that names a data segment; null: none so far. */
  dataUse: { readonly start: number; readonly end: number } | null;
}

/** What custom sections say about the function that is being read. */
export interface FuncNotes {
  /** The name of its block number `index`, counted in order of appearance. */
  label(index: number): string | null;
  /** The annotations of the instruction at a byte of the module. */
  at(position: number): readonly Annotation[] | null;
}

/** A block whose end has not come. `before` is the sequence that it stands in. */
interface Open {
  readonly kind: 'block' | 'loop' | 'if' | 'try_table';
  readonly start: number;
  readonly label: string | null;
  readonly type: BlockType;
  readonly catches: readonly Catch[];
  readonly before: Instr[];
  readonly notes: readonly Annotation[] | null;
  then: readonly Instr[] | null;
}

/** A sequence up to its `end`, which is read too. */
export function readExpr(r: Reader, context: CodeContext, notes: FuncNotes | null = null): Expr {
  return readSequence(r, context, notes, true);
}

/** Reads a sequence only to find out what is wrong with it. */
export function checkExpr(r: Reader, context: CodeContext, notes: FuncNotes | null): void {
  readSequence(r, context, notes, false);
}

/** `keep`: whether the instructions are wanted; if not, the answer is empty. */
function readSequence(r: Reader, context: CodeContext, notes: FuncNotes | null, keep: boolean): Expr {
  const open: Open[] = [];
  let labels = 0;
  let body: Instr[] = [];
  for (;;) {
    const start = r.pos;
    if (r.pos >= r.end) endExpected(r);
    const first = r.byte('instruction');
    switch (first) {
      case code.BLOCK:
      case code.LOOP:
      case code.IF:
      case code.TRY_TABLE: {
        if (open.length >= MAX_BLOCKS)
          r.fail('Parse/depth', `blocks nested more than ${MAX_BLOCKS} deep`, 'block', start, r.pos);
        const type = readBlockType(r);
        const catches = first === code.TRY_TABLE ? readCatches(r) : NO_CATCHES;
        const label = notes === null ? null : notes.label(labels++);
        const kind = kindOf(first);
        open.push({ kind, start, label, type, catches, before: body, notes: notes?.at(start) ?? null, then: null });
        body = [];
        break;
      }
      case code.ELSE: {
        const block = open.at(-1);
        if (block === undefined || block.kind !== 'if' || block.then !== null)
          return r.fail('Binary/end', 'END opcode expected', 'instruction', start, r.pos);
        block.then = trimmed(body);
        body = [];
        break;
      }
      case code.END: {
        const block = open.pop();
        if (block === undefined) return trimmed(body);
        if (keep) block.before.push(close(block, trimmed(body), r.pos));
        body = block.before;
        break;
      }
      default: {
        const opcode = readOpcode(r, first);
        const imm = opcode.read(r, context.orders);
        const at = { start, end: r.pos };
        if (opcode.usesData) context.dataUse ??= at;
        const noted = notes === null ? null : notes.at(start);
        if (!keep) break;
        if (noted === null) body.push({ kind: 'plain', op: opcode.mnemonic, imm, at });
        else body.push({ kind: 'plain', op: opcode.mnemonic, imm, at, notes: noted });
      }
    }
  }
}

/**
 * The section or function ends and the expression does not. The suite's words for it depend on the byte that comes then, which its
 * authors' decoder takes for an instruction.
 */
function endExpected(r: Reader): never {
  switch (r.bytes[r.end]) {
    case code.END:
      return r.fail('Binary/section', 'section size mismatch', 'instruction', r.end);
    case code.ELSE:
      return r.fail('Binary/end', 'END opcode expected', 'instruction', r.end);
    default:
      return r.fail('Binary/end', 'unexpected end of section or function', 'instruction', r.end);
  }
}

/** Lists that grow have room for more than they hold. */
const SPARE = 17;
const NO_INSTRS: readonly Instr[] = [];

function trimmed(body: Instr[]): readonly Instr[] {
  if (body.length === 0) return NO_INSTRS;
  return body.length < SPARE ? body.slice() : body;
}

const NO_CATCHES: readonly Catch[] = [];

function kindOf(first: number): Open['kind'] {
  switch (first) {
    case code.BLOCK:
      return 'block';
    case code.LOOP:
      return 'loop';
    case code.IF:
      return 'if';
    default:
      return 'try_table';
  }
}

/** The block, whose last sequence is `body`. */
function close({ kind, start, label, type, catches, notes, then }: Open, body: readonly Instr[], end: number): Instr {
  const at = { start, end };
  const noted = notes === null ? {} : { notes };
  switch (kind) {
    case 'if':
      return { kind, label, type, then: then ?? body, else: then === null ? NO_INSTRS : body, at, ...noted };
    case 'try_table':
      return { kind, label, type, catches, body, at, ...noted };
    default:
      return { kind, label, type, body, at, ...noted };
  }
}

function readCatches(r: Reader): readonly Catch[] {
  const count = r.count('catch clauses');
  const catches: Catch[] = [];
  for (let i = 0; i < count; i++) {
    const start = r.pos;
    const kind = code.CATCHES[r.byte('catch clause')];
    if (kind === undefined) return r.fail('Binary/catch', 'malformed catch clause', 'catch clause', start, r.pos);
    const tag = kind === 'catch' || kind === 'catch_ref' ? r.u32('tag index') : null;
    const label = r.u32('label');
    catches.push({ kind, tag, label, at: { start, end: r.pos } });
  }
  return catches;
}
