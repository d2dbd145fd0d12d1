import { known } from '../../base/assert.ts';
import type { Witness } from '../../explore/result.ts';
import { placeEdgeLabels } from './edge-labels.ts';
import type { EdgeKind, Figure, FigureNode } from './figure.ts';
import { figureOf } from './figure.ts';
import type { Box, Point } from './geometry.ts';
import { bottom, middle, tenth } from './geometry.ts';
import type { LabelLine } from './labels.ts';
import { layoutOf, PANEL_HEADER } from './layout.ts';
import { legendOf } from './legend.ts';
import type { DrawOptions } from './options.ts';
import { planOf } from './plan.ts';
import type { PlacedEdge } from './route.ts';
import { routeEdges } from './route.ts';
import { sansWidth } from './text-width.ts';
import { BOX_LINE, EDGES, INK, MARKER, MUTED, PANEL, PANEL_LINE, SIZE, STALE_FILL } from './theme.ts';

/**
 * The picture of an execution for TeX: a `standalone` document whose `tikzpicture` can be taken into a paper. Boxes and curves are where
 * {@link import('./svg.ts').drawSvg} has them; a pixel is 0.6pt, so that text of the sizes of a paper fits into the boxes.
 */
export function drawTikz(witness: Witness, options: DrawOptions): string {
  const figure = figureOf(witness, options);
  const plan = planOf(figure);
  const layout = layoutOf(figure, plan, 0, 0);
  const edges = routeEdges(figure, plan, layout);
  const box = (node: FigureNode): Box => known(layout.boxes.get(node.event.id), 'box');
  const nodes = [...figure.initial, ...figure.nodes];
  return [
    `% ${comment(figure.title)}: ${comment(figure.facts.join(', '))}`,
    ...(figure.outcome.length === 0 ? [] : [`% ${comment(figure.outcome.join('; '))}`]),
    ...preamble(pageOf(figure, layout.extent)),
    '\\usetikzlibrary{arrows.meta,decorations.pathmorphing}',
    ...Object.entries(colours()).map(([name, hex]) => `\\definecolor{${name}}{HTML}{${hex.slice(1).toUpperCase()}}`),
    '\\begin{document}',
    `\\begin{tikzpicture}[x=${UNIT}pt, y=-${UNIT}pt, >={Latex[length=5pt,width=4.4pt]}, font=\\small\\frenchspacing,`,
    ...STYLES.map((style) => `  ${style},`),
    ']',
    ...figure.columns.flatMap(({ name }, c) => panel(name, known(layout.columns[c], 'column').panel)),
    ...nodes.map((node) => nodeText(node, box(node))),
    ...edges.map(edgeText),
    ...nodes.flatMap((node) => badge(node, box(node))),
    ...placeEdgeLabels(edges, layout).map(
      ({ text, box: at }) => `\\node[edge label] at ${point(middle(at))} {${tex(text)}};`,
    ),
    ...legend(figure, layout.extent.x, bottom(layout.extent) + LEGEND_GAP),
    '\\end{tikzpicture}',
    '\\end{document}',
    '',
  ].join('\n');
}

/** The class is not in every installation of TeX: without it the page is cut to the picture by hand. */
function preamble({ width, height }: Pick<Box, 'width' | 'height'>): string[] {
  return [
    '\\IfFileExists{standalone.cls}{\\documentclass[tikz,border=4pt]{standalone}}%',
    `{\\documentclass{article}\\usepackage{tikz}\\usepackage[papersize={${pt(width)},${pt(height)}},margin=4pt]{geometry}\\pagestyle{empty}\\parindent=0pt}`,
    '\\usepackage[T1]{fontenc}',
    '\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}',
  ];
}

/** The size of a page that holds the picture and its legend. */
function pageOf(figure: Figure, { width, height }: Box): Pick<Box, 'width' | 'height'> {
  const entries = legendOf(figure);
  const widths = entries.map(({ text }) => LEGEND_TEXT + sansWidth(text, SIZE.legend));
  const legendHeight = LEGEND_GAP + entries.length * LEGEND_LINE;
  return { width: Math.max(width, ...widths) + PAGE_MARGIN, height: height + legendHeight + PAGE_MARGIN };
}

