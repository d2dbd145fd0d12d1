import { Bug } from '../base/assert.ts';
import type { Immediate, MemArg } from '../syntax/module.ts';
import type { AtomicAccess } from './atomic-rules.ts';
import type { Code } from './code.ts';
import type { Site } from './context.ts';
import type { LaneAccess } from './vector-rules.ts';

/** An instruction's rule and what checks it. */
export interface Typing {
  readonly rule: string;
  readonly check: (code: Code, site: Site, imm: Immediate) => void;
}

export function typing(rule: string, check: Typing['check']): Typing {
  return { rule: `Instr_ok/${rule}`, check };
}

/** Immediates of the kinds that the instruction table says an instruction has. */
function wrong(imm: Immediate): never {
  throw new Bug(`unexpected immediate ${imm.kind}`);
}

export function index(imm: Immediate): number {
  return imm.kind === 'index' ? imm.x : wrong(imm);
}

type OfKind<K extends Immediate['kind']> = Extract<Immediate, { kind: K }>;

export function pair(imm: Immediate): OfKind<'index-pair'> {
  return imm.kind === 'index-pair' ? imm : wrong(imm);
}

export function orderIndex(imm: Immediate): OfKind<'order-index'> {
  return imm.kind === 'order-index' ? imm : wrong(imm);
}

export function orderPair(imm: Immediate): OfKind<'order-index-pair'> {
  return imm.kind === 'order-index-pair' ? imm : wrong(imm);
}

export function castBranch(imm: Immediate): OfKind<'cast-branch'> {
  return imm.kind === 'cast-branch' ? imm : wrong(imm);
}

export function heapType(imm: Immediate): OfKind<'heap-type'>['heap'] {
  return imm.kind === 'heap-type' ? imm.heap : wrong(imm);
}

export function refType(imm: Immediate): OfKind<'ref-type'>['type'] {
  return imm.kind === 'ref-type' ? imm.type : wrong(imm);
}

export function resultTypes(imm: Immediate): OfKind<'result-types'>['types'] {
  return imm.kind === 'result-types' ? imm.types : wrong(imm);
}

export function labels(imm: Immediate): readonly number[] {
  return imm.kind === 'labels' ? imm.labels : wrong(imm);
}

export function lanes(imm: Immediate): readonly number[] {
  return imm.kind === 'lanes' ? imm.lanes : wrong(imm);
}

export function memarg(imm: Immediate): MemArg {
  return imm.kind === 'memarg' ? imm.memarg : wrong(imm);
}

export function atomicAccess(imm: Immediate, bytes: number): AtomicAccess {
  if (imm.kind === 'atomic-memarg') return { memarg: imm.memarg, order: imm.order, bytes };
  return { memarg: memarg(imm), order: 'none', bytes };
}

export function laneAccess(imm: Immediate): LaneAccess {
  return imm.kind === 'memarg-lane' ? imm : wrong(imm);
}
