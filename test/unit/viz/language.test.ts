import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StringStream } from '@codemirror/language';
import { expect, test } from 'vitest';
import { tokenize } from '../../../src/text/tokenize.ts';
import { parser } from '../../../viz/editor/language.ts';

interface Coloured {
  readonly start: number;
  readonly end: number;
  readonly style: string | null;
}

/** What the editor makes of a text: it reads line by line. */
function coloured(text: string): readonly Coloured[] {
  const state = parser.startState?.(2);
  if (state === undefined) throw new Error('no state');
  const found: Coloured[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const stream = new StringStream(line, 2, 2);
    while (!stream.eol()) {
      stream.start = stream.pos;
      const style = parser.token(stream, state);
      if (stream.pos === stream.start) throw new Error(`no progress in ${line}`);
      const isBlank = line.slice(stream.start, stream.pos).trim() === '';
      if (!isBlank) found.push({ start: from + stream.start, end: from + stream.pos, style });
    }
    from += line.length + 1;
  }
  return found;
}

const styles = (text: string): readonly (string | null)[] => coloured(text).map(({ style }) => style);

test('instructions, types, sharing words, verdicts and numbers are told apart', () => {
  expect(styles('i32.atomic.load acqrel offset=4')).toEqual(['operatorKeyword', 'modifier', 'propertyName']);
  expect(styles('shared i32 struct.get $x -0x1.8p3')).toEqual([
    'modifier',
    'typeName',
    'operator',
    'variableName',
    'number',
  ]);
  expect(styles('(thread wait litmus verdict allowed')).toEqual([
    'paren',
    'keyword',
    'keyword',
    'keyword',
    'keyword',
    'atom',
  ]);
  expect(styles('i32.laod T1:0:0')).toEqual([null, null]);
});

test('comments nest and span lines, and what stands in them or in strings is nothing else', () => {
  const seen = styles('(; a (; b\n ;) i32.add\n ;) nop ;; nop');
  expect([...new Set(seen.slice(0, -2))]).toEqual(['blockComment']);
  expect(seen.slice(-2)).toEqual(['operator', 'lineComment']);
  expect(styles('"a \\" (; nop" nop')).toEqual(['string', 'operator']);
});

const LITMUS = new URL('../../../models/litmus/', import.meta.url).pathname;
const FILES = readdirSync(LITMUS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.wast'));

test('the editor and the reader of the text format see the same tokens in the whole litmus library', () => {
  expect(FILES.length).toBeGreaterThan(100);
  for (const file of FILES.filter((_, i) => i % 5 === 0)) {
    const text = readFileSync(join(LITMUS, file), 'utf8');
    const read = tokenize(text);
    if (!read.ok) throw new Error(file);
    const { starts, ends } = read.value;
    const seen = coloured(text).filter(({ style }) => style !== 'lineComment' && style !== 'blockComment');
    expect(
      seen.map(({ start, end }) => [start, end]),
      file,
    ).toEqual(seen.map((_, i) => [starts[i], ends[i]]));
  }
});
