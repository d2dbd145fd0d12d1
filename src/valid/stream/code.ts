import { F32, F64, FIRST_INDEX, FIRST_REF, I32, I64, reference } from './encoding.ts';
import { checkAtomic } from './atomics.ts';
import { call, callIndirect, callRef } from './calls.ts';
import {
  beginBlock,
  beginTry,
  branchIf,
  branchOnNonNull,
  branchOnNull,
  branchTable,
  nonNull,
  throwRef,
} from './control.ts';
import { checkGc, useHeap } from './gc.ts';
import { addLocals, beginLocals, checkSet, localType, setLocal, setOrder, unsetSince } from './locals.ts';
import { apply, checkMisc, memarg, memorySize, tableGet, tableSet } from './memory.ts';
import { MEMARG, PLAIN, SINGLE } from './opcodes.ts';
import { beginBody, checkNoElse, control, die, elseFrame, innermostOpcode, innermostSetCount } from './operands.ts';
import { labelCount, labelTypes, pop, popAny, popFrame, popList, popRef, push, spend, stack } from './operands.ts';
import { input, refuse, skip, skipS32, skipS64, u32 } from './reader.ts';
import { anyValType, valType } from './read-types.ts';
import { canonOf, funcs, globalTypes, isDeclared, MUTABLE, strict, useFunc, useGlobal, useTag } from './spaces.ts';
import { isShareable, pool, shareAt } from './types.ts';
import { refEq, select, selectTyped } from './values.ts';
import { checkVector } from './vectors.ts';

/** Function bodies: one loop over opcodes. The frequent cases work on the stack in place; the others are elsewhere. */

/** Reads the code of a function, from its locals to the end of the input. */
export function readBody(place: number): void {
  const params = pool.items[place + 2] as number;
  const results = pool.items[place + 3] as number;
  strict.on = shareAt(place) === 1;
  spend(params);
  beginLocals(place + 4, params);
  for (let n = u32(); n > 0; n--) {
    const count = u32();
    // The type of no locals need not exist.
    const t = count === 0 ? anyValType() : valType();
    if (count === 0) continue;
    if (strict.on && !isShareable(t)) refuse();
    addLocals(count, t);
  }
  const kept = pool.length;
  beginBody(place + 4 + params, results);
  readInstructions();
  pool.length = kept;
  strict.on = false;
  if (input.pos !== input.end) refuse();
}

function readInstructions(): void {
  const { bytes, end } = input;
  const { shape: shapes, signature: signatures } = SINGLE;
  for (;;) {
    if (input.pos >= end) refuse();
    const opcode = bytes[input.pos++] as number;
    switch (opcode) {
      case 0x00: // unreachable
        die();
        break;
      case 0x01: // nop
        break;
      case 0x02: // block
      case 0x03: // loop
      case 0x04: // if
        beginBlock(opcode);
        break;
      case 0x05: // else
        if (innermostOpcode() !== 0x04) refuse();
        unsetSince(innermostSetCount());
        elseFrame();
        break;
      case 0x08: // throw
        {
          const place = useTag(u32());
          popList(place + 4, pool.items[place + 2] as number);
          die();
          break;
        }
      case 0x0a: // throw_ref
        throwRef();
        break;
      case 0x0b: // end
        if (innermostOpcode() === 0x04) checkNoElse();
        if (setOrder.length > 0) unsetSince(innermostSetCount());
        popFrame();
        if (control.depth < 0) return;
        break;
      case 0x0c: // br
        {
          const label = u32();
          popList(labelTypes(label), labelCount(label));
          die();
          break;
        }
      case 0x0d: // br_if
        branchIf(u32());
        break;
      case 0x0e: // br_table
        branchTable();
        break;
      case 0x0f: // return
        popList(labelTypes(control.depth), labelCount(control.depth));
        die();
        break;
      case 0x10: // call
      case 0x12: // return_call
        call(useFunc(u32()), opcode === 0x12);
        break;
      case 0x11: // call_indirect
      case 0x13: // return_call_indirect
        callIndirect(opcode === 0x13);
        break;
      case 0x14: // call_ref
      case 0x15: // return_call_ref
        callRef(opcode === 0x15);
        break;
      case 0x1a: // drop
        popAny();
        break;
      case 0x1b: // select
        select();
        break;
      case 0x1c: // select t
        selectTyped();
        break;
      case 0x1f: // try_table
        beginTry();
        break;
      case 0x20: // local.get
        {
          const x = u32();
          const t = localType(x);
          if (t >= FIRST_REF) checkSet(x, t);
          stack.types[stack.size++] = t;
          break;
        }
      case 0x21: // local.set
        {
          const x = u32();
          const t = localType(x);
          pop(t);
          if (t >= FIRST_REF) setLocal(x, t);
          break;
        }
      case 0x22: // local.tee
        {
          const x = u32();
          const t = localType(x);
          pop(t);
          if (t >= FIRST_REF) setLocal(x, t);
          push(t);
          break;
        }
      case 0x23: // global.get
        {
          const x = u32();
          useGlobal(x);
          push(globalTypes.at(x));
          break;
        }
      case 0x24: // global.set
        {
          const x = u32();
          if ((useGlobal(x) & MUTABLE) === 0) refuse();
          pop(globalTypes.at(x));
          break;
        }
      case 0x25: // table.get
        tableGet(u32());
        break;
      case 0x26: // table.set
        tableSet(u32());
        break;
      case 0x41: // i32.const
        if (input.pos < end && (bytes[input.pos] as number) < 0x80) input.pos++;
        else skipS32();
        stack.types[stack.size++] = I32;
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
      case 0xd0: // ref.null
        push(reference(useHeap(), 1));
        break;
      case 0xd1: // ref.is_null
        popRef();
        push(I32);
        break;
      case 0xd2: // ref.func
        {
          const x = u32();
          useFunc(x);
          if (!isDeclared(x)) refuse();
          push(reference(FIRST_INDEX + canonOf(funcs.at(x)), 0));
          break;
        }
      case 0xd3: // ref.eq
        refEq();
        break;
      case 0xd4: // ref.as_non_null
        push(nonNull(popRef()));
        break;
      case 0xd5: // br_on_null
        branchOnNull(u32());
        break;
      case 0xd6: // br_on_non_null
        branchOnNonNull(u32());
        break;
      case 0xfb:
        checkGc(u32());
        break;
      case 0xfc:
        checkMisc(u32());
        break;
      case 0xfd:
        checkVector(u32());
        break;
      case 0xfe:
        checkAtomic(u32());
        break;
      default: {
        const shape = shapes[opcode] as number;
        const signature = signatures[opcode] as number;
        if (shape === PLAIN) {
          const { types } = stack;
          const size = stack.size;
          const t = signature & 15;
          // One or two operands of one type, which are there: the stack shrinks to the result's place.
          if (signature & 0x1000) {
            if (size > stack.height && types[size - 1] === t) {
              types[size - 1] = signature >> 16;
              break;
            }
          } else if (size - 2 >= stack.height && types[size - 1] === t && types[size - 2] === ((signature >> 4) & 15)) {
            types[size - 2] = signature >> 16;
            stack.size = size - 1;
            break;
          }
          apply(signature, 0);
        } else if (shape === MEMARG) {
          apply(signature, memarg(SINGLE.align[opcode] as number));
        } else if (opcode === 0x3f || opcode === 0x40) {
          memorySize(signature);
        } else {
          refuse();
        }
      }
    }
  }
}
