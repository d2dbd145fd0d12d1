import { CODE_METADATA } from '../syntax/code-metadata.ts';
import type { Custom, Func, Local, Module, SectionName } from '../syntax/module.ts';
import { SECTIONS } from '../syntax/module.ts';
import { equalValTypes } from '../syntax/equal.ts';
import { placeAfter, sectionsOf } from '../syntax/sections.ts';
import * as code from './codes.ts';
import { NAME_SECTION } from './name-codes.ts';
import { type CodeLog, writeExpr } from './write-code.ts';
import { MetadataLog } from './write-metadata.ts';
import { NameWriter } from './write-names.ts';
import {
  writeData,
  writeElem,
  writeExport,
  writeGlobal,
  writeImport,
  writeTable,
  writeTagType,
  writeTypes,
} from './write-sections.ts';
import { writeMemType, writeValType } from './write-types.ts';
import { type Forms, Writer } from './writer.ts';

export interface EncodeOptions {
  readonly forms?: Forms;
}

/**
 * A module's binary form. It decodes to the same module, but for what has no binary form: annotations other than code metadata
 * of instructions. Integers have their shortest forms, and so have segments.
 */
export function encodeModule(module: Module, { forms = 'proposals' }: EncodeOptions = {}): Uint8Array {
  return new ModuleWriter(module, forms).write();
}

/** A custom section before it is placed. */
type Contents = Pick<Custom, 'name' | 'bytes'>;

class ModuleWriter {
  readonly #module: Module;
  readonly #out = new Writer();
  readonly #section: Writer;
  readonly #body: Writer;
  readonly #metadata = new MetadataLog();
  readonly #labels: (string | null)[][] = [];
  #usesData = false;

  constructor(module: Module, forms: Forms) {
    this.#module = module;
    this.#section = new Writer(forms);
    this.#body = new Writer(forms);
  }

  write(): Uint8Array {
    // Code first: code metadata and the data count stand before it.
    const codeSection = this.#code();
    const sections = sectionsOf(this.#module, this.#usesData);
    const order = SECTIONS.filter((name) => sections.has(name));
    const last = order.at(-1) ?? null;
    const beforeCode = order[order.indexOf('code') - 1] ?? null;
    this.#out.raw(code.MAGIC);
    this.#out.raw(code.VERSION);
    for (const place of [null, ...order]) {
      if (place === 'code') this.#write(code.SECTION_IDS.code, codeSection);
      else if (place !== null) this.#contents(place);
      const customs = this.#module.customs.filter(({ after }) => placeAfter(sections, after) === place);
      if (place === null) this.#sharedFlag(customs);
      if (place === beforeCode && sections.has('code')) this.#codeMetadata(customs);
      if (place === last) this.#names(customs);
      for (const custom of customs) this.#custom(custom);
    }
    return this.#out.bytes.slice();
  }

  #write(id: number, contents: Uint8Array): void {
    this.#out.byte(id);
    this.#out.sized(contents);
  }

  #custom({ name, bytes }: Contents): void {
    this.#section.name(name);
    this.#section.raw(bytes);
    this.#finish(code.CUSTOM_SECTION);
  }

  #finish(id: number): void {
    this.#write(id, this.#section.bytes);
    this.#section.clear();
  }

  /** `customs`: those of the same place, from which a section with a meaning is to be told by being the first of its name. */
  #sharedFlag(customs: readonly Custom[]): void {
    if (this.#module.shared) this.#custom({ name: code.SHARED_MODULE, bytes: new Uint8Array() });
    else if (customs.some(({ name }) => name === code.SHARED_MODULE))
      this.#custom({ name: code.SHARED_MODULE, bytes: Uint8Array.of(0) });
  }

  #codeMetadata(customs: readonly Custom[]): void {
    const taken = customs.map(({ name }) => name).filter((name) => name.startsWith(CODE_METADATA));
    for (const id of new Set([...this.#metadata.ids, ...taken]))
      this.#custom({ name: id, bytes: this.#metadata.contents(id) });
  }

  #names(customs: readonly Custom[]): void {
    const bytes = new NameWriter(this.#module, this.#labels).contents();
    if (bytes.length > 0 || customs.some(({ name }) => name === NAME_SECTION))
      this.#custom({ name: NAME_SECTION, bytes });
  }

  #contents(name: Exclude<SectionName, 'code'>): void {
    const m = this.#module;
    const w = this.#section;
    switch (name) {
      case 'type':
        writeTypes(w, m);
        break;
      case 'import':
        w.list(m.imports, (item) => writeImport(w, item));
        break;
      case 'func':
        w.list(m.funcs, ({ type }) => w.u32(type));
        break;
      case 'table':
        w.list(m.tables, (table) => writeTable(w, table));
        break;
      case 'memory':
        w.list(m.memories, ({ type }) => writeMemType(w, type));
        break;
      case 'tag':
        w.list(m.tags, ({ type }) => writeTagType(w, type));
        break;
      case 'global':
        w.list(m.globals, (global) => writeGlobal(w, global));
        break;
      case 'export':
        w.list(m.exports, (item) => writeExport(w, item));
        break;
      case 'start':
        w.u32(m.start?.func ?? 0);
        break;
      case 'elem':
        w.list(m.elems, (elem) => writeElem(w, elem));
        break;
      case 'datacount':
        w.u32(m.datas.length);
        break;
      case 'data':
        w.list(m.datas, (data) => writeData(w, data));
        break;
    }
    this.#finish(code.SECTION_IDS[name]);
  }

  /** The code section's contents. */
  #code(): Uint8Array {
    const w = new Writer();
    const imported = this.#module.imports.filter(({ desc }) => desc.kind === 'func').length;
    w.list(this.#module.funcs, (func) => {
      this.#function(func, imported + this.#labels.length);
      w.sized(this.#body.bytes);
      this.#body.clear();
    });
    return w.bytes;
  }

  #function({ locals, body }: Func, index: number): void {
    const w = this.#body;
    const labels: (string | null)[] = [];
    this.#labels.push(labels);
    const log: CodeLog = {
      dataUse: () => {
        this.#usesData = true;
      },
      label: (name) => labels.push(name),
      notes: (notes) => this.#metadata.note(index, w.length, notes),
    };
    writeLocals(w, locals);
    writeExpr(w, body, log);
  }
}

/** Neighbours of equal types are declared together. */
function writeLocals(w: Writer, locals: readonly Local[]): void {
  const runs: { type: Local['type']; count: number }[] = [];
  for (const { type } of locals) {
    const run = runs.at(-1);
    if (run !== undefined && equalValTypes(run.type, type)) run.count++;
    else runs.push({ type, count: 1 });
  }
  w.list(runs, ({ type, count }) => {
    w.u32(count);
    writeValType(w, type);
  });
}
