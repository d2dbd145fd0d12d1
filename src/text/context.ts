import type { Diagnostic } from '../base/diagnostic.ts';
import type { Data, Export, Func, Global, Import, Instr, Memory, Module, Table, TypeDef } from '../syntax/module.ts';
import { type Space, newSpace } from './names.ts';
import type { Tokens } from './tokens.ts';
import type { View } from './view.ts';

/** What is known of a module while its fields are read. */
export interface ModuleContext {
  readonly tokens: Tokens;
  readonly diagnostics: Diagnostic[];
  readonly spaces: {
    readonly type: Space;
    readonly func: Space;
    readonly table: Space;
    readonly memory: Space;
    readonly global: Space;
    readonly data: Space;
  };
  readonly types: TypeDef[];
  readonly imports: Import[];
  readonly funcs: Func[];
  readonly tables: Table[];
  readonly memories: Memory[];
  readonly globals: Global[];
  readonly exports: Export[];
  readonly datas: Data[];
  start: Module['start'];
}

export function newModuleContext(tokens: Tokens, diagnostics: Diagnostic[]): ModuleContext {
  return {
    tokens,
    diagnostics,
    spaces: {
      type: newSpace('type'),
      func: newSpace('func'),
      table: newSpace('table'),
      memory: newSpace('memory'),
      global: newSpace('global'),
      data: newSpace('data segment'),
    },
    types: [],
    imports: [],
    funcs: [],
    tables: [],
    memories: [],
    globals: [],
    exports: [],
    datas: [],
    start: null,
  };
}

/** Where the actions of a grammar are: the view they read, and the function body that they fill. */
export interface Cursor {
  module: ModuleContext;
  view: View;
  /** The index of the field's definition in its space. */
  index: number;
  locals: Space;
  /** Labels of the blocks around, innermost last. */
  labels: (string | null)[];
  /** Instructions of the innermost block so far. */
  out: Instr[];
}
