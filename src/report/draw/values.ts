import type { Field } from '../../event/location.ts';
import type { Units } from '../../event/units.ts';
import { isFill, unitAt } from '../../event/units.ts';

/** Decimal numbers of more digits than this are shown in base 16. */
const MAX_DECIMAL = 99_999n;

/** The number type in which an access's instruction works, as far as its text tells (`i32.load8_u`: `i32`). */
export function numberType(site: string): string | null {
  return /^\(?([if](?:32|64))\b/.exec(site)?.[1] ?? null;
}

/**
 * Units as a person reads them: a number, or bytes in base 16 if they are no number's. `bytewise` asks for all digits
 * in base 16, so that bytes can be told apart.
 */
export function valueText(units: Units, field: Field, type: string | null, bytewise = false): string {
  const first = unitAt(units, 0);
  if (field === 'length') return String(first);
  if (units.length > 8) return everyUnit(units, first) ? String(first) : '…';
  if (field === 'elem' || type === 'ref') return first === 0 ? 'null' : `ref ${first}`;
  if (bytewise && units.length > 1) return hexadecimal(units);
  if (type === 'f32' && units.length === 4) return float(units, 4);
  if (type === 'f64' && units.length === 8) return float(units, 8);
  if (![1, 2, 4, 8].includes(units.length)) return hexadecimal(units);
  const value = unsigned(units);
  const signed = units.length >= 4 ? BigInt.asIntN(units.length * 8, value) : value;
  return signed <= MAX_DECIMAL && signed >= -MAX_DECIMAL ? String(signed) : hexadecimal(units);
}

function everyUnit(units: Units, value: number): boolean {
  if (isFill(units)) return true;
  for (let i = 0; i < units.length; i++) if (units[i] !== value) return false;
  return true;
}

function unsigned(units: Units): bigint {
  let value = 0n;
  for (let i = units.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(unitAt(units, i));
  return value;
}

function hexadecimal(units: Units): string {
  return `0x${unsigned(units)
    .toString(16)
    .padStart(units.length * 2, '0')}`;
}

function float(units: Units, size: 4 | 8): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, unsigned(units), true);
  const value = size === 4 ? Number(view.getFloat32(0, true).toPrecision(7)) : view.getFloat64(0, true);
  return Object.is(value, -0) ? '-0' : String(value);
}
