import { known } from '../base/assert.ts';
import { locationsIn, neverTears } from '../event/location.ts';
import type { AccessRequest, AskedAction, Request } from '../event/request.ts';
import { unitsWithin } from '../event/units.ts';

/**
 * The request with an action for each location: what an instruction does to many elements of an array at once it does to each as an access
 * of its own would, so that a narrow element is read and written whole [DOMAIN 3]. It stays one event.
 */
export function perLocation(request: Request): Request {
  if (request.kind !== 'access' || request.actions.every(({ kind, ...block }) => kind === 'rmw' || !('each' in block)))
    return request;
  return { ...request, actions: splitActions(request) };
}

function splitActions({ actions }: AccessRequest): AskedAction[] {
  const split: AskedAction[] = [];
  /** Where the parts of each action begin in `split`. */
  const starts: number[] = [];
  for (const action of actions) {
    const first = split.length;
    starts.push(first);
    if (action.kind === 'rmw' || action.each === undefined) {
      split.push(action.kind === 'wr-copy' ? { ...action, copies: known(starts[action.copies], 'action') } : action);
      continue;
    }
    const { each, ...whole } = action;
    locationsIn(action, [each]).forEach((range, i) => {
      const access = { ...range, order: action.order, tearFree: range.size === each && neverTears(each) };
      if (whole.kind === 'rd') split.push({ kind: 'rd', ...access });
      else if (whole.kind === 'wr-copy')
        split.push({ kind: 'wr-copy', ...access, copies: known(starts[whole.copies], 'action') + i });
      else {
        const written = unitsWithin(whole.written, range.offset - whole.offset, range.size);
        split.push({ kind: 'wr', ...access, written });
      }
    });
  }
  return split;
}
