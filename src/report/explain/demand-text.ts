import type { EventId } from '../../event/execution.ts';
import { edgesOf } from '../../model/reasons/conflict.ts';
import type { Path } from '../../model/reasons/links.ts';
import type { Constraint } from '../../model/total-order.ts';
import type { EventNames } from './names.ts';
import { pathText } from './path-text.ts';

/**
 * What gives an axiom its say about `tot`, in words: of W, W′ and R that they are a write, another one and a read from the first. `way` finds the hb
 * that an axiom presupposes.
 */
export function demandText(
  constraint: Constraint,
  names: EventNames,
  way: (from: EventId, to: EventId) => Path,
): string {
  const { axiom, events, either } = constraint;
  const [w, v, r] = events;
  if (w === undefined || v === undefined || r === undefined) return pairText(constraint, names);
  const [write, other, read] = [names.of(w), names.of(v), names.of(r)];
  const reads = `${read} reads from ${write}`;
  const of = KINDS_OF_OTHER[axiom];
  if (of === undefined) return `${axiom} speaks of ${events.map((id) => names.of(id)).join(', ')}`;
  if (either.length > 2) return `${reads}, and ${other}, ${of}, may not come between them`;
  const premise = either[0] === r ? way(w, v) : way(v, r);
  const since = premise.length === 0 ? '' : ` (${pathText(premise, names)})`;
  return either[0] === r
    ? `${reads}, and ${other}, ${of} that happens after ${write}${since}, would hide it`
    : `${reads}, and ${other}, ${of} that happens before ${read}${since}, would hide it if it came after ${write}`;
}

const SEQCST = 'a seqcst write of the same range';
const ATOMIC = 'an atomic write of the same range';

/** What kind of write W′ is for an axiom. */
const KINDS_OF_OTHER: Readonly<Record<string, string>> = {
  'sc-last-visible-1': 'a write of the same range',
  'sc-last-visible-2': SEQCST,
  'sc-last-visible-3': SEQCST,
  'rmw-atomicity': ATOMIC,
  'atomic-coherence': ATOMIC,
  'sc-latest': 'which writes there too',
};

function pairText({ axiom, either }: Constraint, names: EventNames): string {
  const wanted = edgesOf(either).map(({ from, to }) => `${names.of(from)} before ${names.of(to)}`);
  if (axiom === 'sc-latest') return `${either.length === 2 ? 'a write comes before what reads from it' : axiom}`;
  return `${axiom} asks for ${wanted.join(' or ')}`;
}
