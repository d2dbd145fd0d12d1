import type { SectionName } from '../syntax/module.ts';
import { SECTIONS } from '../syntax/module.ts';
import * as code from './codes.ts';
import { Malformed } from './malformed.ts';
import type { Reader } from './reader.ts';

/** The header and the outline of a module: where its sections are, before any is read [core 3.0, Binary Format, Modules]. */

export interface ScannedSection {
  /** null: a custom section. */
  readonly name: SectionName | null;
  /** Where its id stands. */
  readonly start: number;
  readonly contents: number;
  readonly end: number;
  /** The non-custom sections that stand before it and that come next. */
  readonly after: SectionName | null;
  readonly before: SectionName | null;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface Scan {
  readonly sections: readonly ScannedSection[];
  /** What ended the scan before the last byte. */
  readonly problem: Malformed | null;
}

const BY_ID = new Map(SECTIONS.map((name) => [code.SECTION_IDS[name], name]));

/** Of these no tool writes more than a few. */
const MAX_CUSTOMS = 100_000;

export function scanSections(r: Reader): Scan {
  const sections: Writable<ScannedSection>[] = [];
  const problem = scanInto(sections, r);
  let before: SectionName | null = null;
  for (let i = sections.length - 1; i >= 0; i--) {
    const section = sections[i];
    if (section === undefined) continue;
    section.before = before;
    before = section.name ?? before;
  }
  return { sections, problem };
}

function scanInto(sections: ScannedSection[], r: Reader): Malformed | null {
  try {
    expectBytes(r, code.MAGIC, 'magic header not detected', 'magic number');
    expectBytes(r, code.VERSION, 'unknown binary version', 'version');
    let last: SectionName | null = null;
    let customs = 0;
    while (r.peek() >= 0) {
      const section = scanSection(r, last);
      if (section.name !== null) {
        if (last !== null && SECTIONS.indexOf(section.name) <= SECTIONS.indexOf(last))
          r.fail('Binary/section', 'unexpected content after last section', `${section.name} section`, section.start);
        last = section.name;
      } else if (++customs > MAX_CUSTOMS)
        r.fail('Binary/limit', `too many custom sections: more than ${MAX_CUSTOMS}`, 'custom section', section.start);
      sections.push(section);
      r.pos = section.end;
    }
    return null;
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return error;
  }
}

function expectBytes(r: Reader, expected: readonly number[], message: string, what: string): void {
  const start = r.pos;
  if (r.end - start < expected.length) r.fail('Binary/end', 'unexpected end', what, r.end);
  r.pos += expected.length;
  if (expected.some((byte, i) => r.bytes[start + i] !== byte)) r.fail('Binary/header', message, what, start, r.pos);
}

function scanSection(r: Reader, after: SectionName | null): ScannedSection {
  const start = r.pos;
  const id = r.byte('section id');
  const name = id === code.CUSTOM_SECTION ? null : BY_ID.get(id);
  if (name === undefined) return r.fail('Binary/section', 'malformed section id', 'section id', start);
  r.section = `${name ?? 'custom'} section`;
  const size = r.count('size of the section');
  r.section = '';
  return { name, start, contents: r.pos, end: r.pos + size, after, before: null };
}