/** Points in a pixel. */
const UNIT = 0.6;
const PAGE_MARGIN = 22;
const LEGEND_GAP = 18;
const LEGEND_LINE = 18;
const LEGEND_TEXT = 40;

function colours(): Readonly<Record<string, string>> {
  const edges = Object.entries(EDGES).map(([kind, { color }]) => [`weft${kind}`, color]);
  return {
    weftink: INK,
    weftmuted: MUTED,
    weftline: BOX_LINE,
    weftpanel: PANEL,
    weftpanelline: PANEL_LINE,
    weftstale: STALE_FILL,
    weftmarker: MARKER.color,
    ...Object.fromEntries(edges),
  };
}

const EDGE_STYLES: Readonly<Record<EdgeKind, string>> = {
  po: 'draw=weftpo, line width=0.9pt, -{Latex[length=4.5pt,width=4.5pt]}',
  rf: 'draw=weftrf, line width=1.2pt, ->',
  sw: 'draw=weftsw, double distance=1.6pt, line width=0.9pt, -{Latex[open,length=8pt,width=8pt]}',
  asw: 'draw=weftasw, line width=1pt, dash pattern=on 5pt off 3pt, -{Straight Barb[length=4pt,width=6pt]}',
  fr: 'draw=weftfr, line width=1.3pt, line cap=round, dash pattern=on 0.1pt off 3.3pt, ->',
  race: 'draw=weftrace, line width=1pt, decorate, decoration={zigzag, segment length=5pt, amplitude=1.8pt}',
  hb: 'draw=wefthb, line width=1pt, dash pattern=on 2.2pt off 2.2pt, ->',
  tot: 'draw=wefttot, line width=1.3pt, dash pattern=on 8pt off 2.2pt on 1.5pt off 2.2pt, ->',
  own: 'draw=weftown, line width=1pt, dash pattern=on 1.1pt off 1.8pt on 4.5pt off 1.8pt, -{Straight Barb[length=4pt,width=6pt]}',
};

const EVENT = 'rounded corners=3pt, inner sep=0pt, align=center, text=weftink, draw=weftline';
const STYLES = [
  `event/.style={${EVENT}, line width=0.8pt, fill=white}`,
  `control/.style={${EVENT}, line width=0.8pt, rounded corners=7pt, fill=weftpanel!95!black}`,
  `init/.style={${EVENT}, line width=0.6pt, draw=weftline!50, fill=weftpanel!95!black}`,
  `trapped/.style={${EVENT}, line width=0.8pt, fill=weftink, text=white}`,
  `weak/.style={draw=weftink, line width=1.3pt, dash pattern=on 3.8pt off 2pt, fill=weftstale}`,
  'edge label/.style={draw=weftpanelline, fill=white, rounded corners=2pt, inner sep=1.6pt, font=\\ttfamily\\scriptsize}',
  'badge/.style={fill=weftink, text=white, rounded corners=4pt, inner xsep=3pt, inner ysep=1.2pt, font=\\sffamily\\bfseries\\tiny}',
  'marker/.style={draw=weftmarker, opacity=0.6, line width=6.5pt, line cap=round}',
  'gap/.style={draw=white, line width=5pt}',
  ...Object.entries(EDGE_STYLES).map(([kind, style]) => `${kind}/.style={${style}}`),
];

function panel(name: string, { x, y, width, height }: Box): string[] {
  return [
    `\\draw[fill=weftpanel, draw=weftpanelline, rounded corners=6pt] ${point([x, y])} rectangle ${point([x + width, y + height])};`,
    `\\node[font=\\sffamily\\bfseries\\small, text=weftink] at ${point([x + width / 2, y + PANEL_HEADER - 14])} {${tex(name)}};`,
  ];
}

