/* oxlint-disable typescript/no-non-null-assertion -- words are in range by construction */
import { assertNever, known } from '../base/assert.ts';
import type { Access } from '../event/action.ts';
import { regionOf } from '../event/location.ts';
import type { AskedAction, Request, Response, Site } from '../event/request.ts';
import type { Units } from '../event/units.ts';
import type { ModuleInst } from '../runtime/instance.ts';
import { contentsOf, MAX_ARRAY_UNITS, repeated } from '../runtime/value-units.ts';
import type { DefType } from '../valid/type-ids.ts';
import { access, addrOfNew, trap } from './events-common.ts';
import { arrayAt } from './events-place.ts';
import type { SegmentKind } from './events-table.ts';
import { idsOf } from './events-table.ts';
import type { Words } from './int64.ts';
import type { Stored } from './stored.ts';
import { unitsAt } from './stored.ts';

/** Allocations, and accesses of many elements of arrays. More than three operands, and those of the first three kinds, lie one after the other from `a` on. */
export type ObjectShape =
  | { readonly kind: 'struct.new'; readonly type: DefType; readonly fields: readonly Stored[] }
  /** Of the default values: all units are 0. */
  | { readonly kind: 'struct.new_default'; readonly type: DefType; readonly layout: readonly number[] }
  | { readonly kind: 'array.new_fixed'; readonly type: DefType; readonly stored: Stored; readonly length: number }
  | { readonly kind: 'array.new'; readonly type: DefType; readonly stored: Stored }
  | { readonly kind: 'array.new_default'; readonly type: DefType; readonly stored: Stored }
  /** Of the segment, whose bounds are checked. */
  | {
      readonly kind: 'array.new_segment';
      readonly type: DefType;
      readonly stored: Stored;
      readonly of: SegmentKind;
      readonly index: number;
    }
  | { readonly kind: 'array.fill'; readonly stored: Stored }
  | { readonly kind: 'array.copy'; readonly stored: Stored }
  /** The array's and the segment's bounds are checked. */
  | { readonly kind: 'array.init'; readonly stored: Stored; readonly of: SegmentKind; readonly index: number }
  | { readonly kind: 'waitqueue.new' };

export function askObject(
  s: Words,
  module: ModuleInst,
  event: ObjectShape & { readonly site: Site },
  a: number,
  b: number,
  c: number,
): Request | null {
  const { site } = event;
  switch (event.kind) {
    case 'struct.new':
      return {
        kind: 'new',
        field: 'fields',
        contents: valuesAt(s, a, event.fields),
        layout: event.fields.map(({ units }) => units),
        site,
      };
    case 'struct.new_default':
      return {
        kind: 'new',
        field: 'fields',
        contents: { fill: 0, length: event.layout.reduce((sum, units) => sum + units, 0) },
        layout: event.layout,
        site,
      };
    case 'array.new_fixed': {
      const fields = Array.from({ length: event.length }, () => event.stored);
      return askArray(event.length, event.stored, site, () => valuesAt(s, a, fields));
    }
    case 'array.new':
      return askArray(s[b]! >>> 0, event.stored, site, (n) => repeated(unitsAt(s, a, event.stored), n));
    case 'array.new_default':
      return askArray(s[a]! >>> 0, event.stored, site, (n) => ({ fill: 0, length: n * event.stored.units }));
    case 'array.new_segment':
      return askArray(s[b]! >>> 0, event.stored, site, (n) => contentsOf(segmentUnits(module, event, s[a]! >>> 0, n)));
    case 'array.fill': {
      const n = s[c + event.stored.words]! >>> 0;
      return askWrite(s, module, event, a, b, n, () => repeated(unitsAt(s, c, event.stored), n));
    }
    case 'array.init': {
      const n = s[c + 1]! >>> 0;
      return askWrite(s, module, event, a, b, n, () => segmentUnits(module, event, s[c]! >>> 0, n));
    }
    case 'array.copy':
      return askCopy(s, module, event, a);
    case 'waitqueue.new':
      return { kind: 'new', field: 'queue', contents: [], layout: [], site };
    default:
      return assertNever(event);
  }
}

