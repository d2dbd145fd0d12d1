import { assertNever } from '../../base/assert.ts';
import type { Access, Action, WritingAction } from '../../event/action.ts';
import { isWriting } from '../../event/action.ts';
import { concludeNew, dataReads, lengthRead } from '../../event/answer.ts';
import type { LocatedRequest } from '../../event/answer.ts';
import { covers, objectAddr, overlaps } from '../../event/location.ts';
import type { ThreadId } from '../../event/location.ts';
import type { Request, Response, Start } from '../../event/request.ts';
import { UNIT } from '../../event/request.ts';
import type { Units } from '../../event/units.ts';
import type { AnswerTrie, TrieNode } from '../../exec/answer-trie.ts';
import type { Readings } from '../../syntax/readings.ts';
import { tooLong, tooManyEvents, tooManyMixtures, tooManyReturns, tooManyRounds } from '../bounds.ts';
import { conclusions, leaves } from '../conclusions.ts';
import type { ThreadNames } from '../thread-names.ts';
import type { Assumptions } from '../../model/model.ts';
import type { Candidate, Mixing } from './mixing.ts';
import { mixtures, TooManyMixtures } from './mixing.ts';
import { hidesInit, mayBeRead } from './readable.ts';
import type { Progress, Shape, ShapeId } from './shapes.ts';
import { ShapeTable } from './shapes.ts';
import { Uses } from './uses.ts';

/**
 * What every thread can do on its own: the least fixpoint of the values that threads can write [DOMAIN 4, Thin air]. V₀ is
 * what allocation writes; Vₖ₊₁ adds every write that some thread can make, run alone, with its reads answered from Vₖ.
 * Four refinements lose no execution (proofs-notes/enumeration.md, Lemma 3) of a model with hb-consistent-1 and -3: a thread does not read what
 * itself has overwritten, nor what a thread writes before (after) it exists (has ended), nor initial bytes beside a write that synchronises with
 * it; of one with no-tear: a tear-free read mixes no two tear-free writes of its own range.
 */
export interface Landscape<S> {
  readonly shapes: ShapeTable;
  /** The shapes that a thread can still write from this node on. */
  reachable(thread: ThreadId, node: TrieNode<S>): bigint;
  /** Whether the thread spins at this node without effect, so that executions without this round have all outcomes of those with it. */
  spins(thread: ThreadId, node: TrieNode<S>): boolean;
  /** Whether the thread can emit a `trap` request. */
  mayTrap(thread: ThreadId): boolean;
  /** Whether the thread can come to where an execution may leave it: its end, a trap, a wait, a spin. If it cannot, a bound cuts it on every way. */
  mayRest(thread: ThreadId): boolean;
  readonly threads: readonly ThreadId[];
  /** Rounds until nothing was added, or until the bound on rounds. */
  readonly rounds: number;
  /** A bound that was reached, in words. */
  readonly bound: string | null;
  /** Where threads were given up as too long: for each thread and place, one node. */
  readonly cuts: readonly { readonly thread: ThreadId; readonly node: TrieNode<S> }[];
}

export interface LandscapeOptions {
  readonly readings: Readings;
  /** Trie nodes that one round may visit. */
  readonly nodes: number;
  /** Events of one thread. */
  readonly events: number;
  /** Returns of a thread to one state. */
  readonly returns: number;
  /** Rounds of one loop of a thread. */
  readonly rounds?: number;
  /** Ways in which one read may mix writes. */
  readonly mixtures: number;
  readonly assumes: Assumptions;
  readonly shouldStop: () => boolean;
  /** For tests: a round that rewrites is taken as idle whatever else is done to what it rewrites. */
  readonly trustsRewrites?: boolean;
}

/** One way for a thread to begin: what it runs, what it can see of its ancestors' earlier writes, whom they had joined. */
interface Entry {
  readonly key: string;
  readonly thread: ThreadId;
  readonly start: Start;
  readonly inherited: Set<ShapeId>;
  readonly joined: ReadonlySet<ThreadId>;
}

