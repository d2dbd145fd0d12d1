import { assertNever } from '../base/assert.ts';
import type {
  Annotation,
  Custom,
  Data,
  Elem,
  Export,
  Expr,
  Func,
  Import,
  Instr,
  Module,
  TypeDef,
} from '../syntax/module.ts';
import {
  printGlobalType,
  printMemType,
  printRefType,
  printSubType,
  printTableType,
  printValType,
} from '../syntax/print-types.ts';
import type { ExternKind, RefType, ValType } from '../syntax/types.ts';
import { printInstrs, words } from './print-instrs.ts';
import {
  type ModuleNames,
  type SpaceNames,
  moduleNames,
  printAnnotation,
  printBytes,
  printGivenName,
  printName,
  spaceNames,
} from './print-names.ts';

/**
 * A module as text in canonical form: every type explicit, instructions flat and indented, imports and exports fields
 * of their own. What is printed parses to the same module.
 */
export function printModule(module: Module): string {
  return new ModulePrinter(module).print();
}

function indent(text: string): string {
  return `  ${text.replaceAll('\n', '\n  ')}`;
}

function annotated(notes: readonly Annotation[] | undefined, field: string): string {
  return [...(notes ?? []).map(printAnnotation), field].join('\n');
}

/** Hides the names of a module's spaces. */
class ModulePrinter {
  readonly #module: Module;
  readonly #names: ModuleNames;
  readonly #type: SpaceNames['used'];
  /** How many imports of each kind there are. */
  readonly #imported: Readonly<Record<ExternKind, number>>;

