import { describe, expect, test } from 'vitest';
import { classOf } from '../../../src/text/classes.ts';
import { tokenize } from '../../../src/text/tokenize.ts';
import { INSTRUCTIONS } from '../../../src/syntax/instructions.ts';
import { shown } from './read.ts';

function classes(text: string): string[] {
  const tokens = tokenize(text);
  if (!tokens.ok) throw new Error(shown(text, tokens.error).join('\n'));
  return Array.from(tokens.value.units, (unit) => classOf(unit));
}

function rowNumber(mnemonic: string): number {
  return INSTRUCTIONS.findIndex((row) => row.mnemonic === mnemonic);
}

function problem(text: string): string {
  const tokens = tokenize(text);
  const found = tokens.ok ? tokens.value.problems.map(({ diagnostic }) => diagnostic) : tokens.error;
  return shown(text, found).join('\n');
}

describe('tokens', () => {
  test('keywords are their own class, mnemonics the class of their immediates', () => {
    expect(classes('(func i32.load local.get i64 fork)')).toEqual([
      '(',
      'func',
      '{memarg}',
      '{local}',
      'i64',
      '{func}',
      ')',
    ]);
  });

  test.each([
    ['0', '{nat}'],
    ['1_000', '{nat}'],
    ['0xfF_0', '{nat}'],
    ['-1', '{int}'],
    ['+0x1', '{int}'],
    ['1.', '{float}'],
    ['1e5', '{float}'],
    ['-0x1.8p-3', '{float}'],
    ['inf', '{float}'],
    ['-nan', '{float}'],
    ['nan:0x1', '{float}'],
    ['offset=0x10', '{offset}'],
    ['align=8', '{align}'],
    ['$x', '{id}'],
    ['$"any name"', '{id}'],
    ['"a\\00\\u{1f600}\\""', '{string}'],
    ['1_', '{word}'],
    ['0X1', '{word}'],
    ['_1', '{word}'],
    ['nan:1', '{word}'],
    ['.5', '{word}'],
    ['T1:0:0', '{word}'],
    ['i32.nope', '{word}'],
    ['0$x', '{word}'],
    ['"a""b"', '{word}'],
    ['$x"b"', '{word}'],
    ['a,b', '{word}'],
  ])('%s is %s', (text, name) => {
    expect(classes(text)).toEqual([name]);
  });

  test('comments and annotations are white space', () => {
    expect(classes('(;a (; nested ;) b;) nop;; to the end ) (\nnop (@name "a)" (x ;; ) \n) ,;[]) nop')).toEqual([
      '{none}',
      '{none}',
      '{none}',
    ]);
    expect(classes('(@"quoted id" x)nop;;at the very end')).toEqual(['{none}']);
  });

  test('spans are offsets into the text', () => {
    const tokens = tokenize(' (  nop\n "é" )');
    expect(tokens.ok && [...tokens.value.starts]).toEqual([1, 4, 9, 13]);
    expect(tokens.ok && [...tokens.value.ends]).toEqual([2, 7, 12, 14]);
    expect(tokens.ok && [...tokens.value.links]).toEqual([3, rowNumber('nop'), -1, -1]);
  });
});

describe('text that does not lex', () => {
  test('is complained of, and read on', () => {
    const text = '(func $) ( é nop) (@x [) (func "a\\q" "b" (;';
    const tokens = tokenize(`${text} ;) )`);
    expect(
      tokens.ok &&
        shown(
          text,
          tokens.value.problems.map(({ diagnostic }) => diagnostic),
        ),
    ).toEqual([
      'Lex/identifier empty identifier @$',
      'Lex/character illegal character "é" @é',
      'Lex/escape illegal escape \\q @\\q',
    ]);
    expect(tokens.ok && tokens.value.problems.map(({ token }) => token)).toEqual([2, 5, 10]);
  });

  test('more than a hundred complaints are too many', () => {
    const tokens = tokenize('é '.repeat(1000));
    expect(tokens.ok || tokens.error.map(({ rule }) => rule).slice(99)).toEqual(['Lex/character', 'Lex/problems']);
  });

  test.each([
    ['nop \u00e9', 'Lex/character illegal character "é" @é'],
    ['nop \u0000', 'Lex/character illegal character "\\u0000" @\u0000'],
    ['nop ;', 'Lex/character unexpected token ; @;'],
    ['( [ )', 'Lex/character unexpected token [ @['],
    ['"a\tb"', 'Lex/character illegal character "\\t" @\t'],
    ['nop "abc', 'Lex/string unclosed string @"abc'],
    ['"abc\nnop', 'Lex/string unclosed string @"abc'],
    ['"a\\qb"', 'Lex/escape illegal escape \\q @\\q'],
    ['"a\\0"', 'Lex/escape illegal escape \\0 @\\0'],
    ['"\\u{}"', 'Lex/escape illegal escape \\u @\\u'],
    ['a"b', 'Lex/string unclosed string @"b'],
    ['nop (; (; ;) nop', 'Lex/comment unclosed comment @(;'],
    ['(@x (y)', 'Lex/annotation unclosed annotation @(@'],
    ['(@ x)', 'Lex/annotation empty annotation id @(@'],
    ['(@"" x)', 'Lex/annotation empty annotation id @(@'],
    ['(@"\\ef" x)', 'Lex/name malformed UTF-8 encoding @(@"\\ef"'],
    ['(@x "a)', 'Lex/string unclosed string @"a)'],
    ['(@x \u0001)', 'Lex/character illegal character "\\u0001" @\u0001'],
    ['(nop $)', 'Lex/identifier empty identifier @$'],
    ['(nop $"")', 'Lex/identifier empty identifier @$""'],
    ['(nop (nop)', 'Parse/parenthesis unexpected end: ( is never closed @('],
    ['(nop))', 'Parse/parenthesis unexpected token: ) closes nothing @)'],
  ])('%j: %s', (text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  test('a huge string is read in time linear in its length', () => {
    const body = 'a\\00'.repeat(200_000);
    expect(classes(`"${body}"`)).toEqual(['{string}']);
    expect(problem(`"${body}`)).toMatch(/^Lex\/string/);
  });
});
