import type { Diagnostic } from '../base/diagnostic.ts';
import type {
  Data,
  Elem,
  Export,
  Func,
  Global,
  Import,
  Memory,
  Module,
  Table,
  Tag,
  TypeDef,
} from '../syntax/module.ts';
import { type Space, newSpace } from './names.ts';
import { NoteTable } from './notes.ts';
import type { Tokens } from './tokens.ts';
import { type View, emptyView } from './view.ts';

/** What is known of a module while its fields are read. */
export interface ModuleContext {
  readonly tokens: Tokens;
  readonly diagnostics: Diagnostic[];
  readonly notes: NoteTable;
  readonly spaces: {
    readonly type: Space;
    readonly func: Space;
    readonly table: Space;
    readonly memory: Space;
    readonly tag: Space;
    readonly global: Space;
    readonly elem: Space;
    readonly data: Space;
  };
  readonly types: TypeDef[];
  readonly recs: number[];
  /** The first definition of each implicit function type, by its text. */
  readonly funcTypes: Map<string, number>;
  /** The names of a struct's fields, by its type's index. */
  readonly fields: Map<number, Space>;
  readonly imports: Import[];
  readonly funcs: Func[];
  readonly tables: Table[];
  readonly memories: Memory[];
  readonly tags: Tag[];
  readonly globals: Global[];
  readonly exports: Export[];
  readonly elems: Elem[];
  readonly datas: Data[];
  start: Module['start'];
}

/** The context of the module that tokens `first` to `last` hold. */
export function newModuleContext(
  tokens: Tokens,
  diagnostics: Diagnostic[],
  first = 0,
  last = tokens.units.length,
): ModuleContext {
  return {
    tokens,
    diagnostics,
    notes: new NoteTable(tokens, first, last),
    spaces: {
      type: newSpace('type'),
      func: newSpace('func'),
      table: newSpace('table'),
      memory: newSpace('memory'),
      tag: newSpace('tag'),
      global: newSpace('global'),
      elem: newSpace('elem segment'),
      data: newSpace('data segment'),
    },
    types: [],
    recs: [],
    funcTypes: new Map(),
    fields: new Map(),
    imports: [],
    funcs: [],
    tables: [],
    memories: [],
    tags: [],
    globals: [],
    exports: [],
    elems: [],
    datas: [],
    start: null,
  };
}

/** Where the actions of a grammar are: the module and view that they read, and the locals of the function around. */
export interface Cursor {
  module: ModuleContext;
  view: View;
  /** The index of the field's definition in its space. */
  index: number;
  locals: Space;
  /** Reads tokens `first` to `last` by a rule, and builds what its action gives; null if they do not match. */
  readonly read: (first: number, last: number, rule: string) => unknown;
}

export function newCursor(module: ModuleContext, read: Cursor['read']): Cursor {
  return { module, view: emptyView(module.tokens), index: 0, locals: newSpace('local'), read };
}
