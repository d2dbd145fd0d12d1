import { assert } from '../base/assert.ts';
import type { Result } from '../base/result.ts';
import { err, ok } from '../base/result.ts';
import type { Region } from '../event/location.ts';
import { unitAt } from '../event/units.ts';
import type { ValidModule } from '../valid/valid-module.ts';
import type { Linked, Naming, ResolveImport } from './instantiate.ts';
import { lengthsNeeded, linkModule } from './instantiate.ts';
import type { Store } from './schedule.ts';

/** Why an instantiation failed. */
export interface InstantiationFailure {
  readonly kind: 'unlinkable' | 'trap';
  readonly message: string;
}

/**
 * Instantiates in a store, all at once but for the start function, which is the caller's to run. After a trap the segments before it
 * are written [core 3.0, Instantiation]. `prepare` is told of the instance before anything of it is written.
 */
export function placeInstance(
  valid: ValidModule,
  resolve: ResolveImport,
  naming: Naming,
  store: Store,
  prepare: (linked: Linked) => void = () => {},
): Result<Linked, InstantiationFailure> {
  const lengths = new Map<Region, number>();
  for (const request of lengthsNeeded(valid, resolve)) {
    const answer = store.answer(request);
    assert(answer?.kind === 'units', 'a length is answered with units');
    for (const { region } of request.actions) lengths.set(region, unitAt(answer.units, 0));
  }
  const linked = linkModule(valid, resolve, naming, lengths);
  if (!linked.ok) return err({ kind: 'unlinkable', message: linked.error.message });
  const { alloc, segments } = linked.value;
  prepare(linked.value);
  if (alloc !== null) store.answer(alloc);
  for (const { request, trap } of segments) {
    if (store.answer(request)?.kind === 'out-of-bounds') return err({ kind: 'trap', message: trap });
  }
  return ok(linked.value);
}
