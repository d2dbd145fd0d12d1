import type { InstructionRow } from '../../../../src/syntax/instructions.ts';

/**
 * Parts of the language that a caller may leave out, so that what is generated suits a peer that lacks them. What every peer has (multiple values,
 * bulk memory, funcref and externref, sign extension, saturating truncation, mutable globals) has no switch.
 */
export interface Features {
  /** Structures, arrays, i31, casts, recursive and subtyped types, typed function references, initialised tables, wider constant expressions. */
  readonly gc: boolean;
  readonly exceptions: boolean;
  readonly tailCalls: boolean;
  readonly simd: boolean;
  readonly relaxedSimd: boolean;
  readonly memory64: boolean;
  readonly multiMemory: boolean;
  /** Integer arithmetic in constant expressions. */
  readonly extendedConst: boolean;
  readonly threads: boolean;
  /** Orders, and `pause`. */
  readonly acqrel: boolean;
  /** Shared functions, tables, globals, segments, tags and heap types; their atomic accessors. */
  readonly sharedEverything: boolean;
  /** Weft's own: thread-local globals, shared modules, `fork`. */
  readonly weft: boolean;
  /** Shared element and data segments. */
  readonly sharedSegments: boolean;
  /** `ref.i31_shared`, which has two opcodes in use. */
  readonly sharedI31: boolean;
  /** Wait queues. */
  readonly waitQueues: boolean;
  /** Identifiers, duplicate and odd ones. */
  readonly names: boolean;
  /** Custom sections. */
  readonly customs: boolean;
  readonly notes: boolean;
}

export const ALL_FEATURES: Features = {
  gc: true,
  exceptions: true,
  tailCalls: true,
  simd: true,
  relaxedSimd: true,
  memory64: true,
  multiMemory: true,
  extendedConst: true,
  threads: true,
  acqrel: true,
  sharedEverything: true,
  weft: true,
  sharedSegments: true,
  sharedI31: true,
  waitQueues: true,
  names: true,
  customs: true,
  notes: true,
};

/** All features but those switched off, and those that need one that is off. */
export function featuresFrom(chosen: Partial<Features> = {}): Features {
  const f = { ...ALL_FEATURES, ...chosen };
  const sharedEverything = f.sharedEverything && f.threads;
  return {
    ...f,
    sharedEverything,
    relaxedSimd: f.relaxedSimd && f.simd,
    weft: f.weft && sharedEverything,
    sharedSegments: f.sharedSegments && sharedEverything,
    sharedI31: f.sharedI31 && sharedEverything && f.gc,
    waitQueues: f.waitQueues && sharedEverything,
  };
}

const EXCEPTIONS = new Set(['throw', 'throw_ref']);
const TAIL_CALLS = new Set(['return_call', 'return_call_indirect', 'return_call_ref']);
const TYPED_REFERENCES = new Set([
  'call_ref',
  'return_call_ref',
  'ref.as_non_null',
  'br_on_null',
  'br_on_non_null',
  'br_on_cast',
  'br_on_cast_fail',
  'ref.eq',
]);
const WAITS = /^(waitqueue\.|(struct|array|global|table)\.wait$|memory\.wait)/;

/** Whether an instruction belongs to the language of these features. */
export function hasInstruction(f: Features, row: InstructionRow): boolean {
  const { mnemonic: op, opcode, source } = row;
  if (source === 'weft') return f.weft;
  if (source === 'acqrel') return f.acqrel;
  if (source === 'threads') return f.threads;
  if (WAITS.test(op)) return f.waitQueues;
  if (op === 'ref.i31_shared') return f.sharedI31;
  if (source === 'shared') return f.sharedEverything && (f.gc || op.startsWith('global.') || op.startsWith('table.'));
  if (opcode[0] === 0xfb || TYPED_REFERENCES.has(op)) return f.gc;
  if (opcode[0] === 0xfd) return op.includes('relaxed_') ? f.relaxedSimd : f.simd;
  if (EXCEPTIONS.has(op)) return f.exceptions;
  return !TAIL_CALLS.has(op) || f.tailCalls;
}
