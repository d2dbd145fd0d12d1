import type { Source } from '../../../src/base/span.ts';
import type { EventId } from '../../../src/event/execution.ts';
import type { Witness } from '../../../src/explore/result.ts';
import type { Demands } from '../../../src/model/model.ts';
import type { Figure } from '../../../src/report/draw/figure.ts';
import { figureOf, sightOf } from '../../../src/report/draw/figure.ts';
import { MAIN } from '../../../src/event/location.ts';
import type { DrawOptions } from '../../../src/report/draw/options.ts';
import type { GraphData } from '../calls.ts';
import { byteViews } from './bytes.ts';
import { detailsOf } from './details.ts';
import { edgesOf, relationsOf } from './edges.ts';
import { lengthViews, queueViews } from './shared-state.ts';
import { Telling } from './telling.ts';
import { Why } from './why.ts';

export interface GraphOptions extends DrawOptions {
  readonly source: Source;
  /** What the model asks of a total order; null of one that cannot tell. */
  readonly demands: Demands | null;
  /** Whether the model speaks of happens-before, and of a total order. */
  readonly hasHappensBefore: boolean;
  readonly hasTotalOrder: boolean;
  /** As in {@link import('../calls.ts').ExecutionAsked}. */
  readonly scaffold: boolean;
}

/** An execution as plain data: what is drawn, and all that is told of it. */
export function graphOf(witness: Witness, options: GraphOptions): GraphData {
  const sight = sightOf(witness, options);
  const whole = figureOf(witness, { ...options, fromReads: 'show' }, sight);
  const scaffold = scaffoldOf(whole);
  const figure = options.scaffold || scaffold === null ? whole : withoutColumn(whole, scaffold);
  const tell = new Telling(witness, options.source, sight);
  const order = totalOrder(witness, sight.order);
  const why = new Why(witness, tell, order, options.demands);
  const edges = edgesOf(witness, {
    figure,
    why,
    order: options.hasTotalOrder ? order : null,
    hasHappensBefore: options.hasHappensBefore,
  });
  return {
    figure: { ...figure, edges: [] },
    relations: relationsOf(edges),
    edges,
    details: detailsOf(figure, tell, order),
    bytes: byteViews(figure, tell),
    lengths: lengthViews(figure, tell),
    queues: queueViews(figure, tell),
    hasScaffold: scaffold !== null,
  };
}

/** The order of the picture justifies the execution as `tot` does, unless there are fences, which it does not look at. */
function totalOrder({ execution, tot }: Witness, time: readonly EventId[]): readonly EventId[] {
  return execution.events.some(({ kind }) => kind === 'fence') ? tot : time;
}

/** The column of a main thread that only forks and joins others; null if it does more, or is alone. */
function scaffoldOf({ columns, nodes }: Figure): number | null {
  const column = columns.findIndex(({ thread }) => thread === MAIN);
  const own = nodes.filter((node) => node.column === column);
  const isScaffold = own.every(({ event }) => event.kind === 'fork' || event.kind === 'join');
  return column < 0 || columns.length < 2 || !isScaffold ? null : column;
}

function withoutColumn(figure: Figure, column: number): Figure {
  const nodes = figure.nodes
    .filter((node) => node.column !== column)
    .map((node) => ({ ...node, column: node.column > column ? node.column - 1 : node.column }));
  const left = new Set([...figure.initial, ...nodes].map(({ event }) => event.id));
  return {
    ...figure,
    nodes,
    columns: figure.columns.filter((_, c) => c !== column),
    edges: figure.edges.filter(({ from, to }) => left.has(from) && left.has(to)),
  };
}
