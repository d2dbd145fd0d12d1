import { NOWHERE } from '../../../src/base/span.ts';
import type { Expr, Func, Global, Import, Instr, Module, Table } from '../../../src/syntax/module.ts';
import type { ValType } from '../../../src/syntax/types.ts';
import { isDefaultable } from '../../../src/syntax/values.ts';
import { plain } from '../generators/modules/environment.ts';

/**
 * The same module without imports and names of exports, for a peer that asks more of these than validity (wasm-tools wraps a module in a component): every
 * import becomes a definition of its type. null where that cannot be: an imported global or table of a type without a default.
 */
export function closed(m: Module): Module | null {
  const globals = imported(m, 'global');
  const tables = imported(m, 'table');
  // The initialiser of a table may only name imported globals.
  if (globals.length > 0 && m.tables.some((t) => t.init !== null && mentionsGlobal(t.init))) return null;
  const contents = globals.map(({ desc }) => desc.type.content);
  const elems = tables.map(({ desc }) => desc.type.elem);
  if (![...contents, ...elems].every(isDefaultable)) return null;
  return {
    ...m,
    imports: [],
    funcs: [...imported(m, 'func').map((i) => stub(i.desc.type, m)), ...m.funcs],
    tables: [...tables.map(({ desc: { type } }): Table => ({ type, init: null, id: null, at: NOWHERE })), ...m.tables],
    memories: [...imported(m, 'memory').map(({ desc: { type } }) => ({ type, id: null, at: NOWHERE })), ...m.memories],
    tags: [...imported(m, 'tag').map(({ desc: { type } }) => ({ type, id: null, at: NOWHERE })), ...m.tags],
    globals: [
      ...globals.map(({ desc: { type } }): Global => ({ type, init: zero(type.content), id: null, at: NOWHERE })),
      ...m.globals,
    ],
    exports: m.exports.map((e) => ({ ...e, name: `e${[...new Set(m.exports.map((x) => x.name))].indexOf(e.name)}` })),
  };
}

type Kind = Import['desc']['kind'];
type ImportOf<K extends Kind> = Import & { readonly desc: Extract<Import['desc'], { kind: K }> };

function imported<K extends Kind>(m: Module, kind: K): ImportOf<K>[] {
  return m.imports.filter((i): i is ImportOf<K> => i.desc.kind === kind);
}

function stub(type: number, m: Module): Func {
  const comp = m.types[type]?.type.comp;
  const params = comp?.kind === 'func' ? comp.params.map(() => null) : [];
  return { type, params, locals: [], body: [plain('unreachable')], id: null, at: NOWHERE };
}

function mentionsGlobal(expr: Expr): boolean {
  return expr.some((instr) => instr.kind === 'plain' && instr.op === 'global.get');
}

function zero(t: ValType): Instr[] {
  switch (t) {
    case 'i32':
      return [plain('i32.const', { kind: 'i32', value: 0 })];
    case 'i64':
      return [plain('i64.const', { kind: 'i64', value: 0n })];
    case 'f32':
      return [plain('f32.const', { kind: 'f32', bits: 0 })];
    case 'f64':
      return [plain('f64.const', { kind: 'f64', bits: 0n })];
    case 'v128':
      return [plain('v128.const', { kind: 'v128', bytes: new Uint8Array(16) })];
    default:
      return [plain('ref.null', { kind: 'heap-type', heap: t.heap })];
  }
}
