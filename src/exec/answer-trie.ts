import { applyRmw } from '../event/rmw.ts';
import type { Request, Response, Start } from '../event/request.ts';
import { responseKey } from '../event/request.ts';
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
   * An ancestor in the same state with only effect-free answers in between: the thread spins. Null if there is none.
   */
  readonly spin: TrieNode<S> | null;
  /** How often the thread was in this state before, whatever it did in between. */
  readonly returns: number;
}

interface Filled<S> extends TrieNode<S> {
  /** The answer that led here had no effect on others. */
  readonly idle: boolean;
  readonly children: Map<string, Filled<S>>;
}

export class AnswerTrie<S, From extends Start = Start> {
  readonly #machine: Machine<S, From>;
  readonly #roots = new Map<string, Filled<S>>();
  #size = 0;

  constructor(machine: Machine<S, From>) {
    this.#machine = machine;
  }

  /** Nodes filled so far. */
  get size(): number {
    return this.#size;
  }

  root(start: Start): TrieNode<S> {
    let root = this.#roots.get(start.key);
    if (root === undefined) {
      root = this.#node(this.#machine.start(start as From), null, false);
      this.#roots.set(start.key, root);
    }
    return root;
  }

  child(node: TrieNode<S>, response: Response): TrieNode<S> {
    const parent = node as Filled<S>;
    const key = responseKey(response);
    let child = parent.children.get(key);
    if (child === undefined) {
      child = this.#node(this.#machine.resume(parent.state, response), parent, isIdle(parent.request, response));
      parent.children.set(key, child);
    }
    return child;
  }

  #node({ state, request }: Suspended<S>, parent: Filled<S> | null, idle: boolean): Filled<S> {
    this.#size++;
    const depth = parent === null ? 0 : parent.depth + 1;
    const { like, spins } = this.#ancestorLike(state, request, parent, idle);
    const returns = like === null ? 0 : like.returns + 1;
    return { request, state, parent, depth, idle, spin: spins ? like : null, returns, children: new Map() };
  }

  /** The nearest ancestor in the same state, and whether every step since had no effect. */
  #ancestorLike(
    state: S,
    request: Request,
    parent: Filled<S> | null,
    idle: boolean,
  ): { readonly like: TrieNode<S> | null; readonly spins: boolean } {
    const place = placeOf(request);
    let spins = idle;
    for (let ancestor = parent; ancestor !== null; ancestor = ancestor.parent as Filled<S> | null) {
      const mayBe = ancestor.request.kind === request.kind && placeOf(ancestor.request) === place;
      if (mayBe && this.#machine.sameState(ancestor.state, state)) return { like: ancestor, spins };
      spins &&= ancestor.idle;
    }
    return { like: null, spins: false };
  }
}

/** Where in the source a request is made: threads in the same state ask in the same place. */
function placeOf(request: Request): number {
  return 'site' in request ? request.site.at.start : -1;
}

/** Whether a step answered so changes nothing that another thread could see. */
export function isIdle(request: Request, response: Response): boolean {
  switch (request.kind) {
    case 'access':
      if (response.kind !== 'units') return false;
      return request.actions.every(
        (action) =>
          action.kind === 'rd' ||
          (action.kind === 'rmw' && action.update.op === 'cmpxchg' && applyRmw(action.update, response.units) === null),
      );
    case 'wait':
      return response.kind === 'waited' && response.result === 1;
    case 'notify':
      return response.kind === 'notified' && response.woke === 0;
    case 'fence':
      return true;
    default:
      return false;
  }
}
