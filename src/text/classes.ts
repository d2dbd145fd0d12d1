import { INSTRUCTIONS, type InstructionRow } from '../syntax/instructions.ts';
import { known } from '../base/assert.ts';
import { UNITS } from './generated/units.ts';

/**
 * Token classes. A class is written in the grammars as a keyword's own text or as a name in braces, and is one UTF-16
 * unit in the strings that the grammars match.
 */

const unitByName = new Map(UNITS);
const nameByUnit = new Map(UNITS.map(([name, unit]) => [unit, name]));

/** The unit of what no grammar rule matches: a word of no known meaning outside litmus conditions. */
const UNMATCHED = 0xf8ff;
/** The unit of what is no token at all, and has been complained of. */
export const BAD = 0xf8fe;

/** The unit of a class that a grammar mentions. */
export function unitOf(name: string): number {
  return unitByName.get(name) ?? UNMATCHED;
}

/** The class of a unit, as the grammars write it. */
export function classOf(unit: number | undefined): string {
  return (unit === undefined ? undefined : nameByUnit.get(unit)) ?? '{word}';
}

export const UNIT = {
  open: unitOf('('),
  close: unitOf(')'),
  id: unitOf('{id}'),
  string: unitOf('{string}'),
  nat: unitOf('{nat}'),
  int: unitOf('{int}'),
  float: unitOf('{float}'),
  offset: unitOf('{offset}'),
  align: unitOf('{align}'),
  word: unitOf('{word}'),
  module: unitOf('module'),
  block: unitOf('block'),
  loop: unitOf('loop'),
  if: unitOf('if'),
  tryTable: unitOf('try_table'),
  then: unitOf('then'),
  else: unitOf('else'),
  end: unitOf('end'),
  type: unitOf('type'),
  param: unitOf('param'),
  result: unitOf('result'),
  elem: unitOf('elem'),
  data: unitOf('data'),
  catch: unitOf('catch'),
  catchRef: unitOf('catch_ref'),
  catchAll: unitOf('catch_all'),
  catchAllRef: unitOf('catch_all_ref'),
  run: unitOf('{run}'),
  folds: unitOf('{folds}'),
  field: unitOf('{field}'),
  indices: unitOf('{indices}'),
  strings: unitOf('{strings}'),
} as const;

/** What a word is: its class, and, of a mnemonic, the number of its row in the table of instructions (else −1). */
export interface Word {
  readonly unit: number;
  readonly row: number;
}

const words = new Map<string, Word>();
INSTRUCTIONS.forEach((row, number) => {
  const word = { unit: unitOf(`{${row.immediates}}`), row: number };
  for (const mnemonic of [row.mnemonic, ...(row.aliases ?? [])]) words.set(mnemonic, word);
});
for (const [name, unit] of UNITS) if (!name.startsWith('{')) words.set(name, { unit, row: -1 });

const mnemonicUnits = new Set([...words.values()].filter(({ row }) => row >= 0).map(({ unit }) => unit));
const isMnemonic = new Uint8Array(0x1_0000);
for (const unit of mnemonicUnits) isMnemonic[unit] = 1;
const isOpener = new Uint8Array(0x1_0000);
for (const unit of [UNIT.block, UNIT.loop, UNIT.if, UNIT.tryTable]) isOpener[unit] = 1;

/** Whether a unit stands for the mnemonics of some shape. */
export function isMnemonicUnit(unit: number | undefined): boolean {
  return isMnemonic[unit ?? 0] === 1;
}

/** Whether a unit is the keyword of a structured instruction. */
export function isBlockUnit(unit: number | undefined): boolean {
  return isOpener[unit ?? 0] === 1;
}

/** A row of the table by its number. */
export function rowNumbered(number: number): InstructionRow {
  return known(INSTRUCTIONS[number], 'the row of a mnemonic');
}

const DECIMAL = '[0-9](?:_?[0-9])*';
const HEX = '[0-9a-fA-F](?:_?[0-9a-fA-F])*';
const NATURAL = new RegExp(`^(?:${DECIMAL}|0x${HEX})$`);
const INTEGER = new RegExp(`^[+-](?:${DECIMAL}|0x${HEX})$`);
const DECIMAL_FLOAT = `${DECIMAL}(?:\\.(?:${DECIMAL})?)?(?:[eE][+-]?${DECIMAL})?`;
const HEX_FLOAT = `0x${HEX}(?:\\.(?:${HEX})?)?(?:[pP][+-]?${DECIMAL})?`;
const FLOAT = new RegExp(`^[+-]?(?:${DECIMAL_FLOAT}|${HEX_FLOAT}|inf|nan|nan:0x${HEX})$`);
const MEMARG = new RegExp(`^(offset|align)=(?:${DECIMAL}|0x${HEX})$`);

/** What a word is: a keyword, a mnemonic (its class is the shape of its immediates), a number, or none of these. */
export function wordOf(text: string): Word {
  return words.get(text) ?? OTHER[otherClass(text)];
}

const OTHER = {
  nat: { unit: UNIT.nat, row: -1 },
  int: { unit: UNIT.int, row: -1 },
  float: { unit: UNIT.float, row: -1 },
  offset: { unit: UNIT.offset, row: -1 },
  align: { unit: UNIT.align, row: -1 },
  word: { unit: UNIT.word, row: -1 },
} as const;

/** Characters of a number; what is longer is none, and would be too much for a regular expression. */
const MAX_NUMBER = 100_000;

function otherClass(text: string): keyof typeof OTHER {
  if (text.length > MAX_NUMBER) return 'word';
  const first = text.charCodeAt(0);
  if (first === LETTER_O || first === LETTER_A) {
    const memarg = MEMARG.exec(text)?.[1];
    return memarg === 'offset' || memarg === 'align' ? memarg : 'word';
  }
  if (NATURAL.test(text)) return 'nat';
  if (INTEGER.test(text)) return 'int';
  return FLOAT.test(text) ? 'float' : 'word';
}

const LETTER_A = 0x61;
const LETTER_O = 0x6f;
