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
    return found(withOrder(x, order), hb, model);
  });
}

type Consistent = Extract<Verdict, { readonly consistent: true }>;

/** An execution that is known to be consistent; the model builds the rest when somebody asks. */
function found(execution: Execution, hb: BitMatrix, model: Model): Judged {
  let made: Consistent | null = null;
  const verdict = (): Consistent => {
    if (made !== null) return made;
    const whole = model.check(execution);
    made = known(whole.consistent ? whole : null, 'verdict on a consistent execution');
    return made;
  };
  const relations: Relations = {
    hb,
    get po() {
      return verdict().relations.po;
    },
    get rf() {
      return verdict().relations.rf;
    },
    get sw() {
      return verdict().relations.sw;
    },
    get asw() {
      return verdict().relations.asw;
    },
  };
  return {
    execution,
    relations,
    flags: [],
    get tot() {
      return verdict().tot;
    },
  };
}
