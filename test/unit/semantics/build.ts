import { NOWHERE } from '../../../src/base/span.ts';
import type { Addr } from '../../../src/event/location.ts';
import { regionOf } from '../../../src/event/location.ts';
import type {
  BlockType,
  Catch,
  Expr,
  Immediate,
  Instr,
  OrderAnnotation,
  PlainInstr,
} from '../../../src/syntax/module.ts';
import type {
  AddrType,
  ArrayType,
  CompType,
  FieldType,
  FuncType,
  GlobalType,
  MemType,
  RefType,
  Share,
  StorageType,
  StructType,
  SubType,
  ValType,
} from '../../../src/syntax/types.ts';
import { plainType, sizeOf } from '../../../src/syntax/types.ts';
import type { Value } from '../../../src/syntax/values.ts';
import type {
  DataInst,
  ElemInst,
  FuncInst,
  GlobalInst,
  HostAsk,
  HostFuncInst,
  MemInst,
  ModuleInst,
  TableInst,
  TagInst,
  WasmFuncInst,
} from '../../../src/runtime/instance.ts';
import { Refs } from '../../../src/runtime/references.ts';
import { definedType, soleType, typeIds } from '../../../src/valid/type-ids.ts';
import type { ValidModule } from '../../../src/valid/valid-module.ts';

/** Instances built by hand, so that the rules can be tested one by one without a parser. */

export const i32 = (value: number): Value => ({ type: 'i32', value: value | 0 });
export const i64 = (value: bigint): Value => ({ type: 'i64', value: BigInt.asIntN(64, value) });

export const fn = (params: readonly ValType[], results: readonly ValType[]): FuncType => ({
  kind: 'func',
  params,
  results,
});

/** A plain instruction; a number is its index, an array its labels. */
export function op(mnemonic: string, imm: Immediate | number | readonly number[] = { kind: 'none' }): PlainInstr {
  return { kind: 'plain', op: mnemonic, imm: immediate(imm), at: NOWHERE };
}

function immediate(imm: Immediate | number | readonly number[]): Immediate {
  if (typeof imm === 'number') return { kind: 'index', x: imm };
  return Array.isArray(imm) ? { kind: 'labels', labels: imm } : (imm as Immediate);
}

export function constant(value: Value): PlainInstr {
  if (value.type === 'ref')
    return op('ref.null', { kind: 'heap-type', heap: { kind: 'abstract', share: 'unshared', name: 'func' } });
  if (value.type === 'v128') {
    const bytes = Uint8Array.from({ length: 16 }, (_, i) => Number((value.bits >> BigInt(8 * i)) & 0xffn));
    return op('v128.const', { kind: 'v128', bytes });
  }
  return 'bits' in value
    ? op(`${value.type}.const`, { kind: value.type, bits: value.bits } as Immediate)
    : op(`${value.type}.const`, { kind: value.type, value: value.value } as Immediate);
}

export const c32 = (value: number): PlainInstr => constant(i32(value));
export const c64 = (value: bigint): PlainInstr => constant(i64(value));

export const memarg = (offset = 0n, memory = 0): Immediate => ({
  kind: 'memarg',
  memarg: { memory, offset, align: 1 },
});
export const atomic = (order: OrderAnnotation = 'none', offset = 0n, memory = 0): Immediate => ({
  kind: 'atomic-memarg',
  memarg: { memory, offset, align: 1 },
  order,
});

export function block(kind: 'block' | 'loop', type: BlockType | ValType | null, body: Expr): Instr {
  return { kind, label: null, type: blockType(type), body, at: NOWHERE };
}

export function cond(type: BlockType | ValType | null, then: Expr, otherwise: Expr = []): Instr {
  // oxlint-disable-next-line unicorn/no-thenable -- the abstract syntax's own name
  return { kind: 'if', label: null, type: blockType(type), then, else: otherwise, at: NOWHERE };
}

function blockType(type: BlockType | ValType | null): BlockType {
  return type !== null && typeof type === 'object' && type.kind !== 'ref' ? type : { kind: 'value', result: type };
}

export function tryTable(type: BlockType | ValType | null, catches: readonly Omit<Catch, 'at'>[], body: Expr): Instr {
  const clauses = catches.map((clause) => ({ ...clause, at: NOWHERE }));
  return { kind: 'try_table', label: null, type: blockType(type), catches: clauses, body, at: NOWHERE };
}

export const pair = (x: number, y: number): Immediate => ({ kind: 'index-pair', x, y });
export const ordered = (order: OrderAnnotation, x: number, y?: number): Immediate =>
  y === undefined ? { kind: 'order-index', order, x } : { kind: 'order-index-pair', order, x, y };

export const refType = (name: RefType['heap'] | string, nullable = true, share: Share = 'shared'): RefType => ({
  kind: 'ref',
  nullable,
  heap: typeof name === 'string' ? ({ kind: 'abstract', share, name } as RefType['heap']) : name,
});
export const refTo = (type: number, nullable = true): RefType => refType({ kind: 'index', type }, nullable);

const field = (storage: StorageType | FieldType): FieldType =>
  typeof storage === 'object' && 'mutable' in storage ? storage : { mutable: true, storage };
export const struct = (...fields: readonly StorageType[]): StructType => ({
  kind: 'struct',
  fields: fields.map(field),
});
export const array = (storage: StorageType): ArrayType => ({ kind: 'array', field: field(storage) });

