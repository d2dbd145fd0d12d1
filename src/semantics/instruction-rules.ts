import { assertNever, known } from '../base/assert.ts';
import type { InstructionRow } from '../syntax/instructions.ts';
import type { PlainInstr } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import {
  stepArrayGet,
  stepArrayLen,
  stepArrayNew,
  stepArrayNewDefault,
  stepArrayNewFixed,
  stepArraySet,
} from './array.ts';
import {
  stepArrayCopy,
  stepArrayFill,
  stepArrayInitData,
  stepArrayInitElem,
  stepArrayNewData,
  stepArrayNewElem,
} from './array-bulk.ts';
import { stepCmpxchg, stepFence, stepNotify, stepRmw, stepWait } from './atomic.ts';
import {
  stepCall,
  stepCallIndirect,
  stepCallRef,
  stepReturnCall,
  stepReturnCallIndirect,
  stepReturnCallRef,
} from './call.ts';
import { stepBrOnCast, stepBrOnCastFail, stepRefCast, stepRefTest } from './cast.ts';
import { stepBr, stepBrIf, stepBrTable, stepReturn } from './control.ts';
import { stepThrow, stepThrowRef } from './exception.ts';
import { stepFork } from './host.ts';
import { stepLoad, stepMemoryCopy, stepMemoryFill, stepMemoryGrow, stepMemorySize, stepStore } from './memory.ts';
import { stepObjectCmpxchg, stepObjectGet, stepObjectRmw, stepObjectSet } from './object-atomic.ts';
import { stepConst, stepDrop, stepNop, stepNumeric, stepPause, stepSelect, stepUnreachable } from './parametric.ts';
import {
  stepBrOnNonNull,
  stepBrOnNull,
  stepConvert,
  stepI31Get,
  stepRefAsNonNull,
  stepRefEq,
  stepRefFunc,
  stepRefI31,
  stepRefIsNull,
  stepRefNull,
} from './reference.ts';
import type { Rule } from './rule.ts';
import { stepDataDrop, stepElemDrop, stepMemoryInit, stepTableInit } from './segment.ts';
import { stepStructGet, stepStructNew, stepStructNewDefault, stepStructSet } from './struct.ts';
import { stepTableCopy, stepTableFill, stepTableGet, stepTableGrow, stepTableSet, stepTableSize } from './table.ts';
import { stepGlobalGet, stepGlobalSet, stepLocalGet, stepLocalSet, stepLocalTee } from './variable.ts';
import { stepVector } from './vector.ts';
import { stepVectorLoad, stepVectorLoadLane, stepVectorStore, stepVectorStoreLane } from './vector-memory.ts';
import { stepGlobalWait, stepObjectWait, stepWaitqueueNew, stepWaitqueueNotify } from './waitqueue.ts';

const SORTS = ['global', 'table', 'struct', 'array'];
const ATOMIC_ACCESSES: Readonly<Record<string, Rule<PlainInstr>>> = {
  get: stepObjectGet,
  get_s: stepObjectGet,
  get_u: stepObjectGet,
  set: stepObjectSet,
  'rmw.add': stepObjectRmw,
  'rmw.sub': stepObjectRmw,
  'rmw.and': stepObjectRmw,
  'rmw.or': stepObjectRmw,
  'rmw.xor': stepObjectRmw,
  'rmw.xchg': stepObjectRmw,
  'rmw.cmpxchg': stepObjectCmpxchg,
};

