import * as kernel from '../../rel/kernels.ts';
import type { Rows } from '../../rel/rows.ts';
import { addBit } from '../../rel/rows.ts';
import type { UnaryOperator } from './ast.ts';
import type { Machine } from './machine.ts';
import type { Runtime } from './runtime-values.ts';

type Sizes = Pick<Machine, 'size' | 'words' | 'length'>;

/** A unary operator; `rows` gives the operand as rows where it is a set or relation. */
export function transform(
  sizes: Sizes,
  operator: UnaryOperator,
  value: Runtime,
  rows: (value: Runtime) => Rows,
): Runtime {
  const { size, words, length } = sizes;
  if (operator === 'complement') return complement(sizes, value);
  const out = new Int32Array(length);
  switch (operator) {
    case 'identity':
      kernel.liftInto(out, rows(value), size, words);
      break;
    case 'inverse':
      if (value.kind === 'runtime-pair') return { kind: 'runtime-pair', from: value.to, to: value.from };
      kernel.inverseInto(out, rows(value), size, words);
      break;
    case 'plus':
      kernel.plusInto(out, rows(value), size, words);
      break;
    case 'optional':
      kernel.optionalInto(out, rows(value), size, words);
      break;
    case 'star':
      kernel.plusInto(out, rows(value), size, words);
      kernel.optionalInto(out, out, size, words);
      break;
  }
  return { kind: 'runtime-relation', rows: out };
}

function complement({ size, words, length }: Sizes, value: Runtime): Runtime {
  if (value.kind === 'runtime-empty') return { kind: 'runtime-universe' };
  if (value.kind !== 'runtime-set' && value.kind !== 'runtime-relation') return { kind: 'runtime-empty' };
  const isSet = value.kind === 'runtime-set';
  const rows = new Int32Array(isSet ? words : length);
  kernel.complementInto(rows, value.rows, size, words, isSet ? 1 : size);
  return { kind: value.kind, rows };
}

type Joining = 'union' | 'intersection' | 'difference';

const JOIN: Readonly<Record<Joining, (out: Rows, a: Rows, b: Rows, length: number) => void>> = {
  union: kernel.unionInto,
  intersection: kernel.intersectionInto,
  difference: kernel.differenceInto,
};

/** Union, intersection or difference of two sets or relations alike; null if they are not. */
export function combine(sizes: Sizes, operator: Joining, a: Runtime, b: Runtime): Runtime | null {
  const special = combineSpecial(operator, a, b);
  if (special !== null) return special;
  if (a.kind === 'runtime-values' || b.kind === 'runtime-values') return combineValues(sizes, operator, a, b);
  const kind = a.kind === 'runtime-set' || a.kind === 'runtime-relation' ? a.kind : b.kind;
  if (kind !== 'runtime-set' && kind !== 'runtime-relation') return null;
  const [left, right] = [rowsOf(sizes, kind, a), rowsOf(sizes, kind, b)];
  if (left === null || right === null) return null;
  const length = kind === 'runtime-set' ? sizes.words : sizes.length;
  const rows = new Int32Array(length);
  JOIN[operator](rows, left, right, length);
  return { kind, rows };
}

function rowsOf({ size, words, length }: Sizes, kind: 'runtime-set' | 'runtime-relation', value: Runtime): Rows | null {
  if (value.kind === kind) return value.rows;
  const isSet = kind === 'runtime-set';
  const rows = new Int32Array(isSet ? words : length);
  if (value.kind === 'runtime-universe') kernel.allInto(rows, size, words, isSet ? 1 : size);
  else if (value.kind === 'runtime-event' && isSet) addBit(rows, words, 0, value.element);
  else if (value.kind === 'runtime-pair' && !isSet) addBit(rows, words, value.from, value.to);
  else if (value.kind !== 'runtime-empty') return null;
  return rows;
}

function combineSpecial(operator: Joining, a: Runtime, b: Runtime): Runtime | null {
  const [isEmpty, isAll] = [
    (value: Runtime) => value.kind === 'runtime-empty',
    (value: Runtime) => value.kind === 'runtime-universe',
  ];
  switch (operator) {
    case 'union':
      if (isEmpty(a) || isAll(b)) return b;
      return isEmpty(b) || isAll(a) ? a : null;
    case 'intersection':
      if (isEmpty(a) || isAll(b)) return a;
      return isEmpty(b) || isAll(a) ? b : null;
    case 'difference':
      if (isEmpty(a) || isEmpty(b)) return a;
      return isAll(b) ? { kind: 'runtime-empty' } : null;
  }
}

