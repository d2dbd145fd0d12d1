import type { Access } from '../event/action.ts';
import { applyRmw } from '../event/rmw.ts';
import type { AccessRequest, Request, Response, Start } from '../event/request.ts';
import { responseKey } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import { equalUnits } from '../event/units.ts';
import type { Machine, Suspended } from '../runtime/executor.ts';

/**
 * The answer trie [DESIGN, The waist]: a thread's state after k answers is a function of its start and those answers, so
 * all executions explored share one tree of states, filled on demand.
 */
export interface TrieNode<S> {
  readonly request: Request;
  readonly state: S;
  readonly parent: TrieNode<S> | null;
  /** Answers so far. */
  readonly depth: number;
  /**
   * An ancestor in the same state with only idle answers in between: the thread spins. Null if there is none.
   */
  readonly spin: TrieNode<S> | null;
  /** The updates of that round, which wrote what they read (proofs-notes/awaits.md); empty if it does not spin. */
  readonly rewrites: readonly Rewrite[];
  /** The nearest ancestor in the same state, whatever the thread did in between; null if there is none. */
  readonly like: TrieNode<S> | null;
  /** How often the thread was in this state before. */
  readonly returns: number;
  /** How often the thread has asked in this place, this time included, in the same activation of its function: the rounds of a loop that it has begun. */
  readonly rounds: number;
}

/** An update that wrote what it read. */
export interface Rewrite extends Access {
  /** A failing compare-exchange: under one reading of `cmpxchg-failure` it does not even write. */
  readonly failed: boolean;
}

interface Filled<S> extends TrieNode<S> {
  /** What the answer that led here rewrote, if it had no other effect on other threads; null if it had. */
  readonly idle: readonly Rewrite[] | null;
  readonly children: Map<string, Filled<S>>;
  /** Null until somebody asks. */
  stateId: number | null;
}

export class AnswerTrie<S, From extends Start = Start> {
  readonly #machine: Machine<S, From>;
  readonly #idle: typeof idleness;
  readonly #roots = new Map<string, Filled<S>>();
  readonly #byHash = new Map<number, Filled<S>[]>();
  #states = 0;
  #size = 0;

  /** `idle`: {@link idleness}, but for tests of what depends on it. */
  constructor(machine: Machine<S, From>, idle = idleness) {
    this.#machine = machine;
    this.#idle = idle;
  }

  get machine(): Machine<S, From> {
    return this.#machine;
  }

  /** Nodes filled so far. */
  get size(): number {
    return this.#size;
  }

  root(start: Start): TrieNode<S> {
    let root = this.#roots.get(start.key);
    if (root === undefined) {
      root = this.#node(this.#machine.start(start as From), null, null);
      this.#roots.set(start.key, root);
    }
    return root;
  }

  child(node: TrieNode<S>, response: Response): TrieNode<S> {
    const parent = node as Filled<S>;
    const key = responseKey(response);
    let child = parent.children.get(key);
    if (child === undefined) {
      child = this.#node(this.#machine.resume(parent.state, response), parent, this.#idle(parent.request, response));
      parent.children.set(key, child);
    }
    return child;
  }

  /** A number that nodes have in common whose threads are in the same state, wherever they came from. */
  stateId(node: TrieNode<S>): number {
    const filled = node as Filled<S>;
    if (filled.stateId !== null) return filled.stateId;
    const hash = this.#machine.stateHash(node.state);
    let alike = this.#byHash.get(hash);
    if (alike === undefined) this.#byHash.set(hash, (alike = []));
    const same = alike.find((other) => this.#machine.sameState(other.state, node.state));
    filled.stateId = same?.stateId ?? this.#states++;
    if (same === undefined) alike.push(filled);
    return filled.stateId;
  }

  #node({ state, request }: Suspended<S>, parent: Filled<S> | null, idle: readonly Rewrite[] | null): Filled<S> {
    this.#size++;
    const depth = parent === null ? 0 : parent.depth + 1;
    const { like, rewrites, rounds } = this.#ancestorLike(state, request, parent, idle);
    const returns = like === null ? 0 : like.returns + 1;
    const spin = rewrites === null ? null : like;
    return {
      request,
      state,
      parent,
      depth,
      idle,
      spin,
      rewrites: rewrites ?? [],
      like,
      returns,
      rounds,
      children: new Map(),
      stateId: null,
    };
  }

  /** The nearest ancestor in the same state, and what was rewritten since if nothing else was done; else null. And the rounds. */
  #ancestorLike(
    state: S,
    request: Request,
    parent: Filled<S> | null,
    idle: readonly Rewrite[] | null,
  ): Pick<TrieNode<S>, 'like' | 'rounds'> & { readonly rewrites: readonly Rewrite[] | null } {
    const place = placeOf(request);
    let rewrites = idle;
    let rounds = 1;
    for (let ancestor = parent; ancestor !== null; ancestor = ancestor.parent as Filled<S> | null) {
      const mayBe = ancestor.request.kind === request.kind && placeOf(ancestor.request) === place;
      if (mayBe && rounds === 1 && (this.#machine.sameActivation?.(ancestor.state, state) ?? true))
        rounds += ancestor.rounds;
      if (mayBe && this.#machine.sameState(ancestor.state, state)) return { like: ancestor, rewrites, rounds };
      rewrites = rewrites === null || ancestor.idle === null ? null : join(rewrites, ancestor.idle);
    }
    return { like: null, rewrites: null, rounds };
  }
}

function join<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  return b.length === 0 ? a : [...a, ...b];
}

/** Where in the source a request is made: threads in the same state ask in the same place. */
export function placeOf(request: Request): number {
  return 'site' in request ? request.site.at.start : -1;
}

/**
 * Which locations a step answered so rewrites, if it changes nothing that another thread could see but by which event a value was written;
 * null if it changes more.
 */
export function idleness(request: Request, response: Response): readonly Rewrite[] | null {
  switch (request.kind) {
    case 'access':
      return response.kind === 'units' ? rewritesOf(request, response.units) : null;
    case 'wait':
      return response.kind === 'waited' && response.result === 1 ? NONE : null;
    case 'notify':
      return response.kind === 'notified' && response.woke === 0 ? NONE : null;
    case 'fence':
    case 'host':
      return NONE;
    default:
      return null;
  }
}

const NONE: readonly Rewrite[] = [];

function rewritesOf({ actions }: AccessRequest, read: Units): readonly Rewrite[] | null {
  if (actions.every(({ kind }) => kind === 'rd')) return NONE;
  const [action] = actions;
  if (action?.kind !== 'rmw' || actions.length > 1) return null;
  const written = applyRmw(action.update, read);
  if (written !== null && !equalUnits(written, read)) return null;
  const { region, offset, size, order, tearFree } = action;
  return [{ region, offset, size, order, tearFree, failed: written === null }];
}