const SHAPES = { access: 'event', control: 'control', trap: 'trapped', init: 'init' } as const;

function nodeText(node: FigureNode, box: Box): string {
  const lines = [
    ...node.lines.map((line) => `\\ttfamily ${labelTex(line)}`),
    ...(node.site === ''
      ? []
      : [`\\ttfamily\\scriptsize\\color{${node.shape === 'trap' ? 'white' : 'weftmuted'}}${tex(node.site)}`]),
  ];
  const style = node.mark === null ? SHAPES[node.shape] : `${SHAPES[node.shape]}, weak`;
  const size = `minimum width=${pt(box.width)}, minimum height=${pt(box.height)}`;
  return `\\node[${style}, ${size}] (e${node.event.id}) at ${point(middle(box))} {${lines.map((line) => `{${line}}`).join('\\\\')}};`;
}

function badge({ mark }: FigureNode, box: Box): string[] {
  return mark === null ? [] : [`\\node[badge, anchor=east] at ${point([box.x + box.width - 6, box.y])} {${mark}};`];
}

/** Curves end where the head begins, tips of TikZ are part of the path: so the last piece is led on to the tip. */
function edgeText({ edge, curve, tip, upon }: PlacedEdge): string {
  const pieces = curve.pieces.map(([a, b, end], i) => {
    const last = i === curve.pieces.length - 1 && edge.kind !== 'race';
    return ` .. controls ${point(a)} and ${point(b)} .. ${point(last ? tip : end)}`;
  });
  const path = `${point(curve.start)}${pieces.join('')}`;
  if (upon)
    return `\\begin{scope}\\clip ${around(curve.pieces.at(-1)?.[2] ?? tip, curve.start)};\\draw[gap] ${path};\\draw[${edge.kind}] ${path};\\end{scope}`;
  const draw = `\\draw[${edge.kind}] ${path};`;
  return edge.stressed === true ? `\\draw[marker] ${path};\n${draw}` : draw;
}

/** A circle in the middle of an edge, in which a race upon it is marked. */
function around([x, y]: Point, [u, v]: Point): string {
  return `${point([(x + u) / 2, (y + v) / 2])} circle[radius=12pt]`;
}

function legend(figure: Figure, left: number, top: number): string[] {
  return legendOf(figure).map((entry, i) => {
    const y = top + i * LEGEND_LINE;
    const text = `\\node[anchor=west, font=\\sffamily\\scriptsize, text=weftmuted] at ${point([left + LEGEND_TEXT, y])} {${tex(entry.text)}};`;
    switch (entry.kind) {
      case 'edge':
        return `\\draw[${entry.edge}] ${point([left, y])} -- ${point([left + 34, y])};${text}`;
      case 'mark':
        return `\\node[badge, anchor=west] at ${point([left, y])} {${entry.mark}};${text}`;
      case 'order':
        return `\\node[anchor=west, font=\\ttfamily\\scriptsize] at ${point([left, y])} {${entry.order}};${text}`;
    }
  });
}

function labelTex(line: LabelLine): string {
  return line.map(({ text, sub }) => (sub ? `\\textsubscript{${tex(text)}}` : tex(text))).join('');
}

function point([x, y]: Point): string {
  return `(${tenth(x)},${tenth(y)})`;
}

function pt(pixels: number): string {
  return `${tenth(pixels * UNIT)}pt`;
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '"': '\\textquotedbl{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '→': '$\\to$',
  '·': '$\\cdot$',
  '’': "'",
  '…': '\\dots{}',
  '≠': '$\\neq$',
  '↻': '$\\hookleftarrow$',
};

/** Text as TeX reads it; what none of its fonts has is a question mark. */
export function tex(text: string): string {
  return [...text].map((char) => SPECIAL[char] ?? (/^[\x20-\x7e\u00a1-\u00ff]$/.test(char) ? char : '?')).join('');
}

/** What a comment can hold: one line. */
function comment(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ');
}
