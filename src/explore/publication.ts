import { Bug } from '../base/assert.ts';
import { contentsAt } from '../event/answer.ts';
import type { NewRequest, Request, Response } from '../event/request.ts';
import { isFill } from '../event/units.ts';
import type { Executor, Suspended } from '../runtime/executor.ts';
import type { Readings } from '../syntax/readings.ts';
import { perLocation } from './locations.ts';

/**
 * What of an allocation is still to be asked under `publication=racy`: the address, then the write of the contents there. Null where the
 * thread's own request is what it asks.
 */
type Pending =
  | { readonly kind: 'address'; readonly request: NewRequest }
  | { readonly kind: 'contents'; readonly made: Response }
  | null;

export interface Explored<S> {
  readonly inner: S;
  readonly pending: Pending;
}

/**
 * The executor as every exploration runs it: accesses are of single locations, and a fresh object appears as `readings.publication` says. `initialised`:
 * by one event of `init` writes, which happen before every other access to it. `racy`: by one that writes the default values (zeroes, null), and
 * the allocating thread's unordered write of the contents, so that a thread which got the object without synchronising may see either.
 */
export function explored<S>(executor: Executor<S>, readings: Readings): Executor<Explored<S>> {
  const racy = readings.publication === 'racy';

  function suspend({ state: inner, request }: Suspended<S>): Suspended<Explored<S>> {
    if (racy && request.kind === 'new' && !hasDefaults(request)) {
      const defaults: NewRequest = { ...request, contents: { fill: 0, length: request.contents.length } };
      return { state: { inner, pending: { kind: 'address', request } }, request: defaults };
    }
    return { state: { inner, pending: null }, request: perLocation(request) };
  }

  return {
    name: executor.name,
    start: (start) => suspend(executor.start(start)),
    resume({ inner, pending }, response) {
      if (pending === null) return suspend(executor.resume(inner, response));
      if (pending.kind === 'contents') return suspend(executor.resume(inner, pending.made));
      return {
        state: { inner, pending: { kind: 'contents', made: response } },
        request: fill(pending.request, response),
      };
    },
    sameState(a, b) {
      return a.pending === null && b.pending === null && executor.sameState(a.inner, b.inner);
    },
    sameActivation: (a, b) => executor.sameActivation?.(a.inner, b.inner) ?? true,
    stateHash: ({ inner, pending }) => (pending === null ? executor.stateHash(inner) : 0),
    completion: ({ inner }) => executor.completion(inner),
    threadLocals: ({ inner }) => executor.threadLocals(inner),
  };
}

function hasDefaults({ contents }: NewRequest): boolean {
  return contents.length === 0 || (isFill(contents) && contents.fill === 0);
}

function fill(request: NewRequest, made: Response): Request {
  if (made.kind !== 'new') throw new Bug('an allocation is answered with its address');
  return { kind: 'access', bounds: null, actions: contentsAt(request, made.addr, 'unord'), site: request.site };
}
