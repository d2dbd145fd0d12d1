import type { Compartment } from './compartment.ts';

/** An object that was brought to a compartment that it is not of. */
export function belongsElsewhere(what: string, its: Compartment, home: Compartment): string {
  return `${what} belongs to ${its.name}, not to ${home.name}`;
}
