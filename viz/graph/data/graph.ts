import type { Source } from '../../../src/base/span.ts';
import type { EventId } from '../../../src/event/execution.ts';
import type { Witness } from '../../../src/explore/result.ts';
import type { Demands } from '../../../src/model/model.ts';
import type { Figure } from '../../../src/report/draw/figure.ts';
import { figureOf, sightOf } from '../../../src/report/draw/figure.ts';
import type { DrawOptions } from '../../../src/report/draw/options.ts';
import { scaffoldOf, withoutColumn } from '../../../src/report/draw/scaffold.ts';
import type { GraphData } from '../calls.ts';
import { byteViews } from './bytes.ts';
import { detailsOf } from './details.ts';
import { edgesOf, relationsOf } from './edges.ts';
import { lengthViews, queueViews } from './shared-state.ts';
import { Telling } from './telling.ts';
import { Why } from './why.ts';

export interface GraphOptions extends DrawOptions {
  readonly source: Source;
  /** Works out what the model asks of a total order; null of one that cannot tell. */
  readonly demands: () => Demands | null;
  /** Whether the model speaks of happens-before, and of a total order. */
  readonly hasHappensBefore: boolean;
  readonly hasTotalOrder: boolean;
  /** As in {@link import('../calls.ts').ExecutionAsked}. */
  readonly scaffold: boolean;
  /** Whether the edges of hb and tot are made. */
  readonly orders: boolean;
  /** The events that come again and again, where the execution is part of one without end. */
  readonly repeated: ReadonlySet<EventId>;
}

/** An execution as plain data: what is drawn, and all that is told of it. */
export function graphOf(witness: Witness, options: GraphOptions): GraphData {
  const sight = sightOf(witness, options);
  const { figure, hasScaffold } = drawnOf(figureOf(witness, { ...options, fromReads: 'show' }, sight), options);
  const tell = new Telling(witness, options.source, sight);
  const order = totalOrder(witness, sight.order);
  const why = new Why(witness, tell, order, options.demands);
  const { hasHappensBefore, orders } = options;
  const choices = { figure, why, order: options.hasTotalOrder ? order : null, hasHappensBefore, orders };
  const edges = edgesOf(witness, choices);
  return {
    figure: { ...figure, edges: [] },
    relations: relationsOf(witness, edges, choices),
    edges,
    details: detailsOf(figure, tell, order, options.repeated),
    bytes: byteViews(figure, tell),
    lengths: lengthViews(figure, tell),
    queues: queueViews(figure, tell),
    hasScaffold,
  };
}

/** What is drawn, without its edges in words, and the total order. */
export function drawnFigure(
  witness: Witness,
  options: DrawOptions & Pick<GraphOptions, 'scaffold'>,
): { readonly figure: Figure; readonly order: readonly EventId[] } {
  const sight = sightOf(witness, options);
  const { figure } = drawnOf(figureOf(witness, { ...options, fromReads: 'hide' }, sight), options);
  return { figure, order: totalOrder(witness, sight.order) };
}

/** The main thread's forks and joins are left out where it does nothing else, unless they are wanted. */
function drawnOf(
  whole: Figure,
  { scaffold }: Pick<GraphOptions, 'scaffold'>,
): { readonly figure: Figure; readonly hasScaffold: boolean } {
  const column = scaffoldOf(whole);
  return { figure: scaffold || column === null ? whole : withoutColumn(whole, column), hasScaffold: column !== null };
}

/** The order of the picture justifies the execution as `tot` does, unless there are fences, which it does not look at. */
function totalOrder({ execution, tot }: Witness, time: readonly EventId[]): readonly EventId[] {
  return execution.events.some(({ kind }) => kind === 'fence') ? tot : time;
}
