import { NOWHERE } from '../../../../src/base/span.ts';
import { instructionRow } from '../../../../src/syntax/instructions.ts';
import type { Func, Immediate, Import, Instr, Module } from '../../../../src/syntax/module.ts';
import type {
  AddrType,
  CompType,
  FuncType,
  GlobalType,
  MemType,
  RefType,
  Share,
  SubType,
  TableType,
  ValType,
} from '../../../../src/syntax/types.ts';
import type { Choices } from './choices.ts';
import type { Features } from './features.ts';
import { isSharedType, type Types } from './matching.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A function's declaration; `body` is filled in when all declarations are known. */
export interface FuncDecl {
  readonly type: number;
  readonly imported: boolean;
  made: Pick<Func, 'locals' | 'body'> | null;
}

/** A module under construction. Index spaces hold imports first; what is appended while bodies are made is defined, not imported. */
export interface Env extends Types {
  readonly c: Choices;
  readonly features: Features;
  /** Is code wanted that goes far when it is run? */
  readonly runs: boolean;
  /** Weft's module-level flag. */
  readonly shared: boolean;
  readonly types: SubType[];
  readonly canon: number[];
  readonly recs: number[];
  readonly imports: Import[];
  readonly funcs: FuncDecl[];
  readonly tables: TableType[];
  readonly memories: MemType[];
  readonly globals: GlobalType[];
  readonly tags: number[];
  readonly elems: { share: Share; type: RefType }[];
  readonly datas: { share: Share }[];
  /** Definitions in the making, without imports. */
  readonly made: Pick<Mutable<Mutables>, 'tables' | 'memories' | 'globals' | 'tags' | 'elems' | 'datas'>;
  /** Functions that a body takes references to. */
  readonly referenced: Set<number>;
}

interface Mutables {
  readonly tables: Module['tables'][number][];
  readonly memories: Module['memories'][number][];
  readonly globals: Module['globals'][number][];
  readonly tags: Module['tags'][number][];
  readonly elems: Module['elems'][number][];
  readonly datas: Module['datas'][number][];
}

export function makeEnv(c: Choices, features: Features, runs = false): Env {
  const shared = features.weft && c.chance(1, 6);
  const made = { tables: [], memories: [], globals: [], tags: [], elems: [], datas: [] };
  return {
    c,
    features,
    runs,
    shared,
    types: [],
    canon: [],
    recs: [],
    imports: [],
    funcs: [],
    tables: [],
    memories: [],
    globals: [],
    tags: [],
    elems: [],
    datas: [],
    made,
    referenced: new Set(),
  };
}

export const NO_IMM: Immediate = { kind: 'none' };

export function index(x: number): Immediate {
  return { kind: 'index', x };
}

export function pair(x: number, y: number): Immediate {
  return { kind: 'index-pair', x, y };
}

export function plain(op: string, imm: Immediate = NO_IMM): Instr {
  if (instructionRow(op)?.mnemonic !== op) throw new RangeError(`no instruction ${op}`);
  return { kind: 'plain', op, imm, at: NOWHERE };
}

/** Appends a type definition in a group of its own. */
export function addType(env: Env, type: SubType): number {
  env.canon.push(env.types.length);
  env.recs.push(1);
  return env.types.push(type) - 1;
}

export function sameType(a: ValType, b: ValType): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  if (a.nullable !== b.nullable || a.heap.kind !== b.heap.kind) return false;
  if (a.heap.kind === 'index') return b.heap.kind === 'index' && a.heap.type === b.heap.type;
  return b.heap.kind === 'abstract' && a.heap.share === b.heap.share && a.heap.name === b.heap.name;
}

export function sameTypes(a: readonly ValType[], b: readonly ValType[]): boolean {
  return a.length === b.length && a.every((t, i) => sameType(t, b[i] as ValType));
}

/** A type index with this signature and share: one that is there, or a new one. */
export function funcTypeIndex(env: Env, params: readonly ValType[], results: readonly ValType[], share: Share): number {
  const found = env.types.findIndex(
    ({ comp, share: s }) =>
      comp.kind === 'func' && s === share && sameTypes(comp.params, params) && sameTypes(comp.results, results),
  );
  if (found >= 0) return found;
  return addType(env, { final: true, supers: [], share, comp: { kind: 'func', params, results } });
}

/** The indices of types of one kind that satisfy a condition. */
export function typesWhere<K extends CompType['kind']>(
  env: Env,
  kind: K,
  holds: (comp: Extract<CompType, { kind: K }>, share: Share) => boolean,
): number[] {
  return env.types.flatMap(({ comp, share }, x) =>
    comp.kind === kind && holds(comp as Extract<CompType, { kind: K }>, share) ? [x] : [],
  );
}

export function funcType(env: Env, x: number): FuncType & { readonly share: Share } {
  const st = env.types[x];
  if (st?.comp.kind !== 'func') throw new RangeError(`type ${x} is no function type`);
  return { ...st.comp, share: st.share };
}

export function funcShare(env: Env, f: number): Share {
  return funcType(env, (env.funcs[f] as FuncDecl).type).share;
}

/** The indices of a space's entries that satisfy a condition. */
export function where<T>(list: readonly T[], holds: (entry: T, index: number) => boolean): number[] {
  return list.flatMap((entry, i) => (holds(entry, i) ? [i] : []));
}

export function minAddr(a: AddrType, b: AddrType): AddrType {
  return a === 'i32' || b === 'i32' ? 'i32' : 'i64';
}

/** Whether a subtype definition may be built of a type: shared ones of shared types only. */
export function suits(env: Env, share: Share, t: ValType): boolean {
  return share === 'unshared' || isSharedType(env, t);
}
