import type { Addr, Field, Region } from '../../event/location.ts';
import { fieldOf, objectOf } from '../../event/location.ts';
import type { Witness } from '../../explore/result.ts';

const UNNAMED: Readonly<Record<Field, string>> = {
  data: 'memory',
  length: 'memory',
  elem: 'table',
  val: 'global',
  fields: 'struct',
  queue: 'waitqueue',
};

/** Names of objects: those of the witness; others are numbered by kind. */
export function objectNames({ execution, objects }: Witness): (region: Region) => string {
  const fields = new Map<Addr, Field>();
  for (const event of execution.events) {
    for (const { region } of event.actions) {
      const field = fieldOf(region);
      if (field !== 'length' || !fields.has(objectOf(region))) fields.set(objectOf(region), field);
    }
  }
  const names = new Map<Addr, string>(objects as ReadonlyMap<Addr, string>);
  const counts = new Map<string, number>();
  for (const [object, field] of [...fields].toSorted(([a], [b]) => a - b)) {
    if (names.has(object)) continue;
    const kind = UNNAMED[field];
    const n = counts.get(kind) ?? 0;
    counts.set(kind, n + 1);
    names.set(object, `${kind}#${n}`);
  }
  return (region) => names.get(objectOf(region)) ?? 'object';
}