  constructor(module: Module) {
    this.#module = module;
    this.#names = moduleNames(module);
    this.#type = this.#names.type.used;
    const count = (kind: ExternKind): number => module.imports.filter(({ desc }) => desc.kind === kind).length;
    this.#imported = {
      func: count('func'),
      global: count('global'),
      table: count('table'),
      memory: count('memory'),
      tag: count('tag'),
    };
  }

  print(): string {
    const m = this.#module;
    const head = words('(module', printGivenName(m.id), m.shared ? 'shared' : '');
    const fields = [
      ...this.#types(),
      ...this.#imports(),
      ...m.tables.map(({ type, init, notes }, i) => {
        const expr = init === null ? '' : this.#expr(init);
        return annotated(notes, this.#definition('table', i, printTableType(type, this.#type), expr));
      }),
      ...m.memories.map(({ type, notes }, i) => annotated(notes, this.#definition('memory', i, printMemType(type)))),
      ...m.tags.map(({ type, notes }, i) => annotated(notes, this.#definition('tag', i, this.#typeUse(type)))),
      ...m.globals.map(({ type, init, notes }, i) => {
        const expr = init === null ? '' : this.#expr(init);
        return annotated(notes, this.#definition('global', i, printGlobalType(type, this.#type), expr));
      }),
      ...m.exports.map((item) => annotated(item.notes, this.#export(item))),
      ...(m.start === null ? [] : [annotated(m.start.notes, `(start ${this.#names.func.used(m.start.func)})`)]),
      ...m.elems.map((elem, i) => annotated(elem.notes, this.#elem(elem, i))),
      ...m.funcs.map((func, i) => annotated(func.notes, this.#func(func, i))),
      ...m.datas.map((data, i) => annotated(data.notes, this.#data(data, i))),
      ...m.customs.map(printCustom),
      ...(m.notes ?? []).map(printAnnotation),
    ];
    return fields.length === 0 ? `${head})\n` : `${head}\n${fields.map((field) => `${indent(field)}\n`).join('')})\n`;
  }

  #definition(kind: ExternKind, i: number, ...parts: readonly string[]): string {
    return `(${words(kind, this.#names[kind].defined(this.#imported[kind] + i), ...parts)})`;
  }

  #types(): string[] {
    const { types, recs } = this.#module;
    let first = 0;
    return recs.map((size) => {
      const group = types.slice(first, first + size).map((def, i) => this.#typeDef(def, first + i));
      first += size;
      const [alone] = group;
      if (size === 1 && alone !== undefined) return alone;
      return size === 0 ? '(rec)' : `(rec\n${group.map((def) => `${indent(def)}\n`).join('')})`;
    });
  }

  #typeDef(def: TypeDef, x: number): string {
    const fields = def.fields.map((_, y) => this.#names.fields(x).defined(y));
    const written = fields.map((field) => (field === '' ? null : field));
    const type = printSubType(def.type, this.#type, written);
    return annotated(def.notes, `(${words('type', this.#names.type.defined(x), type)})`);
  }

  #imports(): string[] {
    const counts: Record<ExternKind, number> = { func: 0, global: 0, table: 0, memory: 0, tag: 0 };
    return this.#module.imports.map((item) => {
      const { kind } = item.desc;
      const id = this.#names[kind].defined(counts[kind]++);
      const desc = `(${words(kind, id, this.#importType(item))})`;
      return annotated(item.notes, `(import ${printName(item.module)} ${printName(item.name)} ${desc})`);
    });
  }

  #importType({ desc }: Import): string {
    switch (desc.kind) {
      case 'func':
      case 'tag':
        return this.#typeUse(desc.type);
      case 'global':
        return printGlobalType(desc.type, this.#type);
      case 'table':
        return printTableType(desc.type, this.#type);
      case 'memory':
        return printMemType(desc.type);
      default:
        return assertNever(desc);
    }
  }

  /** `(type $t) (param $x i32) (param i64 i64) (result i32)`; the type alone where the module has no such function type. */
  #typeUse(type: number, params: SpaceNames = NO_NAMES): string {
    const comp = this.#module.types[type]?.type.comp;
    const use = `(type ${this.#type(type)})`;
    if (comp?.kind !== 'func') return use;
    const results = comp.results.map((t) => printValType(t, this.#type));
    return words(
      use,
      this.#variables('param', comp.params, params, 0),
      results.length === 0 ? '' : `(result ${results.join(' ')})`,
    );
  }

  /** Each named variable in parentheses of its own, unnamed neighbours together. */
  #variables(word: string, types: readonly ValType[], names: SpaceNames, first: number): string {
    const groups: string[] = [];
    let unnamed: string[] = [];
    const flush = (): void => {
      if (unnamed.length > 0) groups.push(`(${word} ${unnamed.join(' ')})`);
      unnamed = [];
    };
    types.forEach((t, i) => {
      const type = printValType(t, this.#type);
      const name = names.defined(first + i);
      if (name === '') unnamed.push(type);
      else {
        flush();
        groups.push(`(${word} ${name} ${type})`);
      }
    });
    flush();
    return groups.join(' ');
  }

  /** A constant expression on one line. */
  #expr(expr: Expr): string {
    const text = printInstrs(expr, { ...this.#names, local: NO_NAMES })
      .map((line) => line.text)
      .join(' ');
    return isSingle(expr) ? `(${text})` : text;
  }

  #offset(expr: Expr): string {
    return isSingle(expr) ? this.#expr(expr) : `(${words('offset', this.#expr(expr))})`;
  }

  #export({ name, kind, index }: Export): string {
    return `(export ${printName(name)} (${kind} ${this.#names[kind].used(index)}))`;
  }

  #elem({ share, type, items, mode }: Elem, i: number): string {
    const use = mode.kind === 'active' && mode.table !== 0 ? `(table ${this.#names.table.used(mode.table)})` : '';
    const place = mode.kind === 'active' ? this.#offset(mode.offset) : mode.kind === 'declarative' ? 'declare' : '';
    const functions = share === 'unshared' && isFuncRef(type) ? items.map(functionIndex) : [null];
    const isList = functions.every((x) => x !== null);
    const t = printRefType(type, this.#type);
    const contents = isList
      ? words('func', ...functions.map((x) => this.#names.func.used(x ?? 0)))
      : words(share === 'shared' ? `(shared ${t})` : t, ...items.map((item) => this.#item(item)));
    return `(${words('elem', this.#names.elem.defined(i), use, place, contents)})`;
  }

  #item(expr: Expr): string {
    return isSingle(expr) ? this.#expr(expr) : `(${words('item', this.#expr(expr))})`;
  }

  #data({ share, bytes, mode }: Data, i: number): string {
    const use = mode.kind === 'active' && mode.memory !== 0 ? `(memory ${this.#names.memory.used(mode.memory)})` : '';
    const offset = mode.kind === 'active' ? this.#offset(mode.offset) : '';
    const flag = share === 'shared' ? 'shared' : '';
    return `(${words('data', this.#names.data.defined(i), use, offset, flag, printBytes(bytes))})`;
  }

  #func(func: Func, i: number): string {
    const local = spaceNames([...func.params, ...func.locals.map(({ id }) => id)]);
    const id = this.#names.func.defined(this.#imported.func + i);
    const head = words('(func', id, this.#typeUse(func.type, local));
    const types = func.locals.map(({ type }) => type);
    const locals = this.#variables('local', types, local, func.params.length);
    const body = printInstrs(func.body, { ...this.#names, local });
    const lines = body.map(({ depth, text }) => `${'  '.repeat(depth)}${text}`);
    const all = locals === '' ? lines : [locals, ...lines];
    return all.length === 0 ? `${head})` : `${head}\n${all.map((line) => `  ${line}\n`).join('')})`;
  }
}

const NO_NAMES: SpaceNames = spaceNames([]);

/** Whether an expression is one folded instruction without annotations. */
function isSingle(expr: Expr): boolean {
  return expr.length === 1 && expr[0]?.kind === 'plain' && !hasNotes(expr[0]);
}

function hasNotes({ notes }: Instr): boolean {
  return notes !== undefined && notes.length > 0;
}

function isFuncRef({ nullable, heap }: RefType): boolean {
  return !nullable && heap.kind === 'abstract' && heap.share === 'unshared' && heap.name === 'func';
}

/** The function that an expression refers to, if it does nothing else. */
function functionIndex(expr: Expr): number | null {
  const [instr] = expr;
  if (instr === undefined || !isSingle(expr) || instr.kind !== 'plain' || instr.op !== 'ref.func') return null;
  return instr.imm.kind === 'index' ? instr.imm.x : null;
}

function printCustom({ name, bytes, after }: Custom): string {
  const place = after === null ? '(before first)' : `(after ${after})`;
  return `(${words('@custom', printName(name), place, bytes.length === 0 ? '' : printBytes(bytes))})`;
}
