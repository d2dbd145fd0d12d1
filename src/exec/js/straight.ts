import { Bug, known } from '../../base/assert.ts';
import { instructionRow } from '../../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../../syntax/module.ts';
import { indexOf } from '../plan.ts';
import { compileAccess } from './accesses.ts';
import type { Operand } from './body.ts';
import { compose, exactly, NO_READS, testOf, TRAPS } from './body.ts';
import { compileCall, compileCallIndirect, compileCallRef } from './calls.ts';
import type { Compilation } from './compilation.ts';
import { compileGlobalGet, compileGlobalSet } from './globals.ts';
import { compileBulk } from './memory-bulk.ts';
import { comparison, literal } from './expressions.ts';
import { compileNumeric } from './numeric.ts';
import type { Kind } from './parts.ts';
import { compileTable } from './tables.ts';

/** Compiles an instruction after which control always goes on. */
export function compileStraight(z: Compilation, instr: PlainInstr): void {
  const { body } = z;
  const { op, imm } = instr;
  switch (op) {
    case 'nop':
    case 'pause':
      return;
    case 'i32.const':
    case 'i64.const':
    case 'f32.const':
    case 'f64.const':
      return body.push(constantOf(z, imm));
    case 'drop':
      return compileDrop(z);
    case 'select':
      return compileSelect(z);
    case 'local.get': {
      const { kind, names } = localOf(z, imm);
      return body.push({ kind, parts: names, test: null, reads: names, effects: 0, exact: true, weight: 1 });
    }
    case 'local.set':
    case 'local.tee': {
      const { kind, names } = localOf(z, imm);
      const operand = body.pop();
      body.before(operand.effects);
      for (const name of names) body.release(name);
      body.assign(names, operand);
      if (op === 'local.tee')
        body.push({ kind, parts: names, test: null, reads: names, effects: 0, exact: true, weight: 1 });
      return;
    }
    case 'call':
      return compileCall(z, indexOf(imm));
    case 'call_indirect':
      return compileCallIndirect(z, imm);
    case 'call_ref':
      return compileCallRef(z, indexOf(imm));
    case 'global.get':
      return compileGlobalGet(z, indexOf(imm));
    case 'global.set':
      return compileGlobalSet(z, indexOf(imm));
    default:
      break;
  }
  if (op.startsWith('table.') || op === 'elem.drop') return compileTable(z, instr);
  if (op.startsWith('ref.') || op.startsWith('i31.') || op.includes('convert_extern') || op.includes('convert_any'))
    return compileReference(z, op, imm);
  const row = known(instructionRow(op), op);
  if (row.meaning.kind === 'numeric') compileNumeric(body, op);
  else if (row.meaning.kind === 'special') compileBulk(z, instr);
  else compileAccess(z, instr, row);
}

function plain(kind: Kind, ...parts: readonly string[]): Operand {
  return { kind, parts, test: null, reads: NO_READS, effects: 0, exact: true, weight: 1 };
}

function constantOf({ body }: Compilation, imm: Immediate): Operand {
  switch (imm.kind) {
    case 'i32':
      return plain('int', literal(imm.value));
    case 'i64':
      return plain('long', literal(lowWord(imm.value)), literal(lowWord(imm.value >> 32n)));
    case 'f32': {
      const value = new Float32Array(Uint32Array.of(imm.bits).buffer)[0] ?? 0;
      if (Number.isNaN(value)) return plain('single', `${body.use('carriedSingle')}(${literal(imm.bits | 0)})`);
      return plain('single', floatLiteral(value));
    }
    case 'f64': {
      const value = new Float64Array(BigUint64Array.of(imm.bits).buffer)[0] ?? 0;
      if (!Number.isNaN(value)) return plain('double', floatLiteral(value));
      const halves = [lowWord(imm.bits), lowWord(imm.bits >> 32n)];
      return plain('double', `${body.use('doubleOf')}(${halves.map(literal).join(',')})`);
    }
    default:
      throw new Bug(`constant ${imm.kind}`);
  }
}

function lowWord(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

function floatLiteral(value: number): string {
  if (Object.is(value, -0)) return '(-0)';
  if (Number.isFinite(value)) return value < 0 ? `(${value})` : `${value}`;
  return value > 0 ? '(1/0)' : '(-1/0)';
}

function compileDrop({ body }: Compilation): void {
  const operand = body.pop();
  if ((operand.effects & TRAPS) === 0) return;
  body.before(TRAPS);
  body.emit(`${operand.parts[0]};`);
}

/** Only one of the two is evaluated: so neither may trap. */
function compileSelect(z: Compilation): void {
  const { body } = z;
  const long = body.stack.at(-2)?.kind === 'long';
  if (long) {
    body.simplify(2);
    body.simplify(1);
    body.simplify(0);
  } else {
    for (const depth of [2, 1])
      if ((known(body.stack.at(-1 - depth), 'operand').effects & TRAPS) !== 0) body.flush(body.height - 1 - depth);
  }
  const condition = body.pop();
  const second = body.pop();
  const first = body.pop();
  const exact = first.exact || second.exact;
  const [as, bs] = [first, second].map((each) => (exact && !each.exact ? [exactly(body, each)] : each.parts));
  const parts = known(as, 'parts').map((part, i) => `(${testOf(condition)}?${part}:${known(bs?.[i], 'part')})`);
  body.push(compose(first.kind, parts, [first, second, condition], { exact }));
}

function localOf(z: Compilation, imm: Immediate): Compilation['locals'][number] {
  return known(z.locals[indexOf(imm)], 'local');
}

function compileReference(z: Compilation, op: string, imm: Immediate): void {
  const { body } = z;
  switch (op) {
    case 'ref.null':
      return body.push(plain('int', '0'));
    case 'ref.func':
      return body.push(plain('int', body.slot({ kind: 'func-ref', index: indexOf(imm) })));
    case 'ref.is_null': {
      const a = body.pop();
      return body.push(comparison(`${a.parts[0]}===0`, [a]));
    }
    case 'ref.eq': {
      const b = body.pop();
      const a = body.pop();
      return body.push(comparison(`${a.parts[0]}===${b.parts[0]}`, [a, b]));
    }
    case 'ref.as_non_null':
      return checkNotNull(z, 'null reference');
    case 'ref.i31':
    case 'ref.i31_shared': {
      const a = body.pop();
      return body.push(compose('int', [`(${a.parts[0]}|-2147483648)`], [a]));
    }
    case 'i31.get_s':
    case 'i31.get_u': {
      checkNotNull(z, 'null i31 reference');
      const a = body.pop();
      const part = op === 'i31.get_s' ? `(${a.parts[0]}<<1>>1)` : `(${a.parts[0]}&2147483647)`;
      return body.push(compose('int', [part], [a]));
    }
    case 'any.convert_extern':
    case 'extern.convert_any':
      return;
    default:
      throw new Bug(op);
  }
}

/** Traps if the topmost operand is null. */
function checkNotNull({ body }: Compilation, reason: string): void {
  body.simplify(0);
  const reference = body.pop();
  body.before(TRAPS);
  body.emit(`if(${reference.parts[0]}===0)${body.use('trap')}(${JSON.stringify(reason)});`);
  body.push(reference);
}