function combineValues(sizes: Sizes, operator: Joining, a: Runtime, b: Runtime): Runtime | null {
  const [left, right] = [itemsOf(a), itemsOf(b)];
  if (left === null || right === null) return null;
  const keys = new Set((operator === 'union' ? left : right).map((item) => keyOf(sizes, item)));
  switch (operator) {
    case 'union':
      return { kind: 'runtime-values', items: [...left, ...right.filter((item) => !keys.has(keyOf(sizes, item)))] };
    case 'intersection':
      return { kind: 'runtime-values', items: left.filter((item) => keys.has(keyOf(sizes, item))) };
    case 'difference':
      return { kind: 'runtime-values', items: left.filter((item) => !keys.has(keyOf(sizes, item))) };
  }
}

/** A set of values as a list; a tag stands for the set of it. */
function itemsOf(value: Runtime): readonly Runtime[] | null {
  if (value.kind === 'runtime-values') return value.items;
  return value.kind === 'runtime-tag' ? [value] : null;
}

/** `element ++ set`; null if the element is none of the set's. */
export function addTo(sizes: Sizes, element: Runtime, set: Runtime): Runtime | null {
  const { words, length } = sizes;
  if (set.kind === 'runtime-universe') return set;
  const isPair =
    element.kind === 'runtime-pair' || (element.kind === 'runtime-tuple' && set.kind === 'runtime-relation');
  if (isPair && (set.kind === 'runtime-relation' || set.kind === 'runtime-empty')) {
    const [from, to] = endsOf(element);
    if (from === null || to === null) return null;
    const rows = set.kind === 'runtime-relation' ? set.rows.slice(0, length) : new Int32Array(length);
    addBit(rows, words, from, to);
    return { kind: 'runtime-relation', rows };
  }
  if (element.kind === 'runtime-event' && (set.kind === 'runtime-set' || set.kind === 'runtime-empty')) {
    const rows = set.kind === 'runtime-set' ? set.rows.slice(0, words) : new Int32Array(words);
    addBit(rows, words, 0, element.element);
    return { kind: 'runtime-set', rows };
  }
  if (set.kind === 'runtime-empty') return { kind: 'runtime-values', items: [element] };
  if (set.kind !== 'runtime-values') return null;
  const key = keyOf(sizes, element);
  if (set.items.some((item) => keyOf(sizes, item) === key)) return set;
  return { kind: 'runtime-values', items: [...set.items, element] };
}

function endsOf(value: Runtime): readonly [number | null, number | null] {
  if (value.kind === 'runtime-pair') return [value.from, value.to];
  const [from, to] = value.kind === 'runtime-tuple' ? value.items : [];
  return [from?.kind === 'runtime-event' ? from.element : null, to?.kind === 'runtime-event' ? to.element : null];
}

export function isNothing({ words, length }: Sizes, value: Runtime): boolean {
  switch (value.kind) {
    case 'runtime-empty':
      return true;
    case 'runtime-set':
      return kernel.isEmpty(value.rows, words);
    case 'runtime-relation':
      return kernel.isEmpty(value.rows, length);
    case 'runtime-values':
      return value.items.length === 0;
    default:
      return false;
  }
}

/** Equal for equal values of one type. */
export function keyOf(sizes: Sizes, value: Runtime): string {
  switch (value.kind) {
    case 'runtime-set':
      return `s${value.rows.subarray(0, sizes.words).join()}`;
    case 'runtime-relation':
      return `r${value.rows.subarray(0, sizes.length).join()}`;
    case 'runtime-event':
      return `e${value.element}`;
    case 'runtime-pair':
      return `p${value.from},${value.to}`;
    case 'runtime-tag':
      return `'${value.tag}`;
    case 'runtime-values':
      return `{${value.items
        .map((item) => keyOf(sizes, item))
        .sort()
        .join(';')}}`;
    case 'runtime-tuple':
      return `(${value.items.map((item) => keyOf(sizes, item)).join(';')})`;
    case 'runtime-empty':
    case 'runtime-universe':
    case 'runtime-closure':
    case 'runtime-primitive':
      return value.kind;
  }
}