export interface FuncSource {
  readonly type: FuncType;
  readonly locals?: readonly ValType[];
  readonly body: Expr;
  /** The index of its type among the module's; without one its type is alone. */
  readonly closedAs?: number;
}

export interface ModuleSource {
  /** Final and shared where only the composite type is given. */
  readonly types?: readonly (CompType | SubType)[];
  readonly refs?: Refs;
  /** Host functions come first in the index space, like imports. */
  readonly hosts?: readonly HostFuncInst[];
  readonly funcs?: readonly FuncSource[];
  readonly memories?: readonly MemInst[];
  readonly globals?: readonly GlobalInst[];
  readonly tables?: readonly TableInst[];
  readonly tags?: readonly TagInst[];
  readonly elems?: readonly ElemInst[];
  readonly datas?: readonly DataInst[];
}

export function moduleOf(source: ModuleSource, key = 'm'): ModuleInst {
  const types = (source.types ?? []).map((type) => ('comp' in type ? type : plainType(type, 'shared')));
  const closed = typeIds(
    types,
    types.map(() => 1),
  ).map(definedType);
  const funcs: FuncInst[] = [...(source.hosts ?? [])];
  const module: ModuleInst = {
    key,
    module: {} as ValidModule,
    refs: source.refs ?? new Refs(),
    types,
    closed,
    funcs,
    tables: source.tables ?? [],
    memories: source.memories ?? [],
    globals: source.globals ?? [],
    tags: source.tags ?? [],
    elems: source.elems ?? [],
    datas: source.datas ?? [],
    exports: new Map(),
  };
  for (const func of source.funcs ?? []) funcs.push(wasmFunc(module, func, funcs.length));
  return module;
}

function wasmFunc(module: ModuleInst, { type, locals = [], body, closedAs }: FuncSource, index: number): WasmFuncInst {
  const code = {
    id: null,
    at: NOWHERE,
    type: 0,
    params: type.params.map(() => null),
    locals: locals.map((t) => ({ id: null, type: t })),
    body,
  };
  const declared = closedAs === undefined ? undefined : module.closed[closedAs];
  const closed = declared ?? soleType(plainType(type, 'shared'));
  return { kind: 'wasm', key: `${module.key}.${index}`, share: 'shared', type, closed, module, code, index };
}

/** A function that is alone in its module, with one shared memory. */
export function alone(
  type: FuncType,
  body: Expr,
  more: Omit<ModuleSource, 'funcs'> & { locals?: readonly ValType[] } = {},
): FuncInst {
  const { locals, ...rest } = more;
  const func: FuncSource = locals === undefined ? { type, body } : { type, body, locals };
  const funcs = moduleOf({ memories: [memory(1)], ...rest, funcs: [func] }).funcs;
  return funcs.at(-1) as FuncInst;
}

export function memory(
  addr: number,
  share: MemType['share'] = 'shared',
  max: bigint | null = null,
  type: AddrType = 'i32',
): MemInst {
  const a = addr as Addr;
  return {
    addr: a,
    type: { share, addr: type, limits: { min: 1n, max } },
    length: regionOf(a, 'length'),
    data: regionOf(a, 'data'),
  };
}

export function table(
  addr: number,
  elem: RefType,
  more: { readonly share?: Share; readonly max?: bigint; readonly addr?: AddrType } = {},
): TableInst {
  const a = addr as Addr;
  const limits = { min: 0n, max: more.max ?? null };
  return {
    addr: a,
    type: { share: more.share ?? 'shared', addr: more.addr ?? 'i32', limits, elem },
    length: regionOf(a, 'length'),
    elem: regionOf(a, 'elem'),
  };
}

/** A tag whose exceptions carry these. */
export function tag(key: string, params: readonly ValType[]): TagInst {
  return { key, type: soleType(plainType(fn(params, []), 'shared')), params };
}

export const elemSegment = (addr: number, items: readonly Value[]): ElemInst => ({
  items,
  length: regionOf(addr as Addr, 'length'),
});
export const dataSegment = (addr: number, ...bytes: readonly number[]): DataInst => ({
  bytes: Uint8Array.from(bytes),
  length: regionOf(addr as Addr, 'length'),
});

export function host(
  name: string,
  type: FuncType,
  call: HostFuncInst['call'],
  share: HostFuncInst['share'] = 'shared',
): HostFuncInst {
  const closed = soleType(plainType(type, share));
  return { kind: 'host', key: `host.${name}`, share, type, closed, name, call };
}

/** A host function that asks the world instead. */
export function asking(name: string, type: FuncType, asks: HostAsk): HostFuncInst {
  return { ...host(name, type, () => []), asks };
}

const globalType = (content: ValType, mutable: boolean, share: GlobalType['share'] = 'shared'): GlobalType => ({
  share,
  mutable,
  content,
});

export const constantGlobal = (addr: number, content: ValType, value: Value): GlobalInst => ({
  kind: 'constant',
  addr: addr as Addr,
  type: globalType(content, false),
  value,
});
export const mutableGlobal = (addr: number, content: ValType): GlobalInst => ({
  kind: 'mutable',
  addr: addr as Addr,
  type: globalType(content, true),
  val: regionOf(addr as Addr, 'val'),
  tearFree: typeof content !== 'string' || sizeOf(content) <= 4,
});
export const threadLocal = (addr: number, content: ValType, initial: Value): GlobalInst => ({
  kind: 'thread_local',
  addr: addr as Addr,
  type: globalType(content, true, 'thread_local'),
  initial,
});
