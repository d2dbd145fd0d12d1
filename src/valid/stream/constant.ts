import { F32, F64, FIRST_INDEX, FIRST_REF, I32, I64, reference, SHARED_WAITQUEUE, V128 } from './encoding.ts';
import { checkGc, useHeap } from './gc.ts';
import { pop, push, stack } from './operands.ts';
import { byte, input, refuse, skip, skipS32, skipS64, u32 } from './reader.ts';
import { grown } from './scratch.ts';
import { canonOf, declare, funcs, globalTypes, MUTABLE, strict, THREAD_LOCAL, useFunc, useGlobal } from './spaces.ts';
import { matches } from './types.ts';

/**
 * Constant expressions [core 3.0, Validation, Constant Expressions]. The functions that they mention are declared (C.refs).
 */

/** The instructions after 0xFB that are constant. */
const CONSTANT_GC = [0, 1, 6, 7, 8, 26, 27, 28, 31].reduce((bits, opcode) => bits | (1 << opcode), 0);

/** Reads an expression of one value of type `t`, which sees so many globals. */
export function constant(t: number, globals: number): void {
  stack.size = 0;
  stack.height = 0;
  stack.dead = 0;
  for (;;) {
    if (stack.size === stack.types.length) stack.types = grown(stack.types, stack.size + 1);
    switch (byte()) {
      case 0x0b: // end
        pop(t);
        if (stack.size !== 0) refuse();
        return;
      case 0x23: // global.get
        push(constantGlobal(u32(), globals));
        break;
      case 0x41: // i32.const
        skipS32();
        push(I32);
        break;
      case 0x42: // i64.const
        skipS64();
        push(I64);
        break;
      case 0x43: // f32.const
        skip(4);
        push(F32);
        break;
      case 0x44: // f64.const
        skip(8);
        push(F64);
        break;
      case 0x6a: // i32.add
      case 0x6b: // i32.sub
      case 0x6c: // i32.mul
        pop(I32);
        pop(I32);
        push(I32);
        break;
      case 0x7c: // i64.add
      case 0x7d: // i64.sub
      case 0x7e: // i64.mul
        pop(I64);
        pop(I64);
        push(I64);
        break;
      case 0xd0: // ref.null
        push(reference(useHeap(), 1));
        break;
      case 0xd2: // ref.func
        {
          const x = u32();
          useFunc(x);
          declare(x);
          push(reference(FIRST_INDEX + canonOf(funcs.at(x)), 0));
          break;
        }
      case 0xfb: {
        const opcode = u32();
        if (opcode > 31 || ((CONSTANT_GC >>> opcode) & 1) === 0) refuse();
        checkGc(opcode);
        break;
      }
      case 0xfd: // v128.const
        if (u32() !== 0x0c) refuse();
        skip(16);
        push(V128);
        break;
      case 0xfe: // waitqueue.new, ref.i31_shared
        constantAtomic(u32());
        break;
      default:
        refuse();
    }
  }
}

function constantAtomic(opcode: number): void {
  if (opcode === 0x07) push(SHARED_WAITQUEUE);
  else if (opcode === 0x72) checkGc(31);
  else refuse();
}

/** Only immutable globals are constant; a shared initialiser has no thread yet whose thread-local it could read. */
function constantGlobal(x: number, globals: number): number {
  if (x >= globals) refuse();
  const flags = useGlobal(x);
  if ((flags & MUTABLE) !== 0 || (strict.on && (flags & THREAD_LOCAL) !== 0)) refuse();
  return globalTypes.at(x);
}

/** The initialiser of a thread-local global of type `t`: none, or its type's default value. */
export function defaultConstant(t: number): void {
  const opcode = byte();
  if (opcode === 0x0b) return;
  const start = input.pos;
  let found = I32;
  switch (opcode) {
    case 0x41: // i32.const
      skipS32();
      break;
    case 0x42: // i64.const
      skipS64();
      found = I64;
      break;
    case 0x43: // f32.const
      skip(4);
      found = F32;
      break;
    case 0x44: // f64.const
      skip(8);
      found = F64;
      break;
    case 0xd0: // ref.null
      found = reference(useHeap(), 1);
      break;
    case 0xfd: // v128.const
      if (u32() !== 0x0c) refuse();
      skip(16);
      found = V128;
      break;
    default:
      refuse();
  }
  if (found === I32 || found === I64) needZeroes(start, 0x80);
  else if (found === V128) needZeroes(input.pos - 16, 0);
  else if (found < FIRST_REF) needZeroes(start, 0);
  if (!matches(found, t) || byte() !== 0x0b) refuse();
}

/** The bytes from `start` on that were read must be zero, but for the bits `more`, which say that a number goes on. */
function needZeroes(start: number, more: number): void {
  const { bytes } = input;
  for (let i = start; i < input.pos; i++) if (((bytes[i] as number) & ~more) !== 0) refuse();
}
