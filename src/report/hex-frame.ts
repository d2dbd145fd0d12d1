import type { Span } from '../base/span.ts';

const ROW = 16;
/** Rows shown before and after that of the place. */
const CONTEXT_ROWS = 1;

/**
 * The bytes around a place, in rows of 16 with their offsets, the ones in question marked; of a place that spans several rows the first is.
 * A place at the end of the bytes is marked behind the last.
 *
 *       0x00000000 | 00 61 73 6d 01 00 00 00 01 04 01 60 00 00 03 02 | .asm.......`....
 *     > 0x00000010 | 01 00 0a 06 01 04 00 41 01 ff                   | .......A..
 *                  |                            ^^
 */
export function hexFrame(bytes: Uint8Array, at: Span): readonly string[] {
  const row = Math.floor(at.start / ROW) * ROW;
  const first = Math.max(0, row - CONTEXT_ROWS * ROW);
  const lines: string[] = [];
  for (let offset = first; offset <= row + CONTEXT_ROWS * ROW; offset += ROW) {
    if (offset > row && offset >= bytes.length) break;
    lines.push(rowText(bytes, offset, offset === row));
    if (offset === row) lines.push(markerText(offset, at));
  }
  return lines;
}

function rowText(bytes: Uint8Array, offset: number, marked: boolean): string {
  const row = [...bytes.subarray(offset, offset + ROW)];
  const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const characters = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  return `${marked ? '>' : ' '} ${offsetText(offset)} | ${hex.padEnd(3 * ROW - 1)} | ${characters}`.trimEnd();
}

function offsetText(offset: number): string {
  return `0x${offset.toString(16).padStart(8, '0')}`;
}

function markerText(row: number, at: Span): string {
  const start = at.start - row;
  const end = Math.max(start + 1, Math.min(at.end - row, ROW));
  return `${' '.repeat(offsetText(row).length + 3)}| ${' '.repeat(3 * start)}${'^'.repeat(3 * (end - start) - 1)}`;
}
