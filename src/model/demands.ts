import type { EventId, Execution } from '../event/execution.ts';
import { BitMatrix } from '../rel/bit-matrix.ts';
import type { Accesses, ReadAccess, WriteAccess } from './accesses.ts';
import { accessesOf, sameRange } from './accesses.ts';
import type { Subject } from './axioms.ts';
import { constraintsOn, placingOf, totAxioms } from './axioms.ts';
import type { AxiomName, Definition } from './definition.ts';
import type { Breach, Demands } from './model.ts';
import { initOrder, programOrder, relationsOf, synchronisesWith } from './relations.ts';
import { shortestCycles } from './reasons/paths.ts';

/**
 * Everything that a definition asks of an execution, where the checker stops at the first thing that is wrong. An execution is
 * consistent if nothing is broken and some `tot` fulfils the constraints.
 */
export function demandsOf(definition: Definition, execution: Execution): Demands {
  const accesses = accessesOf(execution, definition.weakestAtomic, placingOf(definition.axioms));
  const on = new Set(definition.axioms);
  const sw = synchronisesWith(accesses, definition);
  const steps = new BitMatrix(accesses.count);
  for (const edges of [
    programOrder(execution.events),
    execution.asw.flat(),
    initOrder(execution.events, accesses),
    sw,
  ]) {
    for (let i = 0; i < edges.length; i += 2) steps.add(edges[i] as number, edges[i + 1] as number);
  }
  const hb = steps.copy().close();
  const relations = relationsOf(execution, accesses, sw, hb);
  const ordered = on.has('hb-irreflexive');
  if (ordered && hb.reflexivePoint() >= 0) {
    const breaches = shortestCycles(steps).map((events): Breach => ({ axiom: 'hb-irreflexive', events }));
    return { relations, breaches, within: hb, placed: [], constraints: [] };
  }
  const within = ordered ? hb : new BitMatrix(accesses.count);
  const subject: Subject = { accesses, hb, within, definition };
  const names: AxiomName[] = ['value', 'hb-consistent-1', 'hb-consistent-3', 'no-tear'];
  return {
    relations,
    breaches: names.filter((name) => on.has(name)).flatMap((name) => breachesOf(name, accesses, hb)),
    within: within.grown(accesses.count + accesses.placed.length),
    placed: accesses.placed,
    constraints: constraintsOn(subject, totAxioms(definition.axioms, accesses.acqrel, accesses.fences.length > 0)),
  };
}

function breachesOf(axiom: AxiomName, accesses: Accesses, hb: BitMatrix): Breach[] {
  const found = new Map<string, Breach>();
  const add = (events: readonly EventId[]): void => {
    found.set(events.join(), { axiom, events });
  };
  if (axiom === 'value') {
    const { wrongValue } = accesses;
    if (wrongValue !== null) add([wrongValue.writer, wrongValue.reader]);
    return [...found.values()];
  }
  for (const read of accesses.reads) {
    if (axiom === 'no-tear') for (const [a, b] of tornBetween(read)) add([a.event, b.event, read.event]);
    for (const { write, from, to } of read.sources) {
      if (axiom === 'hb-consistent-1' && (write.event === read.event || hb.has(read.event, write.event)))
        add([write.event, read.event]);
      if (axiom !== 'hb-consistent-3') continue;
      for (const other of read.writes) {
        if (other.offset >= to || from >= other.end) continue;
        if (hb.has(write.event, other.event) && hb.has(other.event, read.event))
          add([write.event, other.event, read.event]);
      }
    }
  }
  return [...found.values()];
}

/** Pairs of tear-free writes of its own range that a tear-free read mixes. */
function tornBetween(read: ReadAccess): (readonly [WriteAccess, WriteAccess])[] {
  if (!read.tearFree) return [];
  const whole = read.sources
    .filter(({ write, first }) => first && write.tearFree && sameRange(write, read))
    .map(({ write }) => write);
  return whole.flatMap((a, i) => whole.slice(i + 1).map((b) => [a, b] as const));
}
