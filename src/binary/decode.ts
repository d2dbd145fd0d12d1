import type { Diagnostic } from '../base/diagnostic.ts';
import { type Result, err, ok } from '../base/result.ts';
import type { Span } from '../base/span.ts';
import type { Func, Module, SectionName } from '../syntax/module.ts';
import type { Readings } from '../syntax/readings.ts';
import { sectionsOf } from '../syntax/sections.ts';
import { Building, MAX_PROBLEMS } from './building.ts';
import { Customs } from './customs.ts';
import { Malformed, malformedBytes } from './malformed.ts';
import { SECTION_READERS } from './read-sections.ts';
import { Reader } from './reader.ts';
import { type ScannedSection, scanSections } from './scan.ts';

export interface DecodeOptions {
  /** How disputed bytes are read: `rmw-orders`. */
  readonly readings?: Pick<Readings, 'rmw-orders'>;
  /**
   * Whether the bodies of functions are kept, or read anew every time that they are asked for: syntax takes some fifty bytes for every byte
   * of a binary, more than who looks at one function after the other needs to hold. Kept unless this says otherwise.
   */
  readonly bodies?: 'kept' | 'lazy';
}

/**
 * A binary module as syntax, or all that is wrong with it, first things first. Spans are offsets of bytes. Custom sections that say something of
 * the module become part of it where they are well-formed; they are kept as well unless all that they say has a place in the syntax.
 */
export function decodeModule(bytes: Uint8Array, options: DecodeOptions = {}): Result<Module, readonly Diagnostic[]> {
  const r = new Reader(bytes);
  const { sections, problem } = scanSections(r);
  const customs = new Customs();
  const m = new Building({ pairs: options.readings?.['rmw-orders'] === 'pair' }, options.bodies === 'lazy');
  for (const section of sections)
    if (section.name === null) within(r, m, 'custom section', section, () => customs.read(r, section));
  m.names = customs.names;
  m.metadata = customs.metadata;
  for (const section of sections) {
    const { name } = section;
    if (name !== null) within(r, m, `${name} section`, section, () => SECTION_READERS[name](r, m));
  }
  if (problem !== null) m.problems.push(problem);
  if (m.problems.length === 0) checkAgreement(m, sections, bytes.length);
  if (m.problems.length > 0) return err(diagnostics(m.problems));
  return ok(build(m, customs, bytes.length));
}

function diagnostics(problems: readonly Malformed[]): readonly Diagnostic[] {
  const found = problems.map(({ rule, message, at, reading }) => malformedBytes(rule, message, at, reading));
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Runs a reader on the bytes of a section, and notes what is wrong with them. */
function within(r: Reader, m: Building, title: string, { contents, end }: ScannedSection, read: () => void): void {
  if (m.problems.length >= MAX_PROBLEMS) return;
  r.section = title;
  r.noun = '';
  r.entry = -1;
  r.pos = contents;
  r.end = end;
  try {
    read();
    if (r.pos !== r.end) r.fail('Binary/section', 'section size mismatch', 'end of the section', r.pos, r.end);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    m.problems.push(error);
  }
}

/** What sections say of each other [core 3.0, Binary Format, Modules]. */
function checkAgreement(m: Building, sections: readonly ScannedSection[], length: number): void {
  const complain = (rule: string, message: string, at: Span | undefined, reading: string): void => {
    m.problems.push(new Malformed(rule, message, at ?? { start: length, end: length }, reading));
  };
  const place = (name: SectionName): Span | undefined => sections.find((section) => section.name === name);
  const [types, bodies] = [m.funcTypes.length, m.bodies.length];
  if (types !== bodies) {
    const message = `function and code section have inconsistent lengths: ${types} and ${bodies}`;
    complain('Binary/lengths', message, place('code') ?? place('func'), 'code section');
  }
  const counted = m.dataCount;
  if (counted !== null && counted.count !== m.datas.length) {
    const message = `data count and data section have inconsistent lengths: ${counted.count} and ${m.datas.length}`;
    complain('Binary/lengths', message, counted.at, 'datacount section');
  }
  if (counted === null && m.dataUse !== null)
    complain('Binary/datacount', 'data count section required', m.dataUse, 'code section');
}

function build(m: Building, customs: Customs, length: number): Module {
  const { types, recs, imports, tables, memories, tags, globals, exports, start, elems, datas } = m;
  const funcs: Func[] = m.bodies.map((body, i) => {
    const { id, params, locals, at } = body;
    const func = { id, at, type: m.funcTypes[i] ?? 0, params, locals };
    if (!m.lazy) return { ...func, body: body.body };
    return {
      ...func,
      get body() {
        return body.body;
      },
    };
  });
  const module: Module = {
    id: customs.names?.module ?? null,
    at: { start: 0, end: length },
    shared: customs.shared,
    types,
    recs,
    imports,
    funcs,
    tables,
    memories,
    tags,
    globals,
    exports,
    start,
    elems,
    datas,
    customs: [],
  };
  return { ...module, customs: customs.kept(sectionsOf(module, m.dataUse !== null)) };
}
