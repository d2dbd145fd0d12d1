import pc from 'picocolors';
import type { Witness } from '../../explore/result.ts';
import type { EdgeKind, Figure, FigureEdge, FigureNode } from './figure.ts';
import { figureOf } from './figure.ts';
import { plainText } from './labels.ts';
import { lanesOf } from './lanes.ts';
import type { DrawOptions } from './options.ts';

export interface UnicodeOptions extends DrawOptions {
  readonly color: boolean;
}

/**
 * The picture of an execution for a terminal: time runs downwards, an event a row, in its thread's column; the other edges run in lanes on the
 * right, and are named at the end of the row that they lead to. Line styles differ, colour only helps.
 */
export function drawUnicode(witness: Witness, options: UnicodeOptions): string {
  const figure = figureOf(witness, options);
  const rows = [...figure.initial, ...figure.nodes];
  const edges = figure.edges.filter(({ kind }) => kind !== 'po');
  const names = new Map(rows.map(({ event }, row) => [event.id, nameOf(row)]));
  const columns = columnsOf(figure);
  const grid = new Grid();
  grid.put(0, 0, [figure.title, ...figure.facts].join('  ·  '), 'strong');
  figure.outcome.forEach((part, i) => grid.put(1 + i, 2, part));
  const top = figure.outcome.length + 2;
  figure.columns.forEach(({ name }, c) => grid.put(top, columns.at[c] ?? 0, name, 'strong'));
  const rowOf = new Map(rows.map(({ event }, row) => [event.id, top + 1 + row]));
  drawThreads(grid, figure, columns.at, rowOf);
  for (const [row, node] of rows.entries()) {
    grid.put(top + 1 + row, 0, names.get(node.event.id) ?? '', 'faint');
    grid.put(top + 1 + row, columns.at[node.column] ?? columns.initial, `${SIGNS[node.shape]} ${textOf(node)}`);
  }
  drawEdges(grid, edges, rowOf, columns.end, names);
  const kinds = [...new Set(edges.map(({ kind }) => kind))];
  const legend = kinds.map((kind) => `${STYLES[kind].horizontal.repeat(2)} ${STYLES[kind].meaning}`);
  if (legend.length > 0) grid.put(top + rows.length + 2, 0, legend.join('   '), 'faint');
  return grid.text(options.color);
}

const SIGNS: Readonly<Record<FigureNode['shape'], string>> = { access: '●', control: '◆', trap: '✖', init: '○' };

/** `a` to `z`, then `a1`, …. */
function nameOf(row: number): string {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (row % LETTERS));
  return row < LETTERS ? letter : `${letter}${Math.floor(row / LETTERS)}`;
}

const LETTERS = 26;
const NAME_WIDTH = 4;
const GAP = 3;

function textOf({ name, lines, mark }: FigureNode): string {
  return `${name === null ? '' : `${name} `}${lines.map(plainText).join(', ')}${mark === null ? '' : ` (${mark})`}`;
}

interface Columns {
  /** Where each thread's column begins. */
  readonly at: readonly number[];
  /** Where events above the columns are put. */
  readonly initial: number;
  readonly end: number;
}

function columnsOf({ columns, nodes, initial }: Figure): Columns {
  const at: number[] = [];
  let x = NAME_WIDTH;
  for (const [c, { name }] of columns.entries()) {
    at.push(x);
    const texts = nodes.filter(({ column }) => column === c).map((node) => textOf(node).length + 2);
    x += Math.max(name.length, ...texts) + GAP;
  }
  const above = initial.map((node) => NAME_WIDTH + textOf(node).length + 2 + GAP);
  return { at, initial: NAME_WIDTH, end: Math.max(x, ...above) };
}

/** Program order, as a line from each thread's first event to its last. */
function drawThreads(grid: Grid, figure: Figure, at: readonly number[], rowOf: ReadonlyMap<number, number>): void {
  for (const c of figure.columns.keys()) {
    const own = figure.nodes.filter(({ column }) => column === c).map(({ event }) => rowOf.get(event.id) ?? 0);
    for (let row = Math.min(...own); row < Math.max(...own); row++) grid.put(row, at[c] ?? 0, '│', 'faint');
  }
}

function drawEdges(
  grid: Grid,
  edges: readonly FigureEdge[],
  rowOf: ReadonlyMap<number, number>,
  start: number,
  names: ReadonlyMap<number, string>,
): void {
  const spans = edges.map(({ from, to }): readonly [number, number] => [rowOf.get(from) ?? 0, rowOf.get(to) ?? 0]);
  const lanes = lanesOf(spans);
  const x = (lane: number): number => start + LANE * lane + 1;
  const labels = start + LANE * (Math.max(-1, ...lanes) + 1) + 1;
  const notes = new Map<number, string[]>();
  // The longest first, so that shorter ones stay whole where they meet.
  const order = [...edges.keys()].toSorted((a, b) => (lanes[b] ?? 0) - (lanes[a] ?? 0));
  for (const i of order) {
    const { kind, from, to, label } = edges[i] as FigureEdge;
    const [source, target] = spans[i] as readonly [number, number];
    const style = STYLES[kind];
    const at = x(lanes[i] ?? 0);
    for (const row of [source, target]) grid.line(row, grid.endOf(row, start) + 1, at, style.horizontal, kind);
    for (let row = Math.min(source, target) + 1; row < Math.max(source, target); row++)
      grid.cross(row, at, style.vertical, kind);
    const [down, up] = style.corners;
    grid.put(source, at, source < target ? down : up, kind);
    grid.put(target, at, source < target ? up : down, kind);
    if (kind !== 'race') grid.put(target, at - 1, '◂', kind);
    const note = `${style.name} ${kind === 'race' ? 'with' : '←'} ${names.get(from) ?? ''}${label === null ? '' : ` (${label})`}`;
    notes.set(to, [...(notes.get(to) ?? []), note]);
  }
  for (const [to, texts] of notes) grid.put(rowOf.get(to) ?? 0, labels, texts.join(', '));
}

