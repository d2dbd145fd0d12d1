import { INSTRUCTIONS, instructionRow } from '../syntax/instructions.ts';
import { UNITS } from './generated/units.ts';

/**
 * Token classes. A class is written in the grammars as a keyword's own text or as a name in braces, and is one UTF-16
 * unit in the strings that the grammars match.
 */

const unitByName = new Map(UNITS.map(([name, code]) => [name, String.fromCharCode(code)]));
const nameByUnit = new Map(UNITS.map(([name, code]) => [String.fromCharCode(code), name]));

/** The unit of what no grammar rule matches: a word of no known meaning outside litmus conditions. */
const UNMATCHED = '\uf8ff';

/** The unit of a class that a grammar mentions. */
export function unitOf(name: string): string {
  return unitByName.get(name) ?? UNMATCHED;
}

/** The class of a unit, as the grammars write it. */
export function classOf(unit: string): string {
  return nameByUnit.get(unit) ?? '{word}';
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
} as const;

const words = new Map<string, string>();
for (const [name] of UNITS) if (!name.startsWith('{')) words.set(name, unitOf(name));

const mnemonicUnits = new Set(INSTRUCTIONS.map((row) => unitOf(`{${row.immediates}}`)));

/** Whether a unit stands for the mnemonics of some shape. */
export function isMnemonicUnit(unit: string): boolean {
  return mnemonicUnits.has(unit);
}

const DECIMAL = '[0-9](?:_?[0-9])*';
const HEX = '[0-9a-fA-F](?:_?[0-9a-fA-F])*';
const NATURAL = new RegExp(`^(?:${DECIMAL}|0x${HEX})$`);
const INTEGER = new RegExp(`^[+-](?:${DECIMAL}|0x${HEX})$`);
const DECIMAL_FLOAT = `${DECIMAL}(?:\\.(?:${DECIMAL})?)?(?:[eE][+-]?${DECIMAL})?`;
const HEX_FLOAT = `0x${HEX}(?:\\.(?:${HEX})?)?(?:[pP][+-]?${DECIMAL})?`;
const FLOAT = new RegExp(`^[+-]?(?:${DECIMAL_FLOAT}|${HEX_FLOAT}|inf|nan|nan:0x${HEX})$`);
const MEMARG = new RegExp(`^(offset|align)=(?:${DECIMAL}|0x${HEX})$`);

/** The unit of a word: a keyword, a mnemonic (by the shape of its immediates), a number, or none of these. */
export function wordUnit(word: string): string {
  const known = words.get(word);
  if (known !== undefined) return known;
  const row = instructionRow(word);
  if (row !== undefined) {
    const unit = unitOf(`{${row.immediates}}`);
    words.set(word, unit);
    return unit;
  }
  return numberUnit(word);
}

function numberUnit(word: string): string {
  if (NATURAL.test(word)) return UNIT.nat;
  if (INTEGER.test(word)) return UNIT.int;
  if (FLOAT.test(word)) return UNIT.float;
  const memarg = MEMARG.exec(word)?.[1];
  if (memarg === 'offset') return UNIT.offset;
  if (memarg === 'align') return UNIT.align;
  return UNIT.word;
}
