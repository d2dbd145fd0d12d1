import { assert, Bug } from '../../base/assert.ts';
import type { InstructionRow } from '../../syntax/instructions.ts';
import type { Immediate, PlainInstr } from '../../syntax/module.ts';
import type { Compilation } from './compilation.ts';
import type { Place } from './memory.ts';
import { compileAtomicLoad, compileAtomicStore, compileLoad, compileStore } from './memory.ts';
import { compileRmw } from './rmw.ts';

/** Compiles a load, store or atomic access of a memory. */
export function compileAccess(z: Compilation, { imm }: PlainInstr, { meaning }: InstructionRow): void {
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
    case 'fence':
      return;
    default:
      throw new Bug(`${meaning.kind} is no access`);
  }
}

function memargOf(imm: Immediate): Place {
  assert(imm.kind === 'memarg' || imm.kind === 'atomic-memarg', 'an access has a memarg');
  return imm.memarg;
}
