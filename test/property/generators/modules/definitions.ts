import { NOWHERE } from '../../../../src/base/span.ts';
import type { Expr, Import, ImportType } from '../../../../src/syntax/module.ts';
import type {
  AddrType,
  GlobalType,
  Limits,
  MemType,
  RefType,
  Share,
  TableType,
  ValType,
} from '../../../../src/syntax/types.ts';
import { isDefaultable } from '../../../../src/syntax/values.ts';
import { someConstant } from './constants.ts';
import { type Env, funcTypeIndex, plain, typesWhere, where } from './environment.ts';
import { isSharedType, matchRef, refTo } from './matching.ts';
import { someRefType, someTypes, someValType } from './value-types.ts';

/** Definitions that are not functions. Each `add…` appends one to its index space and gives its index. */

const NAMES = ['', 'a', 'm.n', 'é☃', '\u{1f980}', '\u0000', 'x y', '"\\', '\u200f\ufeff'];

export function someName(env: Env): string {
  return env.features.names ? env.c.pick(NAMES) : 'm';
}

function someShare(env: Env): Share {
  return env.features.sharedEverything && env.c.chance(1, 3) ? 'shared' : 'unshared';
}

function someAddr(env: Env): AddrType {
  return env.features.memory64 && env.c.chance(1, 3) ? 'i64' : 'i32';
}

function someLimits(env: Env, mustEnd: boolean, most: bigint, running = 1): Limits {
  const { c } = env;
  const min = BigInt(env.runs ? running + c.below(2) : c.below(3));
  if (!mustEnd && !c.chance(1, 2)) return { min, max: null };
  return { min, max: c.chance(1, 8) ? most : min + BigInt(c.below(3)) };
}

export function someMemType(env: Env, share: Share = 'unshared'): MemType {
  const addr = someAddr(env);
  return { share, addr, limits: someLimits(env, share === 'shared', addr === 'i64' ? 1n << 48n : 65_536n) };
}

function memoryShare(env: Env): Share {
  return env.features.threads && env.c.chance(1, 2) ? 'shared' : 'unshared';
}

export function someTableType(env: Env, share: Share, elem: RefType): TableType {
  const addr = someAddr(env);
  return { share, addr, limits: someLimits(env, false, addr === 'i64' ? (1n << 64n) - 1n : 0xffff_ffffn, 4), elem };
}

function someElemType(env: Env, share: Share, nullable: boolean): RefType {
  const shared = share === 'shared';
  if (env.c.chance(1, 2)) return refTo('func', share);
  return someRefType(env, { shared, known: env.types.length, nullable }) ?? refTo('func', share);
}

function someGlobalType(env: Env, imported: boolean): GlobalType {
  const { c, features } = env;
  const mutable = c.chance(1, 2);
  const known = env.types.length;
  if (features.weft && c.chance(1, 4))
    return { share: 'thread_local', mutable, content: someValType(env, { shared: true, known, nullable: true }) };
  const share = someShare(env);
  return { share, mutable, content: someValType(env, { shared: share === 'shared', known, nullable: !imported }) };
}

export function makeImports(env: Env): void {
  const { c } = env;
  const count = c.below(5);
  for (let i = 0; i < count; i++) {
    const desc = someImport(env);
    if (desc === null) continue;
    if (desc.kind === 'func') env.funcs.push({ type: desc.type, imported: true, made: null });
    else if (desc.kind === 'global') env.globals.push(desc.type);
    else if (desc.kind === 'table') env.tables.push(desc.type);
    else if (desc.kind === 'memory') env.memories.push(desc.type);
    else env.tags.push(desc.type);
    const made: Import = { module: someName(env), name: someName(env), desc, id: null, at: NOWHERE };
    env.imports.push(made);
  }
}

function someImport(env: Env): ImportType | null {
  const { c, features, shared } = env;
  const kind = c.pick(['func', 'global', 'table', 'memory', 'tag'] as const);
  const share = shared ? 'shared' : someShare(env);
  switch (kind) {
    case 'func': {
      const type = c.maybe(typesWhere(env, 'func', (_, s) => !shared || s === 'shared'));
      return type === null ? null : { kind, type };
    }
    case 'global': {
      const type = someGlobalType(env, true);
      return shared && type.share === 'unshared' ? null : { kind, type };
    }
    case 'table': {
      if (shared && !features.sharedEverything) return null;
      return { kind, type: someTableType(env, share, someElemType(env, share, false)) };
    }
    case 'memory':
      if (!features.multiMemory && env.memories.length > 0) return null;
      return { kind, type: someMemType(env, shared ? 'shared' : memoryShare(env)) };
    case 'tag': {
      if (!features.exceptions) return null;
      const type = c.maybe(typesWhere(env, 'func', (ft, s) => ft.results.length === 0 && (!shared || s === 'shared')));
      return type === null ? null : { kind, type };
    }
  }
}

export function addMemory(env: Env, share: Share = memoryShare(env)): number | null {
  if (!env.features.multiMemory && env.memories.length > 0) return null;
  const type = someMemType(env, share);
  env.made.memories.push({ type, id: null, at: NOWHERE });
  return env.memories.push(type) - 1;
}

function importedGlobals(env: Env): number {
  return env.imports.filter((i) => i.desc.kind === 'global').length;
}