/** The operands are still where they were when the thread asked. */
export function takeObject(
  s: Words,
  { refs }: ModuleInst,
  event: ObjectShape & { readonly site: Site },
  d: number,
  a: number,
  b: number,
  answer: Response,
): null {
  switch (event.kind) {
    case 'struct.new':
    case 'struct.new_default':
      s[d] = refs.struct(addrOfNew(answer), event.type).id;
      return null;
    case 'array.new_fixed':
      s[d] = refs.array(addrOfNew(answer), event.type, event.length).id;
      return null;
    case 'array.new':
    case 'array.new_segment':
      s[d] = refs.array(addrOfNew(answer), event.type, s[b]! >>> 0).id;
      return null;
    case 'array.new_default':
      s[d] = refs.array(addrOfNew(answer), event.type, s[a]! >>> 0).id;
      return null;
    case 'waitqueue.new':
      s[d] = refs.waitqueue(addrOfNew(answer)).id;
      return null;
    case 'array.fill':
    case 'array.copy':
    case 'array.init':
      return null;
    default:
      return assertNever(event);
  }
}

/** The units of the values that lie one after the other from `a` on. */
function valuesAt(s: Words, a: number, fields: readonly Stored[]): Units {
  const units: number[] = [];
  let at = a;
  for (const field of fields) {
    units.push(...unitsAt(s, at, field));
    at += field.words;
  }
  return contentsOf(units);
}

function segmentUnits(
  module: ModuleInst,
  { of, index, stored }: { readonly of: SegmentKind; readonly index: number; readonly stored: Stored },
  start: number,
  n: number,
): number[] | Uint8Array {
  if (of === 'elem') return idsOf(module, index, start, n);
  return known(module.datas[index], 'segment').bytes.slice(start, start + n * stored.units);
}

function askArray(n: number, { units }: Stored, site: Site, contents: (n: number) => Units): Request {
  if (n * units > MAX_ARRAY_UNITS) return trap('allocation size too large', site);
  return { kind: 'new', field: 'elem', contents: contents(n), layout: [units], site };
}

/** Writes the `n` elements from the one at `b` on; nothing if there are none. */
function askWrite(
  s: Words,
  module: ModuleInst,
  { stored, site }: { readonly stored: Stored; readonly site: Site },
  a: number,
  b: number,
  n: number,
  written: () => Units,
): Request | null {
  const array = arrayAt(s, module, a);
  if (array === null) return trap('null array reference', site);
  const at = s[b]! >>> 0;
  if (at + n > array.length) return trap('out of bounds array access', site);
  if (n === 0) return null;
  const where: Access = {
    region: regionOf(array.addr, 'elem'),
    offset: at * stored.units,
    size: n * stored.units,
    order: 'unord',
    tearFree: false,
  };
  return access(null, [{ kind: 'wr', ...where, each: stored.units, written: written() }], site);
}

/** array.copy: destination and index, source and index, size. */
function askCopy(
  s: Words,
  module: ModuleInst,
  { stored: { units }, site }: { readonly stored: Stored; readonly site: Site },
  a: number,
): Request | null {
  const to = arrayAt(s, module, a);
  const from = arrayAt(s, module, a + 2);
  if (to === null || from === null) return trap('null array reference', site);
  const at = s[a + 1]! >>> 0;
  const source = s[a + 3]! >>> 0;
  const n = s[a + 4]! >>> 0;
  if (at + n > to.length || source + n > from.length) return trap('out of bounds array access', site);
  if (n === 0) return null;
  const rest = { size: n * units, order: 'unord', tearFree: false, each: units } as const;
  const actions: AskedAction[] = [
    { kind: 'rd', region: regionOf(from.addr, 'elem'), offset: source * units, ...rest },
    { kind: 'wr-copy', region: regionOf(to.addr, 'elem'), offset: at * units, ...rest, copies: 0 },
  ];
  return access(null, actions, site);
}