/** A thread's own writes, latest first. */
interface Own {
  readonly shape: ShapeId;
  readonly action: WritingAction;
  /** Answers that the thread had before it. */
  readonly depth: number;
  readonly earlier: Own | null;
}

interface Path<S> {
  readonly entry: Entry;
  readonly node: TrieNode<S>;
  readonly own: Own | null;
  readonly progress: Progress;
  readonly depth: number;
  /** Some read so far had a choice. */
  readonly chose: boolean;
}

class LimitReached extends Error {}

/** Only threads in loops that write what they read need more. */
export const MOST_ROUNDS = 100;
/** Rounds after the first in which some thread was given up as too long: where that happens, values may grow for ever, and more of them in each round. */
const MOST_AFTER_CUTS = 2;

export function landscape<S>(
  trie: AnswerTrie<S>,
  main: Start,
  names: ThreadNames,
  options: LandscapeOptions,
): Landscape<S> {
  const shapes = new ShapeTable();
  const uses = new Uses(shapes, names, options.readings, options.assumes);
  const entries = new Map<string, Entry>();
  const reach = new Map<TrieNode<S>, bigint>();
  const trapping = new Set<ThreadId>();
  const resting = new Set<ThreadId>();
  /** What a read may take, by what it depends on; for one round. */
  const memo = new Map<string, number[][]>();
  /** States to which a thread came back, with what else its future depends on; for one round. */
  const cameBack = new Set<string>();
  /** What threads wrote between two visits to one state. */
  const looped = new Set<ShapeId>();
  /** Shapes of earlier rounds: those that other threads may read. */
  let found = 0;
  let bound: string | null = null;
  /** A bound on all threads together was reached: no more rounds. */
  let exhausted = false;
  const cuts = new Map<string, { readonly thread: ThreadId; readonly node: TrieNode<S> }>();
  let visited = 0;
  /** The codes that threads may end with; a thread that gives none is not here. */
  const codes = new Map<ThreadId, ReadonlySet<bigint>>();
  let dependentWrites = 0;
  let inheritedCount = 0;

  addEntry(names.main, main, new Set(), new Set());
  let rounds = 0;
  let afterCuts = 0;
  for (let changed = true; changed && !exhausted; ) {
    const before = growth();
    const wasAsked = uses.isAsked;
    rounds++;
    found = shapes.count;
    memo.clear();
    cameBack.clear();
    visited = 0;
    let dependent = 0;
    reach.clear();
    try {
      for (const entry of entries.values()) {
        const progress: Progress = { forked: new Set(), joined: entry.joined };
        const result = walk({ entry, node: trie.root(entry.start), own: null, progress, depth: 0, chose: false });
        dependent += result.dependent;
      }
    } catch (error) {
      if (error instanceof TooManyMixtures) bound ??= tooManyMixtures(options.mixtures);
      else if (!(error instanceof LimitReached)) throw error;
      exhausted = true;
    }
    dependentWrites = Math.max(dependentWrites, dependent);
    const isSettled = wasAsked === uses.isAsked && !uses.isOutdated();
    changed = !isSettled || (before !== growth() && rounds < dependentWrites + looped.size + 2);
    if (cuts.size > 0 && ++afterCuts > MOST_AFTER_CUTS) break;
    if (changed && rounds >= MOST_ROUNDS) {
      bound ??= `more than ${MOST_ROUNDS} rounds of values that threads pass on in loops`;
      break;
    }
  }
  const threadIds = [...new Set([...entries.values()].map((entry) => entry.thread))];
  return {
    shapes,
    reachable: (thread, node) => reach.get(node) ?? bits(shapes.ofThread(thread)),
    spins,
    mayTrap: (thread) => trapping.has(thread),
    mayRest: (thread) => exhausted || cuts.size === 0 || resting.has(thread) || mayBeEnded(thread),
    threads: threadIds,
    rounds,
    bound,
    cuts: [...cuts.values()],
  };

  /** A trap in one thread of a group ends the others. */
  function mayBeEnded(thread: ThreadId): boolean {
    return [...trapping].some((other) => names.group(other) === names.group(thread));
  }

  function spins(thread: ThreadId, node: TrieNode<S>): boolean {
    if (node.spin === null || node.rewrites.length === 0) return node.spin !== null;
    return options.trustsRewrites === true || uses.isIdle(thread, node.rewrites);
  }

  /** Equal if nothing was found since. */
  function growth(): string {
    const ends = [...codes.values()].reduce((sum, { size }) => sum + size, 0);
    return [shapes.count, entries.size, inheritedCount, ends].join();
  }

  function addEntry(thread: ThreadId, start: Start, inherited: Iterable<ShapeId>, joined: ReadonlySet<ThreadId>): void {
    const key = `${thread}|${start.key}|${[...joined].join('.')}`;
    let entry = entries.get(key);
    if (entry === undefined) {
      entry = { key, thread, start, inherited: new Set(), joined };
      entries.set(key, entry);
    }
    const old = entry.inherited.size;
    for (const shape of inherited) entry.inherited.add(shape);
    inheritedCount += entry.inherited.size - old;
  }

  function limit(text: string): never {
    bound ??= text;
    throw new LimitReached();
  }

  /** Why a path goes no further, if it is too long. */
  function pathBound({ depth, node }: Path<S>): string | null {
    if (depth >= options.events) return tooManyEvents(options.events);
    if (node.returns > options.returns) return tooManyReturns(options.returns);
    const { rounds = Infinity } = options;
    return node.rounds > rounds ? tooManyRounds(rounds) : null;
  }

  /** Keeps the node for its place in the source. */
  function cut({ entry, node }: Path<S>): void {
    const place = 'site' in node.request ? node.request.site.at.start : -1;
    const key = `${entry.thread}:${place}`;
    if ((cuts.get(key)?.node.rounds ?? 0) < node.rounds) cuts.set(key, { thread: entry.thread, node });
  }

  /** Explores all that can follow; answers the shapes written from here on and the longest chain of read-dependent writes. */
  function walk(path: Path<S>): { readonly reach: bigint; readonly dependent: number } {
    const { node, entry } = path;
    if (++visited > options.nodes) limit(`more than ${options.nodes} states of single threads`);
    if ((visited & 15) === 0 && options.shouldStop()) limit('interrupted');
    let total = 0n;
    let dependent = 0;
    const follow = (response: Response, next: Partial<Path<S>>): void => {
      const result = walk({ ...path, node: trie.child(node, response), depth: path.depth + 1, ...next });
      total |= result.reach;
      const wrote = next.chose === true && next.own !== path.own;
      dependent = Math.max(dependent, result.dependent + (wrote ? 1 : 0));
    };
    const write = (actions: readonly Action[]): Own | null => {
      const ids = shapes.record(entry.thread, actions, path.progress);
      let own = path.own;
      actions.filter(isWriting).forEach((action, i) => {
        const shape = ids[i] as ShapeId;
        own = { shape, action, depth: node.depth, earlier: own };
        total |= 1n << BigInt(shape);
      });
      return own;
    };
    const { request } = node;
    if (!spins(entry.thread, node)) {
      const tooFar = pathBound(path);
      if (tooFar !== null) {
        bound ??= tooFar;
        cut(path);
        return { reach: 0n, dependent: 0 };
      }
      if (node.like !== null && !isNewContext(path, node.like)) {
        return { reach: bits(shapes.ofThread(entry.thread)), dependent: 0 };
      }
      if (isRest(request)) resting.add(entry.thread);
      switch (request.kind) {
        case 'done':
          if (request.code !== undefined)
            codes.set(entry.thread, new Set([...(codes.get(entry.thread) ?? []), request.code]));
          break;
        case 'trap':
          trapping.add(entry.thread);
          break;
        case 'bound':
          bound ??= tooLong(request.what);
          break;
        case 'alloc':
          follow(UNIT, { own: write(request.writes) });
          break;
        case 'new': {
          const { actions, response } = concludeNew(request, objectAddr(entry.thread, node.depth));
          follow(response, { own: write(actions) });
          break;
        }
        case 'fence':
        case 'host':
          follow(UNIT, {});
          break;
        case 'join': {
          const joined = new Set([...path.progress.joined, request.thread]);
          for (const code of codes.get(request.thread) ?? [0n])
            follow({ kind: 'joined', code }, { progress: { ...path.progress, joined } });
          break;
        }
        case 'fork': {
          const child = names.child(entry.thread, path.progress.forked.size, request.name);
          addEntry(child, request.start, visible(path), path.progress.joined);
          const forked = new Set([...path.progress.forked, child]);
          follow({ kind: 'forked', thread: child }, { progress: { ...path.progress, forked } });
          break;
        }
        case 'access':
        case 'grow':
        case 'wait':
        case 'notify':
          located(request);
          break;
        default:
          assertNever(request);
      }
    } else resting.add(entry.thread);
    reach.set(node, (reach.get(node) ?? 0n) | total);
    return { reach: total, dependent };

    function located(asked: LocatedRequest): void {
      const length = lengthRead(asked);
      const lengths = length === null ? [null] : readable(path, length, options.mixtures);
      for (const lengthUnits of lengths) {
        const n = lengthUnits === null ? null : (lengthUnits[0] as number);
        const data = dataReads(asked, n);
        if (uses.isAsked) uses.note(entry.thread, length === null ? data : [length, ...data], path.progress);
        for (const reads of choices(data)) {
          const chose = path.chose || lengths.length > 1 || reads.choice;
          for (const { actions, response } of conclusions(asked, n, reads.units, options.readings, names.count - 1)) {
            const own = write(actions);
            if (response === null) {
              if (asked.kind === 'wait') {
                follow({ kind: 'waited', result: 0 }, { own, chose });
                for (const leave of leaves(asked, options.readings)) follow(leave.response, { own, chose });
              }
            } else {
              follow(response, { own, chose });
            }
          }
        }
      }
    }

    function choices(reads: readonly Access[]): { readonly units: readonly Units[]; readonly choice: boolean }[] {
      let partial: { readonly units: readonly Units[]; readonly choice: boolean }[] = [{ units: [], choice: false }];
      for (const read of reads) {
        const values = readable(path, read, options.mixtures);
        partial = partial.flatMap((p) =>
          values.map((u) => ({ units: [...p.units, u], choice: p.choice || values.length > 1 })),
        );
      }
      return partial;
    }
  }

  /**
   * Whether the thread, which came back to the state of `like`, did not come back to it before with the same own writes to be read: what it does then
   * is the same (proofs-notes/enumeration.md, section 3).
   */
  function isNewContext({ entry, node, own, progress }: Path<S>, like: TrieNode<S>): boolean {
    for (let written = own; written !== null && written.depth >= like.depth; written = written.earlier)
      looped.add(written.shape);
    const done = `${[...progress.forked].join('.')}|${[...progress.joined].join('.')}`;
    const key = `${entry.key}|${trie.stateId(node)}|${done}|${ownKey(own)}`;
    if (cameBack.has(key)) return false;
    cameBack.add(key);
    return true;
  }

  /** The thread's own writes that some read may still take from. */
  function ownKey(latest: Own | null): string {
    const kept: Shape[] = [];
    let apart = true;
    for (let own = latest; own !== null; own = own.earlier) {
      const shape = shapes.get(own.shape);
      const over = kept.filter((later) => overlaps(later, shape));
      if (options.assumes.hbConsistent && over.some((later) => contains(later, shape))) continue;
      apart &&= over.length === 0;
      kept.push(shape);
    }
    const ids = kept.map(({ id }) => id);
    return (apart ? ids.sort((a, b) => a - b) : ids).join();
  }

  /** The distinct values that a read at this point of a thread may take. */
  function readable(path: Path<S>, access: Access, most: number): number[][] {
    const own = ownVisible(path, access);
    const { entry, progress } = path;
    const range = `${access.region}+${access.offset}:${access.size}:${access.tearFree}:${access.order}`;
    const key = `${range}|${own.join()}|${entry.key}|${[...progress.forked].join()}|${[...progress.joined].join()}`;
    let values = memo.get(key);
    if (values === undefined) {
      values = distinctValues(access, own, path, most);
      memo.set(key, values);
    }
    return values;
  }

  /** The thread's own writes that the read may take from, latest first. */
  function ownVisible(path: Path<S>, access: Access): ShapeId[] {
    const ids: ShapeId[] = [];
    const hidden = new Set<number>();
    for (let own = path.own; own !== null && hidden.size < access.size; own = own.earlier) {
      if (!overlaps(own.action, access)) continue;
      if (!options.assumes.hbConsistent) {
        ids.push(own.shape);
        continue;
      }
      const before = hidden.size;
      for (let k = access.offset; k < access.offset + access.size; k++) if (covers(own.action, k)) hidden.add(k);
      if (hidden.size > before) ids.push(own.shape);
    }
    return ids;
  }

  function distinctValues(access: Access, own: readonly ShapeId[], path: Path<S>, most: number): number[][] {
    const newer: Shape[] = [];
    const candidates: Candidate<ShapeId>[] = [];
    for (const id of own) {
      const shape = shapes.get(id);
      const hiding = [...newer];
      candidates.push(candidateOf(shape, (k) => !hiding.some((h) => covers(h, k))));
      if (options.assumes.hbConsistent) newer.push(shape);
    }
    const boundaries = shapes.inRegion(access.region).filter((shape) => overlaps(shape, access));
    const seen = new Set<string>();
    for (const shape of boundaries) {
      const inherited = path.entry.inherited.has(shape.id);
      if (own.includes(shape.id)) continue;
      if (!inherited && (shape.id >= found || seen.has(shape.content) || !isReadable(shape, path))) continue;
      if (!inherited) seen.add(shape.content);
      candidates.push(candidateOf(shape, inherited ? (k) => !newer.some((h) => covers(h, k)) : () => true));
    }
    const byKey = new Map<string, number[]>();
    const mixing: Mixing = { limit: most, ...options.assumes };
    for (const { units, writers } of mixtures(access, candidates, boundaries, mixing))
      if (!mixesInit(access, writers)) byKey.set(units.join(), [...units]);
    return [...byKey.values()];
  }

  function mixesInit(access: Access, writers: readonly ShapeId[]): boolean {
    const { assumes } = options;
    return (
      assumes.hbConsistent &&
      hidesInit(
        access,
        writers.map((id) => shapes.get(id)),
        assumes,
      )
    );
  }

  function isReadable(shape: Shape, { entry, progress }: Path<S>): boolean {
    return !options.assumes.hbConsistent || mayBeRead(shape, entry.thread, progress, names);
  }

  /** What a thread that is forked here inherits: the latest writes of its parent, and what the parent inherited and kept. */
  function visible(path: Path<S>): Set<ShapeId> {
    const seen = new Set<ShapeId>();
    const latest: WritingAction[] = [];
    for (let own = path.own; own !== null; own = own.earlier) {
      const { action } = own;
      const hidden = latest.some(
        (l) =>
          l.region === action.region && l.offset <= action.offset && action.offset + action.size <= l.offset + l.size,
      );
      if (hidden) continue;
      seen.add(own.shape);
      latest.push(action);
    }
    for (const id of path.entry.inherited) {
      const shape = shapes.get(id);
      const hidden = latest.some(
        (l) => l.region === shape.region && l.offset <= shape.offset && shape.offset + shape.size <= l.offset + l.size,
      );
      if (!hidden) seen.add(id);
    }
    return seen;
  }
}

function contains(outer: Shape, inner: Shape): boolean {
  return outer.offset <= inner.offset && inner.offset + inner.size <= outer.offset + outer.size;
}

function candidateOf(shape: Shape, may: (k: number) => boolean): Candidate<ShapeId> {
  const { id, region, offset, size, written, tearFree } = shape;
  return { writer: id, region, offset, size, written, tearFree, init: false, may };
}

function bits(ids: readonly ShapeId[]): bigint {
  return ids.reduce((set, id) => set | (1n << BigInt(id)), 0n);
}

/** Whether a thread may be left there for ever. */
function isRest({ kind }: Request): boolean {
  return kind === 'done' || kind === 'trap' || kind === 'wait' || kind === 'join';
}
