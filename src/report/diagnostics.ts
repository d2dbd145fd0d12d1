import type { BabelCodeFrameOptions } from '@babel/code-frame';
import { codeFrameColumns } from '@babel/code-frame';
import pc from 'picocolors';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { AnySource, Source, Span } from '../base/span.ts';
import { ByteSource, NOWHERE } from '../base/span.ts';
import { hexFrame } from './hex-frame.ts';

/** How text is made for people; `color` is for terminals only. */
export interface TextOptions {
  readonly color: boolean;
}

/** Lines longer than this are cut to a window around the place in question. */
const MAX_LINE = 160;
/** Where the window begins, before the place. */
const WINDOW_LEAD = 60;
const CONTEXT_LINES = 2;

/**
 * A diagnostic for people: where, what, a frame of the source, what was expected, why, and a hint.
 *
 *     MP.wast:3:5: error: type mismatch: … [Instr_ok/global.set]
 */
export function diagnosticText(diagnostic: Diagnostic, source: AnySource, options: TextOptions): string {
  const c = pc.createColors(options.color);
  const paint = diagnostic.severity === 'error' ? c.red : c.yellow;
  const what = diagnostic.code === 'usage' ? '' : `${diagnostic.code}: `;
  const lines = [
    `${c.bold(placeText(source, diagnostic.at))}: ${c.bold(paint(diagnostic.severity))}: ${c.bold(`${what}${diagnostic.message}`)} ${c.dim(`[${diagnostic.rule}]`)}`,
    ...frameOf(source, diagnostic.at).map((line) => colorFrameLine(line, c, paint)),
  ];
  if (diagnostic.reading !== undefined) lines.push(`  ${c.dim('reading')}   ${diagnostic.reading}`);
  if (diagnostic.expected !== undefined) lines.push(`  ${c.dim('expected')}  ${diagnostic.expected}`);
  if (diagnostic.actual !== undefined) lines.push(`  ${c.dim('actual')}    ${diagnostic.actual}`);
  if (diagnostic.because !== undefined && diagnostic.because.length > 0) {
    lines.push(`  ${c.dim('because')}`);
    for (const [depth, reason] of diagnostic.because.entries()) lines.push(`    ${'  '.repeat(depth)}- ${reason}`);
  }
  if (diagnostic.hint !== undefined) lines.push(`  ${c.dim('hint')}      ${diagnostic.hint}`);
  return lines.join('\n');
}

/** `MP.wast:3:5`, `module.wasm:0x1a`, or the file alone for what has no place. */
export function placeText(source: AnySource, at: Span): string {
  if (at === NOWHERE) return source.name;
  if (source instanceof ByteSource) return `${source.name}:0x${at.start.toString(16)}`;
  const { line, column } = source.position(at.start);
  return `${source.name}:${line}:${column}`;
}

export interface DiagnosticJson {
  readonly code: string;
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly at: { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number };
  readonly because: readonly string[];
  readonly expected?: string;
  readonly actual?: string;
  readonly reading?: string;
  readonly hint?: string;
}

/** A diagnostic as in the JSON of `weft check` [DESIGN, The command line]. A byte of a binary is in line 1, at the column of its offset and one. */
export function diagnosticJson(diagnostic: Diagnostic, source: AnySource): DiagnosticJson {
  return {
    code: diagnostic.code,
    rule: diagnostic.rule,
    severity: diagnostic.severity,
    message: diagnostic.message,
    at: source.place(diagnostic.at),
    because: diagnostic.because ?? [],
    ...(diagnostic.expected === undefined ? {} : { expected: diagnostic.expected }),
    ...(diagnostic.actual === undefined ? {} : { actual: diagnostic.actual }),
    ...(diagnostic.reading === undefined ? {} : { reading: diagnostic.reading }),
    ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
  };
}

function frameOf(source: AnySource, at: Span): readonly string[] {
  if (source instanceof ByteSource) return at === NOWHERE ? [] : hexFrame(source.bytes, at);
  return frameLines(source, at);
}

/** The lines around a place; of a place that spans several lines the first is marked. None for what has no place. */
function frameLines(source: Source, at: Span): readonly string[] {
  if (at === NOWHERE || source.text === '') return [];
  const place = source.place(at);
  const first = Math.max(1, place.line - CONTEXT_LINES);
  const shown = linesFrom(source, first, place.line + CONTEXT_LINES);
  while (shown.length > place.line - first + 1 && shown.at(-1) === '') shown.pop();
  const marked = shown[place.line - first] ?? '';
  const endColumn = place.endLine === place.line ? place.endColumn : marked.length + 1;
  const shift = marked.length > MAX_LINE ? Math.max(0, place.column - 1 - WINDOW_LEAD) : 0;
  const lead = shift > 0 ? 1 : 0;
  const column = place.column - shift + lead;
  const frame = codeFrameColumns(
    shown.map((line) => clip(line, shift)).join('\n'),
    {
      start: { line: place.line, column },
      end: { line: place.line, column: Math.max(column + 1, Math.min(endColumn - shift + lead, MAX_LINE)) },
    },
    numberedFrom(first),
  );
  return frame.split('\n');
}

/** Lines `first` to `last` (from 1); other line separators than `\n` are blanked, so that lines are {@link Source}'s. */
function linesFrom(source: Source, first: number, last: number): string[] {
  const lines = source.text.split('\n', last).slice(first - 1);
  return lines.map((line) => line.replace(/[\r\u2028\u2029]/g, ' ').trimEnd());
}

/** `startLine` is an option that the library's types do not know. */
function numberedFrom(startLine: number): BabelCodeFrameOptions {
  const options = { linesAbove: CONTEXT_LINES, linesBelow: CONTEXT_LINES, highlightCode: false, startLine };
  return options;
}

function clip(line: string, shift: number): string {
  const lead = shift > 0 && line.length > 0 ? '…' : '';
  const rest = line.slice(shift);
  return lead + (rest.length > MAX_LINE ? `${rest.slice(0, MAX_LINE)}…` : rest);
}

type Colors = ReturnType<typeof pc.createColors>;

function colorFrameLine(line: string, c: Colors, paint: (text: string) => string): string {
  const caret = /^( *\|\s*)(\^+)$/.exec(line);
  if (caret) return c.dim(caret[1] ?? '') + c.bold(paint(caret[2] ?? ''));
  const numbered = /^([> ])( *(?:0x[\da-f]+|\d+) \|)(.*)$/.exec(line);
  if (!numbered) return line;
  return `${c.bold(paint(numbered[1] ?? ''))}${c.dim(numbered[2] ?? '')}${numbered[3] ?? ''}`;
}
