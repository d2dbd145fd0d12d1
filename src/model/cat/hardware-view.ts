import type { Execution } from '../../event/execution.ts';
import type { Order } from '../../event/action.ts';
import {
  COMMON_RELATIONS,
  COMMON_SETS,
  elementFrame,
  initialElements,
  NO_LOCATION,
  relation,
  set,
} from './element-frame.ts';
import type { Element } from './element-frame.ts';
import type { Frame, Impossible, Unsupported, View } from './view.ts';
import { wholeExecution } from './whole-accesses.ts';
import type { AccessStep } from './whole-accesses.ts';

/** How a machine does what Wasm asks: the sets that its instructions’ elements are in. */
interface Scheme {
  /** A load; the read of an update; a compare-exchange that fails. */
  readonly read: (step: AccessStep) => readonly string[];
  readonly write: (step: AccessStep) => readonly string[];
  /** The fence after a store of this order; null if it needs none. */
  readonly afterStore: (order: Order) => string | null;
  /** The instruction of `atomic.fence`; null if it needs none. */
  readonly fence: (order: Order) => string | null;
  /** Where threads start, end and join. */
  readonly link: string;
}

/** [OOPSLA19 Fig. 19; Sewell and Ševčík]: MOV, a seqcst store MOV and MFENCE (the figure's XCHG, whose read nobody uses, is the same), LOCKed updates. */
const X86: Scheme = {
  read: ({ writes, failed }) => (writes || failed ? ['X'] : []),
  write: ({ origin }) => (origin === null ? [] : ['X']),
  afterStore: (order) => (order === 'seqcst' ? 'MFENCE' : null),
  fence: (order) => (order === 'seqcst' ? 'MFENCE' : null),
  link: 'MFENCE',
};

/**
 * [OOPSLA19 Fig. 19; PLDI20 §5]: LDR, STR; seqcst LDAR, STLR; updates LDAXR and STLXR. An acqrel load is LDAPR, the weakest instruction that an engine may
 * choose (LDAR allows less), an acqrel store STLR, a fence of either order DMB ISH.
 */
const ARMV8: Scheme = {
  read: ({ order, writes, failed }) => {
    if (writes || failed) return ['A', 'X'];
    if (order === 'seqcst') return ['A'];
    return order === 'acqrel' ? ['Q'] : [];
  },
  write: ({ order, origin }) => {
    if (origin !== null) return ['L', 'X'];
    return order === 'seqcst' || order === 'acqrel' ? ['L'] : [];
  },
  afterStore: () => null,
  fence: () => 'DMB.ISH',
  link: 'DMB.ISH',
};

export const x86View: View = {
  name: 'X86',
  about:
    'Elements are the accesses and fences of the x86 program that this Wasm compiles to; an update is a read and a write, by rmw.',
  wholeReads: true,
  bases: [
    ...COMMON_SETS,
    set('X', 'accesses of LOCKed instructions'),
    set('MFENCE', 'MFENCE: after seqcst stores, seqcst fences, and where threads start and join'),
    set('LFENCE', 'LFENCE: empty'),
    set('SFENCE', 'SFENCE: empty'),
    ...COMMON_RELATIONS,
  ],
  frame: (execution) => compiled(execution, X86),
};

const BARRIERS = ['DMB', 'DSB'].flatMap((kind) =>
  ['ISH', 'ISHLD', 'ISHST', 'OSH', 'OSHLD', 'OSHST', 'SY', 'LD', 'ST'].map((option) => `${kind}.${option}`),
);

export const aarch64View: View = {
  name: 'AArch64',
  about:
    'Elements are the accesses and fences of the ARMv8 program that this Wasm compiles to; an update is a read and a write, by rmw.',
  wholeReads: true,
  bases: [
    ...COMMON_SETS,
    set('A', 'acquire loads: LDAR, LDAXR'),
    set('Q', 'acquirePC loads: LDAPR'),
    set('L', 'release stores: STLR, STLXR'),
    set('X', 'exclusives: LDAXR, STLXR'),
    set('NoRet', 'reads whose result goes nowhere: empty'),
    ...BARRIERS.map((name) =>
      set(name, name === 'DMB.ISH' ? 'DMB ISH: fences, and where threads start and join' : 'empty'),
    ),
    set('ISB', 'ISB: empty'),
    set('T', 'accesses of memory tags: empty'),
    ...COMMON_RELATIONS,
    relation('iico_data', 'data flow inside an instruction: empty'),
    relation('iico_ctrl', 'control flow inside an instruction: empty'),
  ],
  frame: (execution) => compiled(execution, ARMV8),
};

function compiled(execution: Execution, scheme: Scheme): Frame | Unsupported | Impossible {
  const whole = wholeExecution(execution);
  if (!('steps' in whole)) return whole;
  const elements: Element[] = initialElements(whole, ['W']);
  const writeOf: number[] = [];
  const reads: { readonly element: number; readonly step: AccessStep }[] = [];
  const rmw: [number, number][] = [];
  for (const [i, step] of whole.steps.entries()) {
    const { event, thread } = step;
    const add = (location: number, sets: readonly string[]): number =>
      elements.push({ event, thread, location, sets: new Set(sets) }) - 1;
    const addFence = (name: string | null): void => {
      if (name !== null) add(NO_LOCATION, ['F', name]);
    };
    if (step.kind === 'fence') addFence(scheme.fence(step.order));
    else if (step.kind === 'link') addFence(scheme.link);
    else {
      const read = step.origin === null ? -1 : add(step.location, ['R', ...scheme.read(step)]);
      if (read >= 0) reads.push({ element: read, step });
      if (!step.writes) continue;
      const write = add(step.location, ['W', ...scheme.write(step)]);
      writeOf[i] = write;
      if (read >= 0) rmw.push([read, write]);
      else addFence(scheme.afterStore(step.order));
    }
  }
  const rf = reads.map(({ element, step: { origin, location } }): readonly [number, number] => [
    typeof origin === 'number' ? (writeOf[origin] as number) : location,
    element,
  ]);
  return elementFrame(elements, whole, { rf, rmw });
}
