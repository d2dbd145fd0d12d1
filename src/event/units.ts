/** Store units: bytes, reference ids or a length. A `Fill` stands for many equal ones (a fresh page) without storing them. */
export type Units = readonly number[] | Uint8Array | Fill;

export interface Fill {
  readonly fill: number;
  readonly length: number;
}

export function isFill(units: Units): units is Fill {
  return !Array.isArray(units) && 'fill' in units && typeof units.fill === 'number';
}

/** The i-th unit. */
export function unitAt(units: Units, i: number): number {
  return isFill(units) ? units.fill : (units[i] ?? 0);
}

/** `size` of the units, from the one at `offset` on. */
export function unitsWithin(units: Units, offset: number, size: number): Units {
  return isFill(units) ? { fill: units.fill, length: size } : units.slice(offset, offset + size);
}

export function equalUnits(a: Units, b: Units): boolean {
  if (a.length !== b.length) return false;
  if (isFill(a) && isFill(b)) return a.fill === b.fill;
  for (let i = 0; i < a.length; i++) if (unitAt(a, i) !== unitAt(b, i)) return false;
  return true;
}

/** A key that is equal for equal units. */
export function unitsKey(units: Units): string {
  if (isFill(units)) return `${units.fill}*${units.length}`;
  const first = units[0] ?? 0;
  if (units.length > 8 && units.every((u: number) => u === first)) return `${first}*${units.length}`;
  return units.join(',');
}
