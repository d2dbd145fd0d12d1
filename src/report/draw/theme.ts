import type { EdgeKind } from './figure.ts';

/** Fonts that papers, browsers and converters have; sizes in pixels. */
export const SANS = "'Helvetica Neue', Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
export const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', monospace";

export const SIZE = {
  title: 20,
  fact: 12.5,
  outcome: 12.5,
  thread: 13,
  label: 14,
  sub: 10,
  site: 10.5,
  edge: 10.5,
  legend: 11.5,
  badge: 9.5,
} as const;

export const INK = '#1a1a1a';
export const MUTED = '#5f6368';
export const PAPER = '#ffffff';
export const PANEL = '#f6f7f9';
export const PANEL_LINE = '#dfe2e6';
export const BOX_LINE = '#3c4043';
export const STALE_FILL = '#fff7ed';

/** How a kind of edge looks. Colour is never the only sign: lines, dashes and heads differ as well. */
export interface EdgeStyle {
  readonly color: string;
  readonly width: number;
  readonly dash: string | null;
  /** `double`: two thin lines; `zigzag`: a saw. */
  readonly line: 'single' | 'double' | 'zigzag';
  readonly head: 'filled' | 'hollow' | 'open' | 'none';
  readonly headLength: number;
  readonly headWidth: number;
  readonly meaning: string;
}

export const EDGES: Readonly<Record<EdgeKind, EdgeStyle>> = {
  po: {
    color: '#9aa0a6',
    width: 1.2,
    dash: null,
    line: 'single',
    head: 'filled',
    headLength: 6,
    headWidth: 6,
    meaning: 'program order (po)',
  },
  rf: {
    color: '#9b1c1c',
    width: 1.6,
    dash: null,
    line: 'single',
    head: 'filled',
    headLength: 9,
    headWidth: 8,
    meaning: 'reads from (rf)',
  },
  sw: {
    color: '#1d4ed8',
    width: 4.4,
    dash: null,
    line: 'double',
    head: 'hollow',
    headLength: 12,
    headWidth: 12,
    meaning: 'reads from and synchronises (rf, sw)',
  },
  asw: {
    color: '#1f2937',
    width: 1.4,
    dash: '7 4',
    line: 'single',
    head: 'open',
    headLength: 8,
    headWidth: 9,
    meaning: 'synchronises',
  },
  fr: {
    color: '#6d28d9',
    width: 1.8,
    dash: '0.1 4.4',
    line: 'single',
    head: 'filled',
    headLength: 8,
    headWidth: 7,
    meaning: 'from-read: overwrites what was read (fr)',
  },
  race: {
    color: '#c2410c',
    width: 1.3,
    dash: null,
    line: 'zigzag',
    head: 'none',
    headLength: 0,
    headWidth: 0,
    meaning: 'data race',
  },
  hb: {
    color: '#334155',
    width: 1.4,
    dash: '3 3',
    line: 'single',
    head: 'filled',
    headLength: 8,
    headWidth: 7,
    meaning: 'happens before, or related by the axiom',
  },
  tot: {
    color: '#0f766e',
    width: 1.8,
    dash: '11 3 2 3',
    line: 'single',
    head: 'filled',
    headLength: 9,
    headWidth: 8,
    meaning: 'asked of an order (tot, mo)',
  },
  own: {
    color: '#a16207',
    width: 1.4,
    dash: '1.5 2.5 6 2.5',
    line: 'single',
    head: 'open',
    headLength: 8,
    headWidth: 8,
    meaning: 'related by the model',
  },
};

/** The marker under stressed edges. */
export const MARKER = { color: '#fde047', width: 11, opacity: 0.6 } as const;
