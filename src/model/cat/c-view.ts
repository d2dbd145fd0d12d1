import type { Order } from '../../event/action.ts';
import type { Execution } from '../../event/execution.ts';
import { assertNever } from '../../base/assert.ts';
import { COMMON_RELATIONS, COMMON_SETS, elementFrame, initialElements, NO_LOCATION, set } from './element-frame.ts';
import type { Element } from './element-frame.ts';
import type { Frame, Impossible, Unsupported, View } from './view.ts';
import { wholeExecution } from './whole-accesses.ts';
import type { AccessStep, Step } from './whole-accesses.ts';

/** The orders of C11 under the names of herd’s C models. */
type MemoryOrder = 'NA' | 'RLX' | 'CON' | 'ACQ' | 'REL' | 'ACQ_REL' | 'SC';

/**
 * An execution as one of the C11 program that a compiler would make this Wasm of: an unordered access is a non-atomic one, an acqrel load, store and
 * update are acquire, release and acq_rel, seqcst is seq_cst. An update is one element, a read and a write.
 */
export const cView: View = {
  name: 'C',
  about:
    'Elements are the accesses and fences of a C11 program that compiles to this Wasm; an update is one element, in R and in W.',
  wholeReads: true,
  bases: [
    ...COMMON_SETS,
    set('RMW', 'updates'),
    set('A', 'atomic accesses'),
    set('NA', 'what is not an atomic access'),
    set('RLX', 'relaxed: empty, Wasm has no such order'),
    set('CON', 'consume: empty'),
    set('ACQ', 'acquire: acqrel loads'),
    set('REL', 'release: acqrel stores'),
    set('ACQ_REL', 'acquire and release: acqrel updates and fences'),
    set('SC', 'seq_cst'),
    set('LK', 'locks: empty'),
    set('LS', 'successful locks: empty'),
    set('LF', 'failed locks: empty'),
    set('UL', 'unlocks: empty'),
    ...COMMON_RELATIONS,
  ],
  frame,
};

function frame(execution: Execution): Frame | Unsupported | Impossible {
  const whole = wholeExecution(execution);
  if (!('steps' in whole)) return whole;
  const elements: Element[] = initialElements(whole, ['W', 'NA']);
  const elementOf = whole.steps.map((step) => (step.kind === 'link' ? -1 : elements.push(element(step)) - 1));
  const rf = whole.steps.flatMap((step, i): (readonly [number, number])[] => {
    if (step.kind !== 'access' || step.origin === null) return [];
    const from = step.origin === 'initial' ? step.location : (elementOf[step.origin] as number);
    return [[from, elementOf[i] as number]];
  });
  return elementFrame(elements, whole, { rf, rmw: [] });
}

function element(step: Exclude<Step, { kind: 'link' }>): Element {
  const { event, thread } = step;
  if (step.kind === 'fence') {
    return {
      event,
      thread,
      location: NO_LOCATION,
      sets: new Set(['F', 'NA', step.order === 'seqcst' ? 'SC' : 'ACQ_REL']),
    };
  }
  const sets = new Set<string>();
  if (step.origin !== null) sets.add('R');
  if (step.writes) sets.add('W');
  if (step.origin !== null && step.writes) sets.add('RMW');
  const order = memoryOrder(step.order, step);
  sets.add(order);
  if (order !== 'NA') sets.add('A');
  return { event, thread, location: step.location, sets };
}

function memoryOrder(order: Order, { origin, writes }: AccessStep): MemoryOrder {
  switch (order) {
    case 'init':
    case 'unord':
      return 'NA';
    case 'acqrel':
      if (origin !== null && writes) return 'ACQ_REL';
      return writes ? 'REL' : 'ACQ';
    case 'seqcst':
      return 'SC';
    default:
      return assertNever(order);
  }
}
