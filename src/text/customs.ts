import type { Diagnostic } from '../base/diagnostic.ts';
import { type Custom, type Module, SECTIONS, type SectionName } from '../syntax/module.ts';
import { placeAfter, sectionsOf, usesData } from '../syntax/sections.ts';
import { type Notes, complaint, pieces } from './notes.ts';
import { bytesToName, concatBytes, stringBytes } from './strings.ts';
import { type Note, type Tokens, textSpan } from './tokens.ts';

/**
 * Custom sections `(@custom "name" (before|after section)? "bytes"*)` [core 3.0, Appendix, Custom Sections and Annotations, Custom
 * Annotations], which stand where fields do.
 */

/** A custom section as written: `place` orders places before and after sections. */
interface Placed {
  readonly custom: Omit<Custom, 'after'>;
  readonly place: number;
}

/** Places between sections: `2 i` is just before the i-th section and `2 i + 1` just after it. */
const LAST = 2 * SECTIONS.length;

/**
 * The custom sections before the given tokens, once the rest of the module is known: which sections it has says after which of them
 * they come.
 */
export function readCustoms(
  context: Notes & { readonly diagnostics: Diagnostic[] },
  places: readonly number[],
): (module: Omit<Module, 'customs'>) => Custom[] {
  const { notes, diagnostics } = context;
  if (notes.isEmpty) return () => [];
  const taken = places.flatMap((token) => notes.take(token, token, ({ id }) => id === 'custom'));
  const placed = taken.flatMap((note) => readCustom(notes.tokens, note, diagnostics) ?? []);
  const sorted = placed.toSorted((a, b) => a.place - b.place);
  return (module) => {
    const whole = { ...module, customs: [] };
    const sections = sectionsOf(whole, usesData(whole));
    return sorted.map(({ custom, place }) => ({ ...custom, after: placeAfter(sections, sectionBefore(place)) }));
  };
}

function sectionBefore(place: number): SectionName | null {
  return SECTIONS[Math.min(Math.ceil(place / 2) - 1, SECTIONS.length - 1)] ?? null;
}

function readCustom(tokens: Tokens, note: Note, diagnostics: Diagnostic[]): Placed | null {
  const complain = (message: string): null => {
    diagnostics.push(complaint(tokens, note, `@custom annotation: ${message}`));
    return null;
  };
  const words = wordsOf(tokens.text.slice(note.body, note.end - 1));
  const [first, ...rest] = words;
  if (first === undefined || !first.startsWith('"')) return complain('missing section name');
  const bytes = stringBytes(first);
  const name = bytes.ok ? bytesToName(bytes.value) : bytes;
  if (!name.ok) return complain(name.error);
  let place: number | null = LAST;
  if (rest[0] === '(') {
    const [, where = '', section = '', close = ''] = rest.splice(0, 4);
    if (where !== 'before' && where !== 'after') return complain('malformed placement');
    place = placeOf(where, section);
    if (place === null || close !== ')') return complain('malformed section kind');
  }
  const contents = rest.map((word) => (word.startsWith('"') ? stringBytes(word) : null));
  const parts: Uint8Array[] = [];
  for (const part of contents) {
    if (part === null) return complain('unexpected token');
    if (!part.ok) return complain(part.error);
    parts.push(part.value);
  }
  const at = textSpan(tokens.origin, note.start, note.end);
  return { custom: { name: name.value, bytes: concatBytes(parts), at }, place };
}

/** Strings, words and parentheses. */
function wordsOf(text: string): string[] {
  return pieces(text).flatMap((piece) => piece.match(/"(?:[^"\\]|\\.)*"|[()]|[^()"]+/gs) ?? []);
}

/** `first` and `last` are the sections that come first and last in any module. */
function placeOf(where: 'before' | 'after', section: string): number | null {
  const names: readonly string[] = SECTIONS;
  const index = section === 'first' ? 0 : section === 'last' ? names.length - 1 : names.indexOf(section);
  if (index < 0) return null;
  return where === 'before' ? 2 * index : 2 * index + 1;
}
