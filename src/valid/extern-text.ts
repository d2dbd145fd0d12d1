import { assertNever, known } from '../base/assert.ts';
import type { ImportType, Module } from '../syntax/module.ts';
import type { TypeNames } from '../syntax/print-types.ts';
import { printGlobalType, printMemType, printRefType, printSubType, printTableType } from '../syntax/print-types.ts';
import type { ExternKind, RefType } from '../syntax/types.ts';
import { definedType } from './type-ids.ts';
import type { ExternType } from './types.ts';

/**
 * Imports and exports as messages show them: a module's with types as their author wrote them, with its own identifiers; those of an
 * instance, whose types are closed, with each definition that they mention written out.
 */

/** `(func (param i32))`, `(memory 1 2)`, `(global (mut i32))`. */
export function printImportType(module: Module, desc: ImportType): string {
  const type = printExternType(module, desc);
  return desc.kind === 'func' ? type : `(${desc.kind} ${type})`;
}

/** The type without the word for its kind: `(func (param i32))`, `1 2`, `(mut i32)`. */
export function printExternType(module: Module, desc: ImportType): string {
  const nameOf = namesOf(module);
  switch (desc.kind) {
    case 'func':
    case 'tag':
      return printSubType(known(module.types[desc.type], 'type').type, nameOf);
    case 'memory':
      return printMemType(desc.type);
    case 'table':
      return printTableType(desc.type, nameOf);
    case 'global':
      return printGlobalType(desc.type, nameOf);
    default:
      return assertNever(desc);
  }
}

/** The type of what stands at an index of a module. */
export function externTypeAt(module: Module, kind: ExternKind, index: number): ImportType {
  const imports = module.imports.filter((i) => i.desc.kind === kind);
  const imported = imports[index];
  if (imported !== undefined) return imported.desc;
  const x = index - imports.length;
  switch (kind) {
    case 'func':
      return { kind, type: known(module.funcs[x], 'function').type };
    case 'tag':
      return { kind, type: known(module.tags[x], 'tag').type };
    case 'memory':
      return { kind, type: known(module.memories[x], 'memory').type };
    case 'table':
      return { kind, type: known(module.tables[x], 'table').type };
    case 'global':
      return { kind, type: known(module.globals[x], 'global').type };
    default:
      return assertNever(kind);
  }
}

function namesOf(module: Module): TypeNames {
  return (x) => {
    const id = module.types[x]?.id ?? null;
    return id === null ? String(x) : `$${id}`;
  };
}

/** A closed type as {@link printImportType} prints a module's. */
export function printClosedType({ kind, type }: ExternType): string {
  switch (kind) {
    case 'func':
      return printSubType(type, closedName);
    case 'tag':
      return `(tag ${printSubType(type, closedName)})`;
    case 'memory':
      return `(memory ${printMemType(type)})`;
    case 'table':
      return `(table ${printTableType(type, closedName)})`;
    case 'global':
      return `(global ${printGlobalType(type, closedName)})`;
    default:
      return assertNever(kind);
  }
}

/** A closed reference type. */
export function printClosedRef(rt: RefType): string {
  return printRefType(rt, closedName);
}

/** A definition in place of its index; those that it mentions itself are left out, since they may mention it. */
const closedName: TypeNames = Object.assign((id: number) => printSubType(definedType(id), () => '…'), {
  short: true,
} as const);