/** Columns that a lane takes. */
const LANE = 3;

interface EdgeLine {
  readonly name: string;
  readonly horizontal: string;
  readonly vertical: string;
  /** From the left downwards, and from the left upwards. */
  readonly corners: readonly [string, string];
  readonly meaning: string;
}

const ROUND = ['╮', '╯'] as const;
const STYLES: Readonly<Record<EdgeKind, EdgeLine>> = {
  po: { name: 'po', horizontal: '─', vertical: '│', corners: ROUND, meaning: 'program order' },
  rf: { name: 'rf', horizontal: '─', vertical: '│', corners: ROUND, meaning: 'rf' },
  sw: { name: 'rf, sw', horizontal: '═', vertical: '║', corners: ['╗', '╝'], meaning: 'rf, sw' },
  asw: { name: 'asw', horizontal: '╌', vertical: '╎', corners: ROUND, meaning: 'asw' },
  fr: { name: 'fr', horizontal: '┈', vertical: '┊', corners: ROUND, meaning: 'fr' },
  race: { name: 'race', horizontal: '━', vertical: '┃', corners: ['┓', '┛'], meaning: 'race' },
  hb: { name: 'hb', horizontal: '┄', vertical: '┆', corners: ROUND, meaning: 'hb' },
  tot: { name: 'tot', horizontal: '╴', vertical: '╵', corners: ROUND, meaning: 'tot' },
  own: { name: 'own', horizontal: '┄', vertical: '┆', corners: ROUND, meaning: 'of the model' },
};

type Tone = EdgeKind | 'strong' | 'faint' | 'none';

function tint(text: string, tone: Tone, c: ReturnType<typeof pc.createColors>): string {
  switch (tone) {
    case 'strong':
      return c.bold(text);
    case 'faint':
    case 'po':
    case 'asw':
      return c.dim(text);
    case 'rf':
      return c.red(text);
    case 'sw':
      return c.blue(text);
    case 'fr':
      return c.magenta(text);
    case 'race':
      return c.yellow(text);
    case 'hb':
    case 'tot':
    case 'own':
      return c.cyan(text);
    case 'none':
      return text;
  }
}

interface Cell {
  readonly sign: string;
  readonly tone: Tone;
}

/** Characters in rows and columns, written over each other. A class because the cells are hidden. */
class Grid {
  readonly #rows: (Cell | undefined)[][] = [];

  put(row: number, at: number, text: string, tone: Tone = 'none'): void {
    const cells = this.#row(row);
    for (const [i, sign] of [...text].entries()) cells[at + i] = { sign, tone };
  }

  /** One past the last character before `limit`. */
  endOf(row: number, limit: number): number {
    let end = limit;
    while (end > 0 && isBlank(this.#row(row)[end - 1])) end--;
    return end;
  }

  /** A horizontal line over what is blank; lines that it crosses show it. */
  line(row: number, from: number, to: number, sign: string, tone: Tone): void {
    for (let at = from; at < to; at++) this.cross(row, at, sign, tone);
  }

  cross(row: number, at: number, sign: string, tone: Tone): void {
    const cells = this.#row(row);
    const old = cells[at];
    if (isBlank(old)) cells[at] = { sign, tone };
    else if (old !== undefined && isOther(old.sign, sign)) cells[at] = { sign: '┼', tone: old.tone };
  }

  text(color: boolean): string {
    const c = pc.createColors(color);
    const line = (cells: readonly (Cell | undefined)[]): string =>
      Array.from(cells, (cell) => (cell === undefined ? ' ' : tint(cell.sign, cell.tone, c)))
        .join('')
        .trimEnd();
    return Array.from(this.#rows, (cells) => line(cells)).join('\n');
  }

  #row(row: number): (Cell | undefined)[] {
    for (let y = this.#rows.length; y <= row; y++) this.#rows.push([]);
    return this.#rows[row] as (Cell | undefined)[];
  }
}

function isBlank(cell: Cell | undefined): boolean {
  return cell === undefined || cell.sign === ' ';
}

const VERTICALS = '│║╎┊┃┆╵';
const HORIZONTALS = '─═╌┈━┄╴';

/** Whether one is a vertical line and the other a horizontal one. */
function isOther(a: string, b: string): boolean {
  return (VERTICALS.includes(a) && HORIZONTALS.includes(b)) || (HORIZONTALS.includes(a) && VERTICALS.includes(b));
}
