import { valueKey } from './call-start.ts';
import type { ThreadLocals } from './executor.ts';
import { sameLog } from './script-log.ts';
import type { Session } from './script-state.ts';

/**
 * Whether two sessions are in the same state: what the thread goes on to do, and what it did that outcomes are made of, are the same. Instances are compared
 * as objects: the same module instantiated in two executions may be told apart, which costs a search of states time, and nothing else.
 */
export function sameSession(a: Session, b: Session): boolean {
  return (
    a === b ||
    (a.start === b.start &&
      a.refs === b.refs &&
      a.pc === b.pc &&
      a.latest === b.latest &&
      a.spectest === b.spectest &&
      a.latestThread === b.latestThread &&
      a.hasForked === b.hasForked &&
      a.actions === b.actions &&
      a.moduleCount === b.moduleCount &&
      a.allocations === b.allocations &&
      sameEntries(a.modules, b.modules) &&
      sameEntries(a.registry, b.registry) &&
      sameEntries(a.threads, b.threads) &&
      sameItems(a.instances, b.instances) &&
      sameMembers(a.allocatedSpectest, b.allocatedSpectest) &&
      sameLocals(a.locals, b.locals) &&
      sameLog(a.log, b.log))
  );
}

function sameEntries<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>): boolean {
  return a === b || (a.size === b.size && [...a].every(([key, value]) => b.has(key) && b.get(key) === value));
}

function sameItems<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}

function sameMembers<T>(a: ReadonlySet<T>, b: ReadonlySet<T>): boolean {
  return a === b || (a.size === b.size && [...a].every((item) => b.has(item)));
}

function sameLocals(a: ThreadLocals, b: ThreadLocals): boolean {
  if (a === b) return true;
  return (
    a.size === b.size &&
    [...a].every(([addr, value]) => {
      const other = b.get(addr);
      return other !== undefined && valueKey(other) === valueKey(value);
    })
  );
}
