import type { EventId } from '../../event/execution.ts';
import type { Candidate } from '../../explore/explain/candidates.ts';
import type { Group } from '../../explore/explain/explanation.ts';
import type { Relations } from '../../model/model.ts';
import type { Witness } from '../../explore/result.ts';

/** A forbidden candidate in the clothes of a witness, to be named and drawn: its order is that of its making, which extends po and asw. */
export function asWitness(candidate: Candidate, relations: Relations): Witness {
  const { execution, objects } = candidate;
  const tot = execution.events.map(({ id }): EventId => id);
  return { execution, tot, relations, races: [], objects, sequentiallyConsistent: false };
}

export function witnessOf({ candidate, forbidden }: Group): Witness {
  return asWitness(candidate, forbidden.relations);
}
