import { assert } from '../base/assert.ts';
import type { AccessRequest, AskedAction, BoundsCheck, Response, Site, TrapRequest } from '../event/request.ts';
import type { Addr, Region } from '../event/location.ts';
import type { Units } from '../event/units.ts';

/** What the families of events have in common. */

export function trap(reason: string, site: Site): TrapRequest {
  return { kind: 'trap', reason, site };
}

export function access(bounds: BoundsCheck | null, actions: readonly AskedAction[], site: Site): AccessRequest {
  return { kind: 'access', bounds, actions, site };
}

export function unitsOf(answer: Response): Units {
  assert(answer.kind === 'units', 'an access is answered with units');
  return answer.units;
}

export function addrOfNew(answer: Response): Addr {
  assert(answer.kind === 'new', 'an allocation is answered');
  return answer.addr;
}

/** A memory or table as its bulk accesses see it: its length, what a step of that holds, and its contents. */
export interface Storage {
  readonly addr: Addr;
  readonly length: Region;
  readonly unit: number;
  readonly contents: Region;
}

export function within({ length, unit }: Storage, end: number): BoundsCheck {
  return { length, unit, end };
}

/** A fill or initialisation: unordered, tearing, in one event; nothing but the bounds check where nothing is written. */
export function bulkWrite(to: Storage, offset: number, written: Units, site: Site): AccessRequest {
  const size = written.length;
  const write = { kind: 'wr', region: to.contents, offset, size, order: 'unord', tearFree: false, written } as const;
  return access(within(to, offset + size), size === 0 ? [] : [write], site);
}

/** A copy, of which the destination's bounds have been checked if that is another object. */
export function bulkCopy(
  to: Storage,
  from: Storage,
  at: number,
  source: number,
  size: number,
  site: Site,
): AccessRequest {
  const rest = { size, order: 'unord', tearFree: false } as const;
  const copy: readonly AskedAction[] = [
    { kind: 'rd', region: from.contents, offset: source, ...rest },
    { kind: 'wr-copy', region: to.contents, offset: at, ...rest, copies: 0 },
  ];
  const end = (to.addr === from.addr ? Math.max(at, source) : source) + size;
  return access(within(from, end), size === 0 ? [] : copy, site);
}
