import { known } from '../../../src/base/assert.ts';
import { instructionRow } from '../../../src/syntax/instructions.ts';
import type { Expr, Instr } from '../../../src/syntax/module.ts';
import type { FuncType, NumType, ValType } from '../../../src/syntax/types.ts';
import type { FuncSource } from './build.ts';
import { CODE, leb, name, section, vector } from './v8.ts';

/** Hand-built functions as a binary for the engine underneath: numeric instructions, locals, calls and structured control. */
export function encodeModule(types: readonly FuncType[], funcs: readonly FuncSource[]): Uint8Array {
  const all = [...types, ...funcs.map((func) => func.type)];
  return Uint8Array.from([
    0x00,
    0x61,
    0x73,
    0x6d,
    1,
    0,
    0,
    0,
    ...section(
      1,
      vector(all.map(({ params, results }) => [0x60, ...vector(params.map(valType)), ...vector(results.map(valType))])),
    ),
    ...section(3, vector(funcs.map((_, i) => leb(types.length + i)))),
    ...section(7, vector(funcs.map((_, i) => [...name(`f${i}`), 0x00, ...leb(i)]))),
    ...section(
      10,
      vector(
        funcs.map(({ locals = [], body }) => {
          const code = [...vector(locals.map((t) => [1, ...valType(t)])), ...encodeExpr(body), 0x0b];
          return [...leb(code.length), ...code];
        }),
      ),
    ),
  ]);
}

function valType(t: ValType): number[] {
  return [CODE[t as NumType]];
}

function encodeExpr(expr: Expr): number[] {
  return expr.flatMap(encodeInstr);
}

function encodeInstr(instr: Instr): number[] {
  switch (instr.kind) {
    case 'block':
    case 'loop':
      return [instr.kind === 'block' ? 0x02 : 0x03, ...blockType(instr), ...encodeExpr(instr.body), 0x0b];
    case 'if':
      return [0x04, ...blockType(instr), ...encodeExpr(instr.then), 0x05, ...encodeExpr(instr.else), 0x0b];
    case 'plain': {
      const opcode = known(instructionRow(instr.op)?.opcode, instr.op);
      return [...opcode.slice(0, 1), ...opcode.slice(1).flatMap(leb), ...immediates(instr.imm)];
    }
    case 'try_table':
      throw new Error('try_table is not executed');
  }
}

function blockType({ type }: Extract<Instr, { kind: 'block' | 'loop' | 'if' }>): number[] {
  if (type.kind === 'type') return leb(type.type);
  return type.result === null ? [0x40] : valType(type.result);
}

function immediates(imm: Extract<Instr, { kind: 'plain' }>['imm']): number[] {
  switch (imm.kind) {
    case 'index':
      return leb(imm.x);
    case 'labels':
      return [...leb(imm.labels.length - 1), ...imm.labels.flatMap(leb)];
    case 'i32':
    case 'i64':
      return signedLeb(BigInt(imm.value));
    case 'f32':
      return littleEndian(BigInt(imm.bits), 4);
    case 'f64':
      return littleEndian(imm.bits, 8);
    default:
      return [];
  }
}

function signedLeb(n: bigint): number[] {
  const byte = Number(n & 0x7fn);
  const rest = n >> 7n;
  const last = (rest === 0n && (byte & 0x40) === 0) || (rest === -1n && (byte & 0x40) !== 0);
  return last ? [byte] : [byte | 0x80, ...signedLeb(rest)];
}

function littleEndian(bits: bigint, bytes: number): number[] {
  return Array.from({ length: bytes }, (_, i) => Number((bits >> BigInt(8 * i)) & 0xffn));
}
