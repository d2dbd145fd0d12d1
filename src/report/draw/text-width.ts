import type { LabelLine } from './labels.ts';
import { SIZE } from './theme.ts';

/** Widths per font size, after the widest of the fonts in use (DejaVu), so that no font overflows. */
const MONO_WIDTH = 0.615;
const SANS_CLASSES: readonly (readonly [RegExp, number])[] = [
  [/[ijlI|.,:;'!()[\] ]/, 0.4],
  [/[ftr/\\"*·-]/, 0.48],
  [/[mwMW@%]/, 1.02],
  [/[A-Z&=+<>~]/, 0.82],
];
const SANS_WIDTH = 0.645;
const BOLD = 1.1;

export function monoWidth(text: string, size: number): number {
  return [...text].length * MONO_WIDTH * size;
}

export function sansWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const char of text) width += SANS_CLASSES.find(([chars]) => chars.test(char))?.[1] ?? SANS_WIDTH;
  return width * size * (bold ? BOLD : 1);
}

/** A label's line, subscripts being smaller. */
export function labelWidth(line: LabelLine): number {
  return line.reduce((width, { text, sub }) => width + monoWidth(text, sub ? SIZE.sub : SIZE.label), 0);
}