export function addTable(env: Env, type: TableType): number | null {
  const shared = type.share === 'shared';
  let init: Expr | null = null;
  if (env.features.gc && (!isDefaultable(type.elem) || env.c.chance(1, 3))) {
    init = someConstant(env, type.elem, { shared, globals: importedGlobals(env) });
  }
  if (init === null && !isDefaultable(type.elem)) return null;
  env.made.tables.push({ type, init, id: null, at: NOWHERE });
  return env.tables.push(type) - 1;
}

export function addTag(env: Env, params: readonly ValType[], share: Share): number {
  const type = funcTypeIndex(env, params, [], share);
  env.made.tags.push({ type, id: null, at: NOWHERE });
  return env.tags.push(type) - 1;
}

export function addGlobal(env: Env, type: GlobalType): number | null {
  const { content, share } = type;
  let init: Expr | null = null;
  if (share === 'thread_local') {
    // Only its type's default value; or nothing, which is the same.
    if (!isDefaultable(content)) return null;
    init = env.c.chance(1, 2) ? null : zero(content);
  } else {
    init = someConstant(env, content, { shared: share === 'shared', globals: env.globals.length }, 3);
    if (init === null) return null;
  }
  env.made.globals.push({ type, init, id: null, at: NOWHERE });
  return env.globals.push(type) - 1;
}

/** The constant of a defaultable type's default value. */
function zero(t: ValType): Expr {
  if (typeof t !== 'string') return [plain('ref.null', { kind: 'heap-type', heap: t.heap })];
  if (t === 'v128') return [plain('v128.const', { kind: 'v128', bytes: new Uint8Array(16) })];
  if (t === 'i32') return [plain('i32.const', { kind: 'i32', value: 0 })];
  if (t === 'i64') return [plain('i64.const', { kind: 'i64', value: 0n })];
  return t === 'f32' ? [plain('f32.const', { kind: 'f32', bits: 0 })] : [plain('f64.const', { kind: 'f64', bits: 0n })];
}

/** An element segment of a type; active in some table that takes it if `active`. */
export function addElem(env: Env, share: Share, type: RefType, active = false): number {
  const { c } = env;
  const items: Expr[] = [];
  const count = env.runs ? 2 + c.below(3) : c.below(4);
  const globals = env.features.gc ? env.globals.length : importedGlobals(env);
  // Elements of a shared type are made of shared things, even in an unshared segment.
  const shared = share === 'shared' || isSharedType(env, type);
  for (let i = 0; i < count; i++) {
    const item = someConstant(env, type, { shared, globals });
    if (item !== null) items.push(item);
  }
  const table = active ? c.maybe(where(env.tables, (tt) => matchRef(env, type, tt.elem))) : null;
  const mode =
    table === null
      ? ({ kind: active && c.chance(1, 2) ? 'declarative' : 'passive' } as const)
      : ({ kind: 'active', table, offset: someOffset(env, env.tables[table]?.addr ?? 'i32', globals) } as const);
  env.made.elems.push({ share, type, items, mode, id: null, at: NOWHERE });
  return env.elems.push({ share, type }) - 1;
}

function someOffset(env: Env, addr: AddrType, globals: number): Expr {
  if (env.runs)
    return [
      addr === 'i32' ? plain('i32.const', { kind: 'i32', value: 0 }) : plain('i64.const', { kind: 'i64', value: 0n }),
    ];
  return someConstant(env, addr, { shared: false, globals }) ?? [];
}

export function addData(env: Env, share: Share, active = false): number {
  const { c } = env;
  const bytes = Uint8Array.from({ length: env.runs ? 4 + c.below(13) : c.below(6) }, () => c.below(256));
  const memory = active ? c.maybe(env.memories.map((_, i) => i)) : null;
  const globals = env.features.gc ? env.globals.length : importedGlobals(env);
  const mode =
    memory === null
      ? ({ kind: 'passive' } as const)
      : ({ kind: 'active', memory, offset: someOffset(env, env.memories[memory]?.addr ?? 'i32', globals) } as const);
  env.made.datas.push({ share, bytes, mode, id: null, at: NOWHERE });
  return env.datas.push({ share }) - 1;
}

/** A handful of each kind; functions are declared already. */
export function makeDefinitions(env: Env): void {
  const { c, features } = env;
  repeat(c.below(3), () => addMemory(env));
  repeat(c.below(3), () => {
    const share = someShare(env);
    addTable(env, someTableType(env, share, someElemType(env, share, false)));
  });
  if (features.exceptions)
    repeat(c.below(3), () => {
      const share = someShare(env);
      addTag(env, someTypes(env, { shared: share === 'shared', known: env.types.length }, 2), share);
    });
  repeat(c.below(5), () => addGlobal(env, someGlobalType(env, false)));
  const segmentShare = (): Share => (features.sharedSegments ? someShare(env) : 'unshared');
  repeat(c.below(4), () => {
    const share = segmentShare();
    const table = c.maybe(env.tables);
    const fits = table !== null && (share === 'unshared' || isSharedType(env, table.elem)) && c.chance(2, 3);
    addElem(env, share, fits ? table.elem : someElemType(env, share, false), !env.runs || c.chance(1, 2));
  });
  repeat(c.below(4), () => addData(env, segmentShare(), !env.runs || c.chance(1, 2)));
}

function repeat(times: number, action: () => unknown): void {
  for (let i = 0; i < times; i++) action();
}
