import { assert } from '../base/assert.ts';
import type { AskedAction, Response, Site } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { Storage } from './access.ts';
import { block, within } from './access.ts';
import type { Admin, Config } from './config.ts';
import type { Attempt, Rule } from './rule.ts';
import { succeeds } from './rule.ts';

/**
 * What memories and tables have in common in bulk instructions: d and s are where the destination and the source begin, n is how many
 * units are meant. A block of no units is still checked against the bounds.
 */

/** Writes the units to all of [d, d+n). */
export function fillOf(to: Storage, d: number, n: number, fill: number, site: Site): Attempt {
  const write: AskedAction = { kind: 'wr', ...block(to.content, d, n), written: { fill, length: n } };
  return within(to, d + n, n === 0 ? [] : [write], site);
}

/**
 * A copy's first event, and its second if source and destination have two lengths: first the destination's is read, and only within
 * its bounds the source's, with the copying.
 */
export function copyOf(to: Storage, from: Storage, d: number, s: number, n: number, site: Site): CopyAttempt {
  const copy: readonly AskedAction[] = [
    { kind: 'rd', ...block(from.content, s, n) },
    { kind: 'wr-copy', ...block(to.content, d, n), copies: 0 },
  ];
  const actions = n === 0 ? [] : copy;
  if (to.addr === from.addr) return { first: within(to, Math.max(d, s) + n, actions, site), second: null };
  return { first: within(to, d + n, [], site), second: within(from, s + n, actions, site) };
}

interface CopyAttempt {
  readonly first: Attempt;
  readonly second: Attempt | null;
}

/** Writes units to [d, …), in bounds of the storage. */
export function writeOf(to: Storage, d: number, written: Units, site: Site): Attempt {
  const write: AskedAction = { kind: 'wr', ...block(to.content, d, written.length), written };
  return within(to, d + written.length, written.length === 0 ? [] : [write], site);
}

/** The administrative instruction that is an event still to come. */
export function later(kind: 'copy' | 'init', { request, trap }: Attempt): Admin {
  assert(request?.kind === 'access', 'an access');
  return { kind, request, trap };
}

type Second = Extract<Admin, { readonly kind: 'copy' | 'init' }>;

/**
 * @rule Step/copy-source
 *
 *     copy′ a d a′ s m ↪(rd a′.length n)                                                  trap    (if s+m > n)
 *     copy′ a d a′ s m ↪(rd a′.length n) ((rd a′.content[s] b^m) (wr a.content[d] b^m))?  ε       (if s+m ≤ n)
 */
export const stepCopySource: Rule<Second> = {
  id: 'Step/copy-source',
  source: 'core, Memory Instructions, Table Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (_, { request }) => request,
  step: second,
};

/**
 * @rule Step/init-write
 *
 *     init′ a d b^m ↪(rd a.length n)                           trap    (if d+m > n)
 *     init′ a d b^m ↪(rd a.length n) (wr a.content[d] b^m)?    ε       (if d+m ≤ n)
 *     init′ a d b^m ↪                (wr a.elem[d] b^m)        ε       (if a is an array)
 */
export const stepInitWrite: Rule<Second> = {
  id: 'Step/init-write',
  source: 'core, Memory Instructions, Table Instructions, Aggregate Instructions; as one event like OOPSLA19 Fig. 8',
  ask: (_, { request }) => request,
  step: second,
};

function second(z: Config, { request, trap }: Second, answer: Response | null): void {
  succeeds(z, { request, trap, site: request.site }, answer);
}