/** The rules of instructions whose meaning is their own, by mnemonic. */
const SPECIAL: Readonly<Record<string, Rule<PlainInstr>>> = {
  unreachable: stepUnreachable,
  nop: stepNop,
  pause: stepPause,
  drop: stepDrop,
  select: stepSelect,

  br: stepBr,
  br_if: stepBrIf,
  br_table: stepBrTable,
  br_on_null: stepBrOnNull,
  br_on_non_null: stepBrOnNonNull,
  br_on_cast: stepBrOnCast,
  br_on_cast_fail: stepBrOnCastFail,
  return: stepReturn,
  call: stepCall,
  call_indirect: stepCallIndirect,
  call_ref: stepCallRef,
  return_call: stepReturnCall,
  return_call_indirect: stepReturnCallIndirect,
  return_call_ref: stepReturnCallRef,
  throw: stepThrow,
  throw_ref: stepThrowRef,

  'local.get': stepLocalGet,
  'local.set': stepLocalSet,
  'local.tee': stepLocalTee,
  'global.get': stepGlobalGet,
  'global.set': stepGlobalSet,

  'ref.null': stepRefNull,
  'ref.func': stepRefFunc,
  'ref.is_null': stepRefIsNull,
  'ref.as_non_null': stepRefAsNonNull,
  'ref.eq': stepRefEq,
  'ref.test': stepRefTest,
  'ref.cast': stepRefCast,
  'ref.i31': stepRefI31,
  'ref.i31_shared': stepRefI31,
  'i31.get_s': stepI31Get,
  'i31.get_u': stepI31Get,
  'any.convert_extern': stepConvert,
  'extern.convert_any': stepConvert,

  'table.get': stepTableGet,
  'table.set': stepTableSet,
  'table.size': stepTableSize,
  'table.grow': stepTableGrow,
  'table.fill': stepTableFill,
  'table.copy': stepTableCopy,
  'table.init': stepTableInit,
  'elem.drop': stepElemDrop,
  'memory.size': stepMemorySize,
  'memory.grow': stepMemoryGrow,
  'memory.fill': stepMemoryFill,
  'memory.copy': stepMemoryCopy,
  'memory.init': stepMemoryInit,
  'data.drop': stepDataDrop,

  'struct.new': stepStructNew,
  'struct.new_default': stepStructNewDefault,
  'struct.get': stepStructGet,
  'struct.get_s': stepStructGet,
  'struct.get_u': stepStructGet,
  'struct.set': stepStructSet,
  'array.new': stepArrayNew,
  'array.new_default': stepArrayNewDefault,
  'array.new_fixed': stepArrayNewFixed,
  'array.new_data': stepArrayNewData,
  'array.new_elem': stepArrayNewElem,
  'array.get': stepArrayGet,
  'array.get_s': stepArrayGet,
  'array.get_u': stepArrayGet,
  'array.set': stepArraySet,
  'array.len': stepArrayLen,
  'array.fill': stepArrayFill,
  'array.copy': stepArrayCopy,
  'array.init_data': stepArrayInitData,
  'array.init_elem': stepArrayInitElem,

  ...Object.fromEntries(
    SORTS.flatMap((sort) =>
      Object.entries(ATOMIC_ACCESSES).map(([access, rule]) => [`${sort}.atomic.${access}`, rule] as const),
    ),
  ),

  'waitqueue.new': stepWaitqueueNew,
  'waitqueue.notify': stepWaitqueueNotify,
  'struct.wait': stepObjectWait,
  'array.wait': stepObjectWait,
  'table.wait': stepObjectWait,
  'memory.wait32': stepObjectWait,
  'memory.wait64': stepObjectWait,
  'global.wait': stepGlobalWait,
};

/** The rule of a plain instruction under a reading of the design switches. */
export function ruleOfRow({ meaning, mnemonic, immediates }: InstructionRow, readings: Readings): Rule<PlainInstr> {
  switch (meaning.kind) {
    case 'numeric':
      return stepNumeric;
    case 'vector':
      return stepVector;
    case 'const':
      return stepConst;
    case 'load':
      return stepLoad;
    case 'store':
      return stepStore;
    case 'vector-load':
      return immediates === 'memarg-lane' ? stepVectorLoadLane : stepVectorLoad;
    case 'vector-store':
      return immediates === 'memarg-lane' ? stepVectorStoreLane : stepVectorStore;
    case 'rmw':
      return stepRmw;
    case 'cmpxchg':
      return stepCmpxchg;
    case 'wait':
      return stepWait;
    case 'notify':
      return stepNotify;
    case 'fence':
      return stepFence;
    case 'special':
      return mnemonic === 'fork' ? stepFork(readings) : known(SPECIAL[mnemonic], `rule of ${mnemonic}`);
    default:
      return assertNever(meaning);
  }
}
