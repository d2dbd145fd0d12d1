/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { assert, assertNever, known } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import type { Request, Response, Site } from '../event/request.ts';
import { unitAt } from '../event/units.ts';
import type { DataInst, ElemInst, ModuleInst, TableInst } from '../runtime/instance.ts';
import type { DefType } from '../valid/type-ids.ts';
import { matchDefType } from '../valid/match.ts';
import { putLength, unsignedAt } from './addresses.ts';
import type { Storage } from './events-common.ts';
import { access, bulkCopy, bulkWrite, trap, unitsOf, within } from './events-common.ts';
import type { Words } from './int64.ts';

/** Events on whole tables and on segments, and the reading of the slot that a call goes through. */
export type TableShape =
  | { readonly kind: 'table.size'; readonly table: number; readonly wide: boolean }
  | { readonly kind: 'table.grow'; readonly table: number; readonly wide: boolean }
  | { readonly kind: 'table.fill'; readonly table: number; readonly wide: boolean }
  | ({ readonly kind: 'table.copy-check' } & TableCopy)
  | ({ readonly kind: 'table.copy' } & TableCopy)
  /** table.init, the segment's bounds being checked. */
  | { readonly kind: 'table.init'; readonly table: number; readonly wide: boolean; readonly elem: number }
  /** The bounds of a segment: `unit` of its units for each of the operand `b`, from `a` on. */
  | { readonly kind: 'segment'; readonly of: SegmentKind; readonly index: number; readonly unit: number }
  | { readonly kind: 'drop'; readonly of: SegmentKind; readonly index: number }
  /** What call_indirect calls: it is not null and of the type. */
  | { readonly kind: 'callee'; readonly table: number; readonly wide: boolean; readonly type: DefType };

export type SegmentKind = 'elem' | 'data';

interface TableCopy {
  readonly to: number;
  readonly from: number;
  readonly toWide: boolean;
  readonly fromWide: boolean;
}

export function askTable(
  s: Words,
  module: ModuleInst,
  event: TableShape & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): Request | null {
  const { site } = event;
  switch (event.kind) {
    case 'table.size': {
      const { length } = tableOf(module, event.table);
      const read: Access = { region: length, offset: 0, size: 1, order: 'seqcst', tearFree: true };
      return access(null, [{ kind: 'rd', ...read }], site);
    }
    case 'table.grow': {
      const { length, elem, type } = tableOf(module, event.table);
      const max = Number(type.limits.max ?? (event.wide ? MOST_WIDE_SLOTS : MOST_SLOTS));
      return {
        kind: 'grow',
        length,
        content: elem,
        unit: 1,
        fill: s[a]!,
        delta: unsignedAt(s, b, event.wide),
        max,
        site,
      };
    }
    case 'table.fill': {
      const size = unsignedAt(s, c, event.wide);
      const written = { fill: s[b]!, length: size };
      return bulkWrite(storageOf(tableOf(module, event.table)), unsignedAt(s, a, event.wide), written, site);
    }
    case 'table.copy-check': {
      const to = tableOf(module, event.to);
      if (to.addr === tableOf(module, event.from).addr) return null;
      const end = unsignedAt(s, a, event.toWide) + unsignedAt(s, c, event.toWide && event.fromWide);
      return access(within(storageOf(to), end), [], site);
    }
    case 'table.copy':
      return askCopy(s, module, event, a, b, c);
    case 'table.init': {
      const source = s[b]! >>> 0;
      const size = s[c]! >>> 0;
      const written = idsOf(module, event.elem, source, size);
      return bulkWrite(storageOf(tableOf(module, event.table)), unsignedAt(s, a, event.wide), written, site);
    }
    case 'segment': {
      const end = (s[a]! >>> 0) + (s[b]! >>> 0) * event.unit;
      return access({ length: lengthOf(module, event), unit: 1, end }, [], site);
    }
    case 'drop': {
      const where: Access = { region: lengthOf(module, event), offset: 0, size: 1, order: 'unord', tearFree: true };
      return access(null, [{ kind: 'wr', ...where, written: [0] }], site);
    }
    case 'callee': {
      const table = tableOf(module, event.table);
      const at = unsignedAt(s, a, event.wide);
      const where: Access = { region: table.elem, offset: at, size: 1, order: 'unord', tearFree: true };
      return access(within(storageOf(table), at + 1), [{ kind: 'rd', ...where }], site);
    }
    default:
      return assertNever(event);
  }
}

export function takeTable(
  s: Words,
  module: ModuleInst,
  event: TableShape & { readonly site: Site },
  d: number,
  answer: Response,
): Request | null {
  if (answer.kind === 'out-of-bounds') return trap(outOfBounds(event), event.site);
  switch (event.kind) {
    case 'table.size':
      putLength(s, d, unitAt(unitsOf(answer), 0), event.wide);
      return null;
    case 'table.grow':
      assert(answer.kind === 'grown', 'a growth is answered');
      putLength(s, d, answer.previous, event.wide);
      return null;
    case 'callee': {
      const id = unitAt(unitsOf(answer), 0);
      const reason = whyNotCalled(module, event, id);
      if (reason !== null) return trap(reason, event.site);
      s[d] = id;
      return null;
    }
    case 'table.fill':
    case 'table.copy-check':
    case 'table.copy':
    case 'table.init':
    case 'segment':
    case 'drop':
      return null;
    default:
      return assertNever(event);
  }
}

/** Why the reference with this id cannot be called; null if it can. */
export function whyNotCalled(
  { refs }: ModuleInst,
  { type }: Extract<TableShape, { kind: 'callee' }>,
  id: number,
): string | null {
  if (id === 0) return 'uninitialized element';
  const callee = refs.get(id);
  return callee.kind === 'func' && matchDefType(callee.func.closed, type) ? null : 'indirect call type mismatch';
}

/** The most slots of a table [core 3.0, Table Types]. */
const MOST_SLOTS = 2 ** 32 - 1;
const MOST_WIDE_SLOTS = Number(2n ** 64n - 1n);

function outOfBounds(event: TableShape): string {
  if (event.kind === 'callee') return 'undefined element';
  return event.kind === 'segment' && event.of === 'data' ? 'out of bounds memory access' : 'out of bounds table access';
}

function askCopy(
  s: Words,
  module: ModuleInst,
  event: TableCopy & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): Request {
  const [to, from] = [tableOf(module, event.to), tableOf(module, event.from)].map(storageOf) as [Storage, Storage];
  const size = unsignedAt(s, c, event.toWide && event.fromWide);
  return bulkCopy(to, from, unsignedAt(s, a, event.toWide), unsignedAt(s, b, event.fromWide), size, event.site);
}

function storageOf({ addr, length, elem: contents }: TableInst): Storage {
  return { addr, length, unit: 1, contents };
}

export function tableOf(module: ModuleInst, table: number): TableInst {
  return known(module.tables[table], 'table');
}

function lengthOf(module: ModuleInst, { of, index }: { readonly of: SegmentKind; readonly index: number }) {
  const segment: ElemInst | DataInst | undefined = of === 'elem' ? module.elems[index] : module.datas[index];
  return known(segment?.length ?? undefined, 'length of a segment');
}

/** The ids of a segment's items. */
export function idsOf(module: ModuleInst, elem: number, start: number, size: number): number[] {
  const { items } = known(module.elems[elem], 'segment');
  return items.slice(start, start + size).map((item) => (item.type === 'ref' ? item.id : 0));
}
