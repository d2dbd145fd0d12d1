import type { EventId, Execution } from '../../event/execution.ts';
import { known } from '../../base/assert.ts';
import type { Flag, IncrementalCheck, Model, Relations, Verdict } from '../../model/model.ts';
import type { BitMatrix } from '../../rel/bit-matrix.ts';
import type { ThreadNames } from '../thread-names.ts';
import { executionSoFar, executionsOf, ordersOf, withOrder } from './candidates.ts';
import type { Graph } from './graph.ts';

/** A consistent execution, and what the model has to say of it. */
export interface Judged {
  readonly execution: Execution;
  readonly tot: readonly EventId[];
  readonly relations: Relations;
  readonly flags: readonly Flag[];
}

/** The executions of a finished graph, each judged by itself; null stands for one that is inconsistent. */
export function judgedExecutions(graph: Graph, names: ThreadNames, model: Model): (Judged | null)[] {
  return executionsOf(graph, names).map((execution) => {
    const verdict = model.check(execution);
    if (!verdict.consistent) return null;
    const { tot, relations, flags = [] } = verdict;
    return { execution, tot, relations, flags };
  });
}

/** The same by the check that was told of the graph: nothing is built that nobody looks at. */
export function checkedExecutions(
  graph: Graph,
  names: ThreadNames,
  check: IncrementalCheck,
  model: Model,
): (Judged | null)[] {
  let x: Execution | null = null;
  return ordersOf(graph, names).map((order) => {
    const mark = check.mark();
    for (const [from, to] of order) check.edge(from, to);
    const hb = check.isConsistent() ? check.happensBefore() : null;
    check.undoTo(mark);
    if (hb === null) return null;
    x ??= executionSoFar(graph, names);
    return new Found(withOrder(x, order), hb, model);
  });
}

type Consistent = Extract<Verdict, { readonly consistent: true }>;

/** An execution that is known to be consistent; the model builds the rest when somebody asks. */
class Found implements Judged {
  readonly execution: Execution;
  readonly relations: Relations;
  readonly flags: readonly Flag[] = [];
  readonly #model: Model;
  #made: Consistent | null = null;

  constructor(execution: Execution, hb: BitMatrix, model: Model) {
    this.execution = execution;
    this.#model = model;
    this.relations = new FoundRelations(hb, this);
  }

  get verdict(): Consistent {
    if (this.#made !== null) return this.#made;
    const whole = this.#model.check(this.execution);
    this.#made = known(whole.consistent ? whole : null, 'verdict on a consistent execution');
    return this.#made;
  }

  get tot(): readonly EventId[] {
    return this.verdict.tot;
  }
}

class FoundRelations implements Relations {
  readonly hb: BitMatrix;
  readonly #found: Found;

  constructor(hb: BitMatrix, found: Found) {
    this.hb = hb;
    this.#found = found;
  }

  get po(): BitMatrix {
    return this.#found.verdict.relations.po;
  }

  get rf(): BitMatrix {
    return this.#found.verdict.relations.rf;
  }

  get sw(): BitMatrix {
    return this.#found.verdict.relations.sw;
  }

  get asw(): BitMatrix {
    return this.#found.verdict.relations.asw;
  }
}
