import { Bug } from '../../base/assert.ts';
import type { InstructionRow } from '../../syntax/instructions.ts';
import type { PlainInstr } from '../../syntax/module.ts';
import { WRITES } from './body.ts';
import type { Compilation } from './compilation.ts';
import { compileAtomicLoad, compileAtomicStore, compileLoad, compileStore, memargOf } from './memory.ts';
import { compileRmw } from './rmw.ts';
import { compileShared, isShared } from './workers.ts';

/** Compiles a load, store or atomic access of a memory. */
export function compileAccess(z: Compilation, instr: PlainInstr, row: InstructionRow): void {
  const { imm } = instr;
  const { meaning } = row;
  if (meaning.kind === 'fence') {
    z.body.before(WRITES);
    if (z.workers) z.body.emit(`${z.body.use('fence')}();`);
    return;
  }
  if (isShared(z, memargOf(imm).memory)) return compileShared(z, instr, row);
  switch (meaning.kind) {
    case 'load':
      return meaning.atomic
        ? compileAtomicLoad(z, memargOf(imm), meaning.type === 'i64', meaning.bytes)
        : compileLoad(z, memargOf(imm), meaning.type, meaning.bytes, meaning.signed);
    case 'store':
      return meaning.atomic
        ? compileAtomicStore(z, memargOf(imm), meaning.type === 'i64', meaning.bytes)
        : compileStore(z, memargOf(imm), meaning.type, meaning.bytes);
    case 'rmw':
    case 'cmpxchg':
      return compileRmw(z, memargOf(imm), meaning);
    default:
      throw new Bug(`${meaning.kind} is no access`);
  }
}
