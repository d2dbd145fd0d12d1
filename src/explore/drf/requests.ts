import type { Access } from '../../event/action.ts';
import { lengthRead } from '../../event/answer.ts';
import { overlaps, sameRange } from '../../event/location.ts';
import type { Request } from '../../event/request.ts';

/** What a thread may access by its next step, whatever it reads. */
export interface Asked {
  readonly access: Access;
  readonly reads: boolean;
  readonly writes: boolean;
}

/**
 * Everything that the request may come to access. Growth has its length only: who reaches the new units reads that. An allocation has nothing: nobody has the
 * object yet.
 */
export function accessesAsked(request: Request): Asked[] {
  switch (request.kind) {
    case 'access':
      return [
        ...bounds(request),
        ...request.actions.map((action) => ({
          access: action,
          reads: action.kind === 'rd' || action.kind === 'rmw',
          writes: action.kind !== 'rd',
        })),
      ];
    case 'grow':
      return bounds(request).map((asked) => ({ ...asked, writes: true }));
    case 'wait':
      return [...bounds(request), { access: request.read, reads: true, writes: false }];
    case 'notify':
      return bounds(request);
    default:
      return [];
  }
}

function bounds(request: Extract<Request, { kind: 'access' | 'grow' | 'wait' | 'notify' }>): Asked[] {
  const access = lengthRead(request);
  return access === null ? [] : [{ access, reads: true, writes: false }];
}

/** Whether two accesses that nothing orders would be a race; here, of the atomic ones, only seqcst ones of one range are none. */
export function isLoose(a: Access, b: Access): boolean {
  return overlaps(a, b) && !(a.order === 'seqcst' && b.order === 'seqcst' && sameRange(a, b));
}

/** Whether two threads that ask this at once may race, by accesses that they may come to make: a compare-exchange counts as a write. */
export function mayRace(a: Request, b: Request): boolean {
  const others = accessesAsked(b);
  return accessesAsked(a).some((x) => others.some((y) => (x.writes || y.writes) && isLoose(x.access, y.access)));
}
