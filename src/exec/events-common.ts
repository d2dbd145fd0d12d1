import { assert } from '../base/assert.ts';
import type { AccessRequest, AskedAction, BoundsCheck, Response, Site, TrapRequest } from '../event/request.ts';
import type { Addr } from '../event/location.ts';
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
