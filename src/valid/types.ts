import { assertNever, known } from '../base/assert.ts';
import type { ImportType, Module } from '../syntax/module.ts';
import type { ExternKind, GlobalType, MemType, TableType } from '../syntax/types.ts';
import { closeGlobalType, closeTableType, type DefType, definedType, idsOf, type TypeIds } from './type-ids.ts';

/** The type of something that can be imported or exported, closed (see `type-ids.ts`). */
export type ExternType =
  | { readonly kind: 'func'; readonly type: DefType }
  | { readonly kind: 'table'; readonly type: TableType }
  | { readonly kind: 'memory'; readonly type: MemType }
  | { readonly kind: 'global'; readonly type: GlobalType }
  | { readonly kind: 'tag'; readonly type: DefType };

/** The closed types of a module's definitions and of every index space, imports first. */
export interface ModuleTypes {
  readonly types: readonly DefType[];
  readonly funcs: readonly DefType[];
  readonly tables: readonly TableType[];
  readonly memories: readonly MemType[];
  readonly globals: readonly GlobalType[];
  readonly tags: readonly DefType[];
}

/**
 * The types of a module that `checkModule` accepts. They are closed: instances that carry them can be matched with any
 * other module's imports.
 */
export function moduleTypes(module: Module): ModuleTypes {
  const ids = idsOf(module);
  const imported = importTypes(module);
  return {
    types: ids.map(definedType),
    funcs: [...ofKind(imported, 'func'), ...module.funcs.map((f) => typeAt(ids, f.type))],
    tables: [...ofKind(imported, 'table'), ...module.tables.map((t) => closeTableType(ids, t.type))],
    memories: [...ofKind(imported, 'memory'), ...module.memories.map((m) => m.type)],
    globals: [...ofKind(imported, 'global'), ...module.globals.map((g) => closeGlobalType(ids, g.type))],
    tags: [...ofKind(imported, 'tag'), ...module.tags.map((t) => typeAt(ids, t.type))],
  };
}

/** The closed types that a valid module wants of its imports, in their order. */
export function importTypes(module: Module): readonly ExternType[] {
  const ids = idsOf(module);
  return module.imports.map((i) => closeImportType(ids, i.desc));
}

/** The closed types of a valid module's exports, in their order. */
export function exportTypes(module: Module): readonly ExternType[] {
  const types = moduleTypes(module);
  return module.exports.map((e): ExternType => {
    const what = `exported ${e.kind}`;
    switch (e.kind) {
      case 'func':
        return { kind: 'func', type: known(types.funcs[e.index], what) };
      case 'table':
        return { kind: 'table', type: known(types.tables[e.index], what) };
      case 'memory':
        return { kind: 'memory', type: known(types.memories[e.index], what) };
      case 'global':
        return { kind: 'global', type: known(types.globals[e.index], what) };
      case 'tag':
        return { kind: 'tag', type: known(types.tags[e.index], what) };
      default:
        return assertNever(e.kind);
    }
  });
}

function typeAt(ids: TypeIds, x: number): DefType {
  return definedType(known(ids[x], `type ${x}`));
}

function closeImportType(ids: TypeIds, desc: ImportType): ExternType {
  switch (desc.kind) {
    case 'func':
      return { kind: 'func', type: typeAt(ids, desc.type) };
    case 'table':
      return { kind: 'table', type: closeTableType(ids, desc.type) };
    case 'memory':
      return { kind: 'memory', type: desc.type };
    case 'global':
      return { kind: 'global', type: closeGlobalType(ids, desc.type) };
    case 'tag':
      return { kind: 'tag', type: typeAt(ids, desc.type) };
    default:
      return assertNever(desc);
  }
}

type TypeOf<K extends ExternKind> = Extract<ExternType, { kind: K }>['type'];

function ofKind<K extends ExternKind>(types: readonly ExternType[], kind: K): TypeOf<K>[] {
  return types.filter((t) => t.kind === kind).map((t) => t.type as TypeOf<K>);
}
