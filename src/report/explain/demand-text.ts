import type { EventId } from '../../event/execution.ts';
import type { Asked } from '../../model/reasons/conflict.ts';
import type { Path } from '../../model/reasons/links.ts';
import type { EventNames } from './names.ts';
import { pathText } from './path-text.ts';

type Way = (from: EventId, to: EventId) => Path;

/** What gives an axiom its say about `tot` and the modification orders, in words. `way` finds the hb that it presupposes. */
export function demandText(asked: Asked, names: EventNames, way: Way): string {
  const { axiom, events, either } = asked;
  if (axiom === 'fence-order') return fenceText(asked, names);
  const [w, v, r] = events;
  if (w === undefined || v === undefined) return axiom;
  if (r === undefined) return pairText(asked, names, way);
  const [write, other, read] = [names.of(w), names.of(v), names.of(r)];
  const reads = `${read} reads from ${write}`;
  const kind = OTHERS[axiom];
  if (kind === undefined) return `${axiom} speaks of ${events.map((id) => names.of(id)).join(', ')}`;
  if (either.length > 1) return `${reads}, and ${other}, ${kind}, may not come between them`;
  const premise = premisePath(asked, way);
  const since = premise.length === 0 ? '' : ` (${pathText(premise, names)})`;
  return either[0]?.from === r
    ? `${reads}, and ${other}, ${kind} that happens after ${write}${since}, would hide it`
    : `${reads}, and ${other}, ${kind} that happens before ${read}${since}, would hide it if it came after ${write}`;
}

const SEQCST = 'a seqcst write of the same range';
const ATOMIC = 'an atomic write of the same range';

/** What kind of write W′ is, for axioms on W, W′ and R. */
const OTHERS: Readonly<Record<string, string>> = {
  'sc-last-visible-1': 'a write of the same range',
  'sc-last-visible-2': SEQCST,
  'sc-last-visible-3': SEQCST,
  'sc-last-visible-acqrel': SEQCST,
  'rmw-atomicity': ATOMIC,
  'atomic-coherence': ATOMIC,
  'sc-latest': 'which writes there too',
};

/** Of two events. */
function pairText({ axiom, events, either }: Asked, names: EventNames, way: Way): string {
  const [w, v] = events as readonly [EventId, EventId];
  const both = `${names.of(w)} and ${names.of(v)}`;
  switch (axiom) {
    case 'sc-latest':
      return 'a write comes before what reads from it';
    case 'sc-modification-order':
      return `${both} are seqcst writes of one range, which tot and mo order alike`;
    case 'atomic-coherence':
      return `${both} are atomic writes of one range, and the one happens before the other (${pathText(way(w, v), names)})`;
    default:
      return `${axiom} asks for ${either.map(({ from, to }) => `${names.of(from)} before ${names.of(to)}`).join(' or ')}`;
  }
}

/** Of A and B and the fences (or themselves) that stand before A and after B. */
function fenceText({ events, either }: Asked, names: EventNames): string {
  const [A, B, a, b] = events as readonly [EventId, EventId, EventId, EventId];
  const fences = [
    ...(a === A ? [] : [`fence ${names.of(a)} before ${names.of(A)}`]),
    ...(b === B ? [] : [`fence ${names.of(b)} after ${names.of(B)}`]),
  ].join(' and ');
  const lead = either.length === 1 && either[0]?.order === 'tot' ? 'is overwritten by' : 'does not come after';
  return `with ${fences}: what ${names.of(A)} reads or writes ${lead} ${names.of(B)} in mo, so tot must agree`;
}

/** The way by hb that an axiom on W, W′ and R rests on: W hb W′, or W′ hb R; of two writes, W hb W′. */
export function premisePath({ axiom, events, either }: Asked, way: Way): Path {
  const [w, v, r] = events;
  if (w === undefined || v === undefined || either.length !== 1 || axiom === 'sc-latest' || axiom === 'fence-order')
    return [];
  if (r === undefined) return axiom === 'atomic-coherence' ? way(w, v) : [];
  return either[0]?.from === r ? way(w, v) : way(v, r);
}
