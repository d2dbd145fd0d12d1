import type { EventId } from '../../event/execution.ts';
import type { Witness } from '../../explore/result.ts';
import type { EdgeKind, Figure, FigureEdge, FigureNode } from './figure.ts';
import { figureOf } from './figure.ts';
import { plainText } from './labels.ts';
import type { DrawOptions } from './options.ts';
import { rowsOf } from './rows.ts';
import { BOX_LINE, EDGES, INK, MUTED, PANEL, PANEL_LINE, STALE_FILL } from './theme.ts';

/**
 * The picture of an execution in Graphviz' language, for `dot`: threads as clusters, rows as ranks, edges styled as in
 * {@link import('./svg.ts').drawSvg}.
 */
export function drawDot(witness: Witness, options: DrawOptions): string {
  const figure = figureOf(witness, options);
  const rows = rowsOf(figure);
  const heading = [figure.title, figure.facts.join('  ·  '), ...figure.outcome].join('\n');
  return [
    `digraph ${quote(figure.title)} {`,
    `  graph [splines=true, nodesep=0.6, ranksep=0.4, labelloc=t, labeljust=l, fontname="Helvetica", label=${quote(heading)}];`,
    `  node [shape=box, style="rounded,filled", fillcolor=white, color=${quote(BOX_LINE)}, fontname=${FONT}, fontsize=11];`,
    `  edge [fontname=${FONT}, fontsize=9];`,
    ...figure.initial.map((node) => `  ${nodeText(node)}`),
    `  top [${UNSEEN_NODE}, ordering=out];`,
    ...figure.columns.flatMap((column, c) => cluster(figure, column.name, c, rows)),
    ...figure.initial.map((node) => `  ${nameOf(node)} -> top [style=invis];`),
    ...figure.edges.filter((edge) => edge.kind !== 'po').map((edge) => `  ${edgeText(edge, 1)}`),
    '}',
    '',
  ].join('\n');
}

/** A thread. Its first event hangs from an unseen node at the top, program order as long as the rows it spans. */
function cluster(figure: Figure, name: string, column: number, rows: ReadonlyMap<EventId, number>): string[] {
  const nodes = figure.nodes.filter((node) => node.column === column);
  const row = (id: EventId) => rows.get(id) ?? 0;
  const first = nodes[0];
  const own = new Set(nodes.map((node) => node.event.id));
  return [
    `  subgraph cluster_${column} {`,
    `    graph [label=${quote(name)}, style="rounded,filled", color=${quote(PANEL_LINE)}, fillcolor=${quote(PANEL)}, fontname="Helvetica-Bold", labeljust=c];`,
    `    column${column} [${UNSEEN_NODE}];`,
    ...nodes.map((node) => `    ${nodeText(node)}`),
    ...(first === undefined
      ? []
      : [`    column${column} -> ${nameOf(first)} [style=invis, weight=50, minlen=${row(first.event.id) + 1}];`]),
    ...figure.edges
      .filter((edge) => edge.kind === 'po' && own.has(edge.from))
      .map((edge) => `    ${edgeText(edge, row(edge.to) - row(edge.from))}`),
    '  }',
    `  top -> column${column} [style=invis, weight=20];`,
  ];
}

const FONT = '"Menlo,DejaVu Sans Mono,monospace"';
const UNSEEN_NODE = 'style=invis, shape=point, width=0, height=0, label=""';

function nameOf(node: FigureNode): string {
  return `e${node.event.id}`;
}

function nodeText(node: FigureNode): string {
  const lines = [
    ...node.lines.map(plainText),
    ...(node.site === '' ? [] : [node.site]),
    ...(node.mark === null ? [] : [`(${node.mark})`]),
  ];
  return `${nameOf(node)} [label=${quote(lines.join('\n'))}${nodeStyle(node)}];`;
}

function nodeStyle({ shape, mark }: FigureNode): string {
  if (mark !== null)
    return `, style="rounded,filled,dashed", penwidth=2, color=${quote(INK)}, fillcolor=${quote(STALE_FILL)}`;
  switch (shape) {
    case 'access':
      return '';
    case 'control':
    case 'init':
      return ', fillcolor="#eef0f3"';
    case 'trap':
      return `, fillcolor=${quote(INK)}, fontcolor=white`;
  }
}

const STYLES: Readonly<Record<EdgeKind, string>> = {
  po: `color=${quote(EDGES.po.color)}, arrowsize=0.6, weight=50`,
  rf: `color=${quote(EDGES.rf.color)}, constraint=false`,
  sw: `color=${quote(`${EDGES.sw.color}:white:${EDGES.sw.color}`)}, arrowhead=empty, constraint=false`,
  asw: `color=${quote(EDGES.asw.color)}, style=dashed, arrowhead=vee, constraint=false`,
  fr: `color=${quote(EDGES.fr.color)}, style=dotted, penwidth=1.6, constraint=false`,
  race: `color=${quote(EDGES.race.color)}, dir=both, arrowhead=tee, arrowtail=tee, constraint=false`,
  hb: `color=${quote(EDGES.hb.color)}, style=dashed, constraint=false`,
  tot: `color=${quote(EDGES.tot.color)}, style=dashed, constraint=false`,
  own: `color=${quote(EDGES.own.color)}, style=dashed, arrowhead=vee, constraint=false`,
};

function edgeText({ kind, from, to, label, stressed }: FigureEdge, length: number): string {
  const text = kind === 'po' ? '' : kind === 'sw' ? 'rf, sw' : kind;
  const both = [text, label ?? ''].filter((part) => part !== '').join(' ');
  return `e${from} -> e${to} [${STYLES[kind]}${stressed === true ? ', penwidth=3.5' : ''}${length === 1 ? '' : `, minlen=${length}`}${both === '' ? '' : `, label=${quote(both)}, fontcolor=${quote(kind === 'asw' ? MUTED : EDGES[kind].color)}`}];`;
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
