import { assertNever, known } from '../base/assert.ts';
import type { ImportType, Module } from '../syntax/module.ts';
import type { TypeNames } from '../syntax/print-types.ts';
import { printGlobalType, printMemType, printSubType, printTableType } from '../syntax/print-types.ts';
import type { ExternKind } from '../syntax/types.ts';

/** A module's imports and exports as messages show them: types as their author wrote them, with the module's own identifiers. */

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
