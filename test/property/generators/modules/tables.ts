import type { RefType, TableType } from '../../../../src/syntax/types.ts';
import type { Body, Inst } from './body.ts';
import { someShare } from './control.ts';
import { addElem, addTable } from './definitions.ts';
import { index, minAddr, pair, where } from './environment.ts';
import { matchRef, refTo } from './matching.ts';

/** Instances of instructions on tables and element segments. */

export function usableTables(b: Body, holds: (tt: TableType) => boolean): number[] {
  return where(b.env.tables, (tt) => (!b.shared || tt.share === 'shared') && holds(tt));
}

/** A table that code may access with elements that satisfy a condition; one of `elem` is made if there is none. */
export function someTable(b: Body, holds: (elem: RefType) => boolean, elem: RefType): number | null {
  const { env } = b;
  const found = env.c.maybe(usableTables(b, (tt) => holds(tt.elem)));
  if (found !== null) return found;
  if (!env.c.chance(1, 2)) return null;
  const share = b.shared ? 'shared' : 'unshared';
  const addr = env.features.memory64 && env.c.chance(1, 3) ? 'i64' : 'i32';
  return addTable(env, { share, addr, limits: { min: env.runs ? 4n : 1n, max: null }, elem });
}

export function functionTable(b: Body): number | null {
  const { env } = b;
  const share = someShare(b);
  const holds = (elem: RefType): boolean =>
    matchRef(env, elem, refTo('func', 'shared')) || matchRef(env, elem, refTo('func'));
  return someTable(b, holds, refTo('func', share));
}

function someElem(b: Body, type: RefType): number | null {
  const { env } = b;
  const left = env.runs && env.c.chance(15, 16);
  const fits = where(
    env.elems,
    (e, y) =>
      (!b.shared || e.share === 'shared') &&
      matchRef(env, e.type, type) &&
      (!left || env.made.elems[y]?.mode.kind === 'passive'),
  );
  const found = env.c.maybe(fits);
  if (found !== null) return found;
  if (b.shared && !env.features.sharedSegments) return null;
  return env.c.chance(1, 2) ? addElem(env, b.shared ? 'shared' : 'unshared', type) : null;
}

/** An element segment whose elements match a type. */
export function elemFor(b: Body, type: RefType): number | null {
  return someElem(b, type);
}

export function tableInstance(b: Body, op: string): Inst | null {
  const { env } = b;
  if (op === 'elem.drop') {
    const e = someElem(b, refTo('func', someShare(b)));
    return e === null ? null : { op, imm: index(e), params: [], results: [] };
  }
  if (!op.startsWith('table.') || op.startsWith('table.atomic') || op === 'table.wait') return null;
  const x = someTable(b, () => true, refTo('func', someShare(b)));
  if (x === null) return null;
  const { addr, elem } = env.tables[x] as TableType;
  switch (op) {
    case 'table.get':
      return { op, imm: index(x), params: [addr], results: [elem] };
    case 'table.set':
      return { op, imm: index(x), params: [addr, elem], results: [] };
    case 'table.size':
      return { op, imm: index(x), params: [], results: [addr] };
    case 'table.grow':
      return { op, imm: index(x), params: [elem, addr], results: [addr] };
    case 'table.fill':
      return { op, imm: index(x), params: [addr, elem, addr], results: [] };
    case 'table.init': {
      const e = someElem(b, elem);
      return e === null ? null : { op, imm: pair(x, e), params: [addr, 'i32', 'i32'], results: [] };
    }
    case 'table.copy': {
      const y = env.c.maybe(usableTables(b, (tt) => matchRef(env, tt.elem, elem)));
      if (y === null) return null;
      const from = env.tables[y]?.addr ?? 'i32';
      return { op, imm: pair(x, y), params: [addr, from, minAddr(addr, from)], results: [] };
    }
    default:
      return null;
  }
}
